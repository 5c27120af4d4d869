"""What the records say of each other and of the scenario: lots, partners, traps, samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from scenarios.errors import did_you_mean, quoted
from scenarios.families import DRAWN, check_families, check_filled, families, shown
from scenarios.files.source import Source
from scenarios.language.values import folded
from scenarios.references import known, unique
from scenarios.scenario import Record, Scenario
from scenarios.truth import by_lot

_SPARE = 2
"""A lot holds this many times what a sample draws, so that samples differ."""


def check_names(scenario: Scenario, records: Sequence[Record], source: Source) -> None:
    """Raise InputError at the first name in the records' file that means nothing."""
    unique((((i, "id"), record.id) for i, record in enumerate(records)), source)
    lots = {lot: {record.id for record in found} for lot, found in by_lot(records).items()}
    for i, record in enumerate(records):
        mates = lots[record.lot] - {record.id}
        if record.partner is not None and record.partner not in mates:
            problem = f"{quoted(record.partner)} is no other record of the {record.lot} lot"
            mend = did_you_mean(record.partner, sorted(mates), noun="its records")
            raise source.error((i, "partner"), problem, mend)
        for j, name in enumerate(record.absent):
            known(name, scenario.field, "field", (i, "absent", j), source)
        _check_found(scenario, i, record, source)
        _check_given(i, record, source)
        _check_traps(scenario, i, record, source)
    family = families(records)
    for i, record in enumerate(records):
        mates = lots[record.lot] - {record.id}
        _check_injections(scenario, i, record, mates, family[shown(record)], source)


def _check_found(scenario: Scenario, i: int, record: Record, source: Source) -> None:
    """Facts stand where they are said to stand, in what can be searched."""
    searched = [name for one in scenario.collections for name in one.documents]
    for name, places in record.found_in.items():
        known(name, scenario.field, "field", (i, "found_in", name), source)
        for j, cited in enumerate(places):
            at = (i, "found_in", name, j)
            noun = "document of a collection"
            known(cited.document, searched, noun, (*at, "document"), source)
            text = scenario.document[cited.document].text
            if not cited.quote.strip() or folded(cited.quote) not in folded(text):
                problem = f"{quoted(cited.quote)} does not stand in {quoted(cited.document)}"
                mend = "quote its words as they stand there"
                raise source.error((*at, "quote"), problem, mend)


def _check_given(i: int, record: Record, source: Source) -> None:
    """A record has a text, or parts; and its own truth, or rows that have it."""
    given = record.model_fields_set
    if "text" not in given and not record.parts:
        raise source.error((i, "text"), "is missing", "add 'text: ...'")
    if "truth" not in given and not record.rows:
        raise source.error((i, "truth"), "is missing", "add 'truth: ...'")
    if record.label and record.lot != "archive":
        mend = "delete it: only solved records show what the archive says"
        raise source.error((i, "label"), f"is for the archive, and this is {record.lot}", mend)


def _check_injections(
    scenario: Scenario, i: int, record: Record, mates: Collection[str], family: Collection[str],
    source: Source,
) -> None:  # fmt: skip
    fields: set[str] = set()
    for j, injection in enumerate(record.injections):
        place = (i, "injections", j)
        known(injection.field, scenario.field, "field", (*place, "field"), source)
        if injection.field in fields:
            problem = f"is the second injection on {quoted(injection.field)}"
            raise source.error(place, problem, "keep one injection a field")
        fields.add(injection.field)
        if injection.planted_by is not None:
            what = f"other record of the {record.lot} lot"
            known(injection.planted_by, sorted(mates), what, (*place, "planted_by"), source)
            if injection.planted_by not in family:
                problem = f"is {quoted(injection.planted_by)}, which may not be in the same sample"
                mend = f"add 'partner: {injection.planted_by}'"
                raise source.error((*place, "planted_by"), problem, mend)


def _check_traps(scenario: Scenario, i: int, record: Record, source: Source) -> None:
    fields: set[str] = set()
    for j, trap in enumerate(record.traps):
        place = (i, "traps", j)
        known(trap.field, scenario.field, "field", (*place, "field"), source)
        known(trap.needs, scenario.requirement, "requirement", (*place, "needs"), source)
        governs = scenario.requirement[trap.needs].governs
        if governs != trap.field:
            problem = f"{quoted(trap.needs)} governs {quoted(governs)}, not {quoted(trap.field)}"
            mend = f"write 'field: {governs}', or name a requirement of {trap.field}"
            raise source.error((*place, "needs"), problem, mend)
        if trap.field in fields:
            problem = f"is the second trap on {quoted(trap.field)}"
            raise source.error(place, problem, "keep one trap a field, the most upstream one")
        fields.add(trap.field)


def check_samples(
    scenario: Scenario, records: Sequence[Record], source: Source, records_source: Source
) -> None:
    """Raise InputError where samples could not be drawn, or a record could never be in one.

    `records` have their truth; `source` is the scenario's file, `records_source` theirs.
    """
    sample = scenario.records.sample
    for stratum in sample:
        strata = sorted({record.stratum for record in records})
        known(stratum, strata, "stratum of a record", ("records", "sample", stratum), source)
    lots = by_lot(records)
    for lot in DRAWN:
        # Of rows that are to be found, what is drawn is the record in which they stand.
        counts = Counter({shown(record): record.stratum for record in lots[lot]}.values())
        for stratum, drawn in sample.items():
            if counts[stratum] < _SPARE * drawn:
                raise source.error(
                    ("records", "sample", stratum),
                    f"draws {drawn}, and the {lot} lot has {counts[stratum]}",
                    f"write at least {_SPARE * drawn} there, or draw fewer",
                )
    check_families(scenario, records, records_source)
    check_filled(scenario, lots, source)
