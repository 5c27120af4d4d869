"""What an author writes: a job, its people and papers, its records and what counts as well done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Spec

from scenarios.bands import Tried, Usual
from scenarios.field import Choice, Field, Group, SameAs, Wording, Work
from scenarios.judging import Act, Budget, Forecast, Limit, Loss, Medals, Metric
from scenarios.model import Format, Id, Model, Name, Share
from scenarios.people import Collection, Document, Fact, Requirement, Stakeholder, acquaint
from scenarios.record import (
    Between,
    Case,
    Citation,
    Further,
    Generated,
    Injection,
    Job,
    Lot,
    Record,
    Records,
    Row,
    Rows,
    Trap,
    Twins,
)

Skill = Literal[
    "discovery", "decomposition", "clarity", "context", "delegation",
    "verification", "economics", "foresight", "iteration",
]  # fmt: skip


class Event(Model):
    """News that comes while the work is done: what it changes, and for which records."""

    id: Id
    after: Share
    """The share of a sample's records that come before it, in their order."""
    says: str
    """The news, as it is told."""
    where: str | None = None
    """Expression: the later records that it concerns; all by default."""
    sets: Mapping[Name, str] = {}
    """Expressions: what is true of them from then on."""
    becomes: Mapping[Id, Id] = {}
    """A colleague who is somebody else from then on."""


class Campaign(Model):
    """A job that is done over several rounds, with so many labels for all of them."""

    rounds: Annotated[int, Spec(ge=1)]
    """How many rounds."""
    labels: Annotated[int, Spec(ge=0)] = 0


class Scenario(Model):
    """A whole scenario. Files that it names have been read in; references have been checked."""

    format: Format = 1
    """The version of the format: 1."""
    id: Id
    """The name of its folder: what plans say under `scenario`."""
    title: str
    """What learners see in the list."""
    track: str
    """The track of the curriculum that it belongs to."""
    level: Annotated[int, Spec(ge=1, le=9)]
    """How far it is into its track, from 1."""
    teaches: tuple[Skill, ...]
    """The skills that it is about."""
    minutes: int
    """About how long a learner takes."""
    summary: str
    """One or two sentences for the list."""
    boss: str
    """Who gives the job."""
    brief: str
    """The boss's message. It never states a hidden rule."""
    seed: int = 1
    """The seed of sealed hand-ins."""
    documents: tuple[Document, ...] = ()
    """The cabinet: papers with text, some of them noise."""
    stakeholders: tuple[Stakeholder, ...] = ()
    """The people that a learner can ask."""
    records: Records
    fields: tuple[Field, ...] = Spec(min_length=1)
    """What is decided about each record; those that are not hidden are delivered."""
    requirements: tuple[Requirement, ...] = ()
    """Five to nine things that must be got across."""
    loss: Loss
    """What wrong work costs, in the scenario's own currency."""
    accept: tuple[Limit, ...] = Spec(min_length=1)
    """The limits within which a trial's work is accepted."""
    medals: Medals = Medals()
    """The reliability on sealed records that earns each medal."""
    budget: Budget
    """What a trial may cost; your own minutes are a hard limit."""
    acts: tuple[Act, ...] = ()
    """What is done, and not only written down."""
    collections: tuple[Collection, ...] = ()
    """Documents that are too many to read, and are searched."""
    events: tuple[Event, ...] = ()
    """News that comes while the work is done."""
    job: Job | None = None
    """What is true of the job as a whole, for fields `about: job`."""
    campaign: Campaign | None = None
    """Where the job is done over several rounds."""
    forecasts: tuple[Forecast, ...] = ()
    """Questions about the outcome that a plan may answer with a chance."""
    colleagues: tuple[Id, ...] = ()
    """Who there is; all of the cast by default."""
    after: tuple[Id, ...] = ()
    """Scenarios that come before it."""
    start: str = ""
    """The plan to begin with, a file of its folder; a blank page by default."""
    hints: bool = True
    """Whether the coach gives hints."""
    lots: Mapping[Lot, tuple[Record, ...]] = {}
    """The records, by lot, in the order of their file. Filled in when the scenario is loaded."""
    usual: Mapping[str, Mapping[Tried, Usual]] = {}
    """By reference plan and lot what it comes to. Filled in from the plans' bands."""

    filled: ClassVar[frozenset[str]] = frozenset({"lots", "usual"})

    def model_post_init(self, _context: object) -> None:
        """Rules are read beside each other."""
        acquaint(self.requirements)

    @cached_property
    def field(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def deliverable(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.hidden)

    @cached_property
    def requirement(self) -> Mapping[str, Requirement]:
        return {requirement.id: requirement for requirement in self.requirements}

    @cached_property
    def record(self) -> Mapping[str, Record]:
        return {record.id: record for lot in self.lots.values() for record in lot}

    @cached_property
    def lot_ids(self) -> Mapping[str, tuple[str, ...]]:
        return {lot: tuple(record.id for record in records) for lot, records in self.lots.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """For each record that is shown the ids of those that are judged: its rows, or itself."""
        out: dict[str, list[str]] = {}
        for record in self.record.values():
            out.setdefault(record.source or record.id, []).append(record.id)
        return {shown: tuple(ids) for shown, ids in out.items()}

    @cached_property
    def unit(self) -> str:
        """What one of the things that are judged is called: a record, or a row found in one."""
        rows = self.records.rows
        return " ".join(rows.name.split()) if rows else self.records.name

    def is_source(self, id_: str) -> bool:
        """Whether it is a record in which rows are to be found."""
        return id_ in self.members and id_ not in self.record

    def sheets(self, lot: Lot) -> tuple[Record, ...]:
        """What is shown of a lot, in its order: the sources of rows (no truth), or the records."""
        out: dict[str, Record] = {}
        for record in self.lots.get(lot, ()):
            if record.source:
                out.setdefault(record.source, _source(record))
            else:
                out[record.id] = record
        return tuple(out.values())

    @cached_property
    def family(self) -> Mapping[str, frozenset[str]]:
        """For each record all that partners join it with, itself included."""
        out = {name: frozenset({name}) for name in self.record}
        for record in self.record.values():
            if record.partner in out:
                joined = out[record.id] | out[record.partner]
                out |= dict.fromkeys(joined, joined)
        return out

    @cached_property
    def points(self) -> Mapping[str, tuple[Field, ...]]:
        """For each field of prose the boolean fields that are its points."""
        return {
            field.name: tuple(self.field[name] for name in field.points)
            for field in self.fields
            if field.points
        }

    @cached_property
    def document(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """For each field the fields it is directly worked out from."""
        from scenarios.language.expressions import names_in

        out: dict[str, tuple[str, ...]] = {}
        for field in self.fields:
            named = list(field.follows)
            if field.formula:
                named += names_in(field.formula)
            if field.same_as:
                named += field.same_as.keys
                named += [name for keys in field.same_as.or_keys for name in keys]
                named += [field.same_as.on] if field.same_as.on else []
            if field.group:
                group = field.group
                named += [*group.keys, *(name for name in (group.on, group.total_of) if name)]
            named += field.points
            out[field.name] = tuple(dict.fromkeys(n for n in named if n in self.field))
        return out


def _source(row: Record) -> Record:
    """The record that a row stands in, which has no truth of its own."""
    own: dict[str, Any] = {"truth": {}, "traps": (), "injections": (), "absent": (), "label": {}}
    return row.model_copy(update={**own, "id": row.source, "source": "", "line": 0, "also": ()})


__all__ = [
    "Act", "Between", "Budget", "Campaign", "Case", "Choice", "Citation", "Collection", "Document",
    "Event", "Fact", "Field", "Forecast", "Further", "Generated", "Group", "Injection", "Job",
    "Limit", "Loss", "Lot", "Medals", "Metric", "Record", "Records", "Requirement", "Row", "Rows",
    "SameAs", "Scenario", "Share", "Skill", "Stakeholder", "Trap", "Twins", "Wording", "Work",
]  # fmt: skip
