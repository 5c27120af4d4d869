"""From attempt to attempt: what changed since the one before, and all of them so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.errors import InputError
from scenarios.scenario import Medals
from simulator.scoring.statistics import Estimate
from simulator.storage.store import Attempt
from tui.outcomes import comparison
from tui.page.behind import Behind
from tui.page.html import Node, Part, element, figure_of, paragraph, section, table
from tui.page.pictures import course
from tui.planning.changes import figure, plan_changes
from tui.printing import number, percent

_DRAWN = 60


def sections(behind: Behind) -> list[Node]:
    """The step from the attempt before, where there is one that can be run, and the history."""
    found = [_step(behind)] if behind.before is not None else []
    return [*found, history(behind.history, behind.opened.scenario.medals)]


def _step(behind: Behind) -> Node:
    assert behind.before is not None
    assert behind.evaluation is not None
    attempt, opened, before = behind.before
    now = behind.evaluation
    if not (before.scored and now.scored):
        return section("iteration", "Since the attempt before", paragraph("Nothing was scored."))
    rows: list[Sequence[Part]] = [
        [*row[:5], element("span", row[5], class_=row[5].split()[0])]
        for row in comparison.rows(before, now)
    ]
    became: list[Sequence[Part]] = [
        [row[5], *row[1:5], element("span", row[0], class_=row[0])]
        for row in comparison.cause_rows(before, now)
    ]
    number_of = f"attempt {attempt.number}"
    names = [number_of, f"attempt {behind.attempt.number}"]
    causes = table(
        comparison.causes_heading(before, now), ["", *names, "difference", "95 %", "is"], became,
        numbers=(1, 2, 3),
    ) if became else None  # fmt: skip
    return section(
        "iteration", f"Since {number_of}",
        paragraph("Both plans on the trials of this attempt, with the same luck: what differs is "
                  "the plan's doing."),
        _changes(opened.text, behind.opened.text),
        table("What it did, a trial", ["", *names, "difference", "95 %", "now is"], rows,
              numbers=(1, 2, 3)),
        causes,
    )  # fmt: skip


def _changes(before: str, after: str) -> Node:
    try:
        found = plan_changes(before, after)
    except InputError as error:
        return paragraph(error.one_line())
    if not found:
        return paragraph("The plans are the same.")
    words = {"+": "new: ", "-": "gone: ", "~": "changed: "}
    return element("ul", *(
        element(
            "li", element("span", one.sign, class_="sign", aria_label=words[one.sign]),
            one.line.removeprefix(f"{one.sign} "),
        )
        for one in found
    ), class_="changes")  # fmt: skip


def history(
    attempts: Sequence[Attempt], medals: Medals, id_: str = "history",
    title: str = "All attempts so far",
) -> Node:  # fmt: skip
    """Every attempt at a scenario with its figures, and their reliability as a picture."""
    rows: list[Sequence[Part]] = []
    for one in attempts:
        won = one.summary.get("medal") or ("none" if one.lot == "sealed" else "")
        rows.append([
            str(one.number), one.created.replace("T", " ")[:16], one.plan, one.lot,
            *(_kept(one, name, percent if name == "reliability" else number)
              for name in ("reliability", "loss", "wrong_records", "cost", "minutes")),
            f"{won} (answer seen)".strip() if one.revealed else str(won),
        ])  # fmt: skip
    head = ["attempt", "when", "plan", "records", "reliable", "lost", "wrong", "wages", "minutes",
            "medal"]  # fmt: skip
    points = [
        (str(one.number), _interval(one.summary["reliability"]))
        for one in attempts if figure(one, "reliability") is not None
    ][-_DRAWN:]  # fmt: skip
    bars = {"bronze": medals.bronze, "silver": medals.silver, "gold": medals.gold}
    name = "Reliability from attempt to attempt"
    drawn = course(f"{id_}-course", name, points, bars) if points else None
    return section(
        id_,
        title,
        drawn,
        table("The attempts, oldest first: means of a trial", head, rows, numbers=(4, 5, 6, 7, 8)),
    )


def _kept(attempt: Attempt, name: str, say: object) -> Part:
    mean = figure(attempt, name)
    assert callable(say)
    return figure_of(f"attempt.{attempt.number}.{name}", mean, "-" if mean is None else say(mean))


def _interval(kept: Mapping[str, float | None]) -> Estimate:
    mean = kept["mean"]
    assert mean is not None
    return Estimate(mean, kept.get("low"), kept.get("high"))
