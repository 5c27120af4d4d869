"""The two plans that every scenario needs: one that has to fail, and one that has to earn gold."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.drafting.proposal import PLAIN, Proposal
from scenarios.drafting.written import joined, listed, scalar

_NAIVE = """\
# What everybody writes first: no rule is told. It has to fail, or there is nothing to learn.
scenario: {id}
steps:
  - id: work
    assignee: mira
    reads: [records]
    produces: {{{produces}}}
    instructions: |
      Go through the records and fill in {names} for each.
"""
_EXPERT = """\
# What somebody does who knows everything: every rule is told, and shown on a solved record. It has
# to earn gold. TODO: word the rules as you would say them, and split the work where it is too much
# for one step; copying, judging and calculating are three kinds of work.
scenario: {id}
steps:
  - id: work
    assignee: oswin
    reads: [records]
    produces: {{{produces}}}
    instructions: |
      Fill in {names} for each record.
{told}    batch: 6
    schema: true
"""


def naive(id_: str, proposal: Proposal) -> str:
    """A plan that asks for the deliverable and tells no rule."""
    return _NAIVE.format(id=scalar(id_), **_asked(proposal))


def expert(id_: str, proposal: Proposal, rules: Sequence[str]) -> str:
    """A plan that tells every rule, and shows a solved record for each."""
    told = "".join(f"      {rule}\n" for rule in rules)
    if shown := _one_each(proposal):
        told += f"    examples: {listed(shown)}    # one for each rule\n"
    return _EXPERT.format(id=scalar(id_), told=told, **_asked(proposal))


def _asked(proposal: Proposal) -> dict[str, str]:
    names = [answer.name for answer in proposal.sheet.answers]
    return {"produces": ", ".join(f"{name}: ~" for name in names), "names": joined(names)}


def _one_each(proposal: Proposal) -> list[str]:
    """A solved record of each stratum that needs a rule."""
    first: dict[str, str] = {}
    for case, stratum in enumerate(proposal.strata):
        if proposal.lots[case] == "archive" and stratum != PLAIN:
            first.setdefault(stratum, proposal.sheet.ids[case])
    return [first[rule.stratum] for rule in proposal.rules if rule.stratum in first]
