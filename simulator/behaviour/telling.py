"""What a call tells its intern about a requirement, and how the intern takes it on a given day."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from scenarios.persona import Persona
from scenarios.scenario import Field, Requirement, Scenario
from simulator.draws import Draws
from simulator.order import Head, Paper, Solved, tokens_in
from simulator.parameters import Figures, figures_of, with_odds
from simulator.reading import Reading, count_rules, habits
from simulator.text_reader import TextReader

Verdict = Literal["clear", "vague", "contradicted", "conflict", "buried", "distracted", "absent"]
_BARE_NEGATIVE = re.compile(
    r"^\W*(?:do not|don't|never|no)\b(?!.*\b(?:instead|but|rather)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One requirement as one source puts it: chances of each way of taking it.

    `found` and `undistracted` lie under `clear`: a rule in a long paper can be read and lost.
    """

    source: str
    clear: float
    vague: float = 0.0
    contradicted: float = 0.0
    found: float = 1.0
    undistracted: float = 1.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement in a call: all that tells it, and how likely it is to be lost once understood.

    `fails_alone` is the chance that it is not followed on a record if it were the only rule;
    `fails` is that chance under the load of the call.
    """

    index: int
    requirement: Requirement
    tellings: tuple[Telling, ...]
    fails_alone: float
    fails: float

    @property
    def words(self) -> str:
        return next((t.words for t in self.tellings if t.words), "")


def understood(rule: Rule, draws: Draws, who: str) -> Verdict:
    """How an intern takes a rule in one trial: the same for every record, vote and redo."""
    seen: set[Verdict] = set()
    for telling in rule.tellings:
        u = draws(f"understand:{telling.source}", about=rule.index, who=who)
        if u < telling.clear:
            reached = telling.clear * telling.found
            if u < reached * telling.undistracted:
                seen.add("clear")
            else:
                seen.add("distracted" if u < reached else "buried")
        elif u < telling.clear + telling.vague:
            seen.add("vague")
        elif u < telling.clear + telling.vague + telling.contradicted:
            seen.add("contradicted")
    if "contradicted" in seen:
        return "conflict" if "clear" in seen else "contradicted"
    order: tuple[Verdict, ...] = ("clear", "vague", "distracted", "buried")
    return next((verdict for verdict in order if verdict in seen), "absent")


def load(scenario: Scenario, head: Head) -> int:
    """How many rules a call tells its intern, in instructions and papers."""

    def told(paper: Paper) -> int:
        document = scenario.document.get(paper.id)
        states = document.states if document else ()
        stated = sum(_quoted(scenario, paper, name) >= 0 for name in states)
        return max(stated, count_rules(paper.text, orders_only=True))

    return count_rules(head.instructions) + count_rules(answers(head)) + sum(map(told, head.papers))


def answers(head: Head) -> str:
    """What was answered to questions, as one text."""
    return "\n".join(said.answer for said in head.said if said.answer)


class Reader:
    """Reads one call's head for the fields it decides: its rules, and the habits it asks for.

    All that is asked of the `texts` reader is asked at once.
    """

    def __init__(
        self, scenario: Scenario, persona: Persona, head: Head, fields: Collection[str],
        texts: TextReader,
    ) -> None:  # fmt: skip
        self.scenario = scenario
        self.head = head
        self.figures: Figures = figures_of(persona)
        self.load = load(scenario, head)
        self.context = sum(tokens_in(paper.text) for paper in head.papers) / 1000
        """Thousand tokens of papers; other records are not context (model.md)."""
        governing = [one for one in scenario.requirements if one.governs in fields]
        found = texts.read(head.instructions, (*governing, *habits().values()))
        told = answers(head)
        again = texts.read(told, governing) if told else ()
        self._answers = dict(zip((one.id for one in governing), again, strict=bool(told)))
        its = len(governing)
        self._readings = dict(zip((one.id for one in governing), found[:its], strict=True))
        self._habits = dict(zip(habits(), found[its:], strict=True))

    def habit(self, name: str) -> bool:
        """Whether the instructions ask for a habit. Raises KeyError for an unknown name."""
        return self._habits[name].clear >= 0.5

    def rules(self, field: Field) -> tuple[Rule, ...]:
        """The requirements that govern `field`, as this call tells them."""
        return tuple(
            self._rule(index, requirement)
            for index, requirement in enumerate(self.scenario.requirements)
            if requirement.governs == field.name
        )

    def distraction(self, stated: Mapping[str, bool]) -> float:
        """The chance that papers without use for the call lead a decision astray [3].

        `stated` says of each paper's id whether it states a rule that the call needs.
        """
        weight = 0.0
        for paper in self.head.papers:
            if not stated.get(paper.id, False):
                document = self.scenario.document.get(paper.id)
                weight += self.figures.off_topic if document is None or document.noise else 1.0
        return self._loss(weight)

    def length_loss(self, field: Field) -> float:
        """The chance that the papers' length alone makes one fail."""
        return length_loss(self.figures, field, self.context)

    def _loss(self, distractors: float) -> float:
        return distracted(self.figures, distractors, ignore=self.habit("ignore-irrelevant"))

    def _rule(self, index: int, requirement: Requirement) -> Rule:
        f = self.figures
        tellings: list[Telling] = []
        reading: Reading = self._readings[requirement.id]
        if reading.absent < 1.0:
            tellings.append(
                Telling(
                    "instructions", reading.clear, reading.vague, reading.contradicted,
                    words=reading.words,
                )
            )  # fmt: skip
        if requirement.id in self._answers:
            # In pieces it is worth less than in instructions that were written whole [6].
            answer, whole = self._answers[requirement.id], f.in_pieces
            tellings.append(
                Telling(
                    "answers", answer.clear * whole, answer.vague, answer.contradicted,
                    words=answer.words,
                )
            )  # fmt: skip
        for paper in self.head.papers:
            telling = self._stated(paper, requirement)
            if telling is not None:
                tellings.append(telling)
        shown = False
        for solved in self.head.examples:
            if self._shows(solved, requirement):
                shown = True
                tellings.append(Telling(f"example:{solved.record}", f.example_shows))
        alone, loaded = self._lost(reading.words)
        if shown:
            alone, loaded = with_odds(alone, f.example_odds), with_odds(loaded, f.example_odds)
        return Rule(index, requirement, tuple(tellings), alone, loaded)

    def _shows(self, solved: Solved, requirement: Requirement) -> bool:
        """Whether an example, or a row of it, is one where the requirement makes the difference.

        An answer that is wrong shows no rule.
        """
        members = self.scenario.members.get(solved.record, ())
        records = [self.scenario.record[name] for name in members]
        return any(
            trap.needs == requirement.id
            for record in records
            if not record.label
            for trap in record.traps
        )

    def _lost(self, words: str) -> tuple[float, float]:
        f = self.figures
        keeps = f.follow_alone
        if words and _BARE_NEGATIVE.match(words):
            keeps *= f.bare_negative * math.exp(-f.negative_decay * self.context)
        alone = 1.0 - keeps
        loaded = 1.0 - keeps * math.exp(-f.follow_decay * max(0, self.load - 1))
        text = self.head.instructions
        if words and self.load >= 3:
            # The curve is the mean of all places: the others are spared what the last third bears.
            late = f.late_rule_odds if text.find(words) > len(text) * 2 / 3 else 1.0
            loaded = with_odds(loaded, late * 3.0 / (2.0 + f.late_rule_odds))
        return alone, max(alone, loaded)

    def _stated(self, paper: Paper, requirement: Requirement) -> Telling | None:
        at = _quoted(self.scenario, paper, requirement.id)
        if at < 0:
            return None
        text = " ".join(paper.text.split())
        f = self.figures
        x = at / max(1, len(text))
        peak = f.position_m + f.position_a + f.position_b * math.exp(-1 / 0.15)
        here = (
            f.position_m + f.position_a * math.exp(-x / 0.08)
            + f.position_b * math.exp(-(1 - x) / 0.15)
        )  # fmt: skip
        # Position was measured in contexts of about four thousand tokens; short papers have none.
        found = 1.0 - (1.0 - min(1.0, here / peak)) * min(1.0, self.context / 4.0)
        others = len(self.head.papers) - 1
        return Telling(
            f"document:{paper.id}", f.document_states, found=found,
            undistracted=1.0 - self._loss(others),
        )  # fmt: skip


def length_loss(f: Figures, field: Field, context: float) -> float:
    """The chance that so many thousand tokens alone make one fail: most in inference [2]."""
    if field.work in ("judge", "compare"):
        half, steepness = f.length_l50, f.length_h
    elif field.work == "read":
        half, steepness = f.look_up_l50, f.look_up_h
    else:
        return 0.0
    return 1.0 - 1.0 / (1.0 + math.pow(context / half, steepness))


def distracted(f: Figures, distractors: float, *, ignore: bool) -> float:
    """The chance that so many useless papers lead a decision astray [3].

    `ignore`: whether the intern is told to ignore what is irrelevant.
    """
    loss = f.distractor_loss * (1.0 - math.exp(-distractors / f.distractor_k0))
    return loss * f.ignore_loss if ignore else loss


def _quoted(scenario: Scenario, paper: Paper, requirement: str) -> int:
    """Where in a paper a requirement is stated; -1 where it is not."""
    document = scenario.document.get(paper.id)
    quote = document.states.get(requirement) if document else None
    return " ".join(paper.text.split()).find(" ".join(quote.split())) if quote else -1
