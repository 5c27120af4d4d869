"""YAML as data: types, lines, limits; whatever the text, it is read or refused in one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from scenarios.errors import InputError, did_you_mean
from scenarios.files import yaml_values
from scenarios.files.source import MAX_BYTES, Source, parse, read


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_values, "_LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("+7", 7),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("", None),
        ("'7'", "7"),
        ('"true"', "true"),
        ("007", "007"),
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("2024-05-01", "2024-05-01"),
        ("|\n  7", "7\n"),
        ("<<", "<<"),
    ],
)
def test_words_are_typed_and_quoted_ones_stay_text(written: str, value: Any) -> None:
    found = parse(f"a: {written}\n", "f").data["a"]
    assert found == value
    assert isinstance(found, type(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str))
@example("1.50")
@example("+5")
@example("12345678901234567890")
def test_a_number_remembers_how_it_was_written(written: str) -> None:
    found = parse(f"a: {written}", "f").data["a"]
    assert str(found) == written
    assert float(found) == float(written)


def test_everything_has_its_line_and_its_name() -> None:
    source = parse("a:\n  - id: x\n    b: 1\n  - set: y\n  - [2,\n     3]\n", "f")
    places: list[tuple[tuple[str | int, ...], int, str]] = [
        (("a",), 1, "a"),
        (("a", 0), 2, "a.x"),
        (("a", 0, "b"), 3, "a.x.b"),
        (("a", 0, "c", "d"), 2, "a.x.c.d"),
        (("a", 1), 4, "a.y"),
        (("a", 2, 1), 6, "a.3.2"),
        (("nowhere",), 1, "nowhere"),
    ]
    assert [(p, source.line(p), source.name(p)) for p, _, _ in places] == places
    assert source.has(("a", 0, "b"))
    assert not source.has(("a", 0, "c"))
    assert not source.has(("a", 9))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: c: d\n", 2, "is not YAML"),
        ("a: 1\nb: [1,\n", 2, "is not YAML"),
        ("a: 1\n\tb: 1\n", 2, "is not YAML"),
        ("a: 'x\n", 1, "is not YAML"),
        ("a: 1\na: 2\n", 2, "is written twice; keep one of them (the other is on line 1)"),
        ("a: 1\n---\nb: 2\n", 2, "more than one document"),
        ("a: 1\nb: &x [1]\nc: *x\n", 2, "anchor or alias"),
        ("a: 1\nb: *x\n", 2, "anchor or alias"),
        ("a: 1\nb: !!int 3\n", 2, "uses the tag"),
        ("a: 1\nb: ! 3\n", 2, "uses the tag"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "uses the tag"),
        ("? [a]\n: 1\n", 1, "a key that is not a word"),
        ("a: 1\nb: x\x00y\n", 2, "not text (U+0000)"),
        ("a: 1\nb: x\x1b[2J\n", 2, "not text (U+001B)"),
        ('a: 1\nb: "\\x1b[2J"\n', 2, "not text (U+001B)"),
        ("a: \ud800\n", 1, "not text (U+D800)"),
        ("a: " + "[" * 100, 1, "more than 32 levels"),
        ("a: " + "{b: " * 100, 1, "more than 32 levels"),
        ("- " * 100_000, 1, "more than 32 levels"),
        ("a: 1\nb: " + "x" * 300_000, 2, "more than 200000 characters"),
        ("%YAML 3.0\n---\na: 1\n", 1, "is not YAML"),
    ],
)
def test_what_is_refused(text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "f.yaml")
    assert (caught.value.file, caught.value.line) == ("f.yaml", line)
    assert words in str(caught.value)
    assert caught.value.mend


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_values, "MAX_VALUES", 100)
    assert len(parse("[" + "1, " * 99 + "]", "f").data) == 99
    with pytest.raises(InputError, match=r"^f:2: has too many values"):
        parse("[1,\n" + "1, " * 99 + "]", "f")


def _laughs() -> Iterator[str]:
    yield "a0: &a0 [x, x]"
    for i in range(1, 40):
        yield f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]"


def test_a_billion_laughs_end_at_the_first() -> None:
    with pytest.raises(InputError, match=r"^f:1: uses an anchor"):
        parse("\n".join(_laughs()), "f")


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        ("a: 1\nb: caf\xe9\n".encode("latin-1"), 2, "is not UTF-8"),
        (b"a: 1\nb: x\x00\n", 2, "not text (U+0000)"),
        (b"\xff\xfea\x00", 1, "is not UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, None, "is larger than 4 MB"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, raw: bytes, line: int | None, words: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.line == line
    assert words in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="this is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / ("x" * 5000))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(path).data == {"a": 1}


_TEXT = st.text() | st.text(alphabet="a:-[]{}\"'|>#&*!%@,? \n\t0.~") | st.binary().map(str)


@given(_TEXT)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        source = parse(text, "f")
    except InputError as error:
        assert str(error).startswith("f:")
        assert "\n" not in str(error)
        assert error.line
        assert error.line <= len(text.splitlines()) + 1
    else:
        _check_lines(source, (), source.data, len(text.splitlines()) + 1)


def _check_lines(source: Source, place: tuple[str | int, ...], value: Any, last: int) -> None:
    if source.lines:
        assert 1 <= source.lines[place] <= last
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            _check_lines(source, (*place, key), item, last)


@given(st.text(), st.lists(st.text(), max_size=20))
def test_a_mend_is_one_short_line(word: str, known: list[str]) -> None:
    error = InputError(f"is {word}", mend=did_you_mean(word, known), file=word, line=1)
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)


def test_the_nearest_names_are_offered() -> None:
    assert did_you_mean("asignee", ["assignee", "reads"]) == "did you mean 'assignee'?"
    assert did_you_mean("zzz", ["a", "b"], noun="choices") == "choices: a, b"
    assert did_you_mean("zzz", []) == "there is nothing known here"
