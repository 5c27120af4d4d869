"""What few plans say: acts that are allowed, records that are taken, passages, forecasts."""

from __future__ import annotations

from collections.abc import Collection

from scenarios.errors import quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.plans.code import columns_of
from scenarios.plans.plan import RECORDS, Plan, Step, Takes
from scenarios.references import known
from scenarios.scenario import Scenario


def check_parts(step: Step, scenario: Scenario, source: Source, place: Place) -> None:
    """Raise InputError for the first name in a step's rarer parts that means nothing."""
    acts = {act.id: act for act in scenario.acts}
    for i, name in enumerate(step.may):
        at = (*place, "may", i)
        known(name, acts, "act", at, source)
        if acts[name].field not in step.produces:
            problem = f"{quoted(name)} is an act of no field that this step produces"
            raise source.error(at, problem, f"let the step that gives {acts[name].field} do it")
    if step.votes > 1 and (step.is_code or step.is_you):
        problem = "are for interns: code and you give the same answer each time"
        raise source.error((*place, "votes"), problem, "delete them")
    if step.ask and (step.is_code or step.is_you):
        raise source.error((*place, "ask"), "is for colleagues who are given words", "delete it")
    if step.answers and not step.ask:
        problem, mend = "answers what it may not ask", "add 'ask: true', or delete the answers"
        raise source.error((*place, "answers"), problem, mend)
    for name in step.answers:
        known(name, step.produces, "result of this step", (*place, "answers", name), source)
    if step.takes is not None:
        if step.is_code:
            mend = "delete it, and write 'if' in its expressions"
            raise source.error((*place, "takes"), "is not for code", mend)
        _check_takes(step.takes, (*place, "takes"), source)
    if step.review is not None and step.review.takes is not None:
        _check_takes(step.review.takes, (*place, "review", "takes"), source)
    if step.retrieves is not None:
        if step.is_code or step.is_you:
            mend = "delete it, and let an intern read what is found"
            raise source.error((*place, "retrieves"), "is for interns", mend)
        collections = [collection.id for collection in scenario.collections]
        at = (*place, "retrieves", "from")
        known(step.retrieves.source, collections, "collection", at, source)
    parts = dict.fromkeys(
        name for lot in scenario.lots.values() for record in lot for name in record.parts
    )
    for i, name in enumerate(step.sees):
        known(name, parts, "part of the records", (*place, "sees", i), source)


def check_retrieves(
    step: Step, upstream: Collection[str], scenario: Scenario, source: Source, place: Place
) -> None:
    """Raise InputError for the first name to search by that does not arrive at the step.

    `upstream` names the results that the step reads.
    """
    arrives = [*upstream, *(columns_of(scenario) if RECORDS in step.reads else ())]
    for i, name in enumerate(step.retrieves.by if step.retrieves else ()):
        at = (*place, "retrieves", "by", i)
        known(name, arrives, "result or column that arrives here", at, source)


def check_whole(plan: Plan, scenario: Scenario, source: Source) -> None:
    """Raise InputError for the first name outside of the steps that means nothing, or two things.

    What is predicted of fields is checked elsewhere.
    """
    asked = [forecast.id for forecast in scenario.forecasts]
    for name in plan.predict.forecasts if plan.predict else ():
        known(name, asked, "question of the scenario", ("predict", "forecasts", name), source)
    solved = [record.id for record in scenario.sheets("archive")]
    for group in ("dev", "held", "odd"):
        for i, name in enumerate(getattr(plan.labels, group) if plan.labels else ()):
            known(name, solved, "solved record of the archive", ("labels", group, i), source)


def _check_takes(takes: Takes, place: Place, source: Source) -> None:
    if takes == Takes():
        raise source.error(place, "takes nothing in particular", "add 'where', 'most' or 'by'")
