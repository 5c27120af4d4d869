"""Why it went so, on the page of an attempt: causes, one record, and what would have helped."""

from __future__ import annotations

from agents.debriefing import Debrief
from simulator.coaching import Advice
from simulator.debrief import WHY
from simulator.evaluation import Evaluation
from simulator.heard import heard
from simulator.statistics import Estimate
from tui import retold, story
from tui.page.behind import Behind
from tui.page.html import Node, Part, element, figure_of, paragraph, section, table
from tui.page.pictures import shares
from tui.printing import number, percent, signed

_DRAWN = 6
_LINES = 60
_ADVICE = 4


def sections(behind: Behind) -> list[Node]:
    """What is known of the causes; nothing of sealed records, nor where nothing failed."""
    debrief = behind.debrief
    if debrief is None or debrief.cause is None:
        return []
    found = [_causes(debrief.evaluation)]
    if debrief.exhibit is not None:
        found.append(_exhibit(debrief))
    found.append(_advice(behind, debrief))
    said = retold.paragraphs(debrief.evaluation, heard(debrief.evaluation, behind.told))
    if said:
        found.append(section("interview", "The interview", *map(paragraph, said)))
    return found


def _causes(evaluation: Evaluation) -> Node:
    rows = story.causes(evaluation)
    what = "loss" if any(row["loss"] for row in rows) else "wrong_records"
    whole = sum(row[what] for row in rows) or 1.0
    drawn = [
        (f"{row['step']}: {row['field']} - {WHY[row['cause']]}", row[what] / whole)
        for row in rows[:_DRAWN]
    ]  # fmt: skip
    title = "Shares of the money lost" if what == "loss" else "Shares of what was wrong"
    told: list[list[Part]] = [
        [
            WHY[row["cause"]], f"{row['step']}: {row['field']}",
            figure_of(f"cause.{place}.loss", row["loss"], number(row["loss"])),
            figure_of(f"cause.{place}.wrong_records", row["wrong_records"],
                      number(row["wrong_records"])),
            figure_of(f"cause.{place}.share", row[what] / whole, percent(row[what] / whole)),
        ]
        for place, row in enumerate(rows)
    ]  # fmt: skip
    return section(
        "causes", "Why it went so", shares("shares", title, drawn),
        table("What first went wrong, a trial", ["why", "where", "lost", "wrong", "share"], told,
              numbers=(2, 3, 4)),
    )  # fmt: skip


def _exhibit(debrief: Debrief) -> Node:
    evaluation, shown = debrief.evaluation, debrief.exhibit
    assert shown is not None
    record = evaluation.scenario.record[shown.record]
    facts = [element("li", line) for line in story.exhibit_lines(evaluation, shown)]
    return section(
        "exhibit", "Shown on one record", paragraph(story.top_cause(debrief)),
        paragraph(story.exhibit_title(evaluation, shown)),
        element("div", story.record_shown(record, "", _LINES), class_="paper", tabindex="0",
                role="region", aria_label=f"Record {shown.record}"),
        element("ul", *facts),
    )  # fmt: skip


def _advice(behind: Behind, debrief: Debrief) -> Node:
    seen = None
    if behind.attempt.revealed:
        seen = paragraph("An answer was seen for this attempt: it counts for no medal.")
    if not debrief.advice:
        return section(
            "advice", "What would have helped", seen,
            paragraph("No single change that was tried saves money."),
        )  # fmt: skip
    return section(
        "advice",
        "What would have helped",
        seen,
        paragraph(
            "Each change was made by itself, and the same trials were run again with the "
            "same luck. What to change is a question here; the words are yours to find."
        ),
        _table(debrief),
    )


def _table(debrief: Debrief) -> Node:
    shown = debrief.advice[:_ADVICE]
    rows = [_row(one, place) for place, one in enumerate(shown)]
    currency = debrief.evaluation.scenario.loss.currency
    head = ["change", f"lost {currency}".strip(), "reliability, points", "wages", "minutes",
            "your minutes"]  # fmt: skip
    caption = "What each change did by itself: differences a trial with 95 % intervals, best first"
    return table(caption, head, rows, numbers=range(1, 6))


def _row(advice: Advice, place: int) -> list[Part]:
    def by(name: str, one: Estimate, scale: float = 1.0) -> Node:
        shown = figure_of(f"advice.{place}.{name}", one.mean, signed(scale * one.mean))
        return element("span", shown, element("small", between(one, scale)), class_="ranged")

    noise = " (So far no more than noise: more trials would tell.)" if advice.noise else ""
    return [
        f"{advice.change.says}{noise}", by("loss", advice.loss),
        by("reliability", advice.reliability, 100.0), by("cost", advice.cost),
        by("minutes", advice.minutes), by("yours", advice.yours),
    ]  # fmt: skip


def between(estimate: Estimate, scale: float = 1.0) -> str:
    """An interval in words; empty where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{signed(scale * estimate.low)} to {signed(scale * estimate.high)}"
