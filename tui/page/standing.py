"""Where the attempts stand among other plans, on a page: the front, and three histograms."""

from __future__ import annotations

from collections.abc import Sequence

from agents.population import TRIALS
from scenarios.scenario import Scenario
from tui.outcomes import plots
from tui.outcomes.standing import MEASURES, Placed, called
from tui.page.html import Node, Part, element, figure_of, paragraph, section, table
from tui.page.pictures import WIDE, box, dot, line, picture, text
from tui.printing import number, percent, plural

_LOOKS = {"bot": ("dot", 4.0), "reference": ("reference", 6.0), "attempt": ("mark", 7.0)}


def standing_section(scenario: Scenario, placed: Sequence[Placed]) -> Node:
    """The attempts, the reference plans and the bots' plans of a scenario."""
    shown = [one for one in placed if one.front or one.kind != "bot"]
    rows: list[list[Part]] = []
    for place, one in enumerate(sorted(shown, key=lambda one: (one.cost, -one.reliability))):
        name = one.name or f"{one.kind} {place}"
        rows.append([
            called(one),
            figure_of(f"standing.{name}.reliability", one.reliability, percent(one.reliability)),
            *(figure_of(f"standing.{name}.{key}", getattr(one, key), number(getattr(one, key)))
              for key in MEASURES),
            "best for its wages" if one.front else "",
        ])  # fmt: skip
    others = sum(one.kind != "attempt" for one in placed)
    return section(
        "standing", "Among other plans",
        paragraph(
            f"Your attempts on practice records among {plural(others, 'other plan')}, which "
            f"{TRIALS} trials each tried: reference plans, and bots' plans that leave parts of "
            "one out and shuffle its hands."
        ),
        _front(placed),
        table("Your attempts, the reference plans, and the best for their wages; means of a trial",
              ["plan", "reliable", f"lost {scenario.loss.currency}".strip(), "wages", "minutes",
               ""], rows, numbers=(1, 2, 3, 4)),
        *(_histogram(placed, measure) for measure in MEASURES),
    )  # fmt: skip


def _front(placed: Sequence[Placed]) -> Node:
    """Reliability against wages: dots, and the line of what nothing betters."""
    left, top, room, high = 60.0, 16.0, WIDE - 90.0, 260.0
    marks = plots.ticks(max((one.cost for one in placed), default=0.0) or 1.0)
    most = marks[-1]

    def at(one: Placed) -> tuple[float, float]:
        return left + one.cost / most * room, top + (1 - one.reliability) * high

    shapes = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = top + (1 - share) * high
        shapes.append(line(left, y, left + room, y))
        shapes.append(text(left - 8, y + 4, percent(share), anchor="end", class_="faint"))
    for mark in marks:
        x = left + mark / most * room
        shapes.append(text(x, top + high + 22, number(mark), anchor="middle", class_="faint"))
    shapes.append(text(left + room / 2, top + high + 42, "wages of a trial", anchor="middle"))
    best = sorted((one for one in placed if one.front), key=lambda one: one.cost)
    # Between two plans of the front there is nothing but the cheaper one's reliability.
    path = " ".join(
        f"H{x:.1f}V{y:.1f}" if place else f"M{x:.1f} {y:.1f}"
        for place, (x, y) in enumerate(map(at, best))
    )
    shapes.append(element("path", d=path or "M0 0", class_="front"))
    for one in reversed(placed):
        look, size = _LOOKS[one.kind]
        shapes.append(dot(*at(one), look, size))
    mine = [one for one in placed if one.kind == "attempt"]
    for one in mine[-6:]:
        x, y = at(one)
        shapes.append(text(x + 11, y - 6, one.name.removeprefix("attempt ")))
    says = "; ".join(
        f"{called(one)}: {percent(one.reliability)} for {number(one.cost)}"
        for one in [*mine, *best]
    )
    title = "Reliability against wages: you (numbered), reference plans (rings), bots (dots)"
    return picture("front", title, f"{says}.", top + high + 54, *shapes)


def _histogram(placed: Sequence[Placed], measure: str) -> Node:
    """How many plans lose, cost or take so much; the bins in which attempts are say which."""
    found = plots.bins([getattr(one, measure) for one in placed])
    inside = [[one for one in placed if bin_.holds(getattr(one, measure))] for bin_ in found]
    most = max(map(len, inside), default=0) or 1
    shapes, said = [], []
    for place, (bin_, plans) in enumerate(zip(found, inside, strict=True)):
        y = place * 28.0
        mine = [one.name.removeprefix("attempt ") for one in plans if one.kind == "attempt"]
        you = f" (you: {', '.join(mine[-8:])})" if mine else ""
        width = (WIDE - 420.0) * len(plans) / most
        shapes += [text(170, y + 20, bin_.label, anchor="end", class_="faint"),
                   box(182, y + 6, width, 18, "bar" if mine else "rail"),
                   text(190 + width, y + 20, f"{len(plans)}{you}")]  # fmt: skip
        said.append(f"{bin_.label}: {plural(len(plans), 'plan')}{you}")
    title = f"Plans by {MEASURES[measure]}, a trial"
    return picture(f"by-{measure}", title, f"{'; '.join(said)}.", len(found) * 28 + 8, *shapes)
