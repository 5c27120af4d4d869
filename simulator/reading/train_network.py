"""The network while it learns. A developer's tool: it needs PyTorch, which reading does not.

It mirrors `aligned` and `network`; `tests/simulator/reading/test_training.py` holds the figures.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from scenarios.scenario import Requirement
from simulator.reading.aligned import LIKENESSES, ROLES, parts
from simulator.reading.encoder import WIDTH, encoder
from simulator.reading.features import NAMES
from simulator.reading.lessons import WEIGHTS, Course, Lesson
from simulator.reading.network import VERDICTS

NARROW, COMPARED, HIDDEN = 128, 64, 128
RATE, DECAY, BATCH = 2e-3, 0.02, 32
Scale = Callable[[tuple[float, ...] | None], Tensor]
_FOR, _AGAINST = ("statement", "said", "value"), ("contradicted", "rivals")


class Net(nn.Module):
    """The parameters of `network.Network`, with dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        self.narrow = nn.Linear(WIDTH, NARROW)
        nn.init.orthogonal_(self.narrow.weight)
        self.compare = nn.Linear(3 * NARROW, COMPARED)
        self.first = nn.Linear(4 * COMPARED + LIKENESSES + len(NAMES) + 1, HIDDEN)
        self.second = nn.Linear(HIDDEN, HIDDEN // 2)
        self.mix = nn.Linear(3 * HIDDEN // 2, HIDDEN // 2)
        self.last = nn.Linear(HIDDEN, len(VERDICTS))

    def compared(self, tokens: Tensor, near: Tensor) -> Tensor:
        laid = torch.cat([tokens - near, tokens * near, tokens], -1)
        told = F.gelu(self.compare(F.dropout(laid, 0.15, self.training)))
        return F.dropout(told, 0.15, self.training)

    def impression(self, row: Tensor) -> Tensor:
        row = F.dropout(F.gelu(self.first(row)), 0.3, self.training)
        return F.dropout(F.gelu(self.second(row)), 0.2, self.training)

    def verdicts(self, own: Tensor, seen: Tensor) -> Tensor:
        """Log chances from impressions (windows, rules, numbers); `seen`: whom each rule sees."""
        most = own[:, None].masked_fill(~seen[None, :, :, None], -1e4).max(2).values
        count = seen.sum(1)[None, :, None]
        most = torch.where(count > 0, most, torch.zeros_like(most))
        mean = torch.einsum("qo,woh->wqh", seen.float(), own) / count.clamp(min=1)
        mixed = F.gelu(self.mix(torch.cat([own, most, mean], -1)))
        mixed = F.dropout(mixed, 0.2, self.training)
        return self.last(torch.cat([own, mixed], -1)).log_softmax(-1)


@lru_cache(maxsize=200_000)
def _tokens(text: str) -> np.ndarray[Any, Any]:
    return encoder()([text])[0].astype(np.float16)


def _padded(texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    rows = [torch.from_numpy(_tokens(text).astype(np.float32)) for text in texts]
    mask = pad_sequence([torch.ones(len(row), dtype=torch.bool) for row in rows], batch_first=True)
    return pad_sequence(rows, batch_first=True), mask


def _whole(x: Tensor, mask: Tensor) -> Tensor:
    return F.normalize((x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


class _Side:
    """The rules of a batch, all their parts in one tensor."""

    def __init__(self, net: Net, rules: Sequence[dict[str, tuple[str, ...]]]) -> None:
        flat = [
            (text, place, role)
            for place, rule in enumerate(rules)
            for role in ROLES
            for text in rule[role]
        ]
        x, self.mask = _padded([text for text, _, _ in flat])
        self.whole, self.tokens = _whole(x, self.mask), net.narrow(x)
        self.directions = F.normalize(self.tokens, dim=-1)
        self._at = [(place, role) for _, place, role in flat]

    def of(self, place: int, roles: Sequence[str]) -> list[int]:
        return [n for n, (rule, role) in enumerate(self._at) if rule == place and role in roles]


def _beside(
    net: Net, window: tuple[Tensor, Tensor, Tensor, Tensor], side: _Side, place: int
) -> Tensor:
    """`aligned.beside` for many windows and one rule: (windows, numbers)."""
    whole, tokens, directions, mask = window
    share = mask / mask.sum(1, keepdim=True)
    out = []
    for roles in (_FOR, _AGAINST):
        chosen = side.of(place, roles)
        if not chosen:
            out.append(torch.zeros(len(tokens), 2 * COMPARED))
            continue
        held = side.mask[chosen]
        rows, units = side.tokens[chosen][held], side.directions[chosen][held]
        near = torch.softmax(net.sharpness * (directions @ units.T), -1) @ rows
        told = net.compared(tokens, near)
        most = told.masked_fill(~mask[:, :, None], -1e4).max(1).values
        out += [(told * share[:, :, None]).sum(1), most]
    found = []
    for role in ROLES:
        chosen = side.of(place, (role,))
        if not chosen:
            found.append(torch.zeros(len(tokens), 4))
            continue
        alike = whole @ side.whole[chosen].T
        held = side.mask[chosen]
        pairs = torch.einsum("wtd,prd->wptr", directions, side.directions[chosen])
        pairs = pairs.masked_fill(~held[None, :, None, :], -1)
        pairs = pairs.masked_fill(~mask[:, None, :, None], -1)
        recall = (pairs.max(2).values * held[None]).sum(2) / held.sum(1)[None]
        precision = (pairs.max(3).values * share[:, None]).sum(2)
        both = (recall + precision).max(1).values / 2
        four = [alike.max(1).values, alike.mean(1), both, recall.max(1).values]
        found.append(torch.stack(four, 1))
    return torch.cat([*out, 3 * torch.cat(found, 1)], 1)


def _fewer(
    requirement: Requirement, taken: set[str], rng: random.Random
) -> dict[str, tuple[str, ...]]:
    """A rule as another author might have written it: without what is read now, with less."""
    out = dict(parts(requirement))
    for role in ("said", "vague", "contradicted"):
        left = [text for text in out[role] if text not in taken] or list(out[role])
        if len(left) > 1 and rng.random() < 0.5:
            left = rng.sample(left, rng.randint(1, len(left)))
        out[role] = tuple(left)
    for role in ("value", "rivals", "object"):
        if rng.random() < 0.2:
            out[role] = ()
    return out


def _loss(
    net: Net, course: Course, batch: Sequence[Lesson], scale: Scale, rng: random.Random
) -> Tensor:
    taken = {lesson.text for lesson in batch if lesson.kind != "text"}
    side = _Side(net, [_fewer(one, taken, rng) for one in course.requirements])
    texts = [window for lesson in batch for window in lesson.windows]
    x, mask = _padded(texts)
    tokens = net.narrow(x)
    window = (_whole(x, mask), tokens, F.normalize(tokens, dim=-1), mask)
    rows = []
    for place in range(len(course.requirements)):
        written = torch.stack([scale(row[place]) for lesson in batch for row in lesson.features])
        written = written * (torch.rand(len(written), 1) > 0.2)
        seen = torch.cat([_beside(net, window, side, place), written], 1)
        rows.append(net.impression(seen))
    met = ~torch.eye(len(rows), dtype=torch.bool)
    if rng.random() > 0.6:
        # A job may have fewer rules.
        met = met & (torch.rand(len(rows), len(rows)) < rng.random())
    told = net.verdicts(torch.stack(rows, 1), met)
    total, weight, start = torch.zeros(()), 0.0, 0
    for lesson in batch:
        mine = told[start : start + len(lesson.windows)]
        start += len(lesson.windows)
        for place, label in enumerate(lesson.labels):
            if label is None:
                continue
            logs = mine[:, place, VERDICTS.index(label)]
            # One window carries a verdict; that nothing is said is true of all of them.
            said = 0.7 * logs.min() + 0.3 * logs.mean() if label == "absent" else logs.max()
            total = total - WEIGHTS[lesson.kind] * said
            weight += WEIGHTS[lesson.kind]
    return total / weight


def _batches(courses: Sequence[Course], rng: random.Random) -> list[tuple[Course, list[Lesson]]]:
    out = []
    for course in courses:
        texts = [lesson for lesson in course.lessons if lesson.kind == "text"]
        others = [lesson for lesson in course.lessons if lesson.kind != "text"]
        lessons = texts + rng.sample(others, min(len(others), max(30, len(texts) // 3)))
        rng.shuffle(lessons)
        out += [(course, lessons[at : at + BATCH]) for at in range(0, len(lessons), BATCH)]
    rng.shuffle(out)
    return out


def learn(courses: Sequence[Course], epochs: int = 2, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Train; after each epoch give the arrays that `network.npz` holds (but for the hash).

    What is given is the running mean of the parameters, which reads better than the last ones.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    every = np.array(
        [
            row
            for course in courses
            for lesson in course.lessons
            for rows in lesson.features
            for row in rows
            if row
        ],
        np.float32,
    )
    mean, spread = every.mean(0), every.std(0) + 1e-3

    def scale(row: tuple[float, ...] | None) -> Tensor:
        if row is None:
            return torch.tensor([0.0] * len(NAMES) + [1.0])
        scaled = np.clip((np.array(row, np.float32) - mean) / spread, -4, 4)
        return torch.from_numpy(np.append(scaled, np.float32(0)))

    net = Net()
    steady = {name: held.clone() for name, held in net.state_dict().items()}
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = len(_batches(courses, rng)) * epochs, 0
    for _ in range(epochs):
        for course, batch in _batches(courses, rng):
            rate = RATE * min(1.0, step / 60) * max(0.02, 1 - step / (steps + 1))
            for group in optimiser.param_groups:
                group["lr"] = rate
            loss = _loss(net, course, batch, scale, rng)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            kept = min(0.997, (step + 1) / (step + 20))
            for name, held in net.state_dict().items():
                steady[name].mul_(kept).add_(held, alpha=1 - kept)
            step += 1
        yield {
            **{name: held.numpy().copy() for name, held in steady.items()},
            "mean": mean, "spread": spread,
            "features": np.frombuffer(" ".join(NAMES).encode(), np.uint8),
        }  # fmt: skip
