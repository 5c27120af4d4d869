"""`run --follow` and `replay`: the same events in the same words, on the screen and in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.loading import library
from simulator.event_lines import Recorded, read_run, to_line
from simulator.events import Event, Fault, RunFinished, RunStarted
from simulator.storage.recordings import Recording, kept
from tests.agents.eager import always
from tests.office import ALL, cast, ledger, plan, reference, session
from tests.tui.conftest import Intern
from tests.tui.pilots import at_stage, settle, shown, wait_for, wait_for_screen
from tests.tui.played import played
from tests.tui.test_watching import RUN
from tui.app import InternApp
from tui.following import follow, tell
from tui.screens.live import LiveScreen
from tui.screens.replay import ReplayApp, ReplayScreen
from tui.widgets.happenings import Happenings
from tui.widgets.plain import Plain

PLAN = str(library()["invoices"].parent / "plans" / "sum-check.yaml")
EVIL = "[/b] $x \x1b[31m\x9b \ud83d \u202e\nand more"


def saved(path: Path, *events: Event) -> Path:
    path.write_text("".join(map(to_line, events)), "ascii")
    return path


def test_following_tells_the_same_each_time_and_a_replay_once_more(intern: Intern) -> None:
    first = intern("run", PLAN, "--follow", "--trials", "8", "--jobs", "1")
    again = intern("run", PLAN, "--follow", "--trials", "8", "--jobs", "1")
    plain = intern("run", PLAN, "--trials", "8", "--jobs", "1")
    assert (first.status, first.out) == (0, again.out)
    one, other = kept()
    assert one.read_bytes() == other.read_bytes()
    replayed = intern("replay", "invoices-0001")
    assert (replayed.status, replayed.err) == (0, "")
    assert first.out == f"{replayed.out}\n{plain.out}"
    lines = replayed.out.splitlines()
    assert "Mira is to do copy: 6 invoices" in lines[0]
    assert lines[-1][2:].startswith("This time ")
    assert intern("replay", "1", "--speed", "0").out == replayed.out
    assert intern("replay", str(one), "--plain").out == replayed.out


def test_following_keeps_out_of_the_one_object(intern: Intern) -> None:
    followed = intern("run", PLAN, "--follow", "--trials", "8", "--jobs", "1", "--json")
    assert followed.out == intern("run", PLAN, "--trials", "8", "--jobs", "1", "--json").out
    assert "Mira is to do copy" in followed.err


def test_sealed_records_are_not_followed(intern: Intern) -> None:
    status, out, err = intern("run", PLAN, "--follow", "--sealed")
    assert (status, out) == (2, "")
    assert "--follow: does not go with --sealed" in err
    assert kept() == []


def test_a_real_model_is_told_as_it_happens(
    intern: Intern, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    one = session(reference("rules"))
    follow(one, 1, told.append)
    at_once: list[str] = []
    # Whatever is not `sim` is not waited for; the simulated intern still does the work here.
    monkeypatch.setattr("tui.following.SIM", "another")
    follow(one, 1, at_once.append)
    assert at_once == told


def test_who_follows_is_asked_and_told_where_an_answer_can_stand(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    asking = session(plan(ledger(instructions=ALL, ask=True)))
    unattended: list[str] = []
    with always():
        with monkeypatch.context() as patch:
            patch.setattr("tui.following.reply", lambda: "Credit notes count as minus.")
            follow(asking, 1, told.append)
        # Nobody is there: standard input is no terminal.
        follow(asking, 1, unattended.append)
    asked = [line for line in told if "asks you" in line]
    assert len(asked) == 1
    assert asked[0] in unattended
    assert any("answer: Credit notes count as minus." in line for line in told)
    assert any("no answer; they go on guessing" in line for line in unattended)
    assert capsys.readouterr().err.count("answers: {pay: ...} in step ledger") == 1


def test_a_disk_that_takes_nothing_costs_one_message(
    intern: Intern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "runs").write_text("in the way")
    status, out, err = intern("run", PLAN, "--follow", "--trials", "8", "--jobs", "1", "--json")
    assert (status, out[0]) == (0, "{")
    assert err.count("this run is not recorded") == 1


def test_the_runs_that_were_kept_are_listed_newest_first(intern: Intern) -> None:
    none = intern("replay")
    assert (none.status, none.out) == (0, "")
    assert "No run was recorded yet" in none.err
    for events in (RUN, RUN[:5]):
        with Recording("tiny") as recording:
            for event in events:
                recording(event)
    with Recording("tiny"):
        pass
    lines = intern("replay").out.splitlines()
    assert [line.split()[0] for line in lines] == ["tiny-0003", "tiny-0002", "tiny-0001"]
    assert "cannot be read" in lines[0]
    assert lines[1].endswith("2 records  cut off")
    assert lines[2].endswith("not good enough")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["dreamt"], "no recorded run"),
        (["new.jsonl"], "new.jsonl:1: format: was written by a newer version"),
        (["half.jsonl"], "half.jsonl:2: is not JSON"),
        (["new.jsonl", "--speed", "0.1"], "--speed: must be 0, or 0.5 to 50"),
        (["new.jsonl", "--speed", "nan"], "--speed: must be 0, or 0.5 to 50"),
        (["."], "check the path"),
    ],
)
def test_what_cannot_be_replayed_is_one_line(
    intern: Intern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("new.jsonl").write_text('{"format":99,"kind":"dreamt"}\n')
    Path("half.jsonl").write_text(to_line(RUN[0]) + '{"form\n' + to_line(RUN[-1]))
    status, out, err = intern("replay", *arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert says in err


def test_a_run_that_was_killed_is_told_as_far_as_it_is_kept(intern: Intern, tmp_path: Path) -> None:
    path = saved(tmp_path / "run", *RUN[:8])
    path.write_bytes(path.read_bytes()[:-20])
    status, out, err = intern("replay", str(path))
    assert status == 0
    assert "Mira is to do copy" in out
    assert "line 8 was cut off" in err
    assert "cut off before its end" in err


def test_hostile_text_stays_text(intern: Intern, tmp_path: Path) -> None:
    path = saved(tmp_path / "run", RUN[0], Fault(1, "copy", EVIL, EVIL))
    out = intern("replay", str(path)).out
    assert "[/b] $x" in out
    assert out.count("\n") == 1
    assert out.replace("\n", "").isprintable()


def drawn(screen: LiveScreen) -> list[str]:
    """The lanes, the records and the rows."""
    parts = [str(screen.query_one(name, Plain).content) for name in ("#lanes", "#records")]
    return [*parts, *(str(row.prompt) for row in screen.query_one(Happenings).options)]


def replay(recorded: Recorded, speed: float = 1) -> ReplayApp:
    return ReplayApp("invoices", recorded, speed)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERN_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("INTERN_NO_ANIMATION", "1")


@played
async def test_a_watched_run_is_recorded_and_drawn_again_as_it_was() -> None:
    app = InternApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.book("invoices").begin_naive()
        await at_stage(pilot, "live")
        screen = app.screen
        assert isinstance(screen, LiveScreen)
        await wait_for(pilot, lambda: screen.end, "the end of the run")
        await settle(pilot)
        watched = drawn(screen)
        assert screen.playing is not None
        events = list(screen.playing.events)
    (path,) = kept()
    recorded = read_run(path)
    assert list(recorded.events) == events
    again = replay(recorded)
    async with again.run_test(size=(100, 30)) as pilot:
        await wait_for_screen(pilot, "ReplayScreen")
        replayed = again.screen
        assert isinstance(replayed, ReplayScreen)
        await wait_for(pilot, lambda: replayed.end, "the end of the replay")
        await settle(pilot)
        assert drawn(replayed) == watched
        assert "recorded" in shown(pilot)
        assert "Enter: leave" in shown(pilot)
        await pilot.press("enter")
    assert again.return_value == 0
    assert kept() == [path]


@played
async def test_the_lines_on_the_screen_are_those_in_plain() -> None:
    started = RUN[0]
    assert isinstance(started, RunStarted)
    app = replay(Recorded(RUN))
    async with app.run_test(size=(160, 40)) as pilot:
        await wait_for_screen(pilot, "ReplayScreen")
        await wait_for(pilot, lambda: app.screen.query_one(Happenings).option_count, "the rows")
        rows = [str(option.prompt) for option in app.screen.query_one(Happenings).options]
    told: list[str] = []
    tell(RUN, cast(), told.append)
    assert rows == told[:-1]
    assert isinstance(RUN[-1], RunFinished)


@played
async def test_a_replay_is_paused_and_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERN_NO_ANIMATION")
    app = replay(Recorded(RUN), 0.5)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_for_screen(pilot, "ReplayScreen")
        screen = app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: screen.playing, "the run")
        await pilot.press("space")
        await settle(pilot)
        assert "paused" in shown(pilot)
        await pilot.press(*["plus"] * 8, "space")
        assert screen.speed == 50
        await wait_for(pilot, lambda: screen.end, "the end of the run")
        await pilot.press("minus")
        assert screen.speed == 20


@played
async def test_a_recording_that_was_cut_off_says_so_on_the_screen() -> None:
    app = replay(Recorded(RUN[:8], ("the run was cut off",)))
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_for_screen(pilot, "ReplayScreen")
        await wait_for(pilot, lambda: "The recording ends here" in shown(pilot), "the end")
        assert [note.message for note in app._notifications] == ["the run was cut off"]
        await pilot.press("enter")
    assert app.return_value == 0
