"""What there is to find out: requirements, the papers that state them and the people who know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Spec
from pydantic import PrivateAttr

from scenarios.field import Wording
from scenarios.files.tables import read_table
from scenarios.model import Id, Model, Name


class _Company:
    """The rules of one job. It takes no part in comparing rules: they would go round in circles."""

    def __init__(self, rules: Iterable[Requirement] = ()) -> None:
        self.rules = list(rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Company)

    __hash__ = None  # type: ignore[assignment]


class Requirement(Wording):
    """One thing that must be got across to whoever decides the field it governs."""

    id: Id
    statement: str
    """The rule in one sentence, for debriefs."""
    kind: Literal["goal", "constraint", "input", "context"] = "constraint"
    """What kind of thing it is to tell."""
    governs: Name
    """The one field that goes wrong where it is not known."""
    learn_from: tuple[Id, ...] = ()
    """Where a learner can find it out: ids of documents and stakeholders."""
    over: str | None = None
    """Expression of the true values: what the rule, taken too broadly, makes of other records."""
    hints: tuple[str, ...] = Spec(min_length=3, max_length=3)
    """The coach's ladder: nudge, pointer, answer."""
    _company: _Company = PrivateAttr(default_factory=_Company)

    @property
    def beside(self) -> tuple[Requirement, ...]:
        """The job's other requirements: a sentence is read for one beside all of them.

        A copy of this rule, whatever its id, is no other.
        """
        return tuple(one for one in self._company.rules if one.statement != self.statement)


def acquaint(rules: Sequence[Requirement]) -> None:
    """Make known to each rule of a job which the others are."""
    company = _Company(rules)
    for rule in rules:
        rule._company = company


class Document(Model):
    """A paper of the cabinet. Its text is in `documents/FILE`; a `.csv` is a table too."""

    id: Id
    """What plans read it by."""
    title: str
    """What it is called in the cabinet."""
    file: str
    """Its file in the folder `documents`."""
    states: Mapping[Id, str] = {}
    """Requirements that it states, each with the words in which it does."""
    noise: bool = False
    """Whether it only looks useful."""
    text: str = ""
    """Filled in when the scenario is loaded."""

    filled: ClassVar[frozenset[str]] = frozenset({"text"})

    @cached_property
    def table(self) -> tuple[Mapping[str, str], ...]:
        return read_table(self.text, self.file) if self.file.endswith(".csv") else ()


class Collection(Model):
    """Documents that are too many to read, and are searched."""

    id: Id
    title: str
    documents: tuple[Id, ...] = Spec(min_length=1)


class Fact(Model):
    """Something that a stakeholder knows and says when asked for it in the right way."""

    id: Id
    says: str
    """The answer, in the person's own words."""
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
    """The requirement that it tells, if any."""


class Stakeholder(Model):
    """A person to interview, with a limited number of answers in them."""

    id: Id
    name: str
    """What they are called."""
    role: str
    """Their work, in a few words."""
    patience: Annotated[int, Spec(ge=1)] = 6
    """How many questions they answer."""
    greeting: str
    """What they say first."""
    situation: tuple[str, ...] = ()
    """Ways of naming what their working life is like (exemplars): naming it is empathy."""
    situation_concepts: tuple[tuple[str, ...], ...] = ()
    """Synonym groups of which one must be named."""
    knows: tuple[Fact, ...] = ()
    """What can be learned from them."""
    unsure: str = "I am not sure what you are asking me. Could you put it differently?"
    """The reply to what is not understood."""
    leading: str = "Yes, I suppose so."
    """The reply to a leading question: agreement, and no fact."""
    closed: str = "I would have to think about that. Ask me about something that happened."
    """The reply to a question whose answer takes an open question, an example or understanding."""
    spent: str = "I have to get back to work now."
    """The reply when their patience is over."""
