"""A proposed rule in words: its sentence, ways to say it and to miss it, questions and hints."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.drafting.proposal import Rule
from scenarios.drafting.sheet import Sheet
from scenarios.language.values import as_text


@dataclass(frozen=True)
class Phrases:
    """Everything that is written of a rule. Without a cue it is the author who has to say it."""

    statement: str
    said: tuple[str, ...]
    vague: tuple[str, ...]
    contradicted: tuple[str, ...]
    concepts: tuple[tuple[str, ...], ...]
    value: tuple[str, ...]
    object: tuple[str, ...]
    rivals: tuple[str, ...]
    questions: tuple[str, ...]
    hints: tuple[str, ...]
    why: str
    """For the author: how the rule was found."""


def phrases(rule: Rule, sheet: Sheet) -> Phrases:
    """The rule in words that can be understood, and that an author will better."""
    called = rule.field.replace("_", " ")
    answer = _line(rule.answer)
    wrong = "nothing" if rule.wrong is None else _line(as_text(rule.wrong))
    cue = rule.cue
    where = _line(cue.where) if cue else f"TODO: what holds there ({rule.id})"
    words = tuple(map(_line, cue.words)) if cue else ()
    topic = " ".join(words) if words else rule.id
    why = f"A simple guess says {wrong} there."
    if cue:
        hit = len(cue.there & set(rule.cases))
        why += f" In {hit} of them {where}, and in {len(cue.there) - hit} others."
    value = (answer.casefold(),)
    return Phrases(
        statement=f"Where {where}, the {called} is {answer}.",
        said=(
            f"If {where}, the {called} is {answer}.",
            f"Answer {answer} where {where}.",
            f"The {called} has to be {answer} when {where}.",
            f"Whenever {where}, write {answer}.",
            f"As soon as {where}, put {answer} as the {called}.",
        ),
        vague=(
            f"Mind the records where {where}.",
            f"Take care with the {called} of some records.",
            f"Not every {called} is what it seems.",
            f"{topic}: {answer} or {wrong}.",
            f"{topic}, {answer}",
        ),
        contradicted=(
            f"Where {where}, the {called} is {wrong}.",
            f"It makes no difference to the {called} whether {where}.",
            f"Pay no heed to whether {where}, it is {wrong} all the same.",
        ),
        concepts=(words, value) if cue else (),
        value=value,
        object=words,
        rivals=tuple(dict.fromkeys(("no difference", "all the same", wrong.casefold()))),
        questions=(
            f"What do you do when you see {topic}?",
            f"What should I know about {topic}?",
            f"How do you decide the {called} where {where}?",
        ),
        hints=(
            f"Is the {called} always what one would think?",
            f"Lay side by side the solved records whose {called} surprises you.",
            f"Where {where}, the {called} is {answer}.",
        ),
        why=why,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
