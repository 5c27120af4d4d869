"""Bands: what each reference plan comes to, proposed from a run and held against it later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import Literal

from agents.gate.bench import Bench
from agents.gate.finding import Finding
from agents.gate.subject import Subject
from agents.gate.voices import VOICES
from agents.session import Session
from scenarios.bands import FIGURES, TRIED, Band, Bands, Figure, Tried, Usual, load_bands
from scenarios.plans.plan import Plan
from simulator.debriefing.debrief import WHY
from simulator.scoring import statistics
from simulator.scoring.evaluation import Evaluation

FILE = "plans/bands.yaml"
ANEW = "propose the bands anew (intern check --accept) and sign them."
WIDE = 3.9
"""Standard errors from the value to the ends of its band.

Two runs with seeds of their own then differ by more than that once in 170 times (normal, 3.9 over
the root of two).
"""
_DECIMALS = 1000
_NAMES = {"reliability": "reliability", "wrong_records": "wrong records", "loss": "loss"}


def value(evaluation: Evaluation, figure: Figure) -> float:
    """A figure of a plan: the share of trials accepted, or a mean a trial."""
    found = evaluation.reliability if figure == "reliability" else evaluation.mean(figure)
    assert found is not None
    return found.mean


def reach(evaluation: Evaluation, figure: Figure) -> tuple[float, float]:
    """How far below and above the value a band begins and ends, at least.

    3.9 standard errors, clustered by sample; for reliability Wilson's interval stretched alike
    where that is more, so that what never happened in these trials may happen once in others.
    """
    samples = evaluation.by_sample
    t = statistics.t_quantile(0.975, len(samples) - 1)
    metric = "accepted" if figure == "reliability" else figure
    mean, _, high = statistics.mean_interval(
        [[float(getattr(trial, metric)) for trial in sample] for sample in samples]
    )
    assert high is not None
    below = above = WIDE * (high - mean) / t
    rate = evaluation.reliability
    if figure == "reliability" and rate and rate.low is not None and rate.high is not None:
        below = max(below, WIDE * (rate.mean - rate.low) / t)
        above = max(above, WIDE * (rate.high - rate.mean) / t)
    return below, above


def proposed(evaluation: Evaluation, other: Evaluation, figure: Figure) -> Band:
    """The band of a figure from one run, wide enough for another with a seed of its own."""
    was, again = value(evaluation, figure), value(other, figure)
    below, above = reach(evaluation, figure)
    low = max(0.0, floor(min(was - below, again) * _DECIMALS) / _DECIMALS)
    high = ceil(max(was + above, again) * _DECIMALS) / _DECIMALS
    if figure == "reliability":
        high = min(1.0, high)
    return Band(low=low, was=statistics.six(was), high=high)


def judged(subject: Subject, bands: Bands | None, name: str, lot: Tried, bench: Bench,
           ) -> Iterator[Finding]:  # fmt: skip
    """What is wrong with the bands of one plan on one lot; nothing where they hold."""
    path: tuple[str, ...] = ("plans", name, lot)
    kept = bands.plans.get(name, {}).get(lot, {}) if bands else {}
    evaluation: Evaluation | None = None
    for figure in FIGURES:
        band = kept.get(figure)
        if band is None:
            says = f"There is no band for the {_NAMES[figure]} of plan '{name}' on {lot} records."
            mend = f"Run the trials and {ANEW}"
            yield subject.files.finding("band", says, mend, file=FILE, path=path)
            return
        evaluation = evaluation or bench.run(subject.plans[name])
        now = value(evaluation, figure)
        here = (*path, figure)
        if not band.holds(now):
            says = (
                f"On {lot} records plan '{name}' comes to {_said(now, figure)}; the band is "
                f"{_said(band.low, figure)} to {_said(band.high, figure)}, and it was "
                f"{_said(band.was, figure)}. {cause(evaluation, bench)}"
            )
            mend = f"Mend the plan, or what changed; if this is as it should be, {ANEW}"
            yield subject.files.finding("band", says, mend, file=FILE, path=here)
        elif statistics.six(now) == statistics.six(band.was) and narrow(evaluation, band, figure):
            says = f"The band is narrower than {WIDE} standard errors: luck alone would break it."
            mend = f"Do not type bands in: {ANEW}"
            yield subject.files.finding("band", says, mend, file=FILE, path=here)


def narrow(evaluation: Evaluation, band: Band, figure: Figure) -> bool:
    """Whether a band ends nearer to what these trials come to than luck alone may lead."""
    now, (below, above) = value(evaluation, figure), reach(evaluation, figure)
    top = min(1.0, now + above) if figure == "reliability" else now + above
    return band.low > max(0.0, now - below) or band.high < top


def _said(number: float, figure: Figure) -> str:
    if figure == "reliability":
        return f"{100 * number:.1f} % accepted"
    return f"{number:,.2f} {'wrong records a trial' if figure == 'wrong_records' else 'lost'}"


def cause(evaluation: Evaluation, bench: Bench) -> str:
    """What costs a plan most, in plain words: the rule, where it fails, and one hard record."""
    key = next(iter(evaluation.blame), None)
    if key is None:
        return "Nothing goes wrong in it."
    _, records = evaluation.blame[key]
    rule = bench.scenario.requirement.get(key.requirement or "")
    what = f'the rule "{rule.statement}"' if rule else f"`{key.field or key.result}`"
    shown = Session(bench.scenario, evaluation.plan, bench.cast).show(evaluation).exhibit
    hard = f" Record {shown.record} is one where it does." if shown else ""
    return (
        f"What costs most is {what} at step '{key.step}' ({WHY[key.cause]}): it spoils "
        f"{records:.2f} records a trial.{hard}"
    )


def signature(subject: Subject, bands: Bands | None) -> Iterator[Finding]:
    """Bands that nobody has signed yet, or that are about plans that are no more."""
    if bands is None:
        return
    if not (bands.signed or "").strip():
        says = "Nobody has signed these bands: they are proposed, and not yet promised."
        mend = "Read them; where each is what its plan is there to show, write your name."
        yield subject.files.finding(
            "signed", says, mend, file=FILE, path=("signed",), fails=False
        )  # fmt: skip
    for name in bands.plans:
        if name not in subject.plans:
            says = f"There is no plan '{name}'."
            mend = "Delete its bands, or write the plan."
            yield subject.files.finding("signed", says, mend, file=FILE, path=("plans", name))


def promised(subject: Subject, name: str, bench: Bench) -> Iterator[Finding]:
    """What every scenario promises of its first and last plans, on every lot."""
    file, medals = f"plans/{name}.yaml", subject.scenario.medals
    for lot in TRIED:
        evaluation = bench.on(lot, seed=bench.seed, trials=bench.trials).run(subject.plans[name])
        rate = value(evaluation, "reliability")
        said = f"Plan '{name}' is accepted in {100 * rate:.1f} % of trials on {lot} records"
        if name != "expert" and rate >= medals.bronze:
            says = f"{said}, which earns a medal: whoever tells nothing must fail."
            mend = "Give the records traps that need rules, or ask for more under `accept`."
            yield subject.files.finding("promise", says, mend, file=file)
        if name == "expert" and rate < medals.gold:
            says = f"{said}; gold takes {100 * medals.gold:.0f} %. {cause(evaluation, bench)}"
            mend = "Mend the plan there, or ask for less under `accept` or `medals`."
            yield subject.files.finding("promise", says, mend, file=file)
        if name == "expert":
            yield from _within_budget(subject, evaluation, lot)


def _within_budget(subject: Subject, evaluation: Evaluation, lot: Tried) -> Iterator[Finding]:
    budget = subject.scenario.budget
    kinds: tuple[tuple[Literal["money", "minutes", "your_minutes"], str], ...] = (
        ("money", "cost"), ("minutes", "minutes"), ("your_minutes", "your_minutes"),
    )  # fmt: skip
    for key, metric in kinds:
        spent, most = evaluation.mean(metric), getattr(budget, key)
        if spent is not None and spent.mean > most:
            says = f"Plan 'expert' uses {spent.mean:.2f} of the {most:g} `{key}` on {lot} records."
            mend = "Make the plan cheaper, or the budget larger."
            yield subject.files.finding(
                "promise", says, mend, file="scenario.yaml", path=("budget", key)
            )  # fmt: skip


def accept(
    subject: Subject, bench: Bench, begin: Callable[[int], None] = lambda _number: None
) -> tuple[Bands, tuple[str, ...]]:
    """The bands of every plan: kept where they hold, else proposed; and which are new.

    `bench` has the trials and the seed that a first proposal is made from; bands that are there
    keep their own; `begin` is told the number of each plan. Whoever signed has not seen what is
    new, so that the signature goes.
    """
    found = load_bands(subject.folder)
    old = found[0] if found else Bands(trials=bench.trials, seed=bench.seed)
    kept: dict[str, dict[Tried, dict[Figure, Band]]] = {}
    usual: dict[str, dict[Tried, Usual]] = {}
    new: list[str] = []
    for number, (name, plan) in enumerate(subject.plans.items()):
        begin(number)
        kept[name] = {}
        for lot in TRIED:
            here = bench.on(lot, seed=old.seed, trials=old.trials)
            if list(judged(subject, old, name, lot, here)):
                kept[name][lot] = _proposals(plan, lot, here)
                new.append(f"{name}, {lot}")
            else:
                kept[name][lot] = dict(old.plans[name][lot])
            if name not in VOICES:
                usual.setdefault(name, {})[lot] = measured(here.run(plan))
    changed = new or kept.keys() != old.plans.keys()
    made = Bands(
        trials=old.trials, seed=old.seed, plans=kept, signed=None if changed else old.signed,
        usual=usual,
    )  # fmt: skip
    return made, tuple(new)


def measured(evaluation: Evaluation) -> Usual:
    """What a plan comes to, for attempts to be compared with."""
    rate = evaluation.reliability
    means = {name: evaluation.mean(name) for name in ("cost", "minutes", "your_minutes")}
    assert rate is not None
    return Usual(
        reliability=statistics.six(rate.mean),
        wrong={name: statistics.six(share) for name, share in evaluation.wrong_shares.items()},
        **{name: statistics.six(mean.mean) for name, mean in means.items() if mean is not None},
    )


def _proposals(plan: Plan, lot: Tried, bench: Bench) -> dict[Figure, Band]:
    other = bench.on(lot, seed=bench.seed + 1, trials=bench.trials).run(plan)
    return {figure: proposed(bench.run(plan), other, figure) for figure in FIGURES}
