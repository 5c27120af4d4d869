"""A scenario, a plan and figures that mean harm: on the page they are text, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents.debriefing import Debriefer
from agents.session import Session
from scenarios.errors import printable
from scenarios.loading import load_cast, load_scenario
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from simulator.storage.store import Attempt
from tests.scenarios.tiny import PLAN, write
from tests.tui.page.reading import read
from tui.opening import Opened
from tui.outcomes import carding, figures
from tui.outcomes.costs import costliest
from tui.page.attempt import attempt_page
from tui.page.behind import Behind
from tui.page.html import element, page
from tui.page.portfolio import portfolio_page

EVIL = (
    "</style></title></script><script>alert(1)</script><img src=x onerror='alert(2)'>"
    '"\' onload="alert(3)" &lt;b&gt; &amp; <!-- ]]> {{7*7}} ${x} \x1b[31m\x00\x9b \u202e'
)


def evil_scenario(folder: Path) -> Scenario:
    found = load_scenario(write(folder))
    lots = {
        lot: tuple(row.model_copy(update={"text": f"{row.text}\n{EVIL}"}) for row in rows)
        for lot, rows in found.lots.items()
    }
    people = tuple(one.model_copy(update={"name": EVIL}) for one in found.stakeholders)
    loss = found.loss.model_copy(update={"currency": EVIL})
    return found.model_copy(update={
        "title": EVIL, "summary": EVIL, "boss": EVIL, "brief": EVIL, "lots": lots, "loss": loss,
        "stakeholders": people, "teaches": (EVIL,),
    })  # fmt: skip


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Behind:
    scenario = evil_scenario(tmp_path_factory.mktemp("evil") / "parcels")
    cast = {name: one.model_copy(update={"name": EVIL}) for name, one in load_cast().items()}
    import yaml

    data: dict[str, Any] = yaml.safe_load(PLAN)
    first = data["steps"][0]
    first["instructions"] = f"Copy what is printed. {EVIL}"
    first["produces"]["raw"] = EVIL
    plan = Plan.model_validate(data)
    text = yaml.safe_dump(data)
    session = Session(scenario, plan, cast)
    find, evaluation = Debriefer(session), session.evaluate(trials=16)
    debrief = find.blame(find.advise(find.show(evaluation)), costliest(evaluation))
    debrief = find.look_at_controls(debrief)
    summary = figures.evaluation_object(evaluation, EVIL, "sim")
    summary = carding.kept(summary, evaluation, text, cast, [], {})
    for skill in summary["card"]["skills"]:
        skill["evidence"] += EVIL
    attempt = Attempt(
        7, EVIL, EVIL, scenario.id, EVIL, text, "practice", EVIL, 1, 16, True,
        {**summary, "medal": EVIL},
    )  # fmt: skip
    opened = Opened("evil", text, plan, scenario, cast)
    return Behind(
        attempt, opened, [attempt], {}, debrief, (attempt, opened, debrief.evaluation), [EVIL]
    )  # fmt: skip


def harmless(text: str) -> None:
    root = read(text)
    assert not list(root.all("script", "img", "iframe", "b"))
    assert len(list(root.all("style"))) == len(list(root.all("title"))) - len(list(root.all("svg")))
    for one in root.all():
        assert not [name for name in one.attributes if name.startswith("on")]
    assert printable(text) == text
    body = next(root.all("body")).text
    assert "<script>alert(1)</script>" in body
    assert "&lt;b&gt; &amp; <!-- ]]> {{7*7}}" in body


def test_a_report_shows_it_as_it_is_written(behind: Behind) -> None:
    text = attempt_page(behind)
    harmless(text)
    assert len(list(read(text).all("section"))) >= 8


def test_the_portfolio_does_too(behind: Behind) -> None:
    harmless(portfolio_page([behind.attempt]))


def test_a_style_sheet_cannot_be_left() -> None:
    made = page(EVIL, [element("h1", EVIL)], [], EVIL)
    assert read(made).text.count("<script>alert(1)</script>") == 3
    assert made.count("</style>") == 1
    quoted = read(page("x", [element("h1", title=EVIL)], [], ""))
    assert next(quoted.all("h1")).attributes == {"title": printable(EVIL)}
