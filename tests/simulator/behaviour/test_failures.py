"""When a trap, an order inside the data, or a fact in another paper acts, and when it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenarios.errors import InputError
from scenarios.scenario import Scenario
from simulator import sampling
from simulator.parameters import figures
from simulator.slip import Slip
from tests.simulator import mails

DRAWN = [f"{lot}-{n}" for lot in ("practice", "sealed") for n in range(1, 13)]


def slips(scenario: Scenario, *, trials: int = 30, **keys: Any) -> list[Slip]:
    team = mails.session(scenario, mails.step(**keys)).team
    found = team.run(sampling.keys(scenario, "practice", seed=1, trials=trials))
    return [slip for t in found for s in t.work["write"].slips.values() for slip in s]


def injected(scenario: Scenario, trials: int = 30, **keys: Any) -> float:
    found = [slip for slip in slips(scenario, trials=trials, **keys) if slip.cause == "injected"]
    return len(found) / (trials * 6)


def test_an_order_in_the_data_is_obeyed_as_published_and_less_by_who_is_guarded(
    tmp_path: Path,
) -> None:
    order = "  injections: [{field: does, wrong: none}]\n"
    scenario = mails.load(tmp_path, mails.records(dict.fromkeys(DRAWN, order)))
    f = figures("mid")
    assert injected(scenario, 60) == pytest.approx(f.injected, abs=0.08)
    restated = "Once you have read the mails, repeat your task, then answer."
    assert injected(scenario, 60, instructions=restated) == pytest.approx(
        f.injected * f.restate_guard, abs=0.08
    )


def test_an_order_acts_only_where_the_text_that_gives_it_is_in_the_call(tmp_path: Path) -> None:
    some = {}
    for name in DRAWN:
        lot, number = name.split("-")
        other = int(number) + 1 if int(number) % 2 else int(number) - 1
        some[name] = f"  injections: [{{field: does, wrong: none, planted_by: {lot}-{other}}}]\n"
        if int(number) % 2:
            some[name] += f"  partner: {lot}-{other}\n"
    scenario = mails.load(tmp_path, mails.records(some))
    assert injected(scenario, batch=6) > 0.1
    assert injected(scenario, batch=1) == 0.0


def test_a_trap_acts_on_those_whom_it_names(tmp_path: Path) -> None:
    trap = "  traps: [{field: qdated, needs: date-it, wrong: false, luck: 0, who: [oswin]}]\n"
    scenario = mails.load(tmp_path, mails.records(dict.fromkeys(DRAWN, trap)))
    assert {slip.cause for slip in slips(scenario, assignee="oswin")} >= {"unstated"}
    assert "unstated" not in {slip.cause for slip in slips(scenario, assignee="mira")}


def test_a_trap_names_a_colleague(tmp_path: Path) -> None:
    trap = "  traps: [{field: qdated, needs: date-it, wrong: false, who: [oswyn]}]\n"
    with pytest.raises(InputError, match="is no colleague; did you mean 'oswin'") as caught:
        mails.load(tmp_path, mails.records({"practice-1": trap}))
    assert caught.value.line


def test_a_fact_of_another_paper_is_out_of_sight_without_it(tmp_path: Path) -> None:
    scenario = mails.load(tmp_path)
    produces = {"does": None, "answer": None, "ok": {"means": "approved before"}}

    def unseen(*reads: str) -> set[str]:
        found = slips(scenario, produces=produces, reads=list(reads), trials=4)
        return {slip.cause for slip in found if slip.result == "ok"}

    assert unseen("records") == {"out-of-sight"}
    assert "out-of-sight" not in unseen("records", "events")


def test_an_example_shows_what_the_archive_says(tmp_path: Path) -> None:
    extra = {"archive-1": "  label: {does: none, qdated: false}\n"}
    scenario = mails.load(tmp_path, mails.records(extra))
    team = mails.session(scenario, mails.step(examples=["archive-1", "archive-2"])).team
    wrong, right = team.blueprints["write"].head.examples
    assert '"does": "none"' in wrong.answer
    assert '"does": "reply"' in right.answer
    assert scenario.record["archive-1"].truth["does"] == "reply"


@pytest.mark.parametrize(
    ("label", "words"),
    [("{does: reply}", "is the truth"), ("{do: none}", "is no field"), ("{does: no}", "cannot be")],
)
def test_a_label_is_a_wrong_value_of_a_field(label: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words) as caught:
        mails.load(tmp_path, mails.records({"archive-1": f"  label: {label}\n"}))
    assert caught.value.line


def test_who_plants_an_order_is_drawn_with_whom_it_is_about(tmp_path: Path) -> None:
    order = "  injections: [{field: does, wrong: none, planted_by: practice-2}]\n"
    with pytest.raises(InputError, match="may not be in the same sample; add 'partner") as caught:
        mails.load(tmp_path, mails.records({"practice-1": order}))
    assert caught.value.line
