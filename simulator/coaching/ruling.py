"""The scenario's own rules in the names of a plan: what code would do with what arrives there."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from scenarios.language.operations import DuplicateOf, LookUp, Operation, SetTo, TotalOf, Window
from scenarios.plans.plan import RECORDS, Plan, Step
from scenarios.scenario import Scenario
from simulator.coaching.looking_up import Listed, listed
from simulator.meaning import Meaning, asked, meaning


def ruled(
    scenario: Scenario, plan: Plan, step: Step, result: str, name: str | None
) -> tuple[Operation, ...] | None:
    """What code does, with a result of it worked out by the scenario's rule for a field.

    None where something that the rule needs does not arrive at the step.
    """
    if name is None:
        return None
    writer = arriving(scenario, plan, step, result)
    if not writer.work_out(name):
        return None
    value = writer.names[name]
    words = meaning(scenario, asked(scenario, result, step.produces[result])).words
    for ours, theirs in words.items():
        if ours != theirs:
            value = f"{theirs!r} if {writer.names[name]} == {ours!r} else ({value})"
    # In the place of what set it: what is worked out from it comes after.
    sets = [operation.set for operation in step.does]
    place = sets.index(result) if result in sets else len(sets)
    after = (operation for operation in step.does[place:] if operation.set != result)
    return (*step.does[:place], *writer.does, SetTo(set=result, to=value), *after)


def arriving(scenario: Scenario, plan: Plan, step: Step, but: str = "") -> Writer:
    """Who writes code for a step from what arrives there and its results other than `but`."""
    known: dict[str, list[Meaning]] = {}
    for source in (name for name in step.reads if name in plan.step):
        for name, result in plan.step[source].produces.items():
            means = meaning(scenario, asked(scenario, name, result))
            if means.field is not None:
                known.setdefault(means.field.name, []).append(means)
    columns = next(iter(scenario.lots["practice"])).columns if RECORDS in step.reads else {}
    here = {
        means.field.name: name
        for name, result in step.produces.items()
        if name != but and not result.choices
        and (means := meaning(scenario, asked(scenario, name, result))).field is not None
    }  # fmt: skip
    return Writer(scenario, known, frozenset(columns), taken(plan, step), here)


def taken(plan: Plan, step: Step) -> set[str]:
    """The names that code of a step may not give to anything else."""
    produced = {name for other in plan.steps for name in other.produces}
    return produced | {operation.set for operation in step.does}


def unused(taken: set[str]) -> str:
    """A name for a value that is none of those taken; from then on it is one of them."""
    own = next(n for i in range(1, 999) if (n := f"value_{i}") not in taken)
    taken.add(own)
    return own


def doing(step: Step, does: tuple[Operation, ...]) -> Step:
    """The step of code with other operations, and the papers in which they look things up."""
    papers = (one.document for one in does if isinstance(one, LookUp))
    reads = tuple(dict.fromkeys((*step.reads, *papers)))
    return step.model_copy(update={"does": does, "reads": reads})


@lru_cache(maxsize=256)
def as_yaml(does: tuple[Operation, ...]) -> str:
    """Operations on one line, as a plan may have them; it stays so however it is wrapped."""
    held = [one.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for one in does]
    text: str = yaml.safe_dump(held, default_flow_style=True, sort_keys=False, width=math.inf)
    return text.strip()


@dataclass
class Writer:
    """Puts fields of the scenario in terms of what arrives."""

    scenario: Scenario
    known: dict[str, list[Meaning]]
    columns: frozenset[str]
    taken: set[str]
    here: Mapping[str, str]
    """Fields that the step gives beside the one that went wrong, by the names of the results."""
    names: dict[str, str] = field(default_factory=dict)
    does: list[Operation] = field(default_factory=list)

    def work_out(self, name: str) -> bool:
        """Whether a field or column can be had; it then has a name."""
        if name in self.names:
            return True
        if name in self.columns:
            self.names[name] = name
            return True
        one = self.scenario.field.get(name)
        if one is None:
            return False
        if name in self.here:
            # The step gives it itself: what is wrong about that is another cause.
            self.names[name] = self.here[name]
            return True
        own = unused(self.taken)
        operation: Operation | None = None
        if one.formula is not None:
            text = self._translated(one.formula)
            operation = SetTo(set=own, to=text) if text is not None else None
        elif one.same_as is not None and self._all(one.same_as.keys):
            keys = tuple(self.names[key] for key in one.same_as.keys)
            within = self._window(one.same_as.within_days, one.same_as.on)
            operation = DuplicateOf(set=own, duplicate_of=keys, within=within)
        elif one.group is not None and self._all(one.group.keys):
            keys = tuple(self.names[key] for key in one.group.keys)
            of, within = one.group.total_of, self._window(one.group.within_days, one.group.on)
            if of is None or self.work_out(of):
                total = self.names[of] if of else None
                operation = TotalOf(set=own, total_of=total, same=keys, within=within)
        if operation is None and (way := listed(self.scenario, one)) is not None:
            operation = self._looked_up(own, way)
        if operation is None and name in self.known:
            # Who did it last knew most.
            operation = SetTo(set=own, to=self._arriving(self.known[name]))
        if operation is None:
            return False
        self.names[name] = own
        self.does.append(operation)
        return True

    def put(self, expression: str) -> str:
        """The name under which the value of an expression is kept."""
        own = unused(self.taken)
        self.does.append(SetTo(set=own, to=expression))
        return own

    def _looked_up(self, own: str, way: Listed) -> Operation | None:
        """Whether all that is sought stands in a table; None where something does not arrive."""
        if not self._all(tuple(one.name for one in way.sought)):
            return None
        stand = []
        for name, none in way.sought:
            row, value = unused(self.taken), self.names[name]
            self.does.append(LookUp(set=row, look_up=value, document=way.document,
                                    match=way.column, give=way.column))  # fmt: skip
            stand.append(row if none is None else f"({row} or {value} == {none!r})")
        return SetTo(set=own, to=f"True if {' and '.join(stand)} else False")

    def _all(self, names: tuple[str, ...]) -> bool:
        return all(self.work_out(name) for name in names)

    def _window(self, days: int | None, on: str | None) -> Window | None:
        if days is None or on is None or not self.work_out(on):
            return None
        return Window(days=days, of=self.names[on])

    def _arriving(self, results: list[Meaning]) -> str:
        """The value of what arrives in the scenario's own words."""
        texts = []
        for means in reversed(results):
            text = means.name
            for ours, theirs in means.words.items():
                if ours != theirs:
                    text = f"({ours!r} if {means.name} == {theirs!r} else {text})"
            texts.append(text)
        return " or ".join(texts)

    def _translated(self, formula: str) -> str | None:
        tree = ast.parse(formula.strip(), mode="eval")
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and id(node) not in called:
                if not self.work_out(node.id):
                    return None
                node.id = self.names[node.id]
        return ast.unparse(tree)
