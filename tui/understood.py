"""A backbrief as text."""

from __future__ import annotations

from simulator.backbrief import (
    QUESTION,
    SAYS,
    OperationBrief,
    ResultBrief,
    SentenceBrief,
    StepBrief,
)
from tui.printing import heading, plural, shown, table, wrapped

TOLD_NOTHING = "I was told nothing. I shall do what seems likely."


def step_text(brief: StepBrief) -> str:
    """What one colleague says of one step."""
    does = "reviews" if brief.role == "review" else "does"
    lines = [heading(f"{brief.who.name} {does} step {brief.step}")]
    if brief.span is not None:
        lines += _instructions(brief)
        lines += [wrapped(of_result(result), "  ", "    ") for result in brief.results]
        lines.append(wrapped(of_load(brief.load, brief.span), "  ", "    "))
    elif brief.learnt:
        lines.append(wrapped(of_learnt(brief), "  ", "    "))
    elif brief.operations:
        lines.append("On the preview records, if all that it reads is right:")
        lines.append(_operations(brief.operations))
    else:
        lines.append("  Nothing to do.")
    return "\n".join(lines)


def _instructions(brief: StepBrief) -> list[str]:
    if not brief.sentences:
        return [f"  {TOLD_NOTHING}"]
    lines = []
    for sentence in brief.sentences:
        words = " ".join(sentence.words.split())
        lines.append(wrapped(f'"{words}"', "  ", "   "))
        lines.append(f"      - {sure(sentence)}")
    return lines


def sure(sentence: SentenceBrief) -> str:
    """How sure the intern is of a sentence; where they are not, they ask."""
    if sentence.sure == "unsure":
        return f"I am not sure. {QUESTION}"
    return SAYS[sentence.sure]


def of_result(result: ResultBrief) -> str:
    """What the intern says of something that they are to produce."""
    if not result.known:
        return f"{result.name}: I do not know what to write there."
    if result.unpaired:
        words = ", ".join(f'"{word}"' for word in result.unpaired)
        return f"{result.name}: I do not know when to choose {words}."
    return f"{result.name}: I know what is meant."


def of_load(load: int, span: int) -> str:
    """How many rules the intern counts, and whether those are too many."""
    count = f"I count {plural(load, 'rule')} in all that I am given to read"
    if load > span:
        more = f"that is more than the {span} I keep in mind; I shall drop some now and then."
        return f"{count}; {more}"
    return f"{count}, and keep {span} in mind."


def of_learnt(brief: StepBrief) -> str:
    """What a specialist was shown."""
    labels = ", ".join(f"{count} {shown(label)}" for label, count in brief.learnt)
    count = sum(count for _, count in brief.learnt)
    return f"I was shown {plural(count, 'solved record')}: {labels}. I know nothing else."


def _operations(operations: tuple[OperationBrief, ...]) -> str:
    """A line for each operation and record."""
    rows = [
        (operation.name if place == 0 else "", record, shown(value))
        for operation in operations
        for place, (record, value) in enumerate(operation.gives)
    ]
    return table(rows)
