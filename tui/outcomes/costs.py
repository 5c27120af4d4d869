"""What causes cost and what checks and reviews saved, measured by doing without: words and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agents.debriefing import Debrief
from simulator.coaching import Without
from simulator.debriefing.blaming import Blamed
from simulator.debriefing.debrief import WHY
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate, six
from simulator.slip import SlipKey
from tui.outcomes import figures
from tui.printing import number, percent, prose, signed, wrapped

MOST = 6
"""So many causes are run without, those that came first where most was lost."""


def alike(evaluation: Evaluation, *, reveal: bool = False) -> dict[figures.Told, list[SlipKey]]:
    """The causes of an evaluation's losses by how the learner sees them, most loss first."""
    rows: dict[figures.Told, list[SlipKey]] = {}
    for key in evaluation.blame:
        rows.setdefault(figures.told(evaluation, key, reveal=reveal), []).append(key)
    loss = evaluation.blame

    def lost(told: figures.Told) -> float:
        return -six(sum(loss[key][0] for key in rows[told]))

    return {told: rows[told] for told in sorted(rows, key=lost)}


def costliest(evaluation: Evaluation, *, reveal: bool = False) -> list[list[SlipKey]]:
    """The causes that are worth running without."""
    return list(alike(evaluation, reveal=reveal).values())[:MOST]


def of_causes(debrief: Debrief, *, reveal: bool = False) -> list[str]:
    """What each cause cost, a line each, the costliest first, and what the shares come to."""
    evaluation = debrief.evaluation
    lines, whole = [], 0.0
    for one in sorted(debrief.blamed, key=lambda one: -six(one.loss.mean)):
        told = figures.told(evaluation, min(one.causes, key=evaluation.order), reveal=reveal)
        share = _share(one)
        if share is None:
            continue
        whole += share.mean
        between = "" if share.low is None or share.high is None else (
            f" ({_points(share.low)} to {_points(share.high)})"
        )  # fmt: skip
        named = f" [{told.requirement}]" if told.requirement else ""
        lines.append(
            f"{_points(share.mean)}{between}  {told.step}: {told.field} - {WHY[told.cause]}{named}"
        )
    if len(lines) > 1:
        lines.append(
            f"Together {_points(whole)}: causes hide one another. What is wrong for two reasons "
            "stays wrong without one of them, and what one spoils another need not spoil again."
        )
    return lines


def of_controls(debrief: Debrief) -> list[str]:
    """What each check and review saved and what it cost, a line each."""
    currency = debrief.evaluation.scenario.loss.currency
    lines = []
    for one in debrief.controls:
        saved = f"{number(one.loss.mean)} {currency}".strip()
        sure = one.loss.low is not None and one.loss.low > 0
        did = f"saved {saved} and {number(one.wrong_records.mean)} wrong {_things(debrief)}s"
        nothing = "saved nothing that could be told from luck"
        lines.append(
            f"`{one.part.step}`, {one.part.part}: {did if sure else nothing} a trial; it cost "
            f"wages {signed(-one.cost.mean)}, minutes {signed(-one.minutes.mean)}, your minutes "
            f"{signed(-one.your_minutes.mean)}"
        )
    return lines


def told(debrief: Debrief, *, reveal: bool = False) -> list[str]:
    """Both as paragraphs of a debrief."""
    parts = []
    causes = of_causes(debrief, reveal=reveal)
    if causes:
        head = prose(
            "What each cause cost: the same trials on the same draws, run again without it, as a "
            "share of the money lost"
        )
        parts.append("\n".join([head, *(wrapped(line, "  ", "    ") for line in causes)]))
    controls = of_controls(debrief)
    if controls:
        head = "What your checks and reviews caught: the same trials, run again without each"
        parts.append("\n".join([prose(head), *(wrapped(line, "  ", "    ") for line in controls)]))
    return parts


def measured(debrief: Debrief, keys: Sequence[SlipKey]) -> Mapping[str, Any] | None:
    """What causes that look alike cost, as data; null where it was not measured."""
    found = next((one for one in debrief.blamed if one.causes <= frozenset(keys)), None)
    if found is None:
        return None
    share = _share(found)
    return {
        "loss": figures.interval(found.loss), "left": six(found.left),
        "share": None if share is None else figures.interval(share),
    }  # fmt: skip


def control_object(one: Without) -> dict[str, Any]:
    """What a check or a review did: what is lost less for it, and what it costs, a trial."""
    return {
        "step": one.part.step,
        "part": one.part.part,
        "saved": figures.interval(one.loss),
        "saved_records": figures.interval(one.wrong_records),
        "cost": figures.interval(_negative(one.cost)),
        "minutes": figures.interval(_negative(one.minutes)),
        "your_minutes": figures.interval(_negative(one.your_minutes)),
    }


def _negative(estimate: Estimate) -> Estimate:
    low, high = estimate.low, estimate.high
    return Estimate(
        0.0 - estimate.mean,
        None if high is None else 0.0 - high,
        None if low is None else 0.0 - low,
    )


def _share(one: Blamed) -> Estimate | None:
    """What a cause cost as a share of what was lost on the same trials; None where that is none."""
    whole = one.left + one.loss.mean
    if whole <= 0:
        return None
    low, high = one.loss.low, one.loss.high
    return Estimate(
        one.loss.mean / whole, None if low is None else low / whole,
        None if high is None else high / whole,
    )  # fmt: skip


def _points(share: float) -> str:
    return percent(share) if share > 0 else f"{round(100 * share) or 0} %"


def _things(debrief: Debrief) -> str:
    return debrief.evaluation.scenario.unit
