"""Train the matcher: `python -m simulator.reading.train_matching` writes `matching.json`.

A developer's tool: it needs scikit-learn's companions, numpy and scipy, which matching does not.
What it learns from lies with the benchmark, tests/benchmarks/reading/matching. `invoices` stays
out of it altogether; of the others the figures printed are those of a domain left out.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from simulator.reading.compared import BOUNDS, NAMES, Scene, features
from simulator.reading.described import described
from simulator.reading.matching import Weights, chances

SOURCE = Path(__file__).parents[2] / "tests" / "benchmarks" / "reading" / "matching"
TARGET = Path(__file__).with_name("matching.json")
HELD_OUT = "invoices"
PENALTY = 8.0
"""The ridge on features of unit spread, in texts."""
OWN_WORDS = 0.3
"""What a way of putting a result counts, read as a description with the others as exemplars."""
ALIEN = 0.01
"""What a text of another domain counts, which means nothing in this one, bar a chance hit."""


@dataclass(frozen=True)
class Case:
    """A description or a word, with the features of its candidates."""

    domain: str
    source: str
    """The domain that the text was written for."""
    kind: str
    rows: list[tuple[float, ...]]
    label: int
    """The place of what is meant, or -1 for none."""
    weight: float = 1.0


def fingerprint() -> str:
    """The hash of what the weights were learned from, and of the words that it was read with."""
    digest = hashlib.sha256()
    words = Path(__file__).with_name("matching.yaml")
    names = ("descriptions.yaml", "descriptions.jsonl", "choices.jsonl")
    for path in (words, *(SOURCE / name for name in names)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SOURCE / name).read_text("utf-8").splitlines()]


def _cases(
    domain: str, kind: str, known: dict[str, Sequence[str]], texts: Sequence[tuple[str, str, str]]
) -> Iterator[Case]:
    names, ways = list(known), list(known.values())
    scene = Scene(ways)
    for source, text, name in texts:
        own = source == domain
        label = names.index(name) if name and own else -1
        rows = features(described(text), scene)
        yield Case(domain, source, kind, rows, label, 1.0 if own else ALIEN)
    for place, one in enumerate(ways):
        for way in one:
            less = [[o for o in other if o != way] for other in ways]
            if less[place]:
                rows = features(described(way), Scene(less))
                yield Case(domain, domain, kind, rows, place, OWN_WORDS)


def cases() -> list[Case]:
    """All that is labelled."""
    out: list[Case] = []
    fields = yaml.safe_load((SOURCE / "descriptions.yaml").read_text("utf-8"))
    described_, chosen = _lines("descriptions.jsonl"), _lines("choices.jsonl")
    for domain, listed in fields.items():
        known = {field["name"]: field["known_as"] for field in listed}
        texts = [(x["domain"], x["text"], x["field"] or "") for x in described_]
        out += _cases(domain, "field", known, texts)
        ways: dict[str, Sequence[str]] = {
            choice["value"]: (choice["value"].replace("_", " "), *choice["known_as"])
            for field in listed
            for choice in field.get("choices", ())
        }
        words = [(x["domain"], x["word"], x["choice"] or "") for x in chosen]
        out += _cases(domain, "choice", ways, words) if ways else ()
    return out


def fit(held: Sequence[Case]) -> Weights:
    """The likeliest weights: one among the candidates of a case, or none of them, is meant."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    most = max(len(case.rows) for case in held)
    table = np.zeros((len(held), most, len(NAMES)))
    barred = np.zeros((len(held), most + 1))
    for place, case in enumerate(held):
        table[place, : len(case.rows)] = case.rows
        barred[place, len(case.rows) + 1 :] = -1e9
    spread = table[barred[:, 1:] == 0].std(axis=0)
    spread[spread == 0] = 1.0
    table /= spread
    label = np.array([case.label + 1 for case in held])
    weight = np.array([case.weight for case in held])
    ridge = np.array([0.01 if name == "bias" else PENALTY for name in NAMES])
    which = np.arange(len(held))

    def loss(tried: Any) -> tuple[float, Any]:
        scores = np.concatenate([np.zeros((len(held), 1)), table @ tried], axis=1) + barred
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        found = powers / powers.sum(axis=1, keepdims=True)
        missed = -(weight * np.log(found[which, label] + 1e-12)).sum()
        found[which, label] -= 1.0
        slope = np.einsum("c,cn,cnk->k", weight, found[:, 1:], table)
        return missed + 0.5 * (ridge * tried**2).sum(), slope + ridge * tried

    start = np.zeros(len(NAMES))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=list(BOUNDS.values()))
    return tuple(round(float(one), 4) + 0.0 for one in found.x / spread)


def report(name: str, held: Sequence[tuple[Case, list[float]]]) -> str:
    """One line of figures: what is read at one half and more."""
    right = read = told = best = 0
    surprise: list[float] = []
    for case, found in held:
        top = max(range(len(found)), key=found.__getitem__)
        read += found[top] >= 0.5
        right += found[top] >= 0.5 and top == case.label
        told += case.label >= 0
        best += top == case.label
        chance = found[case.label] if case.label >= 0 else 1.0 - math.fsum(found)
        surprise.append(-math.log(max(1e-6, chance)))
    return (
        f"{name:18}{len(held):5} texts  precision {right / max(1, read):.3f}"
        f"  recall {right / max(1, told):.3f}  F1 {2 * right / max(1, read + told):.3f}"
        f"  best {best / max(1, told):.3f}  surprise {math.fsum(surprise) / len(held):.3f}\n"
    )


def main() -> None:
    """Learn from all domains but `invoices` and write the weights; print the unseen figures."""
    known = cases()
    taught = [case for case in known if HELD_OUT not in (case.domain, case.source)]
    unseen = {
        domain: fit([case for case in taught if domain not in (case.domain, case.source)])
        for domain in dict.fromkeys(case.domain for case in known)
    }
    texts = [case for case in known if case.weight == 1.0]
    for kind in ("field", "choice"):
        held = [(x, chances(x.rows, unseen[x.domain])) for x in texts if x.kind == kind]
        sys.stdout.write(report(kind, held))
        for domain in unseen:
            sys.stdout.write(report(f"  {domain}", [x for x in held if x[0].domain == domain]))
    data = {
        "trained_on": fingerprint(),
        "features": NAMES,
        "weights": unseen[HELD_OUT],
        "unseen": unseen,
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
