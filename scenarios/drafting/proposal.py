"""Fields, rules, strata, traps and lots that a table of work suggests: a start, to be corrected.

A rule is proposed where the simplest guess goes wrong in the same way in several cases. Who is not
told it answers as the guess does: that is the trap. The cases of a rule are a stratum, so that
every sample has some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.chance import uniform
from scenarios.drafting.cues import Cue, best_cue
from scenarios.drafting.guesses import Guess, best_guess, same
from scenarios.drafting.sheet import Answer, Sheet
from scenarios.language.values import as_text
from scenarios.model import Value
from scenarios.scenario import Lot

PLAIN = "plain"
_NO_GUESS = 0.4
"""A guess that is right in a smaller share is no guess that anybody would make."""
_FEWEST = 6
"""Cases of a stratum: two to draw from in each lot that counts, one solved, one to look at."""
_RULES = 9
"""More are too much for one job."""
_LARGEST = 24
"""Cases that a sample draws, at most."""
_TRAPPED = 0.6
"""The share of them that need a rule, at most: who expects a trap everywhere learns nothing."""
_SHARES: tuple[tuple[Lot, float], ...] = (("preview", 0.1), ("archive", 0.2), ("practice", 0.35))
"""Of each stratum; the rest is sealed."""


@dataclass(frozen=True)
class Rule:
    """One way in which the guess goes wrong: the answer that was right, and what tells it."""

    id: str
    field: str
    answer: str
    """The right answer, in words."""
    wrong: Value
    """What is commonly guessed."""
    cases: tuple[int, ...]
    cue: Cue | None

    @property
    def stratum(self) -> str:
        return self.id.replace("-", "_")


@dataclass(frozen=True)
class Proposal:
    """What is made of a table: what to deliver, its rules, and each case's place."""

    sheet: Sheet
    guesses: Mapping[str, Guess]
    rules: tuple[Rule, ...]
    unexplained: Mapping[str, int]
    """By field in how many cases the guess goes wrong and no rule is proposed."""
    strata: tuple[str, ...]
    lots: tuple[Lot, ...]
    sample: Mapping[str, int]

    def traps(self, case: int) -> list[tuple[Rule, Value]]:
        """The rules that a case needs, with what is answered by whoever was not told."""
        return [
            (rule, self.guesses[rule.field].values[case])
            for rule in self.rules
            if case in rule.cases
        ]


def propose(id_: str, sheet: Sheet) -> Proposal:
    """What a table suggests for the scenario `id_`; the same for the same table."""
    guesses = {answer.name: best_guess(sheet, answer) for answer in sheet.answers}
    found = [
        rule for answer in sheet.answers for rule in _rules(sheet, answer, guesses[answer.name])
    ]
    rules, strata = _settled(found, len(sheet.ids))
    explained = {
        answer.name: {case for rule in rules if rule.field == answer.name for case in rule.cases}
        for answer in sheet.answers
    }
    unexplained = {
        answer.name: len(answer.truths) - guesses[answer.name].right(answer.truths)
        - len(explained[answer.name])
        for answer in sheet.answers
    }  # fmt: skip
    lots = _lots(id_, sheet.ids, strata)
    return Proposal(sheet, guesses, tuple(rules), unexplained, strata, lots, _sample(strata, lots))


def _rules(sheet: Sheet, answer: Answer, guess: Guess) -> list[Rule]:
    if guess.right(answer.truths) < _NO_GUESS * len(answer.truths):
        return []
    ways: dict[str, list[int]] = {}
    for case, (truth, wrong) in enumerate(zip(answer.truths, guess.values, strict=True)):
        if not same(truth, wrong):
            ways.setdefault(_way(answer, truth, wrong), []).append(case)
    out = []
    for number, (way, cases) in enumerate(sorted(ways.items()), 1):
        wrongs = [guess.values[case] for case in cases]
        commonest = max(wrongs, key=wrongs.count)
        name = f"{answer.name.replace('_', '-')}-{number}"
        out.append(Rule(name, answer.name, way, commonest, tuple(cases), best_cue(sheet, cases)))
    return out


def _way(answer: Answer, truth: Value, wrong: Value) -> str:
    """The right answer, or how it differs from the guess where answers are all different."""
    if truth is None:
        return "left empty"
    if answer.kind == "boolean":
        return "true" if truth else "false"
    if answer.kind == "choice" or answer.few:
        return as_text(truth)
    if answer.kind in ("number", "money"):
        if truth == 0:
            return "0"
        if isinstance(wrong, int | float) and truth == -wrong:
            return "the same with a minus"
    return "something else"


def _settled(rules: Sequence[Rule], cases: int) -> tuple[list[Rule], tuple[str, ...]]:
    """The rules that have cases enough for a stratum of their own, and each case's stratum.

    A case that needs several rules counts for the rarest. Of too many rules the rarest go.
    """
    kept = sorted(rules, key=lambda rule: (-len(rule.cases), rule.id))[:_RULES]
    while True:
        strata = [PLAIN] * cases
        for rule in kept:
            for case in rule.cases:
                strata[case] = rule.stratum
        thin = [rule for rule in kept if strata.count(rule.stratum) < _FEWEST]
        if not thin:
            ids = [rule.id for rule in rules]
            return sorted(kept, key=lambda rule: ids.index(rule.id)), tuple(strata)
        kept.remove(thin[-1])


def _lots(id_: str, ids: Sequence[str], strata: Sequence[str]) -> tuple[Lot, ...]:
    """The lot of each case: of each stratum the same shares, by luck that hangs on the case."""
    lots: list[Lot] = ["sealed"] * len(ids)
    for stratum in dict.fromkeys(strata):
        mine = [case for case, name in enumerate(strata) if name == stratum]
        mine.sort(key=lambda case: uniform(f"lot|{id_}|{ids[case]}"))
        if len(mine) < _FEWEST:
            # Too few to be drawn from: they serve as solved cases.
            for case in mine:
                lots[case] = "archive"
            continue
        size = len(mine)
        for lot, share in _SHARES:
            count = max(1 if lot in ("preview", "archive") else 2, int(share * size))
            taken, mine = mine[:count], mine[count:]
            for case in taken:
                lots[case] = lot
    return tuple(lots)


def _sample(strata: Sequence[str], lots: Sequence[Lot]) -> dict[str, int]:
    """How many of each stratum a sample draws: half of what its smaller lot holds, at most."""
    names = sorted(set(strata), key=lambda name: (name != PLAIN, name))
    half = {
        name: min(
            sum(s == name and lot == drawn for s, lot in zip(strata, lots, strict=True))
            for drawn in ("practice", "sealed")
        ) // 2
        for name in names
    }  # fmt: skip
    traps = {name: count for name, count in half.items() if name != PLAIN and count}
    scale = min(1.0, _TRAPPED * _LARGEST / max(1, sum(traps.values())))
    out = {name: max(1, int(count * scale)) for name, count in traps.items()}
    plain = min(half.get(PLAIN, 0), max(1, _LARGEST - sum(out.values())))
    return {PLAIN: plain, **out} if plain else out
