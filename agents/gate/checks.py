"""What is quick to find out about a scenario: checks, each of which gives findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from agents.gate.finding import Finding
from agents.gate.lint import learnable, needed, removable
from agents.gate.subject import Subject
from agents.gate.wording import in_other_words, read_as_meant
from scenarios.errors import quoted
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario
from scenarios.unbuilt import unbuilt as not_built
from simulator.carried import CLEAR, Carried
from simulator.interview import ASKED
from simulator.prose import MADE, compose, in_words, readings
from simulator.reading import read, read_question, read_sentences
from simulator.storage.store import Contested

SCENARIO = "scenario.yaml"


def told_clearly(subject: Subject) -> Iterator[Finding]:
    """Every rule of the expert's plan is told so that it is understood.

    Its voices are held to what they deliver: to word them until they are read as well as the
    expert would hide an unfair reader.
    """
    for rule in subject.rules.get("expert", ()):
        if rule.clear < CLEAR:
            says, mend = _unclear(rule)
            yield subject.files.finding(
                "told clearly", says, mend,
                file="plans/expert.yaml", path=("steps", rule.step, "instructions"),
            )  # fmt: skip


def _unclear(rule: Carried) -> tuple[str, str]:
    statement = rule.requirement.statement
    mend = "add an example of the archive that shows it, or give it to code."
    if rule.clear < 0.5 and not rule.words:
        return f'Nothing here tells the rule "{statement}"', f"Say it in the instructions, {mend}"
    words = f'"{" ".join(rule.words.split())}"' if rule.words else "What is read here"
    says = (
        f'{words} is to tell the rule "{statement}" It is understood so {100 * rule.clear:.1f} '
        f"times in a hundred; {100 * CLEAR:.0f} are wanted."
    )
    return says, f"Word it more plainly, {mend}"


def pointers(subject: Subject) -> Iterator[Finding]:
    """What a fact is `about` can be asked for, and does not tell the fact's rule."""
    for person in subject.scenario.stakeholders:
        for place, fact in enumerate(person.knows):
            if not fact.about:
                continue
            path = ("stakeholders", person.id, "knows", fact.id)
            asked = read_question(f"What can you tell me about {fact.about}?", person).facts
            if asked[place] < max(ASKED, *asked):
                says = f'Who asks about "{fact.about}" is not understood to ask for it.'
                mend = "Add such a question to `asked_by`."
                yield subject.files.finding("pointers", says, mend, file=SCENARIO, path=path)
            rule = subject.scenario.requirement.get(fact.requirement or "")
            if rule is not None and read(fact.about, rule).clear >= ASKED:
                says = f'"{fact.about}" gives the rule away.'
                mend = "Name the topic only."
                yield subject.files.finding("pointers", says, mend, file=SCENARIO, path=path)


def contested(subject: Subject) -> Iterator[Finding]:
    """Sentences that learners say were misread, and what is taken from them now."""
    for one in subject.contested:
        says = f'"{" ".join(one.sentence.split())}" was contested. {_taken(subject, one)}'
        yield Finding("contested", says, field=f"step {one.step}", fails=False)


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
                says = f'In {name}, "{text}" is {how} "{in_words(point)}" (p {clear:.2f}).'
                mend = "Add concepts to its wording, or say the points more differently."
                path = ("fields", point.name, "wording")
                yield subject.files.finding("read back", says, mend, file=SCENARIO, path=path)


def unbuilt(subject: Subject) -> Iterator[Finding]:
    """What the scenario or its plans use and the program cannot run yet."""
    parts: dict[str, Scenario | Plan] = {"scenario.yaml": subject.scenario}
    parts |= {f"plans/{name}.yaml": plan for name, plan in subject.plans.items()}
    for where, part in parts.items():
        found = {name: title for _, name, title in not_built(part)}
        for name, title in found.items():
            says = f"`{name}` cannot be run yet: it comes with {quoted(title)}."
            yield subject.files.finding("unbuilt", says, file=where, fails=False)


Check = Callable[[Subject], Iterator[Finding]]
CHECKS: Mapping[str, Check] = {
    "learnable": learnable, "needed": needed, "read as meant": read_as_meant,
    "in other words": in_other_words, "told clearly": told_clearly, "pointers": pointers,
    "read back": read_back, "removals": removable, "contested": contested, "unbuilt": unbuilt,
}  # fmt: skip
"""By name, in the order of the report."""


def check(subject: Subject, names: Sequence[str] = tuple(CHECKS)) -> list[Finding]:
    """All findings of these checks."""
    return [finding for name in names for finding in CHECKS[name](subject)]
