"""Events as lines of a file: there and back unchanged, and clear about what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError
from simulator.event_lines import from_line, read_run, to_line
from simulator.events import (
    FORMAT,
    Answered,
    Asked,
    CameToYou,
    Event,
    Fault,
    Found,
    RunFinished,
    RunStarted,
    Seat,
    StepFinished,
    StepStarted,
)

# With half surrogate pairs, control codes and what an escape looks like.
TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["\ud83d", "\ud83d\ude00", "\0d83d", "\x1b[31m\x9b", "[/b] $x", "\n\r\u2028", '"\\ud83d']
)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
FIGURE = st.floats(allow_nan=False, allow_infinity=False)
ROLE: Any = st.sampled_from(["work", "review"])
BY: Any = st.sampled_from(["check", "review"])
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        RunStarted, TEXT,
        st.lists(st.builds(Seat, TEXT, TEXT, NAMES, st.none() | TEXT), max_size=2).map(tuple),
        NAMES, TEXT, TEXT, TEXT, TEXT, FIGURE,
    ),
    st.builds(StepStarted, FIGURE, TEXT, TEXT, NAMES, st.booleans()),
    st.builds(Asked, FIGURE, TEXT, TEXT, ROLE, NAMES, TEXT, TEXT),
    st.builds(
        Answered, FIGURE, TEXT, TEXT, ROLE, NAMES, TEXT, st.integers(0, 2**40), FIGURE,
        st.booleans(),
    ),
    st.builds(Found, FIGURE, TEXT, TEXT, BY, TEXT, TEXT),
    st.builds(CameToYou, FIGURE, TEXT, TEXT, st.booleans()),
    st.builds(Fault, FIGURE, TEXT, TEXT, TEXT),
    st.builds(StepFinished, FIGURE, TEXT, TEXT, FIGURE),
    st.builds(RunFinished, FIGURE, st.booleans(), NAMES, FIGURE, FIGURE, FIGURE, FIGURE),
)  # fmt: skip
START = RunStarted("tiny", (Seat("copy", "mira", ()),), ("r1",), "sim")
FAULT = Fault(2, "copy", "mira", "the line was cut")
END = RunFinished(3, True, (), 0, 0, 0, 0)


@given(EVENTS)
def test_an_event_goes_to_a_line_and_back_unchanged(event: Event) -> None:
    line = to_line(event)
    assert from_line(line) == event
    assert line.endswith("\n")
    assert line[:-1].isascii()
    assert line[:-1].isprintable()


def changed(**keys: object) -> str:
    return json.dumps({**json.loads(to_line(FAULT)), **keys})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[" * 100_000, "not JSON"),
        ("[]", "not an event"),
        ("{}", "format: must be a whole number"),
        (changed(format=FORMAT + 1, kind="dreamt"), "newer version of the program"),
        (changed(kind="dreamt"), "kind: there is no event 'dreamt'"),
        (changed(kind=None), "kind: there is no event"),
        (changed(at="2"), "at: "),
        (changed(at=float("nan")), "at: "),
        (changed(what=2), "what: "),
        (changed(who="\ud83d"), "JSON"),
        (changed(more=1), "more: "),
    ],
)
def test_what_is_no_event_is_said_with_file_and_line(line: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        from_line(line, "run.jsonl", 7)
    assert caught.value.one_line().startswith("run.jsonl:7: ")
    assert says in caught.value.one_line()


def written(path: Path, *parts: Event | str) -> Path:
    text = "".join(one if isinstance(one, str) else to_line(one) for one in parts)
    path.write_text(text, "ascii", newline="\n")
    return path


def test_a_run_is_read_by_its_own_clock(tmp_path: Path) -> None:
    early = StepStarted(1, "copy", "mira", ("r1",), False)
    found = read_run(written(tmp_path / "run", START, FAULT, early, END))
    assert found.events == (START, early, FAULT, END)
    assert found.notes == ()


@pytest.mark.parametrize("left", range(1, len(to_line(FAULT)) - 1, 7))
def test_wherever_the_last_line_is_torn_the_rest_is_read(tmp_path: Path, left: int) -> None:
    found = read_run(written(tmp_path / "run", START, to_line(FAULT)[:left]))
    assert found.events == (START,)
    assert found.end is None
    assert "line 2 was cut off" in found.notes[0]


def test_only_the_end_of_the_last_line_may_be_missing(tmp_path: Path) -> None:
    found = read_run(written(tmp_path / "run", START, to_line(END).rstrip()))
    assert (found.events, found.notes) == ((START, END), ())


@pytest.mark.parametrize(
    ("parts", "line", "says"),
    [
        ((START, '{"format":1,"ki\n', END), 2, "not JSON"),
        ((START, '{"format":1,"ki\n'), 2, "not JSON"),
        ((START, changed(kind="dreamt")), 2, "no event"),
        ((FAULT, END), 1, "no run begins"),
        ((START, END, START), 3, "a run begins"),
        ((START, "\n", END), 2, "not JSON"),
    ],
)
def test_anything_else_torn_is_an_error(
    tmp_path: Path, parts: tuple[Event | str, ...], line: int, says: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_run(written(tmp_path / "run", *parts))
    assert caught.value.line == line
    assert says in caught.value.problem


@pytest.mark.parametrize("text", ["", '{"format'])
def test_a_file_without_a_whole_line_holds_no_run(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="holds no run"):
        read_run(written(tmp_path / "run", text))
