"""Plans as learners write them: read, and checked against the scenario and the people there are.

No message here may tell what the learner has not found out: of a scenario it names only the
deliverable, the documents, the columns and the solved records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.files.source import Source, read
from scenarios.files.validation import build
from scenarios.files.yaml_values import Place
from scenarios.loading import library_scenario, load_cast
from scenarios.persona import Persona
from scenarios.plans.code import check_code
from scenarios.plans.parts import check_parts, check_retrieves, check_whole
from scenarios.plans.plan import CODE, RECORDS, YOU, Plan, Result, Review, Step
from scenarios.plans.specialists import check_specialists
from scenarios.references import cycle, known, unique
from scenarios.scenario import Scenario
from scenarios.unbuilt import refuse


@dataclass(frozen=True)
class PlanFile:
    """A plan with its scenario, and its text: `source.error(place, ...)` knows the lines."""

    plan: Plan
    scenario: Scenario
    source: Source


def load_plan(
    path: Path,
    scenarios: Callable[[str], Scenario] = library_scenario,
    personas: Mapping[str, Persona] | None = None,
    *,
    to_run: bool = True,
) -> PlanFile:
    """The plan of a file. Raises InputError for the first thing that is wrong with it.

    `scenarios` finds a scenario by its id (InputError where there is none); `personas` are those
    who can be given a step, by default the cast that ships. A plan `to_run` is also refused for
    what the program cannot run yet.
    """
    return read_plan(read(path), scenarios, personas, to_run=to_run)


def read_plan(
    source: Source,
    scenarios: Callable[[str], Scenario] = library_scenario,
    personas: Mapping[str, Persona] | None = None,
    *,
    to_run: bool = True,
) -> PlanFile:
    """As `load_plan`, from what was already parsed."""
    plan = build(Plan, source)
    try:
        scenario = scenarios(plan.scenario)
    except InputError as error:
        if error.file:
            raise
        raise source.error(("scenario",), error.problem, error.mend) from None
    checker = _Checker(plan, scenario, load_cast() if personas is None else personas, source)
    checker.check()
    if to_run:
        refuse(plan, source)
    return PlanFile(plan, scenario, source)


class _Checker:
    def __init__(
        self, plan: Plan, scenario: Scenario, personas: Mapping[str, Persona], source: Source
    ) -> None:
        self.plan = plan
        self.scenario = scenario
        self.personas = personas
        self.source = source
        self.deliverable = {field.name: field for field in scenario.deliverable}

    def check(self) -> None:
        taken = {RECORDS: "the records", **dict.fromkeys(self.scenario.document, "a document")}
        ids = ((("steps", i, "id"), step.id) for i, step in enumerate(self.plan.steps))
        unique(ids, self.source, taken)
        for place, step in self._steps():
            self._check_who(step, place)
            self._check_reads(step, place)
            check_parts(step, self.scenario, self.source, place)
        self._check_order()
        for place, step in self._steps():
            self._check_results(step, place)
        self._check_deliverable()
        for place, step in self._steps():
            upstream = self._upstream_results(step, place)
            check_retrieves(step, upstream, self.scenario, self.source, place)
            if step.review:
                self._check_review(step, step.review, (*place, "review"))
            for j, check in enumerate(step.checks):
                self._check_redo(step, check.redo, (*place, "checks", j, "redo"))
            check_code(step, upstream, self.scenario, self.source, place)
        check_specialists(self.plan, self.personas, self.scenario, self.source)
        check_whole(self.plan, self.scenario, self.source)
        for name in self.plan.predict.wrong if self.plan.predict else ():
            at = ("predict", "wrong", name)
            known(name, self.deliverable, "field of the deliverable", at, self.source)

    def _steps(self) -> Iterator[tuple[Place, Step]]:
        return ((("steps", i), step) for i, step in enumerate(self.plan.steps))

    def _check_who(self, step: Step, place: Place) -> None:
        people = [*self.personas, *(one.id for one in self.plan.specialists)]
        known(step.assignee, people, "colleague", (*place, "assignee"), self.source)
        solved = [record.id for record in self.scenario.sheets("archive")]
        for j, example in enumerate(step.examples):
            if example not in solved:
                # The same words for any other id: a record that is not solved must not be told.
                problem = f"{quoted(example)} is no solved record of the archive"
                mend = did_you_mean(example, solved, noun="the archive has")
                raise self.source.error((*place, "examples", j), problem, mend)

    def _check_reads(self, step: Step, place: Place) -> None:
        for j, name in enumerate(step.reads):
            at = (*place, "reads", j)
            things = [RECORDS, *self.scenario.document, *self.plan.step]
            known(name, things, "document or step", at, self.source)
            if name in step.reads[:j]:
                raise self.source.error(at, f"reads {quoted(name)} twice", "delete one of them")

    def _check_order(self) -> None:
        steps = self.plan.step
        around = cycle(
            {id_: [name for name in s.reads if name in steps] for id_, s in steps.items()}
        )
        if around:
            i = next(i for i, step in enumerate(self.plan.steps) if step.id == around[0])
            mend = "take one of them out of what another reads"
            path = " reads ".join(around)
            raise self.source.error(("steps", i, "reads"), f"goes in a circle: {path}", mend)

    def _check_results(self, step: Step, place: Place) -> None:
        for name, result in step.produces.items():
            at = (*place, "produces", name)
            if name in self.deliverable and result != Result():
                problem = "belongs to the deliverable: the brief says what it means"
                raise self.source.error(at, problem, f"write '{name}: ~'")
            if name not in self.deliverable and not (result.means or "").strip():
                near = did_you_mean(name, self.deliverable, noun="the deliverable is")
                problem = "has no description"
                mend = f"say in your own words what it means ({near})"
                raise self.source.error(at, problem, mend)

    def _check_deliverable(self) -> None:
        producers: dict[str, str] = {}
        for place, step in self._steps():
            for name in step.produces:
                if name in self.deliverable and name in producers:
                    problem = f"step {quoted(producers[name])} produces it already"
                    mend = "keep one of them, or give this result a name of its own"
                    raise self.source.error((*place, "produces", name), problem, mend)
                producers[name] = step.id
        for name, field in self.deliverable.items():
            if name not in producers:
                problem = f"no step produces {quoted(name)}: {field.description}"
                raise self.source.error(
                    ("steps",), problem, f"add '{name}: ~' to what one produces"
                )

    def _upstream_results(self, step: Step, place: Place) -> Mapping[str, str]:
        """The results that the step reads, each with the step that gives it."""
        out: dict[str, str] = {}
        for j, name in enumerate(step.reads):
            for result in self.plan.step[name].produces if name in self.plan.step else ():
                if result in out:
                    problem = f"gets {quoted(result)} from both {quoted(out[result])} and {name!r}"
                    mend = "give one of the two results another name"
                    raise self.source.error((*place, "reads", j), problem, mend)
                out[result] = name
        return out

    def _check_review(self, step: Step, review: Review, place: Place) -> None:
        if step.assignee == CODE:
            problem = "is for work of judgement, and this step is code"
            raise self.source.error(place, problem, "delete it; add checks instead")
        if review.by == YOU and review.blind:
            mend = "delete it: you look at what was done"
            raise self.source.error((*place, "blind"), "is for colleagues", mend)
        interns = [id_ for id_, persona in self.personas.items() if persona.kind == "intern"]
        known(review.by, [*interns, YOU], "intern", (*place, "by"), self.source)
        for j, name in enumerate(review.of):
            known(name, step.produces, "result of this step", (*place, "of", j), self.source)

    def _check_redo(self, step: Step, redo: str | None, place: Place) -> None:
        if redo is None:
            return
        known(redo, self.plan.step, "step", place, self.source)
        before = self._before(step)
        if redo not in before:
            problem = f"{quoted(redo)} is neither this step nor one before it"
            mend = did_you_mean(redo, before, noun="these are")
            raise self.source.error(place, problem, mend)

    def _before(self, step: Step) -> list[str]:
        """The step and all that its work rests on."""
        found = [step.id]
        for id_ in found:
            found += [
                name
                for name in self.plan.step[id_].reads
                if name in self.plan.step and name not in found
            ]
        return found
