"""A report: each figure is that of the run behind it, and whoever cannot see it has it as well."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from simulator.debriefing.track_record import diagram, kept
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import six
from tests.office import reference, session
from tests.tui.page.made import TRIALS, keep, made, page, store
from tests.tui.page.reading import Element, read
from tui.outcomes import comparison, costs, report, report_cards, story
from tui.page.attempt import attempt_page
from tui.page.behind import Behind, behind
from tui.page.html import figure_of, section
from tui.page.html import page as page_of
from tui.page.pictures import calibration
from tui.page.portfolio import portfolio_page
from tui.printing import number, percent, signed


@pytest.fixture(scope="module")
def whole() -> Element:
    return read(page())


@pytest.fixture(scope="module")
def run() -> Evaluation:
    """The run behind the report, made apart from it."""
    return session(reference("split")).evaluate(trials=TRIALS)


def figures(root: Element, beginning: str = "") -> dict[str, float]:
    """By name the figures of a page; one that stands in two places must be the same in both."""
    found: dict[str, float] = {}
    for one in root.all("data"):
        name, value = one.attributes["data-of"], float(one.attributes["value"])
        assert found.setdefault(name, value) == value
    return {name: value for name, value in found.items() if name.startswith(beginning)}


def test_every_figure_of_the_result_is_that_of_the_run(whole: Element, run: Evaluation) -> None:
    assert run.reliability is not None
    for row in report.rows(run):
        if isinstance(row.metric, int):
            estimate = run.mean_of(row.metric)
        else:
            estimate = run.reliability if row.metric == "reliability" else run.mean(row.metric)
        assert estimate is not None
        assert figures(whole)[f"run.{row.metric}"] == estimate.mean
    rows = whole.section("result").table()
    assert rows == [[row.label, row.mean, row.between, row.wanted] for row in report.rows(run)]
    for k, share in enumerate(run.pass_k, 1):
        assert figures(whole).get(f"run.pass_k.{k}") == share


def test_every_figure_of_the_summary_is_as_it_was_kept(whole: Element) -> None:
    kept = store().attempt(2).summary
    found = figures(whole, "kept.")
    assert set(found) == {f"kept.{name}" for name in
                          ("reliability", "loss", "wrong_records", "cost", "minutes")}  # fmt: skip
    for name, value in found.items():
        assert value == kept[name.removeprefix("kept.")]["mean"]


def test_the_causes_are_those_of_the_debrief(whole: Element, run: Evaluation) -> None:
    debrief = made().debrief
    assert debrief is not None
    assert debrief.blamed
    rows, found = story.causes(run), figures(whole, "cause.")
    for place, (row, keys) in enumerate(zip(rows, costs.alike(run).values(), strict=True)):
        assert found[f"cause.{place}.loss"] == row["loss"]
        assert found[f"cause.{place}.wrong_records"] == row["wrong_records"]
        measured = costs.measured(debrief, keys)
        assert found.get(f"cause.{place}.measured") == (measured and measured["loss"]["mean"])
        share = measured["share"] if measured else None
        assert found.get(f"cause.{place}.share") == (share and share["mean"])
    assert {int(name.split(".")[1]) for name in found} == set(range(len(rows)))
    shown = whole.section("causes").table()
    assert [row[2] for row in shown] == [number(row["loss"]) for row in rows]
    for line in costs.of_controls(debrief):
        assert line in whole.section("causes").text


def test_the_advice_has_the_effects_that_were_measured(whole: Element) -> None:
    debrief = made().debrief
    assert debrief is not None
    assert debrief.advice
    found = figures(whole, "advice.")
    for place, one in enumerate(debrief.advice[:4]):
        for name, estimate in (("loss", one.loss), ("reliability", one.reliability),
                               ("cost", one.cost), ("minutes", one.minutes),
                               ("yours", one.yours)):  # fmt: skip
            assert found[f"advice.{place}.{name}"] == estimate.mean
        assert one.change.answer not in page()


def test_the_step_from_the_attempt_before_is_the_paired_comparison(
    whole: Element, run: Evaluation
) -> None:
    before = session(reference("rules")).evaluate(trials=TRIALS)
    part = whole.section("iteration")
    assert part.table() == [list(row) for row in comparison.rows(before, run)]
    causes = [[row[5], *row[1:5], row[0]] for row in comparison.cause_rows(before, run)]
    assert part.table(1) == causes
    assert "+copy: a new step" in part.text


def test_the_prediction_stands_beside_what_came(whole: Element, run: Evaluation) -> None:
    assert run.reliability is not None
    found = figures(whole)
    assert (found["said.reliability"], found["said.pay"]) == (0.75, 0.25)
    assert found["came.reliability"] == six(run.reliability.mean)
    assert found["came.pay"] == six(run.wrong_shares["pay"])


def test_the_report_card_is_the_one_that_was_kept(whole: Element) -> None:
    card = store().attempt(2).summary["card"]
    found, said = figures(whole, "card."), whole.section("card").text
    for part in card["parts"]:
        name = f"card.{part['heading']}.{part['name']}"
        assert found.get(f"{name}.score") == part["score"]
    assert all(one["evidence"] in said for one in card["skills"])
    assert report_cards.total(card) in said


def test_the_portfolio_has_every_score_of_every_skill() -> None:
    root = read(portfolio_page(store().attempts()))
    found = figures(root, "skill.")
    wanted = {
        f"skill.{one['skill']}.{attempt.number}": one["score"]
        for attempt in store().attempts() for one in attempt.summary["card"]["skills"]
        if one["score"] is not None
    }  # fmt: skip
    assert found == wanted
    pairs = kept(store().attempts())
    foretold = figures(root, "foretold.")
    assert [(foretold[f"foretold.{i}.said"], foretold[f"foretold.{i}.came"])
            for i in range(1, len(pairs) + 1)] == pairs  # fmt: skip


def test_predictions_are_drawn_once_there_are_enough() -> None:
    groups = diagram([(0.1 * i, 0.05 * i) for i in range(10)])
    drawn = read(page_of("x", [], [section("s", "s", calibration(groups))], ""))
    assert len(list(drawn.all("circle"))) == len(groups)


def test_the_history_is_as_it_was_kept(whole: Element) -> None:
    for attempt in store().attempts():
        for name, value in figures(whole, f"attempt.{attempt.number}.").items():
            assert value == attempt.summary[name.split(".")[2]]["mean"]


def test_what_is_shown_of_a_figure_is_that_figure(whole: Element) -> None:
    says = (number, percent, signed, lambda x: signed(100 * x), lambda x: f"{x:g}")
    for one in whole.all("data"):
        value = float(one.attributes["value"])
        assert any(one.text.startswith(say(value)) for say in says), (one.text, value)
    assert figure_of("x", None, "-").tag == "span"


def test_the_record_shown_is_that_of_the_debrief(whole: Element) -> None:
    debrief = made().debrief
    assert debrief is not None
    assert debrief.exhibit is not None
    said = whole.section("exhibit").text
    for line in story.exhibit_lines(debrief.evaluation, debrief.exhibit):
        assert line in said


def pages() -> list[str]:
    return [page(), portfolio_page(store().attempts()), portfolio_page([])]


@pytest.mark.parametrize("place", range(3))
def test_it_is_one_file_that_fetches_and_runs_nothing(place: int) -> None:
    text = pages()[place]
    root = read(text)
    assert not list(root.all("script", "link", "img", "iframe", "object", "form"))
    assert not re.search(r"(?:https?:)?//|@import|url\(", re.sub(r"<svg.*?</svg>", "", text))
    for one in root.all():
        assert not [name for name in one.attributes if name.startswith("on")]
        assert one.attributes.get("href", "#").startswith("#")
    policy = [m for m in root.all("meta") if "http-equiv" in m.attributes]
    assert policy[0].attributes["content"].startswith("default-src 'none'")


@pytest.mark.parametrize("place", range(3))
def test_it_can_be_found_ones_way_about_without_seeing_it(place: int) -> None:
    root = read(pages()[place])
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert next(root.all("html")).attributes["lang"] == "en"
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(list(root.all(landmark))) == 1
    for one in root.all():
        for name in ("aria-labelledby", "aria-describedby"):
            assert one.attributes.get(name, ids[0]) in ids
        if one.attributes.get("href"):
            assert one.attributes["href"][1:] in ids
    levels = [int(one.tag[1]) for one in root.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in root.all("table"):
        assert next(table.all("caption")).text
        assert all(head.attributes["scope"] in ("col", "row") for head in table.all("th"))
        width = len(list(next(table.all("tr")).all("th")))
        assert {len(list(row.all("th", "td"))) for row in table.all("tr")} == {width}
    for picture in root.all("svg"):
        assert picture.attributes["role"] == "img"
        named = picture.attributes["aria-labelledby"], picture.attributes["aria-describedby"]
        texts = {one.attributes["id"]: one.text for one in picture.all("title", "desc")}
        assert all(texts[name] for name in named)


def test_the_same_attempt_gives_the_same_page() -> None:
    assert attempt_page(behind(2, store(), 1, lambda _: None)) == page()


def test_a_run_that_comes_to_something_else_today_says_so(whole: Element) -> None:
    assert not made().differs
    assert "came to others" not in whole.text
    other = replace(made().attempt, summary={**made().attempt.summary, "loss": {"mean": 1.0}})
    changed = replace(made(), attempt=other)
    assert changed.differs
    assert "comes to others" in read(attempt_page(changed)).section("summary").text


def test_a_real_models_attempt_is_told_as_it_was_kept() -> None:
    number_ = keep(store(), "rules", model="openai:some")
    found = behind(number_, store(), 1, lambda _: None)
    assert found.debrief is None
    root = read(attempt_page(found))
    assert "cannot be run again" in root.section("summary").text
    assert [s.attributes["id"] for s in root.all("section")] == [
        "summary", "brief", "plan", "slips", "card", "history",
    ]  # fmt: skip


def test_what_was_kept_of_a_real_models_slips_is_shown() -> None:
    whole = replace(made(), debrief=None, before=None)
    shown = read(attempt_page(whole)).section("slips")
    kept_ = made().attempt.summary["slips"]
    assert list(figures(shown).values()) == [slip["per_trial"] for slip in kept_]


def test_a_sealed_record_is_never_shown() -> None:
    number_ = keep(store(), "rules", lot="sealed", trials=8, medal=None)
    found: Behind = behind(number_, store(), 1, lambda _: None)
    ids = {s.attributes["id"] for s in read(attempt_page(found)).all("section")}
    assert "result" in ids
    assert not ids & {"causes", "exhibit", "advice", "interview"}
