"""Families: records that belong together and are drawn together, whichever the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from scenarios.chance import uniform
from scenarios.errors import did_you_mean, quoted
from scenarios.files.source import Source
from scenarios.language.values import group_members
from scenarios.scenario import Lot, Record, Scenario
from scenarios.truth import agreement, by_lot

DRAWN: tuple[Lot, ...] = ("practice", "sealed")
"""The lots of which samples are drawn."""
_TRIED = 32
"""Samples that are drawn to see whether every stratum can be filled."""


def drawn(
    records: Sequence[Record], sizes: Mapping[str, int], luck: Callable[[Record], float]
) -> list[str]:
    """The ids of one sample of a lot: `sizes` of each stratum, those of least `luck` first.

    A family is drawn as a whole, by any record of it that names a partner, and passed over where
    it would overfill a stratum. Its root (the original of a duplicate) does not come alone, or
    samples would not be alike; it takes a place of its own stratum.
    """
    family = families(records)
    by_id = {record.id: record for record in records}
    chosen: list[str] = []
    left = dict(sizes)

    def alone(stratum: str) -> tuple[bool, bool]:
        brought = [
            by_id[r.partner].stratum for r in records if r.stratum == stratum and r.partner in by_id
        ]
        return not any(other != stratum for other in brought), not brought

    # Strata whose records bring partners go first, since the partners use up other strata.
    strata = sorted(sizes, key=alone)
    for stratum in strata:
        for record in sorted((r for r in records if r.stratum == stratum), key=luck):
            mates = family[record.id]
            if record.id in chosen or (record.partner is None and len(mates) > 1):
                continue
            needed = Counter(by_id[mate].stratum for mate in mates)
            if all(left.get(name, 0) >= count for name, count in needed.items()):
                chosen += mates
                left |= {name: left[name] - count for name, count in needed.items()}
    return chosen


def families(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """For each record that is shown all that partners join it with, itself included, in order."""
    partners = {shown(record): record.partner for record in records}
    out: dict[str, tuple[str, ...]] = {name: (name,) for name in partners}
    for name, partner in partners.items():
        if partner in out and partner not in out[name]:
            both = {*out[name], *out[partner]}
            joined = tuple(other for other in out if other in both)
            out |= dict.fromkeys(joined, joined)
    return out


def shown(record: Record) -> str:
    """Of a row the record in which it stands: that is what is drawn."""
    return record.source or record.id


def check_families(scenario: Scenario, records: Sequence[Record], source: Source) -> None:
    """Raise InputError for a record that no sample draws, or draws without what belongs to it.

    `records` have their truth; `source` is their file.
    """
    sample = scenario.records.sample
    family = families(records)
    sheet = {record.id: shown(record) for record in records}
    together = _together(scenario, records)
    for i, record in enumerate(records):
        if record.lot in DRAWN and record.stratum not in sample:
            problem = f"no sample draws {quoted(record.stratum)}"
            mend = did_you_mean(record.stratum, sample)
            raise source.error((i, "stratum"), problem, mend)
        mine = family[sheet[record.id]]
        for field in scenario.fields:
            found = record.truth[field.name] if field.type == "record" else None
            for other in found if isinstance(found, tuple) else (found,):
                if other and sheet[other] not in mine:
                    problem = f"is {quoted(other)}, which may not be in the same sample"
                    mend = f"add 'partner: {sheet[other]}'"
                    raise source.error((i, "truth", field.name), problem, mend)
        for name, other in together.get(record.id, ()):
            if sheet[other] not in mine:
                problem = f"and {quoted(other)} count together in {name}, and may not be drawn so"
                raise source.error((i,), problem, f"add 'partner: {sheet[other]}'")


def _together(
    scenario: Scenario, records: Sequence[Record]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each record that is drawn the fields and the others that have a part in its groups."""
    out: dict[str, list[tuple[str, str]]] = {}
    lots = by_lot(records)
    for field in scenario.fields:
        for lot in DRAWN if field.group else ():
            assert field.group is not None
            values = {record.id: {**record.columns, **record.truth} for record in lots[lot]}
            keys, dates = agreement(scenario, field.group, values)
            members = group_members(keys, dates, field.group.within_days)
            for id_, others in members.items():
                out.setdefault(id_, []).extend((field.name, other) for other in others or ())
    return out


def check_filled(scenario: Scenario, lots: Mapping[Lot, Sequence[Record]], source: Source) -> None:
    """Raise InputError where families may leave a stratum short that no other family fills.

    `source` is the scenario's file.
    """
    sizes = scenario.records.sample
    for lot in DRAWN:
        once = {shown(record): record for record in lots[lot]}
        sheets = [
            record.model_copy(update={"id": id_, "source": ""}) for id_, record in once.items()
        ]
        for number in range(_TRIED):
            found = drawn(sheets, sizes, partial(_luck, number))
            counts = Counter(once[id_].stratum for id_ in found)
            for stratum, size in sizes.items():
                if counts[stratum] < size:
                    problem = f"draws {size}, and a sample of the {lot} lot gets {counts[stratum]}"
                    mend = "draw what its families come to, and bring along of other strata"
                    raise source.error(("records", "sample", stratum), problem, mend)


def _luck(number: int, record: Record) -> float:
    return uniform(f"lint|{number}|{record.id}")
