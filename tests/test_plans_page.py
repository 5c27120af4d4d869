"""What the page on plans shows can be loaded and run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agents.session import Session
from scenarios import Scenario
from scenarios.files.source import parse
from scenarios.language.operations import OPERATIONS
from scenarios.loading import library_scenario, load_cast
from scenarios.plans.file import read_plan
from simulator import sampling
from tests.agents.test_retrieving import shop

PAGE = (Path(__file__).parents[1] / "docs/plans.md").read_text("utf-8")
SECTIONS = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
BLOCKS = [
    (heading, block)
    for heading, text in SECTIONS
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
]


def _scenario(name: str) -> Scenario:
    return shop() if name == "bills" else library_scenario(name)


@pytest.mark.parametrize(("heading", "block"), BLOCKS, ids=[heading for heading, _ in BLOCKS])
def test_a_plan_of_the_page_does_its_job(heading: str, block: str) -> None:
    opened = read_plan(parse(block, f"docs/plans.md ({heading})"), _scenario)
    keys = sampling.keys(opened.scenario, "practice", seed=1, trials=2)
    for trial in Session(opened.scenario, opened.plan, load_cast()).team.run(keys):
        assert trial.delivered
        assert all(trial.work[step.id].done for step in opened.plan.steps)


def test_each_section_shows_what_its_heading_names_and_what_it_buys_and_costs() -> None:
    for heading, text in SECTIONS:
        blocks = "".join(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))
        assert all(words in blocks for words in re.findall(r"`(.+?)`", heading))
        assert "*Buys*" in text
        assert "*Costs*" in text


def test_every_operation_that_can_be_run_is_named() -> None:
    text = dict(SECTIONS)["Code: `assignee: tally`"]
    assert {name for name in OPERATIONS if f"`{name}`" not in text} == {"parse_time"}
