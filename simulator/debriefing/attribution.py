"""Where a wrong deliverable went wrong first: the slips behind it, across steps."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.model import Value
from scenarios.rows import LINE
from simulator import tally
from simulator.behaviour.belief import is_right, same
from simulator.blueprint import Blueprint
from simulator.consequences import chain
from simulator.slip import Slip, SlipKey
from simulator.trial import Trial, TrialKey


def slips(blueprints: Mapping[str, Blueprint], trial: Trial) -> list[Slip]:
    """Every slip that is left in a trial's final values, code's own included."""
    found: list[Slip] = []
    for name, blueprint in blueprints.items():
        work = trial.work[name]
        if blueprint.step.is_code:
            found += _code_slips(blueprint, trial)
        else:
            for record in trial.key.records:
                found += work.slips.get(record, [])
    return found


def _code_slips(blueprint: Blueprint, trial: Trial) -> list[Slip]:
    """What code got wrong: by what came in, or by what it was told to do.

    The step is run again on true inputs. Right then means that the error came in; wrong then, that
    the code does not do what was meant.
    """
    scenario = blueprint.scenario
    work = trial.work[blueprint.step.id]
    wrong = [
        (record, name)
        for record in trial.key.records
        if record not in work.dropped and (record in work.values or not blueprint.has_rows)
        for name, result in blueprint.results.items()
        if result.field is not None
        and not is_right(
            scenario,
            result.field,
            result.hear(work.values.get(record, {}).get(name)),
            scenario.record[record],
        )
    ]
    if not wrong:
        return []
    ideal = on_true_inputs(blueprint, trial.key.records)
    found = []
    for record, name in wrong:
        result = blueprint.results[name]
        assert result.field is not None
        truth = scenario.record[record].truth.get(result.field.name)
        value = result.hear(ideal.get(record, {}).get(name))
        got = work.values.get(record, {}).get(name)
        if is_right(scenario, result.field, value, scenario.record[record]):
            found.append(_slip(blueprint, record, "inherited", name, got, truth))
        else:
            requirement = _trap_shown(blueprint, record, result.field.name, value)
            found.append(_slip(blueprint, record, "uncoded", name, got, truth, requirement))
    return found


def _slip(
    blueprint: Blueprint, record: str, cause: str, name: str, got: Value, truth: Value,
    requirement: str | None = None,
) -> Slip:  # fmt: skip
    result = blueprint.results[name]
    assert result.field is not None
    return Slip(
        record, cause, name, result.field.name, requirement,  # type: ignore[arg-type]
        got, result.tell(truth), step=blueprint.step.id, who=blueprint.persona.id,
    )  # fmt: skip


def _trap_shown(blueprint: Blueprint, record: str, field: str, value: Value) -> str | None:
    """The requirement whose trap value came out of the code, here or in what the field follows."""
    scenario = blueprint.scenario
    row = scenario.record[record]
    names = chain(scenario, field)
    for trap in row.traps:
        if trap.field == field and same(value, trap.wrong, scenario.field[field]):
            return trap.needs
    return next((trap.needs for trap in row.traps if trap.field in names), None)


def on_true_inputs(
    blueprint: Blueprint, records: tuple[str, ...]
) -> Mapping[str, Mapping[str, Value]]:
    """What a step of code makes of true inputs: what arrives if all that it reads is right."""
    scenario = blueprint.scenario
    rows: dict[str, Mapping[str, Value]] = {}
    for name in records:
        record = scenario.record[name]
        row: dict[str, Value] = dict(record.columns) if blueprint.reads_records else {}
        for result in blueprint.arriving:
            row[result.name] = (
                result.tell(record.truth.get(result.field.name)) if result.field else None
            )
        if blueprint.has_rows:
            row[LINE] = record.line
        rows[name] = row
    sources = (
        {name: scenario.record[name].text for name in records} if blueprint.reads_records else {}
    )
    return tally.run(blueprint.step, rows, list(records), blueprint.tables, sources)


def as_meant(
    blueprint: Blueprint, key: TrialKey, made: Mapping[str, Mapping[str, Value]]
) -> Mapping[str, Mapping[str, Value]]:
    """What code gives if it does what was meant wherever the trial spares it.

    Where wrong inputs make a difference to what was made, that stays: it is another cause.
    """
    if not any(one.cause == "uncoded" and one.step == blueprint.step.id for one in key.spared):
        return made
    ideal = on_true_inputs(blueprint, key.records)
    meant: dict[str, Mapping[str, Value]] = {}
    for record, values in made.items():
        right, mended = blueprint.settled_right(record), dict(values)
        for name in right:
            field = blueprint.results[name].field
            assert field is not None
            value = blueprint.results[name].hear(values.get(name))
            needs = _trap_shown(blueprint, record, field.name, value)
            about = SlipKey("uncoded", blueprint.step.id, name, field.name, needs)
            if about in key.spared and values.get(name) == ideal.get(record, {}).get(name):
                mended[name] = right[name]
        meant[record] = mended
    return meant


def roots(
    blueprints: Mapping[str, Blueprint], trial: Trial, found: list[Slip], record: str
) -> list[Slip]:
    """The slips that made a record's deliverable wrong: the earliest on every way to it."""
    by_step: dict[tuple[str, str], list[Slip]] = {}
    for slip in found:
        by_step.setdefault((slip.step, slip.record), []).append(slip)
    scenario = next(iter(blueprints.values())).scenario
    family = scenario.family[record]
    partners = [other for other in trial.key.records if other in family and other != record]
    first: list[Slip] = []
    for field in scenario.deliverable:
        step = next(name for name, b in blueprints.items() if field.name in b.step.produces)
        for slip in _back(blueprints, by_step, step, record, field.name, partners):
            if slip not in first:
                first.append(slip)
    return first


def _back(
    blueprints: Mapping[str, Blueprint], by_step: Mapping[tuple[str, str], list[Slip]],
    step: str, record: str, result: str | None, partners: list[str],
) -> list[Slip]:  # fmt: skip
    here = [
        slip for slip in by_step.get((step, record), ())
        if result is None or slip.result == result
    ]  # fmt: skip
    own = [slip for slip in here if slip.cause != "inherited"]
    if own:
        return own
    before = [
        slip
        for source in blueprints[step].upstream
        for slip in _back(blueprints, by_step, source, record, None, partners)
    ]
    if all(slip.cause == "inherited" for slip in before):
        # What is decided over several records can inherit another record's mistake.
        theirs = [
            slip
            for other in partners
            for source in blueprints[step].upstream
            for slip in _back(blueprints, by_step, source, other, None, [])
            if slip.cause != "inherited"
        ]
        before = theirs or before
    return before or here
