"""What a call asks of an intern: the decisions it takes to answer, said and unsaid, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.persona import Persona
from scenarios.rows import decides
from scenarios.scenario import Field, Scenario
from simulator.behaviour.telling import Reader, Rule
from simulator.meaning import Meaning, meaning
from simulator.order import Head
from simulator.parameters import Figures, figures_of, forgets, with_odds
from simulator.text_reader import LOCAL, TextReader

FLAT = 2
"""Fields of a reply that the published figures call a flat object."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One field to decide. A leap is one that nobody asked for, taken in the head on the way."""

    field: Field
    index: int
    asked: tuple[Meaning, ...]
    rules: tuple[Rule, ...]
    parents: tuple[str, ...]
    leap: float
    """What multiplies the odds of a failure: 1 where it is written down."""
    skill: float
    """What multiplies the odds of an error of skill, the leap included."""
    buried: float
    distracted: float


@dataclass(frozen=True, slots=True)
class Job:
    """A call as an intern takes it. `given` are the inputs that it understands as fields."""

    persona: Persona
    figures: Figures
    decisions: tuple[Decision, ...]
    results: tuple[Meaning, ...]
    given: tuple[Meaning, ...]
    load: int
    parses: tuple[float, float]
    """The chance that a reply can be parsed: for one record, and for several."""
    allows_blank: bool
    guards_data: bool
    restates_task: bool
    shown_in: Mapping[str, str]
    """For each decided field the learner's result in which a mistake in it shows."""
    papers: frozenset[str] = frozenset()
    """The ids of the documents that the call has."""
    ignores: bool = False
    """Whether it is told to ignore what is irrelevant."""
    finds: tuple[str, ...] = ()
    """Where it finds rows: the fields that say whether one is there. To find is to decide them."""


def understand(scenario: Scenario, persona: Persona, head: Head, texts: TextReader = LOCAL) -> Job:
    """Read the head of a call. The same head is read once per scenario, persona and reader."""
    jobs = _JOBS.setdefault(id(scenario), (scenario, {}))[1]
    key = (persona.id, head, texts)
    job = jobs.get(key)
    if job is None or job.persona is not persona:
        if len(jobs) > MOST:
            jobs.clear()
        job = jobs[key] = _understand(scenario, persona, head, texts)
    return job


@forgets
def forget() -> None:
    """Forget every job that was read: they were understood by the figures of their time."""
    _JOBS.clear()


MOST = 1024
_JOBS: dict[int, tuple[Scenario, dict[tuple[str, Head, TextReader], Job]]] = {}
"""Jobs by scenario (held, so that its identity stays its own), then by persona, head and reader."""


def _understand(scenario: Scenario, persona: Persona, head: Head, texts: TextReader) -> Job:
    f = figures_of(persona)
    results = tuple(meaning(scenario, asked) for asked in head.asked)
    given = tuple(meaning(scenario, asked) for asked in head.inputs)
    arrived = {m.field.name for m in given if m.field}
    # Who is given prose is given its points.
    arrived |= {point.name for m in given for point in m.points}
    written = {point.name: m.field for m in results if m.field for point in m.points}
    asked: dict[str, list[Meaning]] = {}
    for result in results:
        if result.field is not None:
            asked.setdefault(result.field.name, []).append(result)
    finds = decides(scenario) if head.rows else ()
    order = _order(scenario, tuple(dict.fromkeys((*asked, *finds))), arrived)
    reader = Reader(scenario, persona, head, order, texts)
    rules = {name: reader.rules(scenario.field[name]) for name in order}
    stated = {
        telling.source.removeprefix("document:"): True
        for name in order
        for rule in rules[name]
        for telling in rule.tellings
        if telling.source.startswith("document:")
    }
    # Nor does a paper distract in which a fact is to be looked up.
    stated |= {paper: True for name in order for paper in scenario.field[name].look_in}
    distraction = reader.distraction(stated)
    working = f.working_risk if reader.habit("working") else 1.0
    leaves = [
        name for name in order
        if not scenario.field[name].formula and not scenario.field[name].points
    ] or list(order)  # fmt: skip
    numbers = {field.name: i for i, field in enumerate(scenario.fields)}
    decisions = []
    for name in order:
        field = scenario.field[name]
        # The points of prose are parts of the answer, not steps on the way to it.
        leap = 1.0 if name in asked or name in written else f.leap_odds * working
        work = written.get(name, field).work
        skill = persona.odds.get(work, 1.0) * leap
        if head.examples and _demonstrated(head, asked.get(name, ())):
            skill *= f.example_odds
        decisions.append(
            Decision(
                field, numbers[name], tuple(asked.get(name, ())), rules[name],
                scenario.parents[name], leap, skill, reader.length_loss(field),
                distraction / len(leaves) if name in leaves else 0.0,
            )
        )  # fmt: skip
    return Job(
        persona, f, tuple(decisions), results, given, reader.load, _parses(f, head),
        reader.habit("not-found"), reader.habit("data-not-orders"), reader.habit("restates-task"),
        _shown_in(scenario, order, asked, results[0].name if finds else None),
        frozenset(paper.id for paper in head.papers), reader.habit("ignore-irrelevant"), finds,
    )  # fmt: skip


def _order(scenario: Scenario, asked: tuple[str, ...], arrived: set[str]) -> list[str]:
    """The fields to decide, ancestors first: those asked for, and those leapt over on the way."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        for parent in scenario.parents[name]:
            if parent in asked or parent not in arrived:
                visit(parent)
        order.append(name)

    for name in asked:
        visit(name)
    return order


def _demonstrated(head: Head, asked: tuple[Meaning, ...] | list[Meaning]) -> bool:
    return any(
        f'"{meaning.name}"' in solved.answer for meaning in asked for solved in head.examples
    )


def _parses(f: Figures, head: Head) -> tuple[float, float]:
    if head.enforce_schema:
        return f.form_schema, f.form_schema
    odds = f.form_example_odds if head.examples else 1.0
    flat = len(head.asked) <= FLAT and not head.rows
    one = f.form_object if flat else f.form_list
    return 1.0 - with_odds(1.0 - one, odds), 1.0 - with_odds(1.0 - f.form_list, odds)


def _shown_in(
    scenario: Scenario, order: list[str], asked: Mapping[str, list[Meaning]], found: str | None
) -> Mapping[str, str]:
    """`found` is the result in which it shows that a row was passed over, if rows are found."""
    shown: dict[str, str] = {}
    for name in order:
        if name in asked:
            shown[name] = asked[name][0].name
    for name in reversed(order):
        if name in shown:
            for parent in scenario.parents[name]:
                if parent in order:
                    shown.setdefault(parent, shown[name])
        elif found is not None:
            shown[name] = found
    return shown
