"""The draft's file: written whole, read again whatever happened, never thrown away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scenarios.errors import InputError
from scenarios.files.source import parse
from tests.office import cast, folder, invoices
from tui.planning import editing
from tui.planning.draft import Draft
from tui.planning.estimate import estimate
from tui.planning.summary import controls
from tui.widgets.graph import Node, graph, levels

ROOT = Path(__file__).parents[3]
PLANS = folder() / "plans"
WRITER = """
import sys
from pathlib import Path
from typing import Any
from tests.office import invoices
from tui.planning import editing
from tui.planning.draft import Draft
draft = Draft(invoices(), Path(sys.argv[1]))
editing.add_step(draft)
for n in range(100_000):
    editing.put(draft, "step", "instructions", f"{n} " + "word " * 2000 + "end")
"""


def _step(draft: Draft, id_: str) -> dict[str, Any]:
    step = draft.step(id_)
    assert step is not None
    return step


def test_a_kill_at_any_moment_leaves_a_whole_draft(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    last = -1
    for wait in (0.0, 0.03, 0.11):
        path.unlink(missing_ok=True)
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], env=environment)
        end = time.monotonic() + 30
        while not (path.exists() and "end" in path.read_text("utf-8")):
            assert time.monotonic() < end, "the draft was never written"
            time.sleep(0.005)
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        draft = Draft(invoices(), path)
        draft.open()
        words = draft.steps[0]["instructions"]
        assert words.endswith("end")
        last = max(last, int(words.split()[0]))
    assert last >= 0
    assert not list(tmp_path.glob("*.unreadable*"))


@pytest.mark.parametrize(
    "text",
    [
        "steps: [", "steps: 5", "just words", "steps: [1, 2]", "steps:\n- id: a\n- id: a\n",
        "steps:\n- {id: a, reads: {b: c}}\n", "steps:\n- {id: a, produces: {b: [c]}}\n",
        "\x00\x01", "steps:\n- {id: a, does: [b]}\n", "",
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_read_is_set_aside(text: str, tmp_path: Path) -> None:
    path = tmp_path / "invoices.yaml"
    for n in range(3):
        path.write_text(text + "#" * n, "utf-8")
        draft = Draft(invoices(), path)
        draft.open()
        assert draft.steps == []
        assert not path.exists()
    kept = sorted(file.read_text("utf-8") for file in tmp_path.iterdir())
    assert kept == [text, text + "#", text + "##"]


def test_a_draft_written_by_hand_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "invoices.yaml"
    path.write_text(
        "steps:\n- id: 7\n  reads: [2019]\n"
        "  produces:\n    pay:\n    a: {means: b, choices: [+5]}\n"
        "  review:\n  batch: +6\n",
        "utf-8",
    )
    draft = Draft(invoices(), path)
    draft.open()
    step = draft.step("7")
    assert step is not None
    assert step["reads"] == ["2019"]
    editing.put(draft, "7", "redo", 1)
    assert parse(path.read_text("utf-8"), "draft").data == draft.data


def test_a_draft_that_cannot_be_written_is_still_here(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    draft = Draft(invoices(), tmp_path / "file" / "draft.yaml")
    with pytest.raises(InputError, match="the draft is still here"):
        editing.add_step(draft)
    assert len(draft.steps) == 1
    assert not draft.saved


@pytest.mark.parametrize(
    ("plan", "wages", "minutes"), [("naive", 0.056, 0.94), ("split", 0.14, 0.35)]
)
def test_estimates_are_near_what_trials_cost(
    plan: str, wages: float, minutes: float, tmp_path: Path
) -> None:
    draft = Draft(invoices(), tmp_path / "draft.yaml")
    draft.load((PLANS / f"{plan}.yaml").read_text("utf-8"), plan)
    found = estimate(draft, cast())
    assert found.money == pytest.approx(wages, rel=0.15)
    assert found.minutes == pytest.approx(minutes, rel=0.2)


def test_estimates_follow_the_draft_though_it_is_no_plan(tmp_path: Path) -> None:
    draft = Draft(invoices(), tmp_path / "draft.yaml")
    draft.load((PLANS / "expert.yaml").read_text("utf-8"), "expert")
    before = estimate(draft, cast())
    editing.put(draft, "kind", "review", None)
    assert estimate(draft, cast()).money < before.money * 2 / 3
    editing.remove_step(draft, "again")
    assert estimate(draft, cast()).money < before.money / 5
    editing.assign(draft, "copy", "you")
    assert estimate(draft, cast()).yours == 24
    editing.add_step(draft)
    editing.set_reads(draft, "copy", ["records", "sums"])  # in a circle
    assert draft.problem() is not None
    found = estimate(draft, cast())
    assert found.left_out == 1
    assert found.minutes > 0


def test_an_estimate_counts_what_is_taken_and_your_own_reviews(tmp_path: Path) -> None:
    draft = Draft(invoices(), tmp_path / "draft.yaml")
    draft.load((PLANS / "split.yaml").read_text("utf-8"), "split")
    first = draft.steps[0]["id"]
    before = estimate(draft, cast())
    editing.put(draft, first, "takes", {"most": 6, "by": "amount"})
    some = estimate(draft, cast())
    assert some.money < before.money
    of = list(_step(draft, first)["produces"])[:1]
    editing.put(draft, first, "review", {"by": "you", "of": of, "takes": {"most": 4}})
    mine = estimate(draft, cast())
    assert (mine.yours, mine.money) == (4, some.money)
    assert mine.minutes > some.minutes
    editing.put(draft, first, "takes", {"most": 3})
    assert estimate(draft, cast()).yours == 3


@pytest.mark.parametrize(
    ("takes", "words"),
    [
        ({"most": 30, "by": "amount"}, "takes 30 by amount"),
        ({"most": 6}, "takes 6 at random"),
        ({"where": "flagged"}, "takes where flagged"),
        ({"most": 20, "where": "not flagged"}, "takes 20 at random where not flagged"),
        ({"by": "amount"}, "takes all by amount"),
    ],
)
def test_what_a_step_takes_is_said_on_one_line(takes: dict[str, Any], words: str) -> None:
    assert controls({"takes": takes}) == [words]
    looked = {"review": {"by": "you", "of": ["x"], "takes": takes}}
    assert controls(looked) == [f"review you ({words.removeprefix('takes ')})"]


def test_a_result_that_is_renamed_is_renamed_in_what_is_taken(tmp_path: Path) -> None:
    draft = Draft(invoices(), tmp_path / "draft.yaml")
    draft.load((PLANS / "split.yaml").read_text("utf-8"), "split")
    first = draft.steps[0]["id"]
    (old, *_) = _step(draft, first)["produces"]
    editing.put(draft, first, "review", {"by": "you", "of": [old], "takes": {"by": f"{old} + 1"}})
    editing.put_result(draft, first, old, "renamed", _step(draft, first)["produces"][old])
    assert _step(draft, first)["review"]["takes"] == {"by": "renamed + 1"}


def test_the_graph_draws_what_flows() -> None:
    nodes = [Node("copy", "mira"), Node("kind", "mira"), Node("sums", "tally", ("copy", "kind"))]
    assert graph(nodes, {"copy": "done"}, 80).plain.splitlines() == [
        " ✓ copy mira ─┬─▶ ▪ sums tally ",
        " ▪ kind mira ─╯                ",
    ]
    assert graph(nodes, {}, 28).plain.splitlines() == [
        "1 ▪ copy mira  ▪ kind mira ",
        "2 ▪ sums tally ◀ copy, kind ",
    ]


def test_the_graph_takes_any_plan() -> None:
    ring = [Node("a", "pip", ("b",)), Node("b", "pip", ("a", "b")), Node("b", "you")]
    assert len(levels(ring[:2])) == 2
    many = [Node(f"step-{n}", "mira", tuple(f"step-{m}" for m in range(n))) for n in range(12)]
    for nodes in (ring, many, [Node("x" * 40, "[red]\x1b[31m", ("nothing",))]):
        for width in (1, 20, 80, 400):
            picture = graph(nodes, {node.id: "done" for node in nodes}, width)
            assert "\x1b" not in picture.plain
            for node in nodes:
                assert width < 20 or node.id[:15] in picture.plain
