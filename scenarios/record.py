"""The work itself: records with their known truth, traps and injections, and how they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Spec
from pydantic import field_validator

from scenarios.model import Id, Model, Name, Share, Value

Lot = Literal["preview", "archive", "practice", "sealed"]


class Trap(Model):
    """A place where whoever was not told a requirement goes wrong: one field of one record."""

    field: Name
    """Where it goes wrong."""
    needs: Id
    """The requirement that one has to know here."""
    wrong: Value
    """The answer of someone who was not told it."""
    luck: Share = 0.1
    """The chance that an untold intern gets it right all the same."""
    who: tuple[Id, ...] = ()
    """The colleagues it acts on; all of them by default."""

    @field_validator("wrong")
    @classmethod
    def _tuples(cls, value: Value) -> Value:
        return tuple(value) if isinstance(value, list) else value


class Injection(Model):
    """An instruction inside a record's own text: obeying it sets this field to that value."""

    field: Name
    """Which field it is about."""
    wrong: Value
    """What it orders."""
    base: Share | None = None
    """The chance that it is obeyed unguarded; the published figure of the tier by default."""
    planted_by: Id | None = None
    """The record whose text gives it, if not this one: both must be in the same call."""


class Citation(Model):
    """Where a fact stands, word for word."""

    document: Id
    quote: str


class Case(Model):
    """What is true of one thing, and where whoever decides it goes wrong."""

    truth: Mapping[Name, Value] = {}
    """The right answers, by field; what is worked out may be left out."""
    traps: tuple[Trap, ...] = ()
    """Where whoever was not told something goes wrong."""
    injections: tuple[Injection, ...] = ()
    """At most one a field."""
    absent: tuple[Name, ...] = ()
    """Fields whose fact is not in the text: the right answer is that it is not there."""
    label: Mapping[Name, Value] = {}
    """In the archive: what it says of a field, where that is wrong."""

    @property
    def on_file(self) -> Mapping[str, Value]:
        """What the archive says of every field: the truth, but for labels that are wrong."""
        return {**self.truth, **self.label}


class Row(Case):
    """One thing to be found in the numbered text of a record."""

    line: Annotated[int, Spec(ge=1)]
    """Where it stands: its key."""
    also: tuple[int, ...] = ()
    """Other lines that are as good a source."""


class Record(Case):
    """One piece of the work, with its known truth."""

    id: Id
    lot: Lot
    """Which of the four piles: what learners see, solved examples, or trials."""
    stratum: Name
    """Its kind: samples draw so many of each."""
    text: str = ""
    """The work as an intern gets it."""
    parts: Mapping[Name, str] = {}
    """Instead of a text: several, of which a step may be shown some."""
    columns: Mapping[Name, Value] = {}
    """What is known of it besides its text, by name."""
    partner: Id | None = None
    """A record of the same lot that is drawn with this one (a duplicate's original)."""
    rows: tuple[Row, ...] = ()
    """What is to be found in it. Its own truth is then that of its rows."""
    found_in: Mapping[Name, tuple[Citation, ...]] = {}
    """For a field whose fact stands in a collection: where."""
    source: str = ""
    """For a row, which is a record of its own once loaded: the id of the record it stands in."""
    line: int = 0
    also: tuple[int, ...] = ()

    filled: ClassVar[frozenset[str]] = frozenset({"source", "line", "also"})


class Rows(Model):
    """Records that are searched for rows, each of which is a record of its own once loaded."""

    name: str = "row"
    """What one of them is called: an action item."""
    there: str
    """Expression of deliverable fields: false where nothing is to be delivered."""


class Between(Model):
    """A range to draw from, both ends included.

    Numbers have so many `places` (none by default), dates are `days` apart (one by default).
    """

    start: Value = Spec(alias="from")
    to: Value
    places: Annotated[int, Spec(ge=0, le=9)] | None = None
    days: Annotated[int, Spec(ge=1)] | None = None


class Further(Model):
    """One more record of the same family: what is not said here is as in the block around it."""

    slots: Mapping[Name, tuple[Value, ...] | Between | str] = {}
    text: str | None = None
    columns: Mapping[Name, str] = {}
    truth: Mapping[Name, str] = {}
    traps: tuple[Trap, ...] | None = None


class Generated(Model):
    """Records of one stratum that are made from slots: texts, and expressions of the slots."""

    stratum: Name
    """The kind that is made."""
    make: Mapping[Lot, Annotated[int, Spec(ge=1, le=1000)]] = Spec(min_length=1)
    """How many for each lot; what is under `also` comes on top."""
    slots: Mapping[Name, tuple[Value, ...] | Between | str]
    """Drawn from a list or a range, or worked out, by an expression, from slots above."""
    text: str
    """Slots stand in braces, `{price:2}` with so many decimals; a brace is written twice."""
    columns: Mapping[Name, str] = {}
    """Expressions of the slots."""
    truth: Mapping[Name, str]
    """Expressions of the slots; what is worked out may be left out."""
    traps: tuple[Trap, ...] = ()
    """`wrong` is an expression here."""
    also: tuple[Further, ...] = ()
    """More records of the same family."""


class Twins(Model):
    """A second record for each of a stratum, in which only what must not matter is swapped."""

    of: Name
    """The stratum."""
    swap: Mapping[str, str] = Spec(min_length=1)
    """What is replaced by what."""
    traps: tuple[Trap, ...] = ()


class Job(Model):
    """What is true of the job as a whole."""

    truth: Mapping[Name, Value]
    """The right answers, by field."""
    traps: tuple[Trap, ...] = ()


class Records(Model):
    """Where the records are, what one is called and how many a sample draws."""

    file: str = "records.yaml"
    """Their file, YAML or CSV, in the scenario's folder."""
    name: str = "record"
    """What one of them is called: an invoice, a ticket."""
    sample: Mapping[Name, Annotated[int, Spec(ge=1)]]
    """How many of each stratum a sample draws."""
    rows: Rows | None = None
    """Where each record is searched for rows."""
    generate: tuple[Generated, ...] = ()
    """Records that are made instead of written."""
    twins: tuple[Twins, ...] = ()
    """Records that are made twice, with what must not matter swapped."""
