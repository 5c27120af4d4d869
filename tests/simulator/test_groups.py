"""What an intern makes of a number about several records: it needs all of them before its eyes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from scenarios.loading import load_scenario
from scenarios.model import Value
from scenarios.scenario import Scenario
from simulator.behaviour.belief import Aside, Belief, Call, Failure
from simulator.behaviour.inheritance import expected
from simulator.behaviour.job import understand
from simulator.draws import Draws
from simulator.order import Asked, Head
from tests.office import cast
from tests.scenarios import tiny
from tests.scenarios.test_families import GROUPED

SPENT = Asked("spent", "what one sender spent in all")
ONE, TWO = "practice-plain-1", "practice-twice-1"


@cache
def scenario() -> Scenario:
    known = GROUPED.replace("name: spent, type: money", "name: spent, type: money, known_as: [qx]")
    text = known.replace("qx", SPENT.means)
    with TemporaryDirectory() as folder:
        return load_scenario(tiny.write(Path(folder), text))


def total(present: tuple[str, ...], costs: dict[str, Value]) -> tuple[Value, Failure | None]:
    """What is expected of the first of the records that are in a call, believing some costs."""
    given = Asked("qcost", "what it costs")
    job = understand(scenario(), cast()["mira"], Head("work", "parcel", "", (SPENT,), (given,)))
    call = Call(job, Aside(scenario(), Draws(1, 0, 0)), frozenset(present))
    for name in present:
        record = scenario().record[name]
        cost = costs.get(name, record.truth["qcost"])
        wrong = {"qcost"} if cost != record.truth["qcost"] else set()
        call.beliefs.append(Belief(record, True, {"qcost": cost}, wrong))
    field = scenario().field["spent"]
    decision = replace(job.decisions[-1], field=field, parents=("qcost",))
    return expected(call, decision, call.beliefs[0], 0)


def test_with_the_whole_family_in_sight_it_is_the_truth() -> None:
    assert total((ONE, TWO), {}) == (25.0, None)


def test_a_member_in_another_call_is_out_of_sight() -> None:
    value, failure = total((ONE,), {})
    assert value is None
    assert failure
    assert failure.cause == "out-of-sight"


def test_a_mistake_about_one_is_inherited_by_all() -> None:
    assert total((ONE, TWO), {TWO: 2.5}) == (15.0, Failure("inherited", None, 15.0))
    assert total((ONE, TWO), {TWO: None}) == (None, Failure("inherited", None, None))


def test_a_mistake_about_a_stranger_is_not() -> None:
    assert total((ONE, TWO, "practice-plain-3"), {"practice-plain-3": 1.0}) == (25.0, None)
