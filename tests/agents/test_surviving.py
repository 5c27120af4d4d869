"""A watched run survives a kill: it goes on, comes to the same, and pays no finished call twice."""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from agents import watching
from agents.colleague import Answered, Call, SimulatedColleague
from agents.models.reader import engage
from agents.session import Session
from agents.watching import Watched
from simulator.event_lines import read_run
from simulator.events import Question
from simulator.storage import recordings
from tests.agents.eager import always
from tests.agents.endpoint import Endpoint, Request, Response, hangs, says
from tests.agents.survivor import hirer, outcome, session, settle_bills, watch
from tests.office import ALL, cast, invoices, ledger, plan

KILLS = 10


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))


def answers(request: Request) -> Response | None:
    """Right, but for bill r3, which is wrong until somebody says so; r6 cannot be read at first."""
    human = request.messages[1][1]
    name = "pay" if '<produce name="pay"' in human else "amount"
    if "r6" in request.records and name == "pay" and len(request.messages) == 2:
        return says("Which one?")(request)
    rows = [
        {"record": one, name: 2 if one == "r3" and "<finding>" not in human else 5}
        for one in request.records
    ]
    return says(json.dumps(rows))(request)


def finished(requests: list[Request]) -> Counter[str]:
    return Counter(json.dumps(request.messages) for request in requests)


@pytest.fixture(scope="module")
def forks() -> Any:
    """Forks of a process that has everything imported: the tenth start is as quick as the first."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.agents.survivor"])
    return context


def unkilled(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], Counter[str]]:
    with Endpoint(otherwise=answers) as endpoint:
        monkeypatch.setattr(watching, "hirer", hirer(endpoint.url))
        with session().watched() as run:
            run.to_the_end(lambda question: "")
    return json.loads(json.dumps(outcome(run))), finished(endpoint.requests)


def test_a_run_that_is_killed_ten_times_comes_to_what_it_would_have(
    forks: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("INTERN_DATA_DIR", str(tmp_path / "unkilled"))
        expected, paid = unkilled(patch)
    assert len(paid) > 8
    # Some calls are cut off more than once, some never.
    fatal = sorted(random.Random(8).choices(range(1, sum(paid.values()) + 1), k=KILLS))
    answered: list[Request] = []
    process: Any = None

    def behave(request: Request) -> Response | None:
        if fatal and len(answered) + 1 == fatal[0]:
            fatal.pop(0)
            process.kill()
            return hangs(request)
        answered.append(request)
        return answers(request)

    with Endpoint(otherwise=behave) as endpoint:
        for kills in range(KILLS + 1):
            to = (endpoint.url, tmp_path / "kept", tmp_path / "outcome.json")
            process = forks.Process(target=settle_bills, args=to)
            process.start()
            process.join(30)
            assert process.exitcode == (0 if kills == KILLS else -signal.SIGKILL)
            assert len(recordings.kept()) == 1
            assert len(recordings.unfinished()) == (0 if kills == KILLS else 1)
    assert json.loads((tmp_path / "outcome.json").read_text()) == expected
    assert finished(answered) == paid
    (path,) = recordings.kept()
    assert read_run(path).notes == ()
    assert sorted(path.parent.iterdir()) == [path]


def killed(session_: Session, kept: Path, lines: int) -> None:
    """Have a process watch a trial, and kill it when so many lines are recorded."""
    process = multiprocessing.get_context("fork").Process(target=watch, args=(session_, kept))
    process.start()
    while process.is_alive():
        recorded = [path.read_bytes().count(b"\n") for path in kept.glob("runs/*.jsonl")]
        if sum(recorded) >= lines:
            process.kill()
            break
    process.join(30)


def test_a_simulated_run_is_the_same_wherever_it_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Call] = []
    answer = SimulatedColleague.answer

    def counted(self: SimulatedColleague, calls: Sequence[Call]) -> list[Answered]:
        made.extend(calls)
        return answer(self, calls)

    monkeypatch.setattr(SimulatedColleague, "answer", counted)

    def finish(kept: Path) -> tuple[Watched, bytes]:
        monkeypatch.setenv("INTERN_DATA_DIR", str(kept))
        made.clear()
        with session("sim").watched() as run:
            run.to_the_end(lambda question: "")
        (path,) = (kept / "runs").iterdir()
        return run, path.read_bytes()

    unkilled, recorded = finish(tmp_path / "unkilled")
    calls = len(made)
    resumed = set()
    for number, lines in enumerate(random.Random(7).sample(range(1, recorded.count(b"\n")), KILLS)):
        killed(session("sim"), tmp_path / str(number), lines)
        monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / str(number)))
        if not recordings.unfinished():
            # It was over before it could be killed.
            assert recordings.kept()[0].read_bytes() == recorded
            continue
        run, found = finish(tmp_path / str(number))
        assert run.gone_on_with is not None
        assert run.calls_before + len(made) == calls
        assert run.events == unkilled.events
        assert run.trial == unkilled.trial
        assert found == recorded
        resumed.add(run.calls_before)
    assert len(resumed) > 1


def test_a_run_that_waits_for_an_answer_still_waits(tmp_path: Path) -> None:
    with always(), asking().watched() as before:
        question = before.go_on()
    assert question is not None
    kept = tmp_path / "kept"
    with always():
        # A process that waits for it is killed while it does.
        process = multiprocessing.get_context("fork").Process(target=watch, args=(asking(), kept))
        process.start()
        while b'"question"' not in recordings.kept()[0].read_bytes():
            pass
        process.kill()
        process.join(30)
        assert asking().cut_off() == 0
        with asking().watched() as run:
            assert run.go_on() == question
            assert run.go_on("Credit notes are negative.") is None
    assert asking().cut_off() is None
    assert [type(one) for one in run.events].count(Question) == 1
    assert len(recordings.kept()) == 1


def test_what_another_program_is_running_is_left_to_it() -> None:
    with session("sim").watched() as one, session("sim").watched() as other:
        one.to_the_end(str)
        other.to_the_end(str)
        assert other.gone_on_with is None
        assert other.troubles == []
    assert len(recordings.kept()) == 2


def test_another_reader_is_another_run() -> None:
    def read_by(name: str) -> Session:
        texts = engage(name, base_url="http://127.0.0.1:9/v1")
        return Session(invoices(), plan(ledger()), cast(), texts=texts)

    with Watched(read_by("one")):
        pass
    assert watching.cut_off(read_by("one")) == 0
    assert watching.cut_off(read_by("another")) is None


def test_another_plan_is_another_run() -> None:
    with always():
        for words in (ALL, f"{ALL} Quickly.", ALL):
            with Session(
                invoices(), plan(ledger(instructions=words, ask=True)), cast()
            ).watched() as run:
                run.go_on()
    assert run.gone_on_with is not None
    assert len(recordings.kept()) == 2


def left() -> Path:
    """The notes of a run that was left at its question."""
    with always(), asking().watched() as run:
        assert run.go_on() is not None
    ((path, mark),) = recordings.unfinished()
    return recordings.notes(path, mark)


def asking(words: str = ALL) -> Session:
    return Session(invoices(), plan(ledger(instructions=words, ask=True)), cast())


@pytest.mark.parametrize("damage", [b"dear diary, " * 400, b""])
def test_notes_that_are_damaged_are_told_and_left_as_they_are(damage: bytes) -> None:
    notes = left()
    notes.write_bytes(damage or notes.read_bytes()[:3000])
    before, recorded = notes.read_bytes(), recordings.kept()[0].read_bytes()
    with always(), asking().watched() as run:
        assert run.go_on() is not None
    assert run.gone_on_with is None
    (trouble,) = run.troubles
    assert str(notes) in trouble
    assert "move it away" in trouble
    assert notes.read_bytes() == before
    assert recordings.kept()[-1].read_bytes() == recorded


def test_a_place_that_cannot_be_written_costs_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "file"))
    with session("sim").watched() as run:
        run.to_the_end(str)
    (trouble,) = run.troubles
    assert "not recorded" in trouble
    assert run.trial is not None


def test_a_disk_that_becomes_full_costs_one_message_and_nothing_is_paid_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("INTERN_DATA_DIR", str(tmp_path / "unkilled"))
        expected, paid = unkilled(patch)
    with Endpoint(otherwise=answers) as endpoint:
        monkeypatch.setattr(watching, "hirer", hirer(endpoint.url))
        with session().watched() as run:
            # As much of the file as there is, and no page more.
            run._notebook.saver.conn.execute("PRAGMA max_page_count = 16")
            run.to_the_end(str)
    (trouble,) = run.troubles
    assert "would not survive being cut off" in trouble
    assert "full" in trouble
    assert json.loads(json.dumps(outcome(run))) == expected
    assert finished(endpoint.requests) == paid
