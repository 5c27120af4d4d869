"""The evidence: its rows stand for something published, and what is told of it is what came out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest

from simulator.parameters import TIERS, Parameter, figures, parameters, using
from tests.benchmarks import evidence
from tests.benchmarks.evidence import FIGURES, PICTURE, ROWS, changed, fingerprint, measured
from tests.benchmarks.evidence_lab import EFFORT
from tests.benchmarks.evidence_picture import picture
from tests.benchmarks.evidence_rows import Point, Row, fit, moved
from tests.benchmarks.evidence_rules import RULES, together
from tests.benchmarks.evidence_tables import README, block, markdown, terminal
from tests.benchmarks.sensitivity import judged, kendall, times

AGAIN = "something changed: run `python tests/benchmarks/evidence.py --write`"


@pytest.fixture
def few() -> Iterator[None]:
    with EFFORT.of(0.25):
        yield


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """The figures as they were written."""
    found: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return found


def test_no_parameter_lacks_a_source() -> None:
    for name, one in parameters().items():
        assert len(one.source.split()) >= 2, name
        if one.kind == "published":
            assert re.search(r"\b20\d\d\b", one.source), name


def test_every_row_says_what_it_is_fitted_to() -> None:
    assert len({row.mechanism for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.points, row.mechanism
        assert bool(row.fits) == (row.hold != "nothing fitted"), row.mechanism
        assert not (row.judged and row.fits), row.mechanism
        assert set(row.fits) <= set(parameters()), row.mechanism
        assert all(-1.0 <= one <= 1.1 for p in row.points for one in p.published), row.mechanism
    assert sum(not row.judged for row in ROWS) >= 12


def test_the_load_of_so_many_rules_is_so_many_rules() -> None:
    from simulator.reading import count_rules

    for count in (1, 5, 10, 19, 20):
        assert count_rules(together(count, each=False).instructions) == count
    assert len(RULES) == 20


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("mechanism", ["giving in", "many records in a call"])
def test_a_row_comes_out_as_it_was_written(kept: dict[str, Any], mechanism: str) -> None:
    row = next(one for one in ROWS if one.mechanism == mechanism)
    found = measured(row, refit=False)
    was = next(one for one in kept["rows"] if one["mechanism"] == mechanism)
    for now, then in zip(found["detail"], was["detail"], strict=True):
        assert now["published"] == pytest.approx(then["published"], abs=1e-4), AGAIN
        assert now["simulated"] == pytest.approx(then["simulated"], abs=0.05), AGAIN


def test_what_is_told_of_the_evidence_is_what_came_out(kept: dict[str, Any]) -> None:
    assert kept["fingerprint"] == fingerprint(), AGAIN
    text = README.read_text("utf-8")
    start, end = block(text)
    assert text[start:end] == markdown(kept), AGAIN
    assert PICTURE.read_text("utf-8") == picture(kept["rows"]), AGAIN
    assert PICTURE.name in text


def test_the_figures_have_their_form(kept: dict[str, Any]) -> None:
    assert [row["mechanism"] for row in kept["rows"]] == [row.mechanism for row in ROWS]
    counting = [row for row in kept["rows"] if row["counts"]]
    assert kept["worst"] == max(row["rmse"] for row in counting)
    for row in kept["rows"]:
        assert {"mechanism", "rmse", "rmse_held_out", "fitted", "points"} <= set(row)
        if not row["counts"]:
            assert row["rmse_held_out"] is None
    assert "does not count" in terminal(kept)


def test_a_refit_finds_what_was_published_and_holds_out_what_it_says() -> None:
    def right(tier: Any) -> float:
        return figures(tier).repair

    points = (Point("mid", "a", (0.6, 0.7), right), Point("small", "a", (0.2,), right))
    found = fit(Row("m", "s", points, ("repair",), "model"), [])
    assert found.values == {}
    row = Row("m", "s", points, ("repair",), "model")
    found = fit(row, [row])
    assert found.values["repair.mid"] == pytest.approx(0.65, abs=0.03)
    assert found.values["repair.small"] == pytest.approx(0.2, abs=0.03)
    assert sorted(round(one, 1) for one in found.held) == [-0.1, 0.1]


def test_a_refit_by_other_sources_knows_nothing_of_the_row() -> None:
    def right(tier: Any) -> float:
        return figures(tier).repair

    one, other = (
        Row(name, "s", (Point("mid", "a", (share,), right),), ("repair",), "row")
        for name, share in (("one", 0.3), ("other", 0.6))
    )
    assert fit(one, [one, other]).held == [pytest.approx(0.3, abs=0.05)]


def test_other_values_hold_for_as_long_as_they_are_used() -> None:
    before = figures("mid")
    with using(changed(["repair.mid=0.9", "off_topic.all=0.1"])):
        assert (figures("mid").repair, figures("mid").off_topic) == (0.9, 0.1)
        assert figures("small").repair == parameters()["repair"].small
        with using({"repair": moved("repair", "mid", -1.0)}):
            assert figures("mid").repair < 0.9
            assert figures("mid").off_topic == 0.1
    assert figures("mid") == before
    with pytest.raises(KeyError, match="charm"), using({"charm": parameters()["repair"]}):
        pass


@pytest.mark.parametrize("value", ["charm.mid=1", "repair.all=1", "repair.kind=1", "repair.mid=x"])
def test_a_value_that_is_none_is_refused(value: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        changed([value])


def test_judged_values_move_by_their_share_and_chances_stay_chances() -> None:
    for name, one in judged().items():
        more, less = times(one, 1.3), times(one, 0.7)
        for tier in TIERS:
            assert less.of(tier) < one.of(tier) <= more.of(tier), name
            assert one.of(tier) >= 1.0 or more.of(tier) <= 1.0, name
    assert times(Parameter(kind="judged", source="a test", all=2.0), 1.3).all == 2.6


def test_tau_is_one_for_the_same_order_and_none_where_all_is_tied() -> None:
    order = [1.0, 2.0, 3.0, 4.0]
    assert kendall(order, [10.0, 20.0, 30.0, 40.0]) == 1.0
    assert kendall(order, order[::-1]) == -1.0
    assert kendall(order, [1.0] * 4) is None
    taus = [kendall(order, list(other)) for other in permutations(order)]
    assert sum(tau or 0.0 for tau in taus) == pytest.approx(0.0)


def test_bad_options_are_refused_in_a_line() -> None:
    ran = subprocess.run(
        [sys.executable, evidence.__file__, "--only", "astrology"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "no row is called so" in ran.stderr
    assert "Traceback" not in ran.stderr
