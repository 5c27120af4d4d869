"""What somebody answers who was told nothing: the simplest guess that is right most often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.drafting.sheet import Answer, Sheet, as_kind
from scenarios.language.values import as_text, is_number
from scenarios.model import Value

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Guess:
    """A way to answer without knowing any rule: in words, and what it gives in each case."""

    how: str
    values: tuple[Value, ...]

    def right(self, truths: Sequence[Value]) -> int:
        """In how many cases it is right."""
        return sum(map(same, self.values, truths))


def same(a: Value, b: Value) -> bool:
    """Whether two answers are one: numbers by their value, text by its letters."""
    if isinstance(a, str) and isinstance(b, str):
        return a.casefold() == b.casefold()
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


def best_guess(sheet: Sheet, answer: Answer) -> Guess:
    """The simple guess that is right most often; of equals the first, which is the simplest.

    Where the table says what was answered wrongly, that is what is guessed there.
    """
    found = max(_guesses(sheet, answer), key=lambda guess: guess.right(answer.truths))
    if not any(answer.wrongs):
        return found
    values = tuple(
        guess if wrong is None else as_kind(wrong, answer.kind)
        for guess, wrong in zip(found.values, answer.wrongs, strict=True)
    )
    return Guess(f"{found.how}, and what the table says was answered wrongly", values)


def _guesses(sheet: Sheet, answer: Answer) -> Iterator[Guess]:
    common = Counter(answer.truths).most_common(1)[0][0]
    size = len(answer.truths)
    yield Guess("the commonest answer", (common,) * size)
    texts = sheet.texts
    if answer.kind == "choice":
        named = tuple(_named(text, answer.choices) or common for text in texts)
        yield Guess("the answer whose name stands first in the text", named)
    if answer.kind in ("number", "money") and sheet.has_text:
        for how, pick in (("first", 0), ("last", -1)):
            found = tuple(_found(_NUMBER, text, pick, answer) for text in texts)
            yield Guess(f"the {how} number in the text", found)
        yield Guess("the largest number in the text", tuple(map(_largest, texts)))
    if answer.kind == "date" and sheet.has_text:
        found = tuple(_found(_DATE, text, 0, answer) for text in texts)
        yield Guess("the first date in the text", found)
    for name, values in sheet.columns.items():
        if answer.kind in ("text", "number", "money", "date"):
            given = tuple(_fitting(value, answer) for value in values)
            yield Guess(f"the column `{name}` as it stands", given)


def _fitting(value: Value, answer: Answer) -> Value:
    """A value of a column as an answer of this kind; None where it cannot be one."""
    if answer.kind in ("number", "money"):
        return value if is_number(value) else None
    if answer.kind == "date":
        return value if isinstance(value, str) and _DATE.fullmatch(value) else None
    return None if value is None else as_text(value)


def _named(text: str, choices: Sequence[str]) -> str | None:
    folded = text.casefold()
    places = {choice: folded.find(choice.casefold()) for choice in choices}
    there = {choice: place for choice, place in places.items() if place >= 0}
    return min(there, key=there.__getitem__) if there else None


def _found(pattern: re.Pattern[str], text: str, pick: int, answer: Answer) -> Value:
    found = pattern.findall(text)
    return as_kind(found[pick], answer.kind) if found else None


def _largest(text: str) -> Value:
    return max((float(found) for found in _NUMBER.findall(text)), default=None)
