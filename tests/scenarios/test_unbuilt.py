"""What the format has words for and cannot run yet: read, checked, and refused in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from scenarios import Plan, Scenario, library, library_scenario
from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.files.validation import build
from scenarios.model import Model
from scenarios.plans.plan import Review, Takes
from scenarios.unbuilt import COMES_WITH, refuse, unbuilt
from tests.scenarios import tiny


def leaves(kind: Any, place: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a place of the table: types, or allowed values."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from leaves(parts[0], place)
    elif origin in (Union, UnionType):
        for part in parts:
            yield from leaves(part, place)
    elif not place or place[0].startswith("="):
        yield kind
    elif place[0] == "*" and parts:
        mapped = isinstance(origin, type) and issubclass(origin, Mapping)
        yield from leaves(parts[1] if mapped else parts[0], place[1:])
    elif isinstance(kind, type) and issubclass(kind, Model) and place[0] in kind.model_fields:
        yield from leaves(kind.model_fields[place[0]].annotation, place[1:])


@pytest.mark.parametrize("place", COMES_WITH)
def test_the_table_names_what_there_is(place: tuple[str, ...]) -> None:
    found = [*leaves(Scenario, place), *leaves(Plan, place)]
    assert found
    value = place[-1].removeprefix("=")
    if place[-1] != value:
        assert str in found or any(value in get_args(kind) for kind in found)


@pytest.mark.parametrize("name", library())
def test_what_ships_can_be_run(name: str) -> None:
    refuse(library_scenario(name))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("batch: 6", "on_news: redo", ("steps", 0, "on_news")),
        ("predict:", "labels: {dev: [archive-plain-1]}\npredict:", ("labels",)),
        ("{set: ok, pattern: raw, like: \"[0-9,]+\"}", "{set: ok, parse_time: raw, zone: epoch}",
         ("steps", 1, "does", 2, "parse_time")),
    ],
)  # fmt: skip
def test_a_plan_that_uses_it_is_refused_at_its_line(
    old: str, new: str, place: tuple[str | int, ...]
) -> None:
    text, line = tiny.edited(tiny.PLAN, old, new)
    source = parse(text, "plan.yaml")
    plan = build(Plan, source)
    assert [found for found, _, _ in unbuilt(plan)] == [place]
    with pytest.raises(InputError, match="cannot be run yet: it comes with") as caught:
        refuse(plan, source)
    assert caught.value.line == line
    assert caught.value.mend == "take it out to run this plan"


def test_what_is_at_its_default_is_not_used() -> None:
    written = tiny.PLAN.replace(
        "batch: 6", "batch: 6\n    on_news: go-on\n    may: []\n    takes: ~"
    )
    for text in (tiny.PLAN, written.replace("    takes: ~\n", "")):
        assert not list(unbuilt(build(Plan, parse(text, "plan.yaml"))))


def test_another_format_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"plan.yaml:1: format: is of format 2; this program reads 1"
    ):
        build(Plan, parse("format: 2\n" + tiny.PLAN, "plan.yaml"))
    assert build(Plan, parse("format: 1\n" + tiny.PLAN, "plan.yaml")).format == 1


def test_a_review_of_yours_may_take_some_records() -> None:
    review = Review(by="you", of=("raw",), takes=Takes(most=6, by="amount"))
    assert review.takes == Takes(most=6, by="amount")
