"""What would improve a scenario most: not what is wrong with it, but what is worth doing next.

Each suggestion is worth so much, and the most worthwhile come first. What stops a learner (a brief
that is not there) is worth more than what keeps a scenario from being fair (a rule that is hardly
ever needed), and that more than what makes it good (voices, papers that lead astray).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from agents.gate.finding import Finding
from agents.gate.subject import Subject
from agents.gate.voices import VOICES
from scenarios.bands import TRIED, load_bands
from scenarios.files.source import is_file, read_text
from scenarios.scenario import Requirement, Scenario

SCENARIO = "scenario.yaml"
_TODO = "TODO"
_SAID = 5
"""Ways to say a rule, of which the reader learns others (design: reader.md)."""
_MISSED = 2
"""Ways to say it vaguely, and ways to say the opposite: what tells apart."""
_LIVE = 2
"""Times that a sample needs a rule, on the average, for it to show in the figures."""
_RULES = range(5, 10)
"""Rules of a job: fewer teach little, more are a burden."""
_PAPERS = 2
"""Papers of no use: without them all of the cabinet goes into the prompt."""

_REMOVALS = "plans/removals.yaml"

_Worth = tuple[int, Finding]


def suggestions(subject: Subject) -> list[Finding]:
    """What to do next, the most worthwhile first; none of it fails."""
    found = [item for ask in _ASKED for item in ask(subject)]
    return [finding for _, finding in sorted(found, key=lambda item: -item[0])]


def _suggest(
    subject: Subject, says: str, mend: str, file: str = SCENARIO, path: tuple[str, ...] = ()
) -> Finding:
    return subject.files.finding("suggest", says, mend, file=file, path=path, fails=False)


def _unwritten(subject: Subject) -> Iterator[_Worth]:
    """What the scaffold left to the author."""
    scenario = subject.scenario
    if _TODO in scenario.brief:
        says = "The brief is not written: it is what everybody reads first."
        mend = "Say what the job is, why it matters and what went wrong, and no rule."
        yield 100, _suggest(subject, says, mend, path=("brief",))
    for rule in scenario.requirements:
        if _TODO in rule.statement:
            says = f"The rule `{rule.id}` is not written."
            mend = "Say it in one sentence, then put it in your own words under `said`."
            yield 90, _suggest(subject, says, mend, path=("requirements", rule.id))
    files = [SCENARIO, *(f"plans/{name}.yaml" for name in subject.plans)]
    for file in files:
        lines = read_text(subject.folder / file).split("\n")
        left = sum(_TODO in line for line in lines)
        if left and not (file == SCENARIO and _TODO in scenario.brief and left == 1):
            says = f"{_TODO} stands in {left} of its lines, for what only you can know."
            yield 30, _suggest(subject, says, "Write what each asks for.", file)


def _rules(subject: Subject) -> Iterator[_Worth]:
    """Whether there is enough to find out, and each rule can be told in many ways."""
    rules = subject.scenario.requirements
    if len(rules) not in _RULES:
        says = f"There are {len(rules)} rules; {_RULES[0]} to {_RULES[-1]} make a good job."
        few = len(rules) < _RULES[0]
        mend = (
            "Ask somebody who does this work where newcomers go wrong: each answer is a rule."
            if few else "Leave out those that few records need."
        )  # fmt: skip
        yield 60 if few else 35, _suggest(subject, says, mend, path=("requirements",))
    for rule in rules:
        yield from _worded(subject, rule)


def _worded(subject: Subject, rule: Requirement) -> Iterator[_Worth]:
    path = ("requirements", rule.id)
    if len(rule.said) < _SAID:
        says = f"There are {len(rule.said)} ways to say the rule `{rule.id}`."
        mend = f"Write {_SAID}, each as another person would say it."
        yield 55, _suggest(subject, says, mend, path=(*path, "said"))
    for name, texts in (("vague", rule.vague), ("contradicted", rule.contradicted)):
        if len(texts) < _MISSED:
            says = f"There are {len(texts)} ways to say `{rule.id}` that are {name}."
            mend = f"Write {_MISSED} or more: they keep what is near the rule from counting as it."
            yield 45, _suggest(subject, says, mend, path=(*path, name))
    if not rule.concepts:
        says = f"The rule `{rule.id}` has no `concepts`, which help the reader most."
        mend = "List the groups of words of which one each must meet in a clause that tells it."
        yield 58, _suggest(subject, says, mend, path=path)


def _needed(subject: Subject) -> Iterator[_Worth]:
    """Whether each rule is needed often enough to show."""
    scenario = subject.scenario
    for rule in scenario.requirements:
        often = min(_expected(scenario, rule, lot) for lot in TRIED)
        if 0 < often < _LIVE:
            says = f"A sample needs the rule `{rule.id}` {often:.1f} times: it hardly shows."
            mend = "Give it more records, in every lot, and let samples draw more of them."
            yield 40, _suggest(subject, says, mend, path=("records", "sample"))


def _expected(scenario: Scenario, rule: Requirement, lot: str) -> float:
    """How many traps of a rule a sample of a lot has, on the average."""
    records = [record for name, found in scenario.lots.items() if name == lot for record in found]
    # Of rows that are to be found, what is drawn is the record in which they stand.
    sheets = Counter({record.source or record.id: record.stratum for record in records}.values())
    return sum(
        scenario.records.sample.get(record.stratum, 0) / sheets[record.stratum]
        for record in records
        if any(trap.needs == rule.id for trap in record.traps)
    )


def _asked_for(subject: Subject) -> Iterator[_Worth]:
    """Whether a learner's result can be taken for each step on the way."""
    for field in subject.scenario.fields:
        if field.hidden and not field.known_as and field.formula is None:
            says = (
                f"Nobody can ask for the hidden field `{field.name}`: nothing says how it is put."
            )
            mend = f"Write {_SAID} ways to describe it under `known_as`."
            yield 57, _suggest(subject, says, mend, path=("fields", field.name))


def _found_out(subject: Subject) -> Iterator[_Worth]:
    """Whether finding out takes reading and asking, and not only pasting everything."""
    scenario = subject.scenario
    asked = {fact.requirement for person in scenario.stakeholders for fact in person.knows}
    stated = {id_ for document in scenario.documents for id_ in document.states}
    if scenario.requirements and not asked - stated - {None}:
        says = "Nobody has to be asked: every rule stands on paper."
        mend = "Take a rule out of the papers, and let a person tell it."
        yield 50, _suggest(subject, says, mend, path=("stakeholders",))
    if sum(document.noise for document in scenario.documents) < _PAPERS:
        says = "Nearly all papers are useful, so that nobody has to choose."
        mend = f"Add {_PAPERS} that only look useful (`noise: true`)."
        yield 28, _suggest(subject, says, mend, path=("documents",))
    for person in scenario.stakeholders:
        for fact in person.knows:
            if fact.requirement and fact.unlock == "open" and not fact.concepts:
                says = f"What {person.name} knows of `{fact.id}` has no `concepts`."
                mend = "Add the words that a question must have, so that it is recognised."
                path = ("stakeholders", person.id, "knows", fact.id)
                yield 25, _suggest(subject, says, mend, path=path)


def _tried(subject: Subject) -> Iterator[_Worth]:
    """What makes its figures something to rely on."""
    for name, why in (("naive", "has to fail"), ("expert", "has to earn gold")):
        if name not in subject.plans:
            says = f"There is no plan '{name}', which {why}."
            yield 80, _suggest(subject, says, f"Write plans/{name}.yaml.", f"plans/{name}.yaml")
    missing = [name for name in VOICES if name not in subject.plans]
    if missing:
        says = f"The expert's plan is there in {len(VOICES) - len(missing)} of {len(VOICES)} voices"
        says += ", so that nobody knows whether it is style that is rewarded."
        mend = f"Write {', '.join(missing)} without looking at the exemplars."
        yield 32, _suggest(subject, says, mend, "plans")
    if not is_file(subject.folder / _REMOVALS) and subject.scenario.requirements:
        says = "Nobody knows whether each rule matters."
        mend = "List in plans/removals.yaml the words of the expert's plan that carry each."
        yield 26, _suggest(subject, says, mend, _REMOVALS)
    if load_bands(subject.folder) is None:
        says = "There are no bands: a change that spoils a plan goes unnoticed."
        yield 20, _suggest(subject, says, "Run intern check --accept, read them and sign.", "plans")


_ASKED: tuple[Callable[[Subject], Iterator[_Worth]], ...] = (
    _unwritten, _rules, _needed, _asked_for, _found_out, _tried,
)  # fmt: skip
