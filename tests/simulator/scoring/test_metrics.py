"""Every limit is measured as the format says; what is not scored fails nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.scenario import Rows, Scenario
from simulator import rows
from simulator.draws import Draws
from simulator.scoring.grading import judge
from simulator.scoring.metrics import names_of
from simulator.trial import Trial, TrialKey
from tests.agents import bills

CLAUSES = {"r1": "none", "r2": "4.2", "r3": "4.3", "r4": "none"}
AMOUNTS = {"r1": 10, "r2": 30, "r3": 10, "r4": 50}


def claims(**keys: Any) -> Scenario:
    """Four claims with one finding to each, two of which are none."""
    records = [
        {
            "id": name,
            "lot": "practice",
            "stratum": "plain",
            "text": "A dinner.",
            "columns": {"amount": AMOUNTS[name]},
            "truth": {"clause": clause},
        }
        for name, clause in CLAUSES.items()
    ]
    field = {
        "name": "clause", "type": "choice", "choices": ["none", "4.2", "4.3"],
        "description": "what it breaks",
    }  # fmt: skip
    given: dict[str, Any] = {"fields": [field], "lots": {"practice": records}}
    given["loss"] = {"each": "amount", "missing": "2 * amount"}
    return bills.scenario(**(given | keys))


def limited(*limits: Mapping[str, Any], **keys: Any) -> Scenario:
    return claims(accept=list(limits), **keys)


def trial(delivered: Mapping[str, Mapping[str, Any]], **keys: Any) -> Trial:
    key = TrialKey(Draws(1, 0, 0), tuple(CLAUSES))
    given = {name: dict(row) for name, row in delivered.items()}
    return Trial(key, given, {}, cost=3.5, minutes=7.0, your_minutes=0.0, escalations=0, calls=1,
                 **keys)  # fmt: skip


def found(*clauses: str | None) -> dict[str, dict[str, Any]]:
    """What was delivered of r1 to r4; None is a claim that was left out."""
    return {f"r{n}": {"clause": c} for n, c in enumerate(clauses, 1) if c is not None}


SHARE = {"metric": "share", "of": "got == true", "says": "found", "at_least": 0.8}


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ({"metric": "count", "of": "got != 'none'", "says": "x"}, 3.0),
        ({"metric": "count", "of": "got and got != 'none'", "says": "x"}, 2.0),
        ({"metric": "count", "of": "got.clause and got.clause != clause", "says": "x"}, 1.0),
        ({"metric": "count", "of": "true == clause", "among": "amount > 10", "says": "x"}, 2.0),
        ({**SHARE, "among": "clause != 'none'"}, 0.5),
        ({**SHARE, "among": "clause != 'none'", "weight": "amount"}, 0.75),
        ({**SHARE, "among": "clause == '4.4'"}, None),
        ({**SHARE, "weight": "parse_number(clause, 'point') + 'x'"}, None),
        ({**SHARE, "of": "got + 1 > 0"}, 0.0),
        ({"metric": "wrong_fields", "field": "clause"}, 2.0),
        ({"metric": "money"}, 3.5),
        ({"metric": "minutes"}, 7.0),
    ],
)  # fmt: skip
def test_a_limit_is_measured(limit: Mapping[str, Any], value: float | None) -> None:
    scenario = limited({"at_most": 1, **limit})
    verdict = judge(scenario, trial(found("4.2", "4.2", None, "none")))
    assert verdict.wrong_records == ("r1", "r3")
    assert verdict.measures == (value,)


def test_what_is_not_scored_fails_nobody() -> None:
    scenario = limited({**SHARE, "among": "clause == '4.4'"}, {"metric": "money", "at_most": 4})
    verdict = judge(scenario, trial({}))
    assert (verdict.measures, verdict.accepted) == ((None, 3.5), True)


def test_what_is_delivered_wrong_and_what_is_missing_cost_by_columns_too() -> None:
    verdict = judge(limited(SHARE), trial(found("4.2", "4.2", None, "none")))
    assert verdict.losses == {"r1": 10, "r3": 20}


def test_a_blank_that_may_be_one_is_delivered() -> None:
    scenario = claims()
    blank = scenario.fields[0].model_copy(update={"may_be_blank": True})
    for field, cost in ((scenario.fields[0], 20.0), (blank, 10.0)):
        other = scenario.model_copy(update={"fields": (field,)})
        verdict = judge(other, trial({**found("none", "4.2"), "r3": {"clause": None}}))
        assert verdict.losses["r3"] == cost


def test_rows_found_is_f1_and_a_row_that_is_not_there_is_right_unclaimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def there(_: Scenario, row: Mapping[str, Any]) -> bool:
        return row.get("clause") != "none"

    monkeypatch.setattr(rows, "there", there)
    scenario = limited({"metric": "rows_found", "at_least": 0.9})
    shape = Rows(name="finding", there="clause != 'none'")
    rowed = scenario.records.model_copy(update={"rows": shape})
    scenario = scenario.model_copy(update={"records": rowed})
    verdict = judge(scenario, trial(found(None, "4.2", "4.3", "none")))
    assert (verdict.wrong_records, verdict.measures, verdict.accepted) == ((), (1.0,), True)
    verdict = judge(scenario, trial(found("4.3", "4.2", "none", None)))
    assert verdict.wrong_records == ("r1", "r3")
    assert verdict.losses == {"r1": 10, "r3": 20}
    assert verdict.measures == (2 * 1 / (2 + 2),)
    extra = (("m1", {"clause": "4.2"}),)
    verdict = judge(scenario, trial(found(None, "4.2", "4.3"), extra=extra))
    assert verdict.measures == (2 * 2 / (3 + 2),)


@given(st.lists(st.sampled_from([None, "none", "4.2", "4.3"]), min_size=4, max_size=4))
def test_a_share_is_the_weight_of_its_count_and_between_nothing_and_all(
    clauses: list[str | None],
) -> None:
    right = {"of": "got == true", "says": "right"}
    scenario = limited(
        {"metric": "share", **right, "at_least": 0}, {"metric": "count", **right, "at_least": 0}
    )
    share, count = judge(scenario, trial(found(*clauses))).measures
    assert share is not None
    assert count is not None
    assert 0 <= share <= 1
    assert share == pytest.approx(count / 4)


def test_names_are_the_same_whether_something_was_delivered_or_not() -> None:
    scenario = claims()
    record = scenario.record["r2"]
    got, missing = names_of(scenario, record, {"clause": "4.3"}), names_of(scenario, record, None)
    assert list(got) == list(missing)
    assert (got["got"], got["got.clause"], got["true"], got["clause"]) == (
        "4.3",
        "4.3",
        "4.2",
        "4.2",
    )
    assert missing["got"] is None


def test_a_verdict_counts_what_it_holds() -> None:
    verdict = judge(claims(), trial({}))
    assert (verdict.wrong_fields, verdict.loss) == (4, 200)
