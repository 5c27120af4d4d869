"""What is true of the records: read in the types of the fields, and worked out where it follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any, get_args

from scenarios.errors import did_you_mean, quoted
from scenarios.expressions import Uncomputable, evaluate
from scenarios.fields import Misfit, alike, read_value, shown
from scenarios.model import Value
from scenarios.scenario import Field, Lot, Record, SameAs, Scenario
from scenarios.source import Source
from scenarios.values import canonical, first_same
from scenarios.yaml_values import Place


def by_lot(records: Iterable[Record]) -> dict[Lot, tuple[Record, ...]]:
    """The records of each lot, in the order of their file; every lot is there."""
    lots: dict[Lot, list[Record]] = {lot: [] for lot in get_args(Lot)}
    for record in records:
        lots[record.lot].append(record)
    return {lot: tuple(found) for lot, found in lots.items()}


def with_truth(scenario: Scenario, records: Sequence[Record], source: Source) -> tuple[Record, ...]:
    """`records` with their truth, traps and injections in the types of the fields.

    The truth of a field that follows from others, by `formula` or `same_as`, is worked out where
    the author left it out, and compared where they gave it. A record that repeats nothing may be
    left out too. Raises InputError at its place in `source`, the records' file.
    """
    return _Truths(scenario, records, source).complete()


class _Truths:
    def __init__(self, scenario: Scenario, records: Sequence[Record], source: Source) -> None:
        self.scenario = scenario
        self.records = records
        self.source = source
        self.known: dict[str, dict[str, Value]] = {record.id: {} for record in records}
        self.lots = by_lot(records)
        self.ids = {lot: [record.id for record in found] for lot, found in self.lots.items()}

    def complete(self) -> tuple[Record, ...]:
        for i, record in enumerate(self.records):
            for name in record.truth:
                if name not in self.scenario.field:
                    mend = did_you_mean(name, self.scenario.field, noun="fields")
                    raise self.source.error((i, "truth", name), "is no field", mend)
        parents = self.scenario.parents
        for name in TopologicalSorter(parents).static_order():
            field = self.scenario.field[name]
            same = self._same(field.same_as) if field.same_as else {}
            for i, record in enumerate(self.records):
                self.known[record.id][name] = self._truth(i, record, field, same)
        return tuple(self._finished(i, record) for i, record in enumerate(self.records))

    def _truth(self, i: int, record: Record, field: Field, same: Mapping[str, Value]) -> Value:
        place = (i, "truth", field.name)
        given = self._read(record.truth.get(field.name), field, record, place)
        if field.name in record.absent and given is not None:
            problem = f"is listed as absent, and is {shown(given)}"
            raise self.source.error(place, problem, "write '~', or take it out of 'absent'")
        if field.formula or field.same_as:
            follows = same.get(record.id)
            if field.formula:
                follows = self._worked_out(record, field, place)
            if field.name in record.truth and not alike(given, follows, field):
                problem = f"is {shown(given)}, but {shown(follows)} follows from the other values"
                raise self.source.error(place, problem, "correct one of them, or leave it out")
            return follows
        if field.name not in record.truth and field.type != "record":
            raise self.source.error(place, "is missing", "add what is true of this record")
        may_be_empty = field.type == "record" or field.may_be_blank or field.name in record.absent
        if given is None and not may_be_empty:
            mend = "fill it in, or list the field in 'absent' if the record does not tell it"
            raise self.source.error(place, "is empty", mend)
        return given

    def _worked_out(self, record: Record, field: Field, place: Place) -> Value:
        values = {**record.columns, **self.known[record.id]}
        needed = self.scenario.parents[field.name]
        try:
            found = evaluate(field.formula or "", values)
        except Uncomputable as error:
            # What follows from something that the record does not tell cannot be told either.
            if any(values[name] is None for name in needed):
                return None
            problem = f"cannot be worked out by its formula: {error}"
            raise self.source.error(place, problem, "look at the values it uses") from None
        empty = field.may_be_blank or any(values[name] is None for name in needed)
        if found is None and not empty:
            mend = "look at the values it uses"
            raise self.source.error(place, "comes out empty from its formula", mend)
        return self._read(found, field, record, place, "by its formula ")

    def _read(
        self, value: Value, field: Field, record: Record, place: Place, which: str = ""
    ) -> Value:
        """`value` in the type of its field; `which` says where it came from, if not from here."""
        try:
            found = read_value(value, field, self.ids[record.lot])
        except Misfit as error:
            raise self.source.error(place, which + error.problem, error.mend) from None
        if field.type == "record" and found == record.id:
            mend = "name another, or leave it out"
            raise self.source.error(place, "names the record itself", mend)
        return found

    def _same(self, same: SameAs) -> Mapping[str, Value]:
        """For each record the earlier one of its lot that it repeats."""
        out: dict[str, Value] = {}
        for lot, records in self.lots.items():
            values = {r.id: {**r.columns, **self.known[r.id]} for r in records}
            keys = {
                id_: tuple(self._key(name, given.get(name)) for name in same.keys)
                for id_, given in values.items()
            }
            dates = {id_: given.get(same.on) for id_, given in values.items()} if same.on else None
            out |= first_same(self.ids[lot], keys, dates, same.within_days)
        return out

    def _key(self, name: str, value: Value) -> Value:
        field = self.scenario.field.get(name)
        return canonical(value, field.type if field else None)

    def _finished(self, i: int, record: Record) -> Record:
        truth = {name: self.known[record.id][name] for name in self.scenario.field}
        changed: dict[str, Any] = {"truth": truth}
        traps = []
        for j, trap in enumerate(record.traps):
            wrong = self._wrong(trap.field, trap.wrong, record, truth, (i, "traps", j))
            traps.append(trap.model_copy(update={"wrong": wrong}))
        changed["traps"] = tuple(traps)
        injections = []
        for j, given in enumerate(record.injections):
            wrong = self._wrong(given.field, given.wrong, record, truth, (i, "injections", j))
            injections.append(given.model_copy(update={"wrong": wrong}))
        changed["injections"] = tuple(injections)
        return record.model_copy(update=changed)

    def _wrong(
        self, name: str, wrong: Value, record: Record, truth: Mapping[str, Value], place: Place
    ) -> Value:
        field = self.scenario.field.get(name)
        if field is None:
            mend = did_you_mean(name, self.scenario.field, noun="fields")
            raise self.source.error((*place, "field"), f"{quoted(name)} is no field", mend)
        value = self._read(wrong, field, record, (*place, "wrong"))
        if alike(value, truth[name], field):
            mend = "write what somebody answers who was not told"
            raise self.source.error((*place, "wrong"), "is the truth", mend)
        return value
