"""Context: where in a paper a rule stands, how long the papers are, what in them distracts."""

from __future__ import annotations

from functools import cache, partial
from statistics import fmean

from scenarios.field import Work
from scenarios.persona import Tier
from simulator.order import Paper
from tests.benchmarks.evidence_lab import TIERS, Experiment, filler, scenario
from tests.benchmarks.evidence_rows import Point, Row

RULE = "Write the customer's name in capital letters."
IGNORE = "Ignore everything that is not relevant to the task."
WORKING = "Write out your working before you give the answer."


@cache
def placed(twentieth: int) -> Experiment:
    """Twenty passages, about four thousand tokens, of which one holds the rule that is needed."""
    before, after = filler(200 * (twentieth - 1)), filler(200 * (20 - twentieth))
    text = f"{before}\n{RULE}\n{after}"
    document = {"id": "papers", "title": "Papers", "file": "p.md", "states": {"rule-0": RULE}}
    job = scenario(5, rules=[RULE], traps=lambda _: [0], documents=[document])
    return Experiment(job, papers=(Paper("papers", "Papers", text),), more=2)


def at(twentieth: int, tier: Tier) -> float:
    """How often the rule is found, relative to the first place."""
    return placed(twentieth).right(tier) / placed(1).right(tier)


@cache
def long(work: Work, thousands: int) -> Experiment:
    """An answer that is to be found in papers of so many thousand tokens."""
    answer = {"name": "answer", "type": "text", "description": "the answer", "work": work,
              "look_in": ["book"]}  # fmt: skip
    document = {"id": "book", "title": "Book", "file": "book.md"}
    papers = (Paper("book", "Book", filler(thousands * 1000 or 20)),)
    return Experiment(scenario(100, fields=[answer], documents=[document]), papers=papers)


def inferred(work: Work, thousands: int, short: int, tier: Tier) -> float:
    """How often the answer is right, relative to short papers."""
    return long(work, thousands).right(tier) / long(work, short).right(tier)


@cache
def distracted(topic: str, instructions: str = "") -> Experiment:
    """One paper that has nothing to do with the answer: on the topic, off it, or none."""
    document = {"id": "other", "title": "Other", "file": "o.md", "noise": topic == "off"}
    paper = (Paper("other", "Other", "Her brother paid 12 for the other one."),)
    job = scenario(100, documents=[document])
    return Experiment(job, instructions, paper if topic else (), more=2)


def undisturbed(topic: str, instructions: str, tier: Tier) -> float:
    """How often the answer is right all the same, relative to no such paper."""
    topics = [topic] if topic else ["on", "off"]
    clean = distracted("", instructions).right(tier)
    return fmean(distracted(one, instructions).right(tier) for one in topics) / clean


def off_topic(tier: Tier) -> float:
    """What a paper off the topic costs, relative to one on it."""
    off, on = (1.0 - undisturbed(topic, "", tier) for topic in ("off", "on"))
    return off / on


@cache
def leapt(instructions: str) -> Experiment:
    """An answer with three steps before it that nobody asked for."""
    steps = [{"name": f"step_{n}", "type": "text", "hidden": True,
              "follows": [f"step_{n - 1}"] if n else []} for n in range(3)]  # fmt: skip
    answer = {"name": "answer", "type": "text", "description": "the answer",
              "follows": ["step_2"]}  # fmt: skip
    return Experiment(scenario(100, fields=[*steps, answer]), instructions, more=4)


def errors_left(tier: Tier) -> float:
    """Which share of the errors is left where the steps are written out."""
    return (1.0 - leapt(WORKING).right(tier)) / (1.0 - leapt("").right(tier))


LOST: dict[Tier, tuple[tuple[float, ...], ...]] = {
    "small": ((75.8, 57.2, 53.8, 55.4, 63.2),),
    "mid": (
        (75.8, 57.2, 53.8, 55.4, 63.2), (59.9, 55.9, 56.8, 57.2, 60.1),
        (53.7, 51.8, 52.2, 52.7, 56.2), (68.6, 57.4, 55.3, 52.5, 55.0),
        (56.8, 53.3, 54.1, 59.7, 69.5),
    ),
    "frontier": ((59.9, 55.9, 56.8, 57.2, 60.1),),
}  # fmt: skip
"""Lost in the Middle: by model, with the answer in the 1st, 5th, 10th, 15th and last place."""
PLACES = (5, 10, 15, 20)
NOLIMA: dict[Tier, tuple[tuple[float, ...], ...]] = {
    "small": (
        (84.9, 67.7, 58.2, 44.1, 32.6, 20.6, 13.7), (76.7, 65.7, 54.4, 44.1, 31.9, 22.6, 14.2),
    ),
    "mid": (
        (97.3, 94.2, 87.4, 81.5, 72.1, 59.5, 42.7), (92.6, 86.4, 82.7, 75.4, 63.9, 55.5, 48.2),
        (87.6, 85.4, 84.0, 77.6, 61.7, 45.7, 29.8), (89.4, 87.7, 87.5, 77.9, 64.7, 48.2, 41.0),
    ),
    "frontier": ((99.3, 98.1, 98.0, 95.7, 89.2, 81.6, 69.7),),
}  # fmt: skip
"""NoLiMa: by model, without other text and with 1, 2, 4, 8, 16 and 32 thousand tokens of it."""
RULER: dict[Tier, tuple[float, ...]] = {
    "small": (0.96, 0.92, 0.81), "mid": (0.99, 0.98, 0.69), "frontier": (0.99, 0.99, 0.98),
}  # fmt: skip
"""RULER at 16, 32 and 128 thousand tokens, relative to 4 thousand."""


def mean_at(table: tuple[tuple[float, ...], ...], place: int) -> tuple[float]:
    """The mean of a table's models, relative to that of their first column."""
    return (fmean(row[place] for row in table) / fmean(row[0] for row in table),)


ROWS = (
    Row(
        "place in a paper", "Lost in the Middle 2024 (GPT-3.5; mean of five; Claude-1.3)",
        tuple(
            Point(tier, f"place {place}", mean_at(LOST[tier], n), partial(at, place))
            for tier in TIERS
            for n, place in enumerate(PLACES, start=1)
        ),
        ("position_a", "position_b"), "point",
        note="2023 models; frontier is the flattest of them",
    ),
    Row(
        "long papers, inference",
        "NoLiMa 2025 (GPT-4o mini, Llama 3.1 8B; four of 2024; GPT-4o), of the base score",
        tuple(
            Point(tier, f"{k}k", mean_at(NOLIMA[tier], n), partial(inferred, "judge", k, 0))
            for tier in TIERS
            for n, k in enumerate((1, 2, 4, 8, 16, 32), start=1)
        ),
        ("length_l50", "length_h"), "point",
    ),
    Row(
        "long papers, looking up",
        "RULER 2024 (Llama-3.1-8B, Llama-3.1-70B, Gemini-1.5-Pro), of 4k",
        tuple(
            Point(tier, f"{k}k", (RULER[tier][n],), partial(inferred, "read", k, 4))
            for tier in TIERS
            for n, k in enumerate((16, 32, 128))
        ),
        ("look_up_l50", "look_up_h"), "point",
    ),
    Row(
        "one distractor",
        "GSM-IC 2023 (code-davinci-002; text-davinci-003; the latter, decomposed)",
        (
            Point("small", "on topic", (63.1 / 95.0,), partial(undisturbed, "on", "")),
            Point("small", "off topic", (80.7 / 95.0,), partial(undisturbed, "off", "")),
            Point("small", "half on topic", (0.762,), partial(undisturbed, "", "")),
            Point("mid", "half on topic", (0.854,), partial(undisturbed, "", "")),
            Point("frontier", "half on topic", (0.942,), partial(undisturbed, "", "")),
        ),
        ("distractor_loss",), "point",
    ),
    Row(
        "a distractor off the topic", "GSM-IC 2023 (code-davinci-002), loss of that on the topic",
        (Point("small", "off topic", ((95.0 - 80.7) / (95.0 - 63.1),), off_topic),),
        ("off_topic",), "none",
    ),
    Row(
        "told to ignore what is irrelevant", "GSM-IC 2023, the same with the sentence",
        tuple(
            Point(tier, "half on topic", (norm,), partial(undisturbed, "", IGNORE))
            for tier, norm in zip(TIERS, (0.818, 0.891, 0.947), strict=True)
        ),
        ("ignore_loss",), "point",
    ),
    Row(
        "working written out", "GSM-IC 2023, errors left by decomposing",
        (
            Point("small", "working", ((1 - 0.824) / (1 - 0.762), (1 - 0.857) / (1 - 0.818)),
                  errors_left),
            Point("mid", "working", ((1 - 0.942) / (1 - 0.854), (1 - 0.947) / (1 - 0.891)),
                  errors_left),
        ),
        ("working_risk",), "model",
    ),
)  # fmt: skip
