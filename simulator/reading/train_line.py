"""The plain half of the network: a logistic regression over `features` alone.

It is learnt from plain texts, one writer's in six domains, and is surer of what is said plainly
than the network that was taught on the hardest. A developer's tool: it needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.reading.features import NAMES
from simulator.reading.lessons import Course
from simulator.reading.network import VERDICTS

DOMAINS = ("expenses", "minutes", "releases", "suppliers", "translation", "triage")
PENALTY = 0.1
"""Inverse strength of the ridge on standardised features."""
HEAT = 1.1
WEIGHTS = {"text": 1.0, "exemplar": 0.6, "made": 0.05}
_ABSENT = 0.3
"""What an absent verdict counts beside another: there are so many more."""


@dataclass
class _Case:
    windows: list[tuple[float, ...]]
    label: str
    weight: float


def _cases(courses: Sequence[Course]) -> list[_Case]:
    out = []
    for course in courses:
        for lesson in course.lessons:
            for place, label in enumerate(lesson.labels):
                seen = [row[place] for row in lesson.features if row[place] is not None]
                if label is None or not seen:
                    continue
                weight = WEIGHTS[lesson.kind] * (_ABSENT if label == "absent" else 1.0)
                out.append(_Case([one for one in seen if one], label, weight))
    return out


def line(courses: Sequence[Course], rounds: int = 3) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Weights (verdicts, features) and bias. Which window carries a label is found in turn."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    held = _cases(courses)
    overlap, recall = NAMES.index("concepts"), NAMES.index("said_recall")
    chosen = [max(one.windows, key=lambda row: row[overlap] + row[recall]) for one in held]
    weight, bias = np.zeros((len(VERDICTS), len(NAMES))), np.zeros(len(VERDICTS))
    for _ in range(rounds):
        rows, labels, shares = [], [], []
        for case, its in zip(held, chosen, strict=True):
            for row in case.windows if case.label == "absent" else [its]:
                rows.append(row)
                labels.append(VERDICTS.index(case.label))
                shares.append(case.weight)
        scaler = StandardScaler().fit(rows)
        model = LogisticRegression(C=PENALTY, max_iter=2000)
        model.fit(scaler.transform(rows), labels, sample_weight=shares)
        weight = model.coef_ / scaler.scale_
        bias = model.intercept_ - weight @ scaler.mean_
        tops = [np.argmax(_log(np.array(one.windows), weight, bias), axis=0) for one in held]
        chosen = [
            case.windows[top[VERDICTS.index(case.label)]]
            for case, top in zip(held, tops, strict=True)
        ]
    return weight / HEAT, bias / HEAT


def _log(
    rows: npt.NDArray[Any], weight: npt.NDArray[Any], bias: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    scores = rows @ weight.T + bias
    most = scores.max(axis=1, keepdims=True)
    logs: npt.NDArray[Any] = scores - most - np.log(np.exp(scores - most).sum(1, keepdims=True))
    return logs
