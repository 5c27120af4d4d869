"""Records that are made from slots: the same records from the same scenario, on any machine.

A block makes so many records of a stratum for each lot. A slot is drawn from a list or a range, or
worked out from the slots above it; texts, columns, truth and traps are made of the slots. Each draw
hangs on the scenario, the stratum, the record's number in it and the slot, so that a slot or a
block that is added leaves all other draws as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from scenarios.chance import uniform
from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.language.amounts import half_up
from scenarios.language.dates import read_date
from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.language.values import as_text, is_number
from scenarios.model import Value
from scenarios.record import Between, Further, Generated, Lot, Record
from scenarios.records import plain
from scenarios.references import check_expression
from scenarios.scenario import Scenario

_LOTS: tuple[Lot, ...] = get_args(Lot)
_SLOT = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)(?::([0-9]))?\}|[{}]")
"""A brace that is meant; a slot, with the decimals to show; a brace that is a mistake."""


@dataclass
class Joined(Source):
    """The records' file, and behind its records those that the scenario's file makes.

    What is said of one of these is said of the block that makes it, with the record's id.
    """

    scenario: Source | None = None
    made: Sequence[tuple[Place, str]] = ()

    def error(self, place: Place, problem: str, mend: str = "") -> InputError:
        block = self._block(place)
        if block is None or self.scenario is None:
            return super().error(place, problem, mend)
        at, id_ = block
        return self.scenario.error((*at, *place[1:]), f"{problem} (in {id_})", mend)

    def line(self, place: Place) -> int | None:
        block = self._block(place)
        if block is None or self.scenario is None:
            return super().line(place)
        return self.scenario.line((*block[0], *place[1:]))

    def _block(self, place: Place) -> tuple[Place, str] | None:
        written = len(self.data)
        index = place[0] if place else 0
        return self.made[index - written] if isinstance(index, int) and index >= written else None


def with_generated(
    scenario: Scenario, records_source: Source, records: Sequence[Record], source: Source
) -> tuple[Source, tuple[Record, ...]]:
    """`records` and behind them those that `scenario` makes, with a source that knows both.

    `source` is the scenario's file. Raises InputError at the line of the block that cannot be made.
    """
    blocks = scenario.records.generate
    if not blocks:
        return records_source, tuple(records)
    if scenario.records.rows is not None:
        mend = "write the records, or delete 'rows'"
        raise source.error(("records", "generate"), "makes texts that are searched", mend)
    made: list[tuple[Place, Record]] = []
    numbers: dict[str, int] = {}
    for i, block in enumerate(blocks):
        place: Place = ("records", "generate", i)
        for lot in _LOTS:
            for _ in range(block.make.get(lot, 0)):
                maker = _Maker(scenario.id, block, lot, numbers, source)
                made += maker.family(place)
    places = [(place, record.id) for place, record in made]
    written = list(records_source.data)
    joined = Joined(records_source.file, written, records_source.lines, source, places)
    return joined, (*records, *(record for _, record in made))


class _Slot(NamedTuple):
    """A value, and how texts write it."""

    value: Value
    shown: str


class _Maker:
    """Makes one family of records: the block's own and those under `also`."""

    def __init__(
        self, scenario: str, block: Generated, lot: Lot, numbers: dict[str, int], source: Source
    ) -> None:
        self.scenario = scenario
        self.block = block
        self.lot = lot
        self.numbers = numbers
        self.source = source

    def family(self, place: Place) -> Iterator[tuple[Place, Record]]:
        """Its records, each with the place of what makes it."""
        first, slots = self._record(self.block, place, {})
        yield place, first
        for j, further in enumerate(self.block.also):
            at: Place = (*place, "also", j)
            record, _ = self._record(further, at, slots)
            yield at, record.model_copy(update={"partner": first.id})

    def _record(
        self, told: Generated | Further, place: Place, drawn: Mapping[str, _Slot]
    ) -> tuple[Record, Mapping[str, _Slot]]:
        """One record and its slots; what `told` leaves out is as in the block, which drew them."""
        block, around = self.block, place[:3]
        self.numbers[block.stratum] = number = self.numbers.get(block.stratum, 0) + 1
        slots = self._slots(told, place, drawn, number)
        values = {name: slot.value for name, slot in slots.items()}
        text, text_at = (block.text, around) if told.text is None else (told.text, place)
        traps, traps_at = (block.traps, around) if told.traps is None else (told.traps, place)
        made: dict[str, Any] = {
            "id": f"{block.stratum}-{number:04}",
            "lot": self.lot,
            "stratum": block.stratum,
            "text": self._text(text, (*text_at, "text"), slots),
        }
        for part in ("columns", "truth"):
            own = getattr(told, part)
            made[part] = {
                name: self._worked_out(
                    expression, (*(place if name in own else around), part, name), values
                )
                for name, expression in {**getattr(block, part), **own}.items()
            }
        wrong = [
            self._wrong(trap.wrong, (*traps_at, "traps", k, "wrong"), values)
            for k, trap in enumerate(traps)
        ]
        made["traps"] = tuple(
            trap.model_copy(update={"wrong": value})
            for trap, value in zip(traps, wrong, strict=True)
        )
        return Record(**made), slots

    def _slots(
        self, told: Generated | Further, place: Place, drawn: Mapping[str, _Slot], number: int
    ) -> dict[str, _Slot]:
        """The slots, in order: drawn, worked out, or as they were `drawn` for the block."""
        slots: dict[str, _Slot] = {}
        for name, slot in {**self.block.slots, **told.slots}.items():
            own = name in told.slots
            at: Place = (*(place if own else place[:3]), "slots", name)
            if isinstance(slot, str):
                above = {key: one.value for key, one in slots.items()}
                value = self._worked_out(slot, at, above)
                slots[name] = _Slot(value, as_text(value))
            elif own:
                luck = uniform(f"make|{self.scenario}|{self.block.stratum}|{number}|{name}")
                slots[name] = self._drawn(slot, at, luck)
            else:
                slots[name] = drawn[name]
        return slots

    def _drawn(self, slot: tuple[Value, ...] | Between, place: Place, luck: float) -> _Slot:
        if isinstance(slot, Between):
            return _between(slot, luck, place, self.source)
        if not slot:
            raise self.source.error(place, "has nothing to draw from", "add a value")
        chosen = slot[int(luck * len(slot))]
        if isinstance(chosen, dict):
            raise self.source.error(place, "draws from what is no value", "flatten it")
        value = plain(chosen)
        return _Slot(value, str(chosen) if is_number(value) else as_text(value))

    def _text(self, text: str, place: Place, slots: Mapping[str, _Slot]) -> str:
        def filled(found: re.Match[str]) -> str:
            name, places = found.groups()
            if name is None:
                if len(found[0]) == 1:
                    mend = "write {slot} or {slot:2}; a brace that is meant is written twice"
                    raise self.source.error(place, f"has a lone {found[0]}", mend)
                return found[0][0]
            if name not in slots:
                mend = did_you_mean(name, slots, noun="slots")
                raise self.source.error(place, f"{quoted(name)} is no slot", mend)
            value, shown = slots[name]
            if places is None:
                return shown
            if not is_number(value):
                problem = f"shows decimals of {quoted(shown)}, which is no number"
                raise self.source.error(place, problem, f"write {{{name}}}")
            return f"{half_up(value, int(places)):.{places}f}"

        return _SLOT.sub(filled, text)

    def _wrong(self, wrong: Value, place: Place, values: Mapping[str, Value]) -> Value:
        return self._worked_out(wrong, place, values) if isinstance(wrong, str) else plain(wrong)

    def _worked_out(self, text: str, place: Place, values: Mapping[str, Value]) -> Value:
        check_expression(text, values, place, self.source)
        try:
            return evaluate(text, values)
        except Uncomputable as error:
            mend = "look at the slots it uses; a text stands in quotes of its own"
            problem = f"cannot be worked out: {error}"
            raise self.source.error(place, problem, mend) from None


def _between(slot: Between, luck: float, place: Place, source: Source) -> _Slot:
    """A date, of those `days` apart, or a number with `places` decimals; both ends may come."""
    start, to = plain(slot.start), plain(slot.to)
    if is_number(start) and is_number(to):
        if slot.days is not None:
            raise source.error((*place, "days"), "is for dates", "write 'places'")
        places = slot.places or 0
        low, high = (Decimal(repr(end)).scaleb(places) for end in (start, to))
        if low != int(low) or high != int(high):
            mend = "say with 'places' how many decimals there are"
            raise source.error(place, "has ends with more decimals than are drawn", mend)
        found = int(low) + _step(int(high - low), luck, place, source)
        shown = f"{Decimal(found).scaleb(-places):f}"
        return _Slot(float(shown) if places else found, shown)
    first, last = (read_date(str(end), "ymd") for end in (start, to))
    if first is None or last is None:
        raise source.error(place, "is no range", "write two numbers, or two dates as YYYY-MM-DD")
    if slot.places is not None:
        raise source.error((*place, "places"), "is for numbers", "write 'days'")
    days = slot.days or 1
    steps = (last - first).days // days
    day: date = first + timedelta(days=days * _step(steps, luck, place, source))
    return _Slot(day.isoformat(), day.isoformat())


def _step(steps: int, luck: float, place: Place, source: Source) -> int:
    if steps < 0:
        raise source.error(place, "ends before it begins", "swap 'from' and 'to'")
    return int(luck * (steps + 1))
