"""Learn to tell sentences from heaps of words: `python -m simulator.reading.train_sense`.

What people wrote in the training domains against what is heaped up of the same words. Adds the
weights to `network.npz`. A developer's tool: it needs scikit-learn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.scenario import Requirement
from simulator.reading.corpus import Domain, domains
from simulator.reading.encoder import encoder
from simulator.reading.network import SOURCE
from simulator.reading.sense import form
from simulator.reading.text import sentences, windows
from simulator.reading.words import piece

HIDDEN, PENALTY, ROUNDS, NETWORKS = 32, 1.0, 14, 5
"""Several small networks, of which the mean is taken, are surer of the same than one is."""
_MOST = 400
"""Sentences of one domain; the largest would drown the others."""
_BETWEEN = (" ", ", ", " / ", " - ", "; ")


def _words(need: Requirement) -> list[str]:
    rows = (word for one in need.concepts for row in zip_longest(*one) for word in row if word)
    return list(dict.fromkeys((*need.object, *need.value, *rows)))


def _topic(need: Requirement) -> Sequence[str]:
    return need.object or (need.concepts[0][0] if need.concepts else ())


def _heaped(needs: Sequence[Requirement], rng: random.Random) -> Iterator[str]:
    """Words of rules side by side; topics in a row; right and wrong answers as alternatives."""
    for need in needs:
        words, topic = _words(need), list(_topic(need))
        for _ in range(3):
            if len(words) > 3:
                chosen = rng.sample(words, rng.randint(4, min(len(words), 25)))
                yield rng.choice(_BETWEEN).join(chosen) + rng.choice(("", "."))
        for _ in range(2):
            if len(topic) > 1:
                row = ", ".join(rng.sample(topic, rng.randint(2, min(5, len(topic)))))
                yield f"{row[:1].upper()}{row[1:]}."
        options = [*need.value, *need.rivals]
        for _ in range(2):
            if len(options) > 1:
                row = " or ".join(rng.sample(options, rng.randint(2, len(options))))
                about = rng.choice(topic) if topic else ""
                yield f"{about[:1].upper()}{about[1:]}: {row}." if about else f"{row}."
    everything = list(dict.fromkeys(word for need in needs for word in _words(need)))
    for _ in range(3):
        if len(everything) > 20:
            yield " ".join(rng.sample(everything, rng.randint(15, min(60, len(everything)))))


def _shuffled(texts: Sequence[str], rng: random.Random) -> Iterator[str]:
    for text in texts:
        words = text.split()
        if len(words) > 6 and rng.random() < 0.5:
            rng.shuffle(words)
            yield " ".join(words)
    for _ in range(len(texts) // 12):
        # Stops that fall anywhere leave heaps as short as sentences.
        words = " ".join(rng.sample(texts, min(4, len(texts)))).split()
        rng.shuffle(words)
        yield from (one.text for one in sentences(" ".join(words)))


def _listed(needs: Sequence[Requirement], rng: random.Random) -> Iterator[str]:
    """Answers of single records, which tell no rule."""
    name = "".join(rng.sample("abcdefghiklmnoprstuvw", 3))
    for need in needs:
        given = [*need.value, *need.rivals] or _words(need)
        for _ in range(2):
            told = f"{rng.choice(given)}, {rng.randint(-999, 9999) / rng.choice((1, 100))}"
            about = rng.choice(list(_topic(need)) or ["it"])
            yield f"{name}-{rng.randint(1, 9999):04}: {about} {told}."


def _said(domain: Domain, rng: random.Random) -> list[str]:
    """Stretches of texts that say something of a rule, and the author's sentences."""
    out: list[str] = []
    for text in domain.texts:
        labels = {text.label(one) for one in domain.requirements}
        if labels & {"clear", "contradicted"}:
            single = [one.text for one in sentences(text.text)]
            double = [one.text for one in windows(text.text) if one.first < one.last]
            out += single + rng.sample(double, min(1, len(double)))
    for one in domain.requirements:
        out += (one.statement, *one.said, *one.contradicted)
    return rng.sample(out, min(len(out), _MOST))


def _rows(texts: Sequence[str]) -> np.ndarray[Any, Any]:
    rows = []
    for text in texts:
        whole = encoder()([text])[0].astype(np.float64).mean(axis=0)
        rows.append(form(whole / max(1e-12, float(np.sqrt(whole @ whole))), piece(text).flags))
    return np.array(rows)


def learn(known: Sequence[Domain]) -> dict[str, Any]:
    """The arrays of `network.npz` that tell sense from heaps."""
    from sklearn.neural_network import MLPClassifier
    from sklearn.preprocessing import StandardScaler

    texts: list[str] = []
    labels: list[int] = []
    for domain in known:
        rng = random.Random(f"sense {domain.name}")
        said = _said(domain, rng)
        heaped = [
            *_heaped(domain.requirements, rng),
            *_listed(domain.requirements, rng),
            *_shuffled(said, rng),
        ]
        texts += said + heaped
        labels += [1] * len(said) + [0] * len(heaped)
    rows = _rows(texts)
    scaler = StandardScaler().fit(rows)
    laid = scaler.transform(rows)
    models = [
        MLPClassifier((HIDDEN,), alpha=PENALTY, max_iter=ROUNDS, random_state=seed).fit(
            laid, labels
        )
        for seed in range(NETWORKS)
    ]
    first = np.concatenate([one.coefs_[0] for one in models], axis=1) / scaler.scale_[:, None]
    bias = np.concatenate([one.intercepts_[0] for one in models]) - scaler.mean_ @ first
    last = np.concatenate([one.coefs_[1] for one in models]) / NETWORKS
    return {
        "sense.first.weight": first.T.astype(np.float32),
        "sense.first.bias": bias.astype(np.float32),
        "sense.last.weight": last.T.astype(np.float32),
        "sense.last.bias": np.mean(
            [one.intercepts_[1] for one in models], axis=0, dtype=np.float32
        ),
    }


def main() -> None:
    """Learn from all domains of `training/` and add the weights to the others."""
    target = Path(__file__).with_name(SOURCE)
    with np.load(target, allow_pickle=False) as held:
        kept: Mapping[str, Any] = {name: held[name] for name in held.files}
    np.savez_compressed(target, **{**kept, **learn(domains())})


if __name__ == "__main__":
    main()
