"""How an attempt was judged, on its page: what was foretold, and its report card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.storage.store import Attempt
from tui.outcomes import foretold, report_cards
from tui.page.html import Node, Part, element, figure_of, paragraph, section, table
from tui.printing import number, percent, signed

_LATEST = 10
"""So many scores of a skill are shown."""


def sections(attempt: Attempt) -> list[Node]:
    """What was kept of the two with the attempt; nothing of what was not."""
    said, card = attempt.summary.get("foresight"), report_cards.card_of(attempt)
    found = [_foresight(said)] if said else []
    return [*found, _card(card)] if card is not None else found


def _foresight(found: Mapping[str, Any]) -> Node:
    rows: list[list[Part]] = []
    for one in found["said"]:
        name = one["field"] or "reliability"
        rows.append([
            f"{one['field']} wrong" if one["field"] else "reliability",
            figure_of(f"said.{name}", one["said"], percent(one["said"])),
            figure_of(f"came.{name}", one["came"], percent(one["came"])),
            f"{signed(100 * (one['came'] - one['said']))} points",
            figure_of(f"brier.{name}", one["brier"], number(one["brier"])),
        ])  # fmt: skip
    return section(
        "foresight", "What was expected",
        table("Predictions before the run against what came, the greatest surprise first",
              ["what", "said", "came", "off by", "Brier score"], rows, numbers=(1, 2, 3, 4)),
        paragraph(foretold.worth(foretold.as_kept(dict(found)))),
    )  # fmt: skip


def _card(card: Mapping[str, Any]) -> Node:
    rows: list[list[Part]] = []
    for part in card["parts"]:
        scored = part["score"] is not None
        name = f"card.{part['heading']}.{part['name']}"
        rows.append([
            f"{part['heading']}: {part['name']}",
            figure_of(f"{name}.score", part["score"],
                      percent(part["score"]) if scored else "not scored"),
            figure_of(f"{name}.points", part["points"], number(part["points"])) if scored else "",
            number(part["weight"]) if scored else "left out",
        ])  # fmt: skip
    evidence = [
        element("li", element("strong", one["skill"]), f": {one['evidence']}")
        for one in card["skills"]
    ]
    return section(
        "card", "Report card", paragraph(report_cards.total(card), class_="lead"),
        table("Outcome, judgement and craft", ["", "score", "points", "of"], rows,
              numbers=(1, 2, 3)),
        element("h3", "What each skill was seen by"), element("ul", *evidence),
    )  # fmt: skip


def skills(attempts: Sequence[Attempt]) -> Node | None:
    """The last scores of each skill, the latest on the right; None where none was scored."""
    found = report_cards.skills_so_far(attempts)
    rows: list[list[Part]] = []
    for one in found:
        latest = one["scores"][-_LATEST:]
        cells: list[Part] = [
            figure_of(f"skill.{one['skill']}.{score['attempt']}", score["score"],
                      percent(score["score"]))
            for score in latest
        ]  # fmt: skip
        spaced = [part for cell in cells for part in (" ", cell)][1:]
        rows.append([one["skill"], element("span", *spaced) if cells else "not scored yet"])
    if not any(one["scores"] for one in found):
        return None
    return section(
        "skills", "The nine skills",
        table("Scores from attempt to attempt, the latest on the right",
              ["skill", "scores"], rows),
    )  # fmt: skip
