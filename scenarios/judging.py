"""What counts as well done: losses, limits, acts, medals and budgets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Spec

from scenarios.model import Id, Model, Name, Share

Metric = Literal[
    "wrong_records", "wrong_fields", "loss", "escalations", "count", "share", "rows_found",
    "points", "said_wrongly", "breaches", "harm", "money", "minutes",
    "gap", "order", "recall", "twins_differ", "finish_p95", "optimism_gap", "coverage", "regret",
]  # fmt: skip


class Loss(Model):
    """What wrong work costs."""

    each: str
    """Expression of `got` and `true`: what a record's delivered value costs."""
    missing: str
    """Expression of `true`: what a record costs that was not delivered."""
    currency: str = ""
    """What it is counted in: EUR, points."""


class Limit(Model):
    """One condition of acceptance: a metric of a trial within a limit.

    Expressions know `got`, `true`, and by bare name every field's truth and every column.
    """

    metric: Metric
    """What is measured in each trial."""
    at_most: float | None = None
    """The most that is accepted."""
    at_least: float | None = None
    """The least that is accepted."""
    of: str | None = None
    """count, share, gap: expression, true of the records that count."""
    among: str | None = None
    """count, share, gap: expression, only of these; all by default."""
    weight: str | None = None
    """share: expression, what a record weighs; 1 by default."""
    field: Name | None = None
    """wrong_fields, order, rows_found: only this one."""
    groups: Name | None = None
    """gap: the column or field whose values are compared."""
    says: str | None = None
    """What it measures, in the brief and in reports."""


class Act(Model):
    """Something that is done, not only written down, where a field has a certain value."""

    id: Id
    description: str = ""
    """What the brief says of it."""
    field: Name
    """The deliverable field whose value is the act."""
    done: str
    """Expression of `got.*`: whether it happens."""
    wanted: str | None = None
    """Expression: a right deed; by default, that all deliverable fields but prose are right."""
    free: str | None = None
    """Expression: needs nobody's approval."""
    undo: bool = False
    """It can be undone: never a breach."""


class Medals(Model):
    """The least reliability, 0 to 1, that earns each medal."""

    bronze: Share = 0.5
    silver: Share = 0.7
    gold: Share = 0.85


class Budget(Model):
    """What a plan may cost."""

    money: float
    """Mean wages of a trial, in the currency of the wages."""
    minutes: float
    """Mean time of a trial on the critical path."""
    your_minutes: float = 0
    """The learner's own minutes in each trial: a hard limit."""
    examples: Annotated[int, Spec(ge=0)] | None = None
    """Examples, over all steps."""
    context: Annotated[int, Spec(ge=1)] | None = None
    """Tokens of one call."""
    questions: Annotated[int, Spec(ge=0)] | None = None
    """Questions, over all stakeholders."""
    labels: Annotated[int, Spec(ge=0)] | None = None
    """Records that may be labelled to train somebody."""
    pilots: Annotated[int, Spec(ge=0)] | None = None
    """Records that colleagues may be tried on beforehand, over all steps and attempts."""


class Forecast(Model):
    """A question about the outcome that a plan answers with a chance: of records, or a limit's."""

    id: Id
    asks: str
    of: str | None = None
    """Expression, true of the records that count."""
    limit: Limit | None = None
