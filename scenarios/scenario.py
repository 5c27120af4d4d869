"""What an author writes: a job, its people and papers, its records and what counts as well done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Spec
from pydantic import field_validator

from scenarios.model import Id, Kind, Model, Name, Value
from scenarios.tables import read_table

Skill = Literal[
    "discovery", "decomposition", "clarity", "context", "delegation",
    "verification", "economics", "foresight", "iteration",
]  # fmt: skip
Work = Literal["read", "classify", "compute", "compare", "judge", "write", "search", "review"]
Lot = Literal["preview", "archive", "practice", "sealed"]
Share = Annotated[float, Spec(ge=0, le=1)]


class Choice(Model):
    """One allowed value of a choice, and ways in which a learner may word it."""

    value: str
    known_as: tuple[str, ...] = ()


class SameAs(Model):
    """Key equality: a record follows an earlier one with the same `keys` within some days."""

    keys: tuple[Name, ...] = Spec(min_length=1)
    within_days: int | None = Spec(default=None, ge=0)
    on: Name | None = None
    """The date, a column or a field, that the window is about."""


class Field(Model):
    """One thing that is decided about each record."""

    name: Name
    type: Kind
    list: bool = False
    description: str = ""
    """For a deliverable field: what the brief calls it, in words that state no hidden rule."""
    work: Work = "read"
    hidden: bool = False
    """True for an intermediate result that a good plan makes explicit under a name of its own."""
    choices: tuple[Choice, ...] = ()
    known_as: tuple[str, ...] = ()
    """For a hidden field: ways in which a learner may describe it."""
    follows: tuple[Name, ...] = ()
    """The fields that it is worked out from; those named in `formula` and `same_as` are implied."""
    formula: str | None = None
    same_as: SameAs | None = None
    all_records: bool = False
    on_wrong_input: Literal["copy", "absent", "trap"] = "absent"

    @field_validator("choices", mode="before")
    @classmethod
    def _plain_choices(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [item if isinstance(item, dict) else {"value": item} for item in value]
        return value


class Requirement(Model):
    """One thing that must be got across to whoever decides the field it governs."""

    id: Id
    statement: str
    kind: Literal["goal", "constraint", "input", "context"] = "constraint"
    governs: Name
    learn_from: tuple[Id, ...] = ()
    """Where a learner can find it out: ids of documents and stakeholders."""
    said: tuple[str, ...] = Spec(min_length=1)
    """Ways to say it clearly (exemplars)."""
    vague: tuple[str, ...] = ()
    """Near misses: on the topic, without the rule."""
    contradicted: tuple[str, ...] = ()
    """Ways to say the opposite, or another value."""
    concepts: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Alternatives; each a list of synonym groups that must meet in one clause."""
    rivals: tuple[str, ...] = ()
    """Wrong values that people will write."""
    value: tuple[str, ...] = ()
    """Words for the right value, where the rule has one."""
    object: tuple[str, ...] = ()
    """Words for what the rule applies to."""
    over: str | None = None
    """Expression of the true values: what the rule, taken too broadly, makes of other records."""
    hints: tuple[str, ...] = Spec(min_length=3, max_length=3)
    """The coach's ladder: nudge, pointer, answer."""

    @field_validator("concepts", mode="before")
    @classmethod
    def _one_alternative(cls, value: Any) -> Any:
        # A list of groups is one alternative; a list of lists of groups is several.
        groups = value if isinstance(value, list) else []
        words = [word for group in groups if isinstance(group, list) for word in group]
        return [value] if words and not any(isinstance(word, list) for word in words) else value


class Document(Model):
    """A paper of the cabinet. Its text is in `documents/FILE`; a `.csv` is a table too."""

    id: Id
    title: str
    file: str
    states: Mapping[Id, str] = {}
    """Requirements that it states, each with the words in which it does."""
    noise: bool = False
    text: str = ""
    """Filled in when the scenario is loaded."""

    filled: ClassVar[frozenset[str]] = frozenset({"text"})

    @cached_property
    def table(self) -> tuple[Mapping[str, str], ...]:
        return read_table(self.text, self.file) if self.file.endswith(".csv") else ()


class Fact(Model):
    """Something that a stakeholder knows and says when asked for it in the right way."""

    id: Id
    says: str
    about: str = ""
    """What to ask about ("things that were paid twice"), for the debrief: the topic, not what is
    said of it. By default the first of `asked_by` stands for it."""
    asked_by: tuple[str, ...] = Spec(min_length=1)
    """Questions that ask for it (exemplars)."""
    concepts: tuple[tuple[str, ...], ...] = ()
    """Synonym groups that must meet in the question."""
    unlock: Literal["any", "open", "example", "empathy"] = "open"
    """What it takes: any question; an open one; asking for an example; showing one understands."""
    requirement: Id | None = None


class Stakeholder(Model):
    """A person to interview, with a limited number of answers in them."""

    id: Id
    name: str
    role: str
    patience: Annotated[int, Spec(ge=1)] = 6
    greeting: str
    situation: tuple[str, ...] = ()
    """Ways of naming what their working life is like (exemplars): naming it is empathy."""
    situation_concepts: tuple[tuple[str, ...], ...] = ()
    knows: tuple[Fact, ...] = ()
    unsure: str = "I am not sure what you are asking me. Could you put it differently?"
    leading: str = "Yes, I suppose so."
    """The reply to a leading question: agreement, and no fact."""
    closed: str = "I would have to think about that. Ask me about something that happened."
    """The reply to a question whose answer takes an open question, an example or understanding."""
    spent: str = "I have to get back to work now."


class Trap(Model):
    """A place where whoever was not told a requirement goes wrong: one field of one record."""

    field: Name
    needs: Id
    wrong: Value
    luck: Share = 0.1
    """The chance that an untold intern gets it right all the same."""

    @field_validator("wrong")
    @classmethod
    def _tuples(cls, value: Value) -> Value:
        return tuple(value) if isinstance(value, list) else value


class Injection(Model):
    """An instruction inside a record's own text: obeying it sets this field to that value."""

    field: Name
    wrong: Value
    base: Share | None = None
    """The chance that it is obeyed unguarded; the published figure of the tier by default."""


class Record(Model):
    """One piece of the work, with its known truth."""

    id: Id
    lot: Lot
    stratum: Name
    text: str
    columns: Mapping[Name, Value] = {}
    truth: Mapping[Name, Value]
    traps: tuple[Trap, ...] = ()
    partner: Id | None = None
    """A record of the same lot that is drawn with this one (a duplicate's original)."""
    injection: Injection | None = None
    absent: tuple[Name, ...] = ()
    """Fields whose fact is not in the text: the right answer is that it is not there."""


class Records(Model):
    file: str = "records.yaml"
    name: str = "record"
    """What one of them is called: an invoice, a ticket."""
    sample: Mapping[Name, Annotated[int, Spec(ge=1)]]
    """How many of each stratum a sample draws."""


class Loss(Model):
    each: str
    """Expression of `got` and `true`: what a record's delivered value costs."""
    missing: str
    """Expression of `true`: what a record costs that was not delivered."""
    currency: str = ""


class Limit(Model):
    """One condition of acceptance: a named metric of a trial within a limit."""

    metric: Literal["wrong_records", "wrong_fields", "loss", "escalations"]
    at_most: float | None = None
    at_least: float | None = None


class Medals(Model):
    bronze: Share = 0.5
    silver: Share = 0.7
    gold: Share = 0.85


class Budget(Model):
    money: float
    """Mean wages of a trial, in the currency of the wages."""
    minutes: float
    """Mean time of a trial on the critical path."""
    your_minutes: float = 0
    """The learner's own minutes in each trial: a hard limit."""


class Scenario(Model):
    """A whole scenario. Files that it names have been read in; references have been checked."""

    id: Id
    title: str
    track: str
    level: Annotated[int, Spec(ge=1, le=9)]
    teaches: tuple[Skill, ...]
    minutes: int
    summary: str
    boss: str
    brief: str
    seed: int = 1
    """The seed of sealed hand-ins."""
    documents: tuple[Document, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    records: Records
    fields: tuple[Field, ...] = Spec(min_length=1)
    requirements: tuple[Requirement, ...] = ()
    loss: Loss
    accept: tuple[Limit, ...] = Spec(min_length=1)
    medals: Medals = Medals()
    budget: Budget
    lots: Mapping[Lot, tuple[Record, ...]] = {}
    """The records, by lot, in the order of their file. Filled in when the scenario is loaded."""

    filled: ClassVar[frozenset[str]] = frozenset({"lots"})

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
    def document(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """For each field the fields it is directly worked out from."""
        from scenarios.expressions import names_in

        out: dict[str, tuple[str, ...]] = {}
        for field in self.fields:
            named = list(field.follows)
            if field.formula:
                named += names_in(field.formula)
            if field.same_as:
                named += field.same_as.keys
                named += [field.same_as.on] if field.same_as.on else []
            out[field.name] = tuple(dict.fromkeys(n for n in named if n in self.field))
        return out
