"""What `intern check` looks at: a list of checks, each of which gives findings for the author."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scenarios.errors import InputError, quoted
from scenarios.loading import SCENARIO_FILE, library, load_cast, load_scenario
from scenarios.persona import Persona
from scenarios.plan import Plan
from scenarios.plan_file import load_plan
from scenarios.removals import load_removals, without
from scenarios.scenario import Scenario
from scenarios.source import is_file, read_text
from scenarios.unbuilt import unbuilt as not_built
from simulator.carried import CLEAR, Carried, carried
from simulator.interview import ASKED
from simulator.prose import MADE, compose, in_words, readings
from simulator.reading import read, read_question, read_sentences
from simulator.store import Contested

BESIDE = ("removals", "bands")
"""Files in the folder of plans that are no plans."""


@dataclass(frozen=True)
class Finding:
    """One thing for the author. Where `fails` is false it is to be looked at, and no fault yet."""

    check: str
    where: str
    says: str
    fails: bool = True


@dataclass(frozen=True)
class Subject:
    """A scenario's folder, loaded, with its reference plans and what learners contested."""

    folder: Path
    scenario: Scenario
    plans: Mapping[str, Plan]
    cast: Mapping[str, Persona]
    contested: Sequence[Contested] = ()

    @cached_property
    def rules(self) -> Mapping[str, tuple[Carried, ...]]:
        """How clearly each plan's steps are told what they decide by."""
        return {
            name: tuple(carried(self.scenario, plan, self.cast))
            for name, plan in self.plans.items()
        }


def folders(name_or_path: str) -> list[Path]:
    """The scenario folders that are meant: one, by id or path, or all in a folder of scenarios.

    Raises InputError where there is none.
    """
    if name_or_path in library():
        return [library()[name_or_path].parent]
    path = Path(name_or_path)
    path = path.parent if path.name == SCENARIO_FILE else path
    if is_file(path / SCENARIO_FILE):
        return [path]
    inside = sorted(file.parent for file in path.glob(f"*/{SCENARIO_FILE}"))
    if not inside:
        raise InputError(
            f"there is no scenario at {quoted(name_or_path)}",
            mend=f"name the folder of a {SCENARIO_FILE}, or one of: {', '.join(library())}",
        )
    return inside


def load(folder: Path, contested: Callable[[str], Sequence[Contested]]) -> Subject:
    """Everything in a scenario's folder; `contested` gives what was contested in a scenario.

    Raises InputError for the first thing that is not as it should be.
    """
    scenario, cast = load_scenario(folder), load_cast()
    plans = {}
    for file in sorted((folder / "plans").glob("*.yaml")):
        if file.stem not in BESIDE:
            plans[file.stem] = load_plan(file, lambda _: scenario, cast, to_run=False).plan
    removals = folder / "plans" / "removals.yaml"
    if is_file(removals):
        found = load_removals(removals)
        text = read_text(removals.parent / f"{found.plan}.yaml")
        for removal in found.removals:
            without(text, removal, file=str(removals))
    return Subject(folder, scenario, plans, cast, contested(scenario.id))


def told_clearly(subject: Subject) -> Iterator[Finding]:
    """Every rule of an expert's plan, in any voice, is told so that it is understood."""
    for name, rules in subject.rules.items():
        if name != "expert" and not name.startswith("expert-"):
            continue
        for rule in rules:
            if rule.clear < CLEAR:
                where = f"plans/{name}.yaml, step {rule.step}"
                yield Finding("told clearly", where, _unclear(rule))


def _unclear(rule: Carried) -> str:
    statement = rule.requirement.statement
    mend = "add an example of the archive that shows it, or give it to code"
    if rule.clear < 0.5 and not rule.words:
        return f'Nothing here tells the rule "{statement}" Say it in the instructions, {mend}.'
    words = f'"{" ".join(rule.words.split())}"' if rule.words else "What is read here"
    return (
        f'{words} is to tell the rule "{statement}" It is understood so {100 * rule.clear:.1f} '
        f"times in a hundred; {100 * CLEAR:.0f} are wanted. Word it more plainly, {mend}."
    )


def pointers(subject: Subject) -> Iterator[Finding]:
    """What a fact is `about` can be asked for, and does not tell the fact's rule."""
    for person in subject.scenario.stakeholders:
        for place, fact in enumerate(person.knows):
            if not fact.about:
                continue
            where = f"{person.id}, fact {fact.id}"
            asked = read_question(f"What can you tell me about {fact.about}?", person).facts
            if asked[place] < max(ASKED, *asked):
                says = f'Who asks about "{fact.about}" is not understood to ask for it. '
                yield Finding("pointers", where, says + "Add such a question to `asked_by`.")
            rule = subject.scenario.requirement.get(fact.requirement or "")
            if rule is not None and read(fact.about, rule).clear >= ASKED:
                says = f'"{fact.about}" gives the rule away. Name the topic only.'
                yield Finding("pointers", where, says)


def contested(subject: Subject) -> Iterator[Finding]:
    """Sentences that learners say were misread, and what is taken from them now."""
    for one in subject.contested:
        says = f'"{" ".join(one.sentence.split())}" was contested. {_taken(subject, one)}'
        yield Finding("contested", f"step {one.step}", says, fails=False)


def _taken(subject: Subject, one: Contested) -> str:
    rules = subject.scenario.requirements
    best = max(
        (
            (1.0 - reading.absent, rule, reading)
            for sentence in read_sentences(one.sentence, rules)
            for rule, reading in zip(rules, sentence.readings, strict=True)
        ),
        key=lambda found: found[0], default=None,
    )  # fmt: skip
    if best is None or best[0] < ASKED:
        return "No rule is taken from it."
    _, rule, reading = best
    return (
        f'It is taken to be about "{rule.statement}": clear {reading.clear:.0%}, vague '
        f"{reading.vague:.0%}, the opposite {reading.contradicted:.0%}."
    )


def read_back(subject: Subject) -> Iterator[Finding]:
    """Prose that makes one point, or all of them, is read as making just these."""
    for name, points in subject.scenario.points.items():
        names = tuple(point.name for point in points)
        for wanted in dict.fromkeys([*((one,) for one in names), names]):
            text = compose(points, wanted) or ""
            for point, found in zip(points, readings(text, points), strict=True):
                clear = found.clear
                if (clear >= MADE) == (point.name in wanted):
                    continue
                how = "not read as saying" if point.name in wanted else "read as saying too"
                says = (
                    f'"{text}" is {how} "{in_words(point)}" (p {clear:.2f}). Add concepts to its '
                    "wording, or say the points more differently."
                )
                yield Finding("prose", f"{name}, {point.name}", says)


def unbuilt(subject: Subject) -> Iterator[Finding]:
    """What the scenario or its plans use and the program cannot run yet."""
    parts: dict[str, Scenario | Plan] = {"scenario.yaml": subject.scenario}
    parts |= {f"plans/{name}.yaml": plan for name, plan in subject.plans.items()}
    for where, part in parts.items():
        found = {name: title for _, name, title in not_built(part)}
        for name, title in found.items():
            says = f"`{name}` cannot be run yet: it comes with {quoted(title)}."
            yield Finding("unbuilt", where, says, fails=False)


Check = Callable[[Subject], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (told_clearly, pointers, contested, read_back, unbuilt)
"""In the order of the report: what is quick to find comes first."""


def check(subject: Subject, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """All findings of all checks."""
    return [finding for one in checks for finding in one(subject)]
