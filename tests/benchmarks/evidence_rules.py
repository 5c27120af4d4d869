"""Rules: many at once, late ones, forbidding ones, conflicting ones, tone, examples."""

from __future__ import annotations

from functools import cache, partial

from scenarios.persona import Tier
from simulator.order import Paper, Solved
from simulator.parameters import with_odds
from tests.benchmarks.evidence_lab import RIGHT, TIERS, Experiment, filler, scenario
from tests.benchmarks.evidence_rows import Point, Row

RULES = (
    "Write the customer's name in capital letters.", "Give every date as day, month and year.",
    "Round each amount to whole euros.", "Leave out the street and the house number.",
    "Put the reference in square brackets.", "Translate the subject line into French.",
    "Sort the articles by weight.", "Name the warehouse before the courier.",
    "End the note with a question.", "Use no more than forty words.",
    "Mention the warranty period twice.", "Call the reader by first name.",
    "Spell out numbers below ten.", "List the colours alphabetically.",
    "Begin with the order status.", "Add the opening hours of the branch.",
    "Replace every abbreviation by the full term.", "Quote one sentence of the complaint.",
    "State the refund in the local currency.", "Keep the tone of a formal letter.",
)  # fmt: skip
POSITIVE, BARE = "Write everything in short sentences.", "Do not write long sentences."
POLITE = "Would you be so kind as to solve the following question?"
RUDE = "You poor creature, do you even know how to solve this?"


@cache
def together(count: int, *, each: bool) -> Experiment:
    """So many rules in one call; a record needs all of them, or `each` record one of them."""
    wanted = range(count)
    traps = (lambda i: [i % count]) if each else (lambda _: wanted)
    return Experiment(
        scenario(10 if not each else 10 * count, rules=RULES[:count], traps=traps),
        "\n".join(RULES[:count]), more=5 if each else 2,
    )  # fmt: skip


def all_kept(count: int, tier: Tier) -> float:
    """The chance that all rules are kept, relative to a single one."""
    return together(count, each=False).right(tier) / together(1, each=False).right(tier)


def one_kept(count: int, tier: Tier) -> float:
    """The chance that one of several rules is kept, relative to a single one."""
    return together(count, each=True).right(tier) / together(1, each=True).right(tier)


def late(count: int, tier: Tier) -> float:
    """Of the errors in the first and the last third of the rules the share in the last."""
    job = together(count, each=True)
    place = {name: i % count for i, name in enumerate(job.scenario.record)}
    wrong = [0] * count
    for _, name, row in job.rows(tier):
        wrong[place[name]] += row is None or row["answer"] != RIGHT
    first, last = sum(wrong[: count // 3]), sum(wrong[-(count // 3) :])
    return last / (first + last)


@cache
def worded(rule: str, thousands: int) -> Experiment:
    """One rule, and papers of so many thousand tokens that are needed for the answer."""
    papers = (Paper("log", "Log", filler(thousands * 1000)),) if thousands else ()
    documents = [{"id": "log", "title": "Log", "file": "log.md"}] if thousands else []
    answer = {"name": "answer", "type": "text", "description": "the answer",
              "look_in": [d["id"] for d in documents]}  # fmt: skip
    return Experiment(
        scenario(10, rules=[rule], traps=lambda _: [0], documents=documents, fields=[answer]),
        rule, papers,
    )  # fmt: skip


def forbidden(thousands: int, tier: Tier) -> float:
    """How often a bare "do not" is kept, relative to the same rule as a "do"."""
    return worded(BARE, thousands).right(tier) / worded(POSITIVE, thousands).right(tier)


@cache
def conflict() -> Experiment:
    """The instructions say the opposite of what papers state in two places."""
    rule, other = "Write the total in euros.", "Write the total in dollars."
    job = scenario(
        10, rules=[rule], traps=lambda _: [0],
        documents=[{"id": name, "title": name, "file": f"{name}.md", "states": {"rule-0": rule}}
                   for name in ("guide", "memo")],
    )  # fmt: skip
    requirement = job.requirements[0].model_copy(update={"contradicted": (other,)})
    job = job.model_copy(update={"requirements": (requirement,)})
    job.__dict__.pop("requirement", None)
    job.model_post_init(None)
    return Experiment(
        job, other, tuple(Paper(name, name, rule) for name in ("guide", "memo")), more=2
    )


@cache
def toned(manner: str) -> Experiment:
    text = f"{RULES[0]} {manner}".strip()
    return Experiment(scenario(10, rules=RULES[:1], traps=lambda _: [0]), text)


def tone(manner: str, other: str, tier: Tier) -> float:
    """How much more often the work is right in one tone than in the other."""
    return toned(manner).right(tier) - toned(other).right(tier)


@cache
def shown(examples: bool) -> Experiment:
    solved = (Solved("case-0", "This is case-0.", f'{{"answer": "{RIGHT}"}}'),)
    return Experiment(scenario(200), more=8, head={"examples": solved if examples else ()})


def exemplified(base: float, tier: Tier) -> float:
    """What an example makes of a success of `base`: the odds of failure change as they do here."""
    bare, with_one = (1.0 - shown(examples).right(tier) for examples in (False, True))
    factor = with_one / (1.0 - with_one) / (bare / (1.0 - bare))
    return 1.0 - with_odds(1.0 - base, factor)


@cache
def untold() -> Experiment:
    """A rule that nobody was told; luck is what a scenario's author gets by default."""
    return Experiment(scenario(10, rules=RULES[:1], traps=lambda _: [0], luck=0.1))


def _sixes(at: int) -> tuple[float, ...]:
    """FollowBench's mean of five models of 6 to 7 billion parameters, relative to one rule."""
    return ((49.5, 41.1, 32.8, 25.9)[at] / 58.8,)


ROWS = (
    Row(
        "many rules, all kept", "ManyIFEval 2025 (GPT-4o; Claude 3.5 Sonnet), n of 1",
        (
            Point("mid", "5 rules", (0.57 / 0.94,), partial(all_kept, 5)),
            Point("mid", "10 rules", (0.21 / 0.94,), partial(all_kept, 10)),
            Point("frontier", "10 rules", (0.48 / 0.95,), partial(all_kept, 10)),
        ),
        ("follow_decay",), "row",
    ),
    Row(
        "rules added one by one", "FollowBench 2024 (five 6-7B; GPT-4-1106), level of level 1",
        (
            *(Point("small", f"{n + 2} rules", _sixes(n), partial(all_kept, n + 2))
              for n in range(4)),
            *(Point("mid", f"{n} rules", (rate / 84.7,), partial(all_kept, n))
              for n, rate in zip((2, 3, 4, 5), (75.6, 70.8, 73.9, 61.9), strict=True)),
        ),
        ("follow_decay",), "row",
        note="small: no other source, so a point is left out",
    ),
    Row(
        "one rule among nineteen", "What Prompts Don't Say 2025 (GPT-4o), 19 of 1",
        (Point("mid", "19 rules", (85.0 / 98.7,), partial(one_kept, 19)),),
        ("follow_decay",), "row",
    ),
    Row(
        "rules at the end of the list", "IFScale 2025, share of errors in the last third",
        tuple(
            Point(tier, f"{n} rules", (ratio / (1.0 + ratio),), partial(late, n))
            for n, ratios in ((10, (1.5, 1.5, 0.7)), (20, (1.5, 2.0, 1.5)))
            for tier, ratio in zip(TIERS, ratios, strict=True)
        ),
        ("late_rule_odds",), "point",
        note="10 and 20 mixed rules stand for 50-90 and 100-200 keywords",
    ),
    Row(
        "bare prohibitions decay", "Gamage 2026 (Mistral Large 3), of the same rule as a 'do'",
        (
            Point("small", "5k tokens", (0.73,), partial(forbidden, 5)),
            Point("small", "16k tokens", (0.33,), partial(forbidden, 16)),
        ),
        ("negative_decay",), "point",
    ),
    Row(
        "contradictory instructions", "Control Illusion 2026, the intended one is obeyed",
        (
            Point("small", "conflict", (0.096, 0.101, 0.458), lambda t: conflict().right(t)),
            Point("mid", "conflict", (0.164, 0.408), lambda t: conflict().right(t)),
            Point("frontier", "conflict", (0.299,), lambda t: conflict().right(t)),
        ),
        ("conflict_pick",), "model",
        note="2024 models; Claude 3.5 Sonnet stands for frontier",
    ),
    Row(
        "tone", "Mind Your Tone 2025 (GPT-4o); Does Tone Change 2025 (small models, aggregated)",
        (
            Point("mid", "polite less rude", (-0.04,), partial(tone, POLITE, RUDE)),
            Point("small", "polite less rude", (0.0,), partial(tone, POLITE, RUDE)),
            Point("small", "polite less plain", (0.0,), partial(tone, POLITE, "")),
        ),
    ),
    Row(
        "one example", "CodePromptEval 2024 (GPT-4o), success from .471",
        (Point("mid", "an example", (0.575,), partial(exemplified, 0.471)),),
        ("example_odds",), "none",
    ),
    Row(
        "a rule that nobody was told", "What Prompts Don't Say 2025, met all the same",
        tuple(
            Point(tier, "untold", (0.411,), lambda t: untold().right(t))
            for tier in TIERS
        ),
        judged=True, note="a trap's luck is its author's; .1 by default, since traps are unusual",
    ),
)  # fmt: skip
