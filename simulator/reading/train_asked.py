"""Train the reader of questions: `python -m simulator.reading.train_asked` writes `asked.json`.

A developer's tool: it needs scikit-learn. What it learns from lies with the benchmark,
tests/benchmarks/reading/matching; what is learnt without a person is kept for honest figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from scenarios.scenario import Stakeholder
from simulator.reading.asked import NAMES, alone, beside
from simulator.reading.train_matching import SOURCE

TARGET = Path(__file__).with_name("asked.json")
STRENGTH = {"fact": 1.0, "empathy": 0.3}
"""Inverse strength of the ridge on standardised features."""

_FILES = ("people.yaml", "questions.jsonl")

Rows = Mapping[str, list[tuple[str, tuple[float, ...], bool]]]
"""By what is asked: whom, features, label."""


def fingerprint() -> str:
    """The hash of what the weights are learnt from."""
    return sha256(b"".join((SOURCE / name).read_bytes() for name in _FILES)).hexdigest()[:16]


def _rows() -> Rows:
    held = yaml.safe_load((SOURCE / "people.yaml").read_text("utf-8")).values()
    people = {one.id: one for one in map(Stakeholder.model_validate, held)}
    out: Rows = {"fact": [], "empathy": []}
    for line in (SOURCE / "questions.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        whom, text = people[one["person"]], one["text"]
        seen = beside(text, [(fact.asked_by, fact.concepts) for fact in whom.knows])
        for fact, row in zip(whom.knows, seen, strict=True):
            out["fact"].append((whom.id, row, fact.id in one["facts"]))
        row = alone(text, whom.situation, whom.situation_concepts)
        out["empathy"].append((whom.id, row, bool(one["empathy"])))
    return out


def _fit(name: str, held: Sequence[tuple[str, tuple[float, ...], bool]]) -> list[float]:
    """Weights, then the bias."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows, labels = [row for _, row, _ in held], [label for _, _, label in held]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=STRENGTH[name]).fit(scaler.transform(rows), labels)
    weights = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - weights @ scaler.mean_
    return [round(float(one), 5) for one in (*weights, bias)]


def main() -> None:
    """Learn from all, and once more without each person."""
    rows = _rows()
    people = sorted({whom for whom, _, _ in rows["fact"]})
    data: dict[str, Any] = {"trained_on": fingerprint(), "features": NAMES}
    data |= {name: _fit(name, held) for name, held in rows.items()}
    data["unseen"] = {
        left: {
            name: _fit(name, [one for one in held if one[0] != left]) for name, held in rows.items()
        }
        for left in people
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
