"""The records of a new scenario as YAML."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.drafting.proposal import Proposal
from scenarios.drafting.written import block, scalar


def records(proposal: Proposal) -> str:
    """The records' file: every case with its lot, its truth and its traps."""
    return "\n".join(_records(proposal)) + "\n"


def _records(proposal: Proposal) -> Iterator[str]:
    sheet = proposal.sheet
    yield """\
# The work, in four lots: to look at, solved, for practice, sealed. `wrong` in a trap is what
# somebody answers who was not told the rule that it `needs`."""
    for case, id_ in enumerate(sheet.ids):
        yield f"- id: {scalar(id_)}"
        yield f"  lot: {proposal.lots[case]}"
        yield f"  stratum: {proposal.strata[case]}"
        known = ", ".join(
            f"{name}: {scalar(values[case])}"
            for name, values in sheet.columns.items()
            if values[case] is not None
        )
        if known:
            yield f"  columns: {{{known}}}"
        yield f"  text: {block(sheet.texts[case], '    ')}"
        truth = [f"{answer.name}: {scalar(answer.truths[case])}" for answer in sheet.answers]
        yield f"  truth: {{{', '.join(truth)}}}"
        traps = proposal.traps(case)
        if traps:
            yield "  traps:"
        for rule, wrong in traps:
            yield f"    - {{field: {rule.field}, needs: {rule.id}, wrong: {scalar(wrong)}}}"
