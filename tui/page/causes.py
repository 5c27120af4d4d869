"""Why it went so, on the page of an attempt: causes, one record, and what would have helped."""

from __future__ import annotations

from collections.abc import Mapping

from agents.debriefing import Debrief
from simulator.coaching import Advice
from simulator.debriefing.debrief import WHY
from simulator.debriefing.heard import heard
from simulator.scoring.statistics import Estimate, six
from tui.outcomes import costs, retold, story
from tui.page.behind import Behind
from tui.page.html import Node, Part, element, figure_of, paragraph, section, table, written
from tui.page.pictures import shares
from tui.printing import number, percent, signed

_LINES = 60
_ADVICE = 4


def sections(behind: Behind) -> list[Node]:
    """What is known of the causes; nothing of sealed records, nor where nothing failed."""
    debrief = behind.debrief
    if debrief is None or debrief.cause is None:
        return []
    found = [_causes(debrief)]
    if debrief.exhibit is not None:
        found.append(_exhibit(debrief))
    found.append(_advice(behind, debrief))
    said = retold.paragraphs(debrief.evaluation, heard(debrief.evaluation, behind.told))
    if said:
        found.append(section("interview", "The interview", *map(paragraph, said)))
    return found


def _causes(debrief: Debrief) -> Node:
    evaluation = debrief.evaluation
    whole = evaluation.mean("loss")
    rows, drawn = list[list[Part]](), list[tuple[str, float]]()
    for place, (told, keys) in enumerate(costs.alike(evaluation).items()):
        loss, records = (sum(evaluation.blame[key][i] for key in keys) for i in (0, 1))
        where = f"{told.step}: {told.field}"
        found = costs.measured(debrief, keys)
        share = found["share"] if found else None
        if share is not None:
            drawn.append((f"{where} - {WHY[told.cause]}", share["mean"]))
        rows.append([
            WHY[told.cause], where, figure_of(f"cause.{place}.loss", six(loss), number(loss)),
            figure_of(f"cause.{place}.wrong_records", six(records), number(records)),
            _ranged(f"cause.{place}.measured", found["loss"]) if found else "",
            figure_of(f"cause.{place}.share", share["mean"], percent(share["mean"]))
            if share else "",
        ])  # fmt: skip
    currency = evaluation.scenario.loss.currency
    lost = "" if whole is None else f" Of {number(whole.mean)} {currency}".rstrip() + " a trial."
    drawn = [(name, share) for name, share in drawn if share > 0]
    title = "How much less would be lost without each cause"
    return section(
        "causes", "Why it went so",
        paragraph("Each cause was taken away by itself and trials were run again. Causes hide one "
                  f"another, so the shares need not add up to the whole.{lost}"),
        shares("shares", title, drawn) if drawn else None,
        table("What first went wrong, and what it cost, a trial",
              ["why", "where", "lost first", "wrong", "less without it", "share"], rows,
              numbers=(2, 3, 4, 5)),
        *_saved(debrief),
    )  # fmt: skip


def _ranged(name: str, found: Mapping[str, float | None]) -> Node:
    mean, low, high = (found[key] for key in ("mean", "low", "high"))
    assert mean is not None
    return element(
        "span", figure_of(name, mean, number(mean)),
        element("small", between(Estimate(mean, low, high))), class_="ranged",
    )  # fmt: skip


def _saved(debrief: Debrief) -> list[Node]:
    """What was caught, and what that cost."""
    found = costs.of_controls(debrief)
    if not found:
        return []
    items = (element("li", line) for line in found)
    return [element("h3", "What checks and reviews did"), element("ul", *items)]


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
    seen = _taken(behind)
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


def _taken(behind: Behind) -> Node | None:
    """The answers that were asked for and are in the plan; what they did is measured with it."""
    if not behind.taken:
        return None
    return element(
        "div",
        paragraph("Answers of the coach that stand in this plan, so that it earns bronze at most. "
                  "What changed since the attempt before was measured with them in it."),
        *(written(answer) for answer in behind.taken),
    )  # fmt: skip


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
