"""What a plan means for each of its steps, worked out once: names, orders, what feeds what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from scenarios.language.values import as_text
from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.plans.plan import RECORDS, Plan, Specialist, Step
from scenarios.rows import LINE, is_there, shown_text
from scenarios.scenario import Record, Scenario
from simulator.meaning import Meaning, asked, meaning
from simulator.order import Asked, Head, Paper, Solved
from simulator.passages import Index, cut


@dataclass(frozen=True)
class Blueprint:
    """One step of a plan, staffed and resolved against its scenario."""

    scenario: Scenario
    plan: Plan
    step: Step
    persona: Persona
    reviewer: Persona | None

    @cached_property
    def upstream(self) -> tuple[str, ...]:
        """The steps that this one reads."""
        return tuple(name for name in self.step.reads if name in self.plan.step)

    @cached_property
    def requesters(self) -> tuple[str, ...]:
        """The steps whose checks or review can ask this one to do a record again."""
        return tuple(
            step.id
            for step in self.plan.steps
            if (step.id == self.step.id and step.review is not None)
            or any((check.redo or step.id) == self.step.id for check in step.checks)
        )

    @cached_property
    def finds(self) -> bool:
        """Whether it finds rows in records, where other steps work on those that arrive."""
        return self.has_rows and not self.upstream

    @cached_property
    def has_rows(self) -> bool:
        """Whether what is judged are rows, which somebody has to find."""
        return self.scenario.records.rows is not None

    @cached_property
    def reads_records(self) -> bool:
        return RECORDS in self.step.reads

    @cached_property
    def results(self) -> Mapping[str, Meaning]:
        """What each produced name means."""
        return {name: meaning(self.scenario, entry) for name, entry in self._asked.items()}

    @cached_property
    def _asked(self) -> Mapping[str, Asked]:
        return {
            name: asked(self.scenario, name, result) for name, result in self.step.produces.items()
        }

    @cached_property
    def inputs(self) -> tuple[Asked, ...]:
        """What arrives from the steps that are read."""
        return tuple(
            asked(self.scenario, name, result)
            for source in self.upstream
            for name, result in self.plan.step[source].produces.items()
        )

    @cached_property
    def arriving(self) -> tuple[Meaning, ...]:
        """What those inputs mean."""
        return tuple(meaning(self.scenario, entry) for entry in self.inputs)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        documents = self.scenario.document
        return tuple(
            Paper(name, documents[name].title, documents[name].text)
            for name in self.step.reads
            if name in documents
        )

    @cached_property
    def specialist(self) -> Specialist | None:
        """Where somebody does it who was trained for this plan: how."""
        return next((one for one in self.plan.specialists if one.id == self.step.assignee), None)

    @cached_property
    def solved(self) -> tuple[str, ...]:
        """The solved records that whoever does it is shown, or was trained on."""
        if self.specialist is None:
            return self.step.examples
        if self.specialist.examples == "all":
            return tuple(record.id for record in self.scenario.sheets("archive"))
        return self.specialist.examples

    @cached_property
    def _index(self) -> Index:
        retrieves = self.step.retrieves
        assert retrieves is not None
        among = next(one for one in self.scenario.collections if one.id == retrieves.source)
        papers = (self.scenario.document[name] for name in among.documents)
        whole = (Paper(paper.id, paper.title, paper.text) for paper in papers)
        return Index(passage for paper in whole for passage in cut(paper, retrieves.chunk))

    def passages(self, values: Mapping[str, Value]) -> tuple[Paper, ...]:
        """What is found in the step's collection for a record of which these values are known."""
        retrieves = self.step.retrieves
        if retrieves is None:
            return ()
        query = " ".join(as_text(values.get(name)) for name in retrieves.by)
        return self._index.search(query, retrieves.k)

    @cached_property
    def tables(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        return {paper.id: self.scenario.document[paper.id].table for paper in self.papers}

    @cached_property
    def head(self) -> Head:
        """The order of the step's own work."""
        head = self._head(self.step.instructions, tuple(self._asked.values()), self.solved)
        return replace(head, may=self._may)

    @cached_property
    def _may(self) -> tuple[str, ...]:
        """The acts that are allowed, each with what the brief says of it."""
        said = {act.id: act.description for act in self.scenario.acts}
        return tuple(f"{name} ({said[name]})" if said[name] else name for name in self.step.may)

    @cached_property
    def review_head(self) -> Head:
        """The order of the reviewer: the same work again, or a look at what was done."""
        review = self.step.review
        assert review is not None
        words = review.instructions if review.instructions is not None else self.step.instructions
        of = tuple(self._asked[name] for name in review.of)
        if review.blind:
            return self._head(words, of, self.step.examples)
        inputs = (*self.inputs, *of)
        return Head(
            "review", self.scenario.unit, words, of, inputs, self.papers,
            author=self.persona.name,
        )  # fmt: skip

    def _head(self, words: str, wanted: tuple[Asked, ...], solved: tuple[str, ...]) -> Head:
        examples = tuple(self._solved(name, wanted) for name in solved)
        thing = self.scenario.records.name if self.finds else self.scenario.unit
        return Head(
            "work", thing, words, wanted, self.inputs, self.papers, examples,
            self.step.enforce_schema, rows=self.scenario.unit if self.finds else "",
        )  # fmt: skip

    def _solved(self, name: str, wanted: tuple[Asked, ...]) -> Solved:
        """A record of the archive with its answer; one that was searched, with its rows'."""
        records = [self.scenario.record[member] for member in self.scenario.members[name]]
        text, rows = shown_text(self.scenario, records[0]), self.scenario.records.rows
        answers = [
            self._answer(record, wanted) for record in records if is_there(rows, record.on_file)
        ]
        answer: Any = answers if rows else answers[0]
        return Solved(name, text, json.dumps(answer, ensure_ascii=False))

    def _answer(self, record: Record, wanted: tuple[Asked, ...]) -> Mapping[str, Value]:
        answer: dict[str, Value] = {"record": record.id}
        if self.finds:
            answer = {"record": record.source, LINE: record.line}
        for entry in wanted:
            result = meaning(self.scenario, entry)
            known = record.on_file.get(result.field.name) if result.field else ""
            answer[entry.name] = result.tell(known)
        return answer

    def settled_right(self, record: str) -> dict[str, Value]:
        """The step's results for a record as somebody who gets it right would put them."""
        truth = self.scenario.record[record].truth
        return {
            name: result.tell(truth.get(result.field.name))
            for name, result in self.results.items()
            if result.field is not None
        }

    def is_right(self, record: str, values: Mapping[str, Value]) -> bool:
        """Whether the step's results for a record are what they should be."""
        right = self.settled_right(record)
        return bool(values) and all(
            self.results[name].agree(values.get(name), value) for name, value in right.items()
        )

    def arrived_right(self, record: str, values: Mapping[str, Value]) -> bool:
        """Whether what arrived of a record is what should have."""
        truth = self.scenario.record[record].truth
        return all(
            result.agree(values.get(result.name), result.tell(truth.get(result.field.name)))
            for result in self.arriving if result.field is not None
        )  # fmt: skip


def descendants(plan: Plan, name: str) -> frozenset[str]:
    """The steps that read `name`, directly or through others."""
    found: set[str] = set()
    frontier = [name]
    while frontier:
        source = frontier.pop()
        for step in plan.steps:
            if source in step.reads and step.id not in found:
                found.add(step.id)
                frontier.append(step.id)
    return frozenset(found)
