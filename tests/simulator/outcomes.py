"""Evaluations with outcomes of a test's choice, of a plan for invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.bands import Usual
from simulator.scoring.evaluation import Evaluation, Scored
from simulator.slip import SlipKey
from tests.office import invoices, ledger, plan

SHEETS = 24
REPEATS = 8
USUAL = {
    "empty": {"practice": Usual(reliability=0, wrong={"pay": 0.8}, cost=0.1, minutes=1,
                                your_minutes=0)},
    "expert": {"practice": Usual(reliability=0.9, wrong={"pay": 0.1}, cost=2.1, minutes=4,
                                 your_minutes=1)},
}  # fmt: skip


def trial(
    place: int, wrong: int, *, blame: Mapping[SlipKey, int] | None = None, breaches: int = 0,
    cost: float = 1.0, your_minutes: float = 0.0, caught: int = 0, alarms: int = 0,
) -> Scored:  # fmt: skip
    """The trial at a place, with so many invoices wrong; accepted where none is."""
    causes = tuple((key, 10.0 * count, count) for key, count in (blame or {}).items())
    slips = tuple((key, count) for key, count in (blame or {}).items())
    return Scored(
        place // REPEATS, place % REPEATS, wrong == 0 and breaches == 0, wrong, 10.0 * wrong,
        cost, 1.0, your_minutes, 0, 1, 100, 0, slips, causes, (), (float(wrong), 0.0), SHEETS,
        (wrong,), breaches, caught, alarms,
    )  # fmt: skip


def evaluation(
    trials: Sequence[Scored], predict: Mapping[str, Any] | None = None, *, usual: bool = True
) -> Evaluation:
    """The evaluation of these trials; `usual` says whether reference plans are known."""
    scenario = invoices().model_copy(update={"usual": USUAL if usual else {}})
    written = plan(ledger())
    if predict is not None:
        written = type(written).model_validate(
            {**written.model_dump(by_alias=True), "predict": predict}
        )
    return Evaluation(scenario, written, "practice", 1, tuple(trials))


def wrongs(counts: Sequence[int], predict: Mapping[str, Any] | None = None) -> Evaluation:
    """Trials with so many invoices wrong each."""
    return evaluation([trial(i, wrong) for i, wrong in enumerate(counts)], predict)
