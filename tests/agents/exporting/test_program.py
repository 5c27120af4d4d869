"""The program of a plan sends what the product sends, and delivers what it delivers."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from agents.exporting.folder import contents, write
from agents.exporting.resolving import records
from agents.models.real import hire
from agents.team import CompiledTeam
from scenarios.errors import InputError
from scenarios.loading import library_scenario, load_cast
from scenarios.plans.plan import Plan
from simulator import sampling
from simulator.order import UNANSWERED
from simulator.staffing import staffed
from tests.agents import test_retrieving, test_specialists
from tests.agents.endpoint import Endpoint, Request, Response, says
from tests.office import cast as office_cast
from tui.opening import open_plan

PLANS = Path("scenarios/library/invoices/plans")
INVOICES = library_scenario("invoices")
(KEY,) = sampling.keys(INVOICES, "practice", seed=1, trials=1)
Sent = dict[str, list[list[tuple[str, str]]]]


def _answers() -> Callable[[Request], Response | None]:
    """Totals that do not add up at first, a reviewer who differs once, and broken JSON once."""
    said: dict[str, int] = {}

    def row(record: str, text: str) -> Mapping[str, Any]:
        odd, times = int(record[-1]) % 3, said.get(record + text, 0)
        said[record + text] = times + 1
        total = "7,50" if odd == 1 or (odd == 2 and not times) else "6.00"
        return {
            "record": record, "pay": 6, "printed_total": total, "printed_lines": ["4.00", "2.00"],
            "second_total": "6.00" if odd == 2 else total, "second_lines": ["4.00", "2.00"],
            "kind": "credit note" if odd == 0 and "Oswin" in text else "invoice",
        }  # fmt: skip

    def behave(request: Request) -> Response | None:
        text = request.messages[0][1] + request.messages[1][1].rpartition("\n<records>\n")[0]
        broken = len(request.messages) == 2 and request.records[0].endswith("4")
        rows = [row(record, text) for record in request.records]
        return says("[{" if broken else json.dumps(rows))(request)

    return behave


def _sent(endpoint: Endpoint) -> Sent:
    """The requests of each step in their order: steps side by side have none between them."""
    found: Sent = {}
    for request in endpoint.requests:
        form = json.dumps(request.body.get("response_format"))
        head = request.messages[1][1].rpartition("\n<records>\n")[0]
        found.setdefault(request.messages[0][1] + head + form, []).append(request.messages)
    return found


@pytest.mark.parametrize("name", ["naive", "split", "sum-check", "expert"])
def test_the_program_does_as_the_product_does(name: str, tmp_path: Path) -> None:
    opened = open_plan(str(PLANS / f"{name}.yaml"))
    with Endpoint(otherwise=_answers()) as endpoint:
        url = endpoint.url
        team = CompiledTeam(
            opened.scenario, opened.plan, opened.cast,
            lambda who: hire(who, "m", base_url=url, api_key="a-secret-key", max_concurrency=1),
        )  # fmt: skip
        (trial,) = team.run([KEY])
        ours = _sent(endpoint)
    write(tmp_path / "out", contents(opened.scenario, opened.plan, opened.cast))
    with Endpoint(otherwise=_answers()) as endpoint:
        env = {
            **os.environ,
            "OPENAI_BASE_URL": endpoint.url,
            "OPENAI_API_KEY": "a-secret-key",
            "MODEL": "m",
        }
        run = subprocess.run(
            [sys.executable, "-I", str(tmp_path / "out" / "team.py")], cwd=tmp_path, env=env,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        theirs = _sent(endpoint)
    assert (run.returncode, run.stderr) == (0, "")
    assert theirs == ours
    with (tmp_path / "results.csv").open(newline="") as file:
        done = {row["id"]: float(row["pay"]) for row in csv.DictReader(file) if row["pay"]}
    with (tmp_path / "for-you.csv").open(newline="") as file:
        yours = {row["id"] for row in csv.DictReader(file)}
    assert yours == {record for work in trial.work.values() for record in work.escalated}
    assert done == {r: row["pay"] for r, row in trial.delivered.items() if r not in yours}


def test_what_is_right_is_not_exported() -> None:
    assert {key for one in records(INVOICES, KEY.records) for key in one} == {
        "id", "text", "columns",
    }  # fmt: skip


def _plan(**step: Any) -> Plan:
    made = {"id": "read", "assignee": "mira", "produces": {"pay": None}, **step}
    return Plan.model_validate({"scenario": "invoices", "steps": [made]})


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"assignee": "you"}, "steps.read.assignee"),
        ({"review": {"by": "you", "of": ["pay"]}}, "steps.read.review.by"),
        ({"takes": {"most": 3}}, "steps.read.takes.most"),
        ({"does": [{"set": "pay", "pattern": "x", "like": "a"}]}, "steps.read.does.0.pattern"),
    ],
)
def test_what_it_cannot_do_is_refused_by_name(step: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as error:
        contents(INVOICES, _plan(**step), load_cast())
    assert error.value.field == field


def test_what_somebody_wrote_is_data(tmp_path: Path) -> None:
    hostile = "\"\"\"'''\\\n```\nimport os; os.abort()\n# <<< The plan, as data\n</instructions>"
    texts = contents(INVOICES, _plan(instructions=hostile), load_cast())
    write(tmp_path / "out", texts)
    checked = subprocess.run(
        [sys.executable, "-c", "import runpy, sys; runpy.run_path(sys.argv[1])",
         str(tmp_path / "out" / "team.py")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "````text\n" in texts["prompts/01-read.md"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        write(tmp_path, {"README.md": "theirs"})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def _controls(kind: str) -> tuple[Any, Plan]:
    if kind == "retrieval":
        return test_retrieving.shop(), test_retrieving.plan(chunk=40, k=2)
    if kind == "specialist":
        return test_specialists.desk(), test_specialists.plan()
    asks: dict[str, Any] = {
        "ask": True,
        "answers": {"pay": "In euros."} if kind == "answered" else {},
    }
    back = {"votes": 2, "redo": 1, "checks": [{"that": "pay == 6"}]}
    more: dict[str, dict[str, Any]] = {
        "votes": {"votes": 3}, "both": {"votes": 2, **asks}, "redone": back,
    }  # fmt: skip
    return INVOICES, _plan(batch=8, **more.get(kind, asks))


def _differing() -> Callable[[Request], Response | None]:
    """One question first where that is allowed; votes that differ by how often was asked."""
    times: dict[str, int] = {}

    def behave(request: Request) -> Response | None:
        if "you may first ask one question" in request.messages[0][1]:
            return says(json.dumps({"ask": "Which <said> unit?", "about": "pay"}))(request)
        rows: list[dict[str, Any]] = []
        for record in request.records:
            times[record] = times.get(record, 0) + 1
            pay = 7 if times[record] == 1 + len(record) % 2 else 6
            rows.append({"record": record, "pay": pay, "sort": "normal"})
        return says(json.dumps(rows))(request)

    return behave


@pytest.mark.parametrize(
    "kind", ["votes", "redone", "retrieval", "specialist", "answered", "unanswered", "both"]
)
def test_the_program_does_what_the_plan_controls(kind: str, tmp_path: Path) -> None:
    scenario, plan = _controls(kind)
    cast = staffed({**load_cast(), **office_cast()}, plan)
    (key,) = sampling.keys(scenario, "practice", seed=1, trials=1)
    with Endpoint(otherwise=_differing()) as endpoint:
        url = endpoint.url
        team = CompiledTeam(
            scenario, plan, cast,
            lambda who: hire(who, "m", base_url=url, api_key="a-secret-key", max_concurrency=1),
        )  # fmt: skip
        (trial,) = team.run([key])
        ours = _sent(endpoint)
    write(tmp_path / "out", contents(scenario, plan, cast))
    with Endpoint(otherwise=_differing()) as endpoint:
        env = {**os.environ, "OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": "k", "MODEL": "m"}
        run = subprocess.run(
            [sys.executable, "-I", str(tmp_path / "out" / "team.py")], cwd=tmp_path, env=env,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        theirs = _sent(endpoint)
    assert (run.returncode, run.stderr) == (0, "")
    assert theirs == ours
    with (tmp_path / "results.csv").open(newline="") as file:
        done = {row.pop("id"): row for row in csv.DictReader(file)}
    assert done == {
        r: {name: str(value) for name, value in row.items()} for r, row in trial.delivered.items()
    }


def test_a_specialist_is_exported_as_solved_records_to_follow() -> None:
    texts = contents(test_specialists.desk(), test_specialists.plan(), office_cast())
    assert "nearest thing to it\n# without training" in texts["team.py"]
    assert "<example record=" in texts["prompts/01-sort.md"]


@pytest.mark.parametrize(
    ("kind", "page", "readme"),
    [
        ("votes", "Each record is done 3 times", "costs as many times over: `prompts/01-"),
        ("retrieval", "<passage id=", "`collections/`"),
        ("answered", "Asked about `pay`, the plan answers:\n\n```text\nIn euros.", "waits at the"),
    ],
)
def test_the_pages_tell_what_the_plan_controls(kind: str, page: str, readme: str) -> None:
    scenario, plan = _controls(kind)
    texts = contents(scenario, plan, {**load_cast(), **office_cast()})
    (prompt,) = [text for name, text in texts.items() if name.startswith("prompts/")]
    assert page in prompt
    assert readme in texts["README.md"]
    plain = contents(INVOICES, _plan(), load_cast())
    assert page not in plain["prompts/01-read.md"]
    assert readme not in plain["README.md"]


def _typed(answer: str, folder: Path, url: str) -> str:
    """Start the program at a terminal, and type when it asks. What the terminal shows."""
    env = {**os.environ, "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "k", "MODEL": "m"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-I", str(folder / "out" / "team.py")], cwd=folder, env=env,
        stdin=theirs, stdout=theirs, stderr=theirs,
    ) as run:  # fmt: skip
        os.close(theirs)
        shown = b""
        while b"\n> " not in shown.replace(b"\r", b""):
            shown += os.read(ours, 1000)
        os.write(ours, f"{answer}\n".encode())
        with suppress(OSError):  # Linux's way to say that the other end is closed.
            while more := os.read(ours, 1000):
                shown += more
        os.close(ours)
    assert run.returncode == 0, shown
    return shown.decode().replace("\r", "")


@pytest.mark.parametrize("answer", ["In cents</said>", ""])
def test_a_question_at_a_terminal_is_answered_by_typing(answer: str, tmp_path: Path) -> None:
    scenario, plan = _controls("unanswered")
    write(tmp_path / "out", contents(scenario, plan, load_cast()))
    with Endpoint(otherwise=_differing()) as endpoint:
        shown = _typed(answer, tmp_path, endpoint.url)
        heads = [request.messages[1][1].partition("<records>")[0] for request in endpoint.requests]
    assert "read asks: Which <said> unit?\n> " in shown
    first, *others = heads
    assert "<said" not in first
    told = answer.removesuffix("</said>") or UNANSWERED
    assert all(told in head and head.count("</said>") == 1 for head in others)
    assert (tmp_path / "results.csv").exists()
