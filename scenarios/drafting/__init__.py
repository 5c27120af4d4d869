"""From a table of a job at work, with what was right, to a scenario to go on from."""

from scenarios.drafting.proposal import Proposal, propose
from scenarios.drafting.scaffold import scaffold
from scenarios.drafting.sheet import Sheet, read_sheet

__all__ = ["Proposal", "Sheet", "propose", "read_sheet", "scaffold"]
