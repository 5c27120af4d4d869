"""Pictures of a page: drawn as SVG, each with a title and with words that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.scenario import Medals
from simulator.debriefing.track_record import Group
from simulator.scoring.statistics import Estimate
from tui.page.html import Node, element
from tui.printing import percent

WIDE = 720
"""Units across a picture."""


def picture(id_: str, title: str, says: str, height: float, *shapes: Node) -> Node:
    """A figure: `title` names the picture, `says` is what somebody who cannot see it is told."""
    drawn = element(
        "svg", element("title", title, id=f"{id_}-name"), element("desc", says, id=f"{id_}-says"),
        *shapes, role="img", viewBox=f"0 0 {WIDE} {height:g}",
        aria_labelledby=f"{id_}-name", aria_describedby=f"{id_}-says",
    )  # fmt: skip
    return element("figure", drawn, element("figcaption", title))


def text(x: float, y: float, said: str, *, anchor: str = "start", class_: str = "") -> Node:
    look = {"class_": class_} if class_ else {}
    return element("text", said, x=_n(x), y=_n(y), text_anchor=anchor, **look)


def line(x: float, y: float, x2: float, y2: float, class_: str = "axis") -> Node:
    return element("line", x1=_n(x), y1=_n(y), x2=_n(x2), y2=_n(y2), class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str, round_: float = 3) -> Node:
    return element(
        "rect", x=_n(x), y=_n(y), width=_n(max(0.0, width)), height=_n(height), rx=_n(round_),
        class_=class_,
    )  # fmt: skip


def dot(x: float, y: float, class_: str, radius: float = 5) -> Node:
    return element("circle", cx=_n(x), cy=_n(y), r=_n(radius), class_=class_)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def reliability(rate: Estimate, medals: Medals) -> Node:
    """The share of trials accepted with its interval, and the bars of the medals."""
    left, room = 20.0, WIDE - 40.0

    def at(share: float) -> float:
        return left + share * room

    shapes = [box(left, 40, room, 22, "rail"), box(left, 40, rate.mean * room, 22, "bar")]
    bars = {"bronze": medals.bronze, "silver": medals.silver, "gold": medals.gold}
    for place, (name, share) in enumerate(bars.items()):
        shapes.append(line(at(share), 34, at(share), 72, "whisker"))
        y = 88 if place % 2 == 0 else 106
        shapes.append(text(at(share), y, f"{name} {percent(share)}", anchor="middle"))
    between = ""
    if rate.low is not None and rate.high is not None:
        low, high = at(rate.low), at(rate.high)
        shapes.append(line(low, 51, high, 51, "whisker"))
        shapes += [line(end, 45, end, 57, "whisker") for end in (low, high)]
        between = f", with luck allowed for {percent(rate.low)} to {percent(rate.high)}"
    middle = min(max(at(rate.mean), 60), WIDE - 60)
    shapes.append(text(middle, 26, percent(rate.mean), anchor="middle"))
    wanted = ", ".join(f"{name} from {percent(share)}" for name, share in bars.items())
    says = f"Reliability {percent(rate.mean)}{between}. Medals: {wanted}."
    return picture("reliability", "Reliability and the bars of the medals", says, 116, *shapes)


def shares(id_: str, title: str, rows: Sequence[tuple[str, float]]) -> Node:
    """Bars of shares of a whole, a row each with its name above it."""
    shapes = []
    for place, (name, share) in enumerate(rows):
        y = place * 44
        shapes += [text(20, y + 18, name), text(WIDE - 20, y + 18, percent(share), anchor="end"),
                   box(20, y + 24, WIDE - 40, 10, "rail"),
                   box(20, y + 24, share * (WIDE - 40), 10, "bar")]  # fmt: skip
    says = "; ".join(f"{name}: {percent(share)}" for name, share in rows)
    return picture(id_, title, f"{says}.", len(rows) * 44 + 6, *shapes)


def course(
    id_: str, title: str, points: Sequence[tuple[str, Estimate]], bars: Mapping[str, float]
) -> Node:
    """Shares one after another with their intervals, and levels to be reached."""
    left, top, room, high = 60.0, 16.0, WIDE - 150.0, 190.0

    def y(share: float) -> float:
        return top + high * (1 - share)

    shapes = []
    for share in (0.0, 0.5, 1.0):
        shapes.append(line(left, y(share), left + room, y(share)))
        shapes.append(text(left - 8, y(share) + 4, percent(share), anchor="end", class_="faint"))
    for name, share in bars.items():
        shapes += [line(left, y(share), left + room, y(share), "front"),
                   text(left + room + 8, y(share) + 4, name, class_="faint")]  # fmt: skip
    xs = [left + (i + 0.5) * room / len(points) for i in range(len(points))]
    path = " ".join(f"{_n(x)},{_n(y(one.mean))}" for x, (_, one) in zip(xs, points, strict=True))
    shapes.append(element("polyline", points=path, class_="line"))
    every = max(1, -(-len(points) // 20))
    for place, (x, (name, one)) in enumerate(zip(xs, points, strict=True)):
        if one.low is not None and one.high is not None:
            shapes.append(line(x, y(one.low), x, y(one.high), "whisker"))
        shapes.append(dot(x, y(one.mean), "mark"))
        if place % every == 0:
            shapes.append(text(x, top + high + 22, name, anchor="middle", class_="faint"))
    said = "; ".join(f"{name}: {percent(one.mean)}" for name, one in points)
    return picture(id_, title, f"{said}.", top + high + 34, *shapes)


def calibration(groups: Sequence[Group]) -> Node:
    """What was said (to the right) against what came (up), with the line of being right."""
    left, top, room, high = 60.0, 16.0, 380.0, 260.0

    def at(said: float, came: float) -> tuple[float, float]:
        return left + said * room, top + (1 - came) * high

    shapes = [line(*at(0, 0), *at(1, 1), "front")]
    for share in (0.0, 0.5, 1.0):
        x, y = at(share, share)
        shapes.append(line(left, y, left + room, y))
        shapes.append(text(left - 8, y + 4, percent(share), anchor="end", class_="faint"))
        shapes.append(text(x, top + high + 22, percent(share), anchor="middle", class_="faint"))
    for group in groups:
        x, y = at(group.said, group.came)
        if group.low is not None and group.high is not None:
            shapes.append(line(x, at(0, group.low)[1], x, at(0, group.high)[1], "whisker"))
        shapes += [dot(x, y, "mark", 6), text(x + 10, y - 8, str(group.size))]
    shapes.append(text(left + room / 2, top + high + 42, "what was said", anchor="middle"))
    says = "; ".join(
        f"{group.size} said about {percent(group.said)}, came {percent(group.came)}"
        for group in groups
    )
    title = "What was said against what came; on the dashed line they agree"
    return picture("calibration", title, f"{says}.", top + high + 54, *shapes)
