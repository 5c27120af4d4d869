"""Putting a battery to a model: answers are kept as they come, and nothing is asked twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event

from langchain_core.messages import HumanMessage

from agents.calibration.fit import Counts
from agents.calibration.probes import VERSION, Cell, Probe
from agents.hands import side_by_side
from agents.models.line import Line
from agents.models.trouble import Trouble
from scenarios.errors import InputError


@dataclass
class Kept:
    """The answers that there are: text and tokens by probe. `path` is where they are kept."""

    path: Path
    answers: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path, model: str, seed: int) -> Kept:
        """Those to a model, this version of the battery and a seed.

        A line that was cut off, as by a machine that went down, is asked again.
        """
        name = "".join(c if c.isalnum() or c in "-_." else "-" for c in model)[:60]
        short = sha256(model.encode()).hexdigest()[:8]
        kept = cls(folder / f"{name}-{short}-v{VERSION}-{seed}.jsonl")
        if kept.path.exists():
            for line in kept.path.read_text("utf-8", "replace").splitlines():
                try:
                    row = json.loads(line)
                    kept.answers[str(row["probe"])] = (str(row["text"]), int(row["tokens"]))
                except (ValueError, KeyError, TypeError):
                    continue
        return kept

    def add(self, probe: Probe, text: str, tokens: int) -> None:
        """Keep an answer. Raises OSError."""
        self.answers[probe.id] = (text, tokens)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        row = json.dumps({"probe": probe.id, "tokens": tokens, "text": text})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"\n{row}")

    def missing(self, probes: Sequence[Probe]) -> list[Probe]:
        return [probe for probe in probes if probe.id not in self.answers]

    def counts(self, probes: Sequence[Probe]) -> Counts:
        """How many items of each cell are right; a probe without an answer is not scored."""
        found: dict[Cell, tuple[int, int]] = {}
        for probe in probes:
            if probe.id in self.answers:
                for cell, good in probe.mark(self.answers[probe.id][0]):
                    right, of = found.get(cell, (0, 0))
                    found[cell] = (right + good, of + 1)
        return dict(sorted(found.items()))


@dataclass
class Asked:
    """What one start of the battery did; `tokens` are those that the endpoint counted."""

    calls: int = 0
    tokens: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    """Probes that could not be asked, by what went wrong."""
    stopped: str = ""
    """Why it ended before its time."""


def ask(
    line: Line, probes: Sequence[Probe], kept: Kept, *, most_tokens: float, at_once: int,
    progress: Callable[[int], object] = lambda done: None,
) -> Asked:  # fmt: skip
    """Ask what was not answered yet, and keep each answer.

    It stops before a round of calls that might take more than `most_tokens`, by their estimates
    and by how far the estimates were off so far; and where an endpoint fails a whole round.
    Raises InputError where the key or the model is wrong, OSError where nothing can be kept.
    """
    done, ratio, rest, size = Asked(), 1.5, kept.missing(probes), 1
    while rest and not done.stopped:
        now = rest[:size]
        while now and done.tokens + ratio * sum(p.tokens for p in now) > most_tokens:
            now = now[:-1]
        if not now:
            done.stopped = "the next call might pass the limit"
            break
        got = side_by_side(lambda probe, over: _one(line, probe, over), now, at_once)
        failed = 0
        for probe, reply in zip(now, got, strict=True):
            if isinstance(reply, Trouble):
                failed += 1
                done.faults[reply.text] = done.faults.get(reply.text, 0) + 1
                continue
            text, tokens = reply
            kept.add(probe, text, tokens)
            done.calls, done.tokens = done.calls + 1, done.tokens + tokens
            ratio = max(ratio, tokens / probe.tokens)
        if failed == len(now):
            done.stopped = "the endpoint does not answer"
        rest, size = rest[len(now) :], at_once
        progress(done.calls + sum(done.faults.values()))
    return done


def _one(line: Line, probe: Probe, over: Event) -> tuple[str, int] | Trouble:
    got = line.ask([HumanMessage(content=probe.text)], {}, over)
    return got if isinstance(got, Trouble) else (got.text, got.tokens)


def most(limit: float | None, price: float | None) -> float:
    """How many tokens a limit of money allows, at a price for 1,000. Raises InputError."""
    if limit is None:
        return float("inf")
    if not price:
        problem, mend = "needs a price", "add --price MONEY, for 1,000 tokens"
        raise InputError(problem, field="--limit", mend=mend)
    return limit / price * 1000
