"""What is true of the records: read in the types of the fields, and worked out where it follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any, get_args

from scenarios.errors import did_you_mean, quoted
from scenarios.fields import Misfit, alike, read_value, shown
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.language.expressions import Uncomputable, evaluate
from scenarios.language.values import canonical, first_same, group_totals
from scenarios.model import Value
from scenarios.scenario import Field, Group, Lot, Record, SameAs, Scenario


def by_lot(records: Iterable[Record]) -> dict[Lot, tuple[Record, ...]]:
    """The records of each lot, in the order of their file; every lot is there."""
    lots: dict[Lot, list[Record]] = {lot: [] for lot in get_args(Lot)}
    for record in records:
        lots[record.lot].append(record)
    return {lot: tuple(found) for lot, found in lots.items()}


def agreement(
    scenario: Scenario, rule: SameAs | Group, values: Mapping[str, Mapping[str, Value]]
) -> tuple[dict[str, tuple[Value, ...]], dict[str, Value] | None]:
    """By record the keys, in canonical form, and the dates by which `rule` says who agrees.

    `values` has each record's columns and fields.
    """
    kinds = {name: field.type for name, field in scenario.field.items()}
    keys = {
        id_: tuple(canonical(given.get(name), kinds.get(name)) for name in rule.keys)
        for id_, given in values.items()
    }
    dates = {id_: given.get(rule.on) for id_, given in values.items()} if rule.on else None
    return keys, dates


def with_truth(scenario: Scenario, records: Sequence[Record], source: Source) -> tuple[Record, ...]:
    """`records` with their truth, traps and injections in the types of the fields.

    The truth of a field that follows from others, by `formula`, `same_as` or `group`, is worked
    out where the author left it out, and compared where they gave it. A record that repeats
    nothing may be left out too. Raises InputError at its place in `source`, the records' file.
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
            same: Mapping[str, Value] = {}
            if field.same_as:
                same = self._same(field.same_as)
            elif field.group:
                same = self._group(field.group)
            for i, record in enumerate(self.records):
                self.known[record.id][name] = self._truth(i, record, field, same)
        return tuple(self._finished(i, record) for i, record in enumerate(self.records))

    def _truth(self, i: int, record: Record, field: Field, same: Mapping[str, Value]) -> Value:
        place = (i, "truth", field.name)
        if field.points:
            return self._points(record, field, place)
        given = self._read(record.truth.get(field.name), field, record, place)
        if field.name in record.absent and given is not None:
            problem = f"is listed as absent, and is {shown(given)}"
            raise self.source.error(place, problem, "write '~', or take it out of 'absent'")
        if field.formula or field.same_as or field.group:
            follows = self._read(same.get(record.id), field, record, place, "by its group ")
            if field.formula:
                follows = self._worked_out(record, field, place)
            if field.name in record.truth and not alike(given, follows, field):
                problem = f"is {shown(given)}, but {shown(follows)} follows from the other values"
                raise self.source.error(place, problem, "correct one of them, or leave it out")
            return follows
        if field.name not in record.truth and field.type != "record":
            raise self.source.error(place, "is missing", "add what is true of this record")
        may_be_empty = field.type == "record" or field.may_be_blank or field.name in record.absent
        may_be_empty = may_be_empty or field.wording is not None
        if given is None and not may_be_empty:
            mend = "fill it in, or list the field in 'absent' if the record does not tell it"
            raise self.source.error(place, "is empty", mend)
        return given

    def _points(self, record: Record, field: Field, place: Place) -> Value:
        """The truth of prose: the points that must be made, or empty where there is none."""
        if field.name in record.truth or field.name in record.absent:
            problem = "is prose, whose truth is worked out from its points"
            raise self.source.error(place, problem, "delete it, and say what its points are")
        known = self.known[record.id]
        return tuple(name for name in field.points if known[name] is True) or None

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
            keys, dates = agreement(self.scenario, same, values)
            out |= first_same(self.ids[lot], keys, dates, same.within_days)
        return out

    def _group(self, group: Group) -> Mapping[str, Value]:
        """For each record what the records of its lot that agree with it come to."""
        out: dict[str, Value] = {}
        for records in self.lots.values():
            values = {r.id: {**r.columns, **self.known[r.id]} for r in records}
            keys, dates = agreement(self.scenario, group, values)
            summed = group.total_of
            amounts = {id_: v.get(summed) for id_, v in values.items()} if summed else None
            out |= group_totals(keys, dates, group.within_days, amounts)
        return out

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
        changed["label"] = self._label(i, record, truth)
        return record.model_copy(update=changed)

    def _label(self, i: int, record: Record, truth: Mapping[str, Value]) -> Mapping[str, Value]:
        out: dict[str, Value] = {}
        for name, value in record.label.items():
            if name not in self.scenario.field:
                mend = did_you_mean(name, self.scenario.field, noun="fields")
                raise self.source.error((i, "label", name), "is no field", mend)
            mend = "write what the archive says where it is wrong, or delete it"
            out[name] = self._untrue(name, value, record, truth, (i, "label", name), mend)
        return out

    def _wrong(
        self, name: str, wrong: Value, record: Record, truth: Mapping[str, Value], place: Place
    ) -> Value:
        field = self.scenario.field.get(name)
        if field is None:
            mend = did_you_mean(name, self.scenario.field, noun="fields")
            raise self.source.error((*place, "field"), f"{quoted(name)} is no field", mend)
        mend = "write what somebody answers who was not told"
        return self._untrue(name, wrong, record, truth, (*place, "wrong"), mend)

    def _untrue(
        self, name: str, value: Value, record: Record, truth: Mapping[str, Value], place: Place,
        mend: str,
    ) -> Value:  # fmt: skip
        """`value` in the type of its field, which the truth is not."""
        field = self.scenario.field[name]
        if field.points:
            raise self.source.error(place, "is for prose", f"name a point of {name} instead")
        found = self._read(value, field, record, place)
        if alike(found, truth[name], field):
            raise self.source.error(place, "is the truth", mend)
        return found
