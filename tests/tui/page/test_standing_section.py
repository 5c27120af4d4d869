"""Where attempts stand, on the page: every plan is a dot, every figure is as it was run."""

from __future__ import annotations

from tests.office import invoices
from tests.tui.outcomes.test_standing import CAME, attempt
from tests.tui.page.reading import Element, read
from tui.outcomes.standing import MEASURES, Placed, standing
from tui.page.html import page
from tui.page.standing import standing_section


def drawn(placed: list[Placed]) -> Element:
    return read(page("x", [], [standing_section(invoices(), placed)], "")).section("standing")


def test_every_plan_is_a_dot_and_is_counted_once_in_every_histogram() -> None:
    placed = standing(CAME, [attempt(7)])
    pictures = list(drawn(placed).all("svg"))
    dots = [one.attributes["class"] for one in pictures[0].all("circle")]
    assert sorted(dots) == sorted(["mark", *["reference"] * 3, *["dot"] * 2])
    for picture in pictures[1:]:
        counts = [one.text.split()[0] for one in picture.all("text") if "class" not in
                  one.attributes]  # fmt: skip
        assert sum(map(int, counts)) == len(placed)
        assert "(you: 7)" in picture.text
    assert len(pictures) == 1 + len(MEASURES)


def test_the_figures_are_those_of_the_plans() -> None:
    placed = standing(CAME, [attempt(7)])
    found = {one.attributes["data-of"]: float(one.attributes["value"])
             for one in drawn(placed).all("data")}  # fmt: skip
    for name in ("reliability", *MEASURES):
        assert found[f"standing.attempt 7.{name}"] == getattr(placed[0], name)
    for one in placed:
        if one.front:
            assert one.reliability in found.values()


def test_no_name_is_told_that_was_not_earned() -> None:
    text = drawn(standing(CAME, [attempt(7)])).text
    assert "naive" in text
    assert "sum-check" not in text
    assert "expert" not in text
