"""A backbrief as text."""

from __future__ import annotations

from simulator.backbrief import QUESTION, SAYS, OperationBrief, ResultBrief, StepBrief
from tui.printing import heading, plural, shown, table, wrapped


def step_text(brief: StepBrief) -> str:
    """What one colleague says of one step."""
    does = "reviews" if brief.role == "review" else "does"
    lines = [heading(f"{brief.who.name} {does} step {brief.step}")]
    if brief.span is not None:
        lines += _instructions(brief)
        lines += [_result(result) for result in brief.results]
        lines.append(_load(brief.load, brief.span))
    elif brief.operations:
        lines.append("On the preview records, if all that it reads is right:")
        lines.append(_operations(brief.operations))
    else:
        lines.append("  Nothing to do.")
    return "\n".join(lines)


def _instructions(brief: StepBrief) -> list[str]:
    if not brief.sentences:
        return ["  I was told nothing. I shall do what seems likely."]
    lines = []
    for sentence in brief.sentences:
        words = " ".join(sentence.words.split())
        lines.append(wrapped(f'"{words}"', "  ", "   "))
        says = f"I am not sure. {QUESTION}" if sentence.sure == "unsure" else SAYS[sentence.sure]
        lines.append(f"      - {says}")
    return lines


def _result(result: ResultBrief) -> str:
    if not result.known:
        return wrapped(f"{result.name}: I do not know what to write there.", "  ", "    ")
    if result.unpaired:
        words = ", ".join(f'"{word}"' for word in result.unpaired)
        return wrapped(f"{result.name}: I do not know when to choose {words}.", "  ", "    ")
    return f"  {result.name}: I know what is meant."


def _load(load: int, span: int) -> str:
    count = f"I count {plural(load, 'rule')} in all that I am given to read"
    if load > span:
        more = f"that is more than the {span} I keep in mind; I shall drop some now and then."
        return wrapped(f"{count}; {more}", "  ", "    ")
    return wrapped(f"{count}, and keep {span} in mind.", "  ", "    ")


def _operations(operations: tuple[OperationBrief, ...]) -> str:
    """A line for each operation and record."""
    rows = [
        (operation.name if place == 0 else "", record, shown(value))
        for operation in operations
        for place, (record, value) in enumerate(operation.gives)
    ]
    return table(rows)
