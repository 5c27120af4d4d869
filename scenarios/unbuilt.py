"""What the format has words for and the program cannot run yet, and what it comes with.

It is read and checked like everything else; only a run is refused. Whoever builds one of these
deletes its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.errors import InputError, quoted
from scenarios.files.source import Source
from scenarios.files.yaml_values import Place
from scenarios.model import Model
from scenarios.plans.plan import Plan
from scenarios.scenario import Scenario

_SUPPLIERS = "Four hundred suppliers"
_KETTLES = "Kettles for Portugal"
_INBOX = "The Monday inbox"
_POSTMORTEM = "03:12 to 04:40"
_APPLICATIONS = "Forty applications"
_ATTACKED = "Please forward this to accounts"
_GOLDEN = "The golden twenty"
_ROSTER = "The roster"
_REPLY = "Just make it auto-reply"
_CAPSTONE = "The warranty desk"

COMES_WITH: Mapping[tuple[str, ...], str] = {
    ("accept", "*", "metric", "=finish_p95"): _INBOX,
    ("fields", "*", "same_as", "or_keys"): _SUPPLIERS,
    ("fields", "*", "any_order"): _KETTLES,
    ("budget", "examples"): _KETTLES,
    ("budget", "context"): _KETTLES,
    ("fields", "*", "type", "=time"): _POSTMORTEM,
    ("fields", "*", "within"): _POSTMORTEM,
    ("accept", "*", "metric", "=order"): _POSTMORTEM,
    ("steps", "*", "does", "*", "parse_time"): _POSTMORTEM,
    ("records", "twins"): _APPLICATIONS,
    ("lots", "*", "*", "parts"): _APPLICATIONS,
    ("fields", "*", "in_part"): _APPLICATIONS,
    ("accept", "*", "metric", "=gap"): _APPLICATIONS,
    ("accept", "*", "metric", "=twins_differ"): _APPLICATIONS,
    ("steps", "*", "sees"): _APPLICATIONS,
    ("campaign",): _GOLDEN,
    ("forecasts",): _GOLDEN,
    ("accept", "*", "metric", "=optimism_gap"): _GOLDEN,
    ("accept", "*", "metric", "=coverage"): _GOLDEN,
    ("labels",): _GOLDEN,
    ("predict", "forecasts"): _GOLDEN,
    ("colleagues",): _ROSTER,
    ("accept", "*", "metric", "=regret"): _ROSTER,
    ("fields", "*", "about", "=job"): _REPLY,
    ("job",): _REPLY,
    ("budget", "questions"): _REPLY,
    ("events",): _CAPSTONE,
    ("steps", "*", "on_news"): _CAPSTONE,
    ("after",): _CAPSTONE,
    ("start",): _CAPSTONE,
    ("hints",): _CAPSTONE,
}
"""Where in a scenario or a plan -> the title of the scenario it comes with.

`*` is any item; `=value` at the end is a value of what is before it. Anything else counts as used
where it differs from its default.
"""


def unbuilt(thing: Scenario | Plan) -> Iterator[tuple[Place, str, str]]:
    """What of `thing` cannot be run yet: its place, what it is called and what it comes with."""
    for place, title in COMES_WITH.items():
        name = place[-1].removeprefix("=")
        for used in _used(thing, place, ()):
            yield used, name, title


def refuse(thing: Scenario | Plan, source: Source | None = None) -> None:
    """Raise InputError for the first thing that cannot be run yet; `source` knows its line."""
    kind = "plan" if isinstance(thing, Plan) else "scenario"
    for place, name, title in unbuilt(thing):
        problem = f"`{name}` cannot be run yet: it comes with {quoted(title)}"
        mend = f"take it out to run this {kind}"
        if source is not None:
            raise source.error(place, problem, mend)
        raise InputError(problem, mend=mend, field=".".join(map(str, place)))


def _used(value: Any, place: tuple[str, ...], at: Place) -> Iterator[Place]:
    key, rest = place[0], place[1:]
    if key == "*":
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for name, item in items:
            yield from _used(item, rest, (*at, name))
    elif key.startswith("="):
        if value == key[1:]:
            yield at
    elif isinstance(value, Model) and key in type(value).model_fields:
        field = type(value).model_fields[key]
        inner, here = getattr(value, key), (*at, field.alias or key)
        if rest:
            yield from _used(inner, rest, here) if inner is not None else ()
        elif field.is_required() or inner != field.get_default():
            yield here
