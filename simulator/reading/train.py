"""Train the reader: `python -m simulator.reading.train` writes `weights.json`, prints the figures.

A developer's tool: it needs scikit-learn, which reading does not.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from scenarios.scenario import Requirement
from simulator.reading import order
from simulator.reading.corpus import Domain, domains, fingerprint
from simulator.reading.features import NAMES, features
from simulator.reading.habits import habits
from simulator.reading.made import made
from simulator.reading.model import VERDICTS, Reading, Weights, chances, combined, taken
from simulator.reading.rules import Rule, compiled, repaired
from simulator.reading.scoring import Score, score
from simulator.reading.text import Window, windows

PENALTY = 0.1
"""Inverse strength of the ridge on standardised features."""
WEIGHT = {"text": 1.0, "exemplar": 0.6, "made": 0.4, "other": 0.3}
TARGET = Path(__file__).with_name("weights.json")
Values = tuple[float, ...]


@dataclass
class Case:
    """The features of the windows of one text for one rule, with its label."""

    windows: list[Values]
    label: str
    weight: float


def _cases(text: str, rule: Rule, label: str, weight: float) -> Case:
    found = (features(repaired(window.text, rule), rule) for window in windows(text))
    return Case([values for values in found if values is not None], label, weight)


def _without(requirement: Requirement, name: str, place: int) -> Requirement:
    """The requirement without one of its exemplars, which is then a text like any other."""
    left = list(getattr(requirement, name))
    del left[place]
    return requirement.model_copy(update={name: tuple(left)})


def cases(domain: Domain, seed: int = 1) -> list[Case]:
    """All that a domain teaches: its texts, its exemplars one at a time, and texts made of them."""
    out: list[Case] = []
    for place, requirement in enumerate(domain.requirements):
        rng = random.Random(f"{seed} {domain.name} {place}")
        rule = compiled(requirement)
        for text in domain.texts:
            label = text.label(requirement)
            kind = "text" if label != "absent" else "other"
            out.append(_cases(text.text, rule, label, WEIGHT[kind]))
        for name, label in (
            ("said", "clear"),
            ("vague", "vague"),
            ("contradicted", "contradicted"),
        ):
            for at, exemplar in enumerate(getattr(requirement, name)):
                less = compiled(_without(requirement, name, at))
                out.append(_cases(exemplar, less, label, WEIGHT["exemplar"]))
                for other in domain.requirements:
                    if other is not requirement:
                        case = _cases(exemplar, compiled_once(other), "absent", WEIGHT["other"])
                        out.append(case)
        out += [_cases(text, rule, label, WEIGHT["made"]) for text, label in made(requirement, rng)]
    return [case for case in out if case.windows]


_ONCE: dict[int, Rule] = {}


def compiled_once(requirement: Requirement) -> Rule:
    """`compiled`, once an object."""
    if id(requirement) not in _ONCE:
        _ONCE[id(requirement)] = compiled(requirement)
    return _ONCE[id(requirement)]


def fit(held: Sequence[Case], rounds: int = 3) -> Weights:
    """Fit the regression. Which window of a text carries its label is found in turn with it."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    overlap, recall = NAMES.index("concepts"), NAMES.index("said_recall")
    chosen = [
        max(case.windows, key=lambda values: values[overlap] + values[recall]) for case in held
    ]
    weights = Weights((), (), "")
    for _ in range(rounds):
        rows: list[Values] = []
        labels: list[int] = []
        shares: list[float] = []
        for case, its in zip(held, chosen, strict=True):
            for values in case.windows if case.label == "absent" else [its]:
                rows.append(values)
                labels.append(VERDICTS.index(case.label))
                shares.append(case.weight)
        scaler = StandardScaler().fit(rows)
        model = LogisticRegression(C=PENALTY, max_iter=2000)
        model.fit(scaler.transform(rows), labels, sample_weight=shares)
        spread = [float(one) for one in scaler.scale_]
        mean = [float(one) for one in scaler.mean_]
        table = [[float(a) / s for a, s in zip(row, spread, strict=True)] for row in model.coef_]
        bias = [
            float(start) - math.fsum(a * m for a, m in zip(row, mean, strict=True))
            for row, start in zip(table, model.intercept_, strict=True)
        ]
        weights = Weights(tuple(map(tuple, table)), tuple(bias), "")
        chosen = [
            max(
                case.windows,
                key=lambda values: chances(values, weights)[VERDICTS.index(case.label)],
            )
            for case in held
        ]
    return weights


def cooled(weights: Weights, heat: float) -> Weights:
    """The weights at a temperature: above 1 they are less sure."""
    return Weights(
        tuple(tuple(a / heat for a in row) for row in weights.rows),
        tuple(one / heat for one in weights.bias),
        weights.trained_on,
    )


@dataclass
class Seen:
    """A text's windows with their features for one rule, worked out once, and its label."""

    label: str
    windows: list[tuple[Window, float, Values | None]]


def seen(domain: Domain) -> list[Seen]:
    """Each of the domain's texts as it looks to each of its requirements."""
    out = []
    for requirement in domain.requirements:
        rule = compiled_once(requirement)
        for text in domain.texts:
            row = []
            for window in windows(text.text):
                piece = repaired(window.text, rule)
                row.append((window, piece.flags["sense"], features(piece, rule)))
            out.append(Seen(text.label(requirement), row))
    return out


def readings(held: Sequence[Seen], weights: Weights) -> list[tuple[str, Reading]]:
    """Each text read for each requirement, with the label."""
    out = []
    for one in held:
        found = [(window, taken(values, sense, weights)) for window, sense, values in one.windows]
        out.append((one.label, Reading(*combined(found)[0], words="")))
    return out


def surprise(pairs: Sequence[tuple[str, Reading]]) -> float:
    """Mean negative log likelihood of the labels."""
    logs = [-math.log(max(1e-6, float(getattr(reading, label)))) for label, reading in pairs]
    return math.fsum(logs) / max(1, len(logs))


def crossed(known: Sequence[Domain]) -> tuple[float, list[tuple[str, Reading]]]:
    """Leave one domain out: the best temperature, and what it reads in the domains left out."""
    taught = {one.name: cases(one) for one in known}
    kept = [
        (
            seen(one),
            fit([case for other in known if other is not one for case in taught[other.name]]),
        )
        for one in known
        if one.texts
    ]
    tried = []
    for heat in (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0):
        pairs = [pair for one, weights in kept for pair in readings(one, cooled(weights, heat))]
        tried.append((surprise(pairs), heat, pairs))
    best = min(tried, key=lambda one: one[0]) if kept else (0.0, 1.0, [])
    return best[1], best[2]


def report(name: str, figures: Score) -> str:
    """One line of figures."""
    values = zip(fields(figures), astuple(figures), strict=True)
    return f"{name:12}" + "  ".join(f"{one.name} {value:.3g}" for one, value in values)


def _written(rules: Iterable[Requirement]) -> list[str]:
    return [
        line
        for one in rules
        for line in (one.statement, *one.said, *one.contradicted, *one.vague, *one.hints)
    ]


def learn_order(known: Sequence[Domain]) -> None:
    """Learn the order of words from all that is written in the domains and the habits."""
    texts = {one.name: [text.text for text in one.texts] for one in known}
    for one in known:
        texts[one.name] += _written(one.requirements)
    order.write({**texts, "habits": _written(habits().values())})


def main() -> None:
    """Train on all domains and write the weights; print the leave-one-domain-out figures."""
    known = domains()
    learn_order(known)
    heat, pairs = crossed(known)
    sys.stdout.write(report("unseen", score(pairs)) + f"  temperature {heat}\n")
    weights = cooled(fit([case for one in known for case in cases(one)]), heat)
    data = {
        "trained_on": fingerprint(),
        "features": NAMES,
        "bias": {name: round(one, 6) for name, one in zip(VERDICTS, weights.bias, strict=True)},
        "weights": {
            name: [round(one, 6) for one in row]
            for name, row in zip(VERDICTS, weights.rows, strict=True)
        },
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
