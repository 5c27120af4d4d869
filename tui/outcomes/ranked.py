"""Two rankings of the same plans, as text and as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.ranking.marks import Marks
from scenarios.scenario import Scenario
from simulator.scoring.kendall import Agreement, Share, agreement, share
from simulator.scoring.statistics import six
from tui.printing import number, percent, plural, table, wrapped

Table = Mapping[str, Marks]


@dataclass(frozen=True)
class Ranked:
    """What a model came to and what the simulations did, each by who sat at their desks."""

    scenario: Scenario
    model: str
    real: Table
    simulations: Mapping[str, Table]
    seed: int

    @property
    def plans(self) -> list[str]:
        """Those that the model was marked on."""
        return [name for name, marks in self.real.items() if marks.jobs]

    @property
    def records(self) -> list[str]:
        """Those that count: of every plan and of everybody something was marked in them."""
        tables = [self.real, *self.simulations.values()]
        all_of = [table[plan].cells for table in tables for plan in self.plans]
        return [r for r in (all_of[0] if all_of else ()) if all(cells.get(r) for cells in all_of)]

    def shares(self, table: Table) -> dict[str, float]:
        return {p: share(table[p].by_record(), self.records) for p in self.plans}

    def agreement(self, simulation: Table) -> Agreement:
        real, other = (
            {plan: table[plan].by_record() for plan in self.plans}
            for table in (self.real, simulation)
        )
        return agreement(real, other, self.records, seed=self.seed)


def ranks(shares: Mapping[str, float]) -> dict[str, float]:
    """The place of each, from 1 for the largest; equal ones share the mean of their places."""
    values = list(shares.values())
    return {
        name: sum(other > value for other in values) + (values.count(value) + 1) / 2
        for name, value in shares.items()
    }


def text(found: Ranked) -> str:
    """Both rankings, their agreement, and what each field came to."""
    if not found.records:
        return "Not scored: no job was marked for every plan."
    tables = {found.model: found.real, **found.simulations}
    shares = {who: found.shares(one) for who, one in tables.items()}
    places = {who: ranks(one) for who, one in shares.items()}
    rows = [("plan", *(cell for who in tables for cell in (who, "place")))]
    for plan in sorted(found.plans, key=lambda name: (-shares[found.model][name], name)):
        cells = [c for w in tables for c in (percent(shares[w][plan]), number(places[w][plan]))]
        rows.append((plan, *cells))
    lines = [
        f"Fields right of {plural(len(found.records), 'record')} of {found.scenario.id}, "
        f"{plural(max(found.real[p].jobs for p in found.plans), 'job')} of each plan:",
        table([(*row, "") for row in rows], right=range(1, 1 + 2 * len(tables))),
        "",
    ]
    for who, one in found.simulations.items():
        lines.append(wrapped(f"Kendall's tau-b of {found.model} and {who}: "
                             f"{_said(found.agreement(one), len(found.plans))}"))  # fmt: skip
    lines += ["", "Fields right, all plans together:", _fields(found, tables)]
    again = sum(found.real[plan].asked_again for plan in found.plans)
    calls = sum(found.real[plan].calls for plan in found.plans)
    lines.append(f"\n{plural(calls, 'call')} of {found.model}; {again} were the second asking, "
                 "after a reply that could not be read.")  # fmt: skip
    return "\n".join(lines)


def _fields(found: Ranked, tables: Mapping[str, Table]) -> str:
    rows = [("field", *tables)]
    for field in found.scenario.deliverable:
        cells = [_share(sum_of(one, found, field.name)) for one in tables.values()]
        rows.append((field.name, *cells))
    return table([(*row, "") for row in rows], right=range(1, 1 + len(tables)))


def sum_of(one: Table, found: Ranked, field: str) -> Share:
    """Right and all values of a field, of all plans together."""
    cells = [one[p].cells[r].get(field, (0, 0)) for p in found.plans for r in found.records]
    return sum(right for right, _ in cells), sum(of for _, of in cells)


def _share(one: Share) -> str:
    return percent(one[0] / one[1]) if one[1] else "not scored"


def _said(found: Agreement, plans: int) -> str:
    if found.tau is None:
        return "not scored, for all plans tie on one side."
    if found.low is None or found.high is None:
        within = "no interval, for on other records all plans might tie"
    else:
        within = f"95 % interval {found.low:.2f} to {found.high:.2f}, by resampling records"
    return f"{found.tau:.2f} over {plural(plans, 'plan')} ({within})."


def ranked_object(found: Ranked) -> dict[str, Any]:
    """The same as data; shares by plan and field, None where nothing was scored."""
    tables = {found.model: found.real, **found.simulations}
    return {
        "scenario": found.scenario.id,
        "seed": found.seed,
        "records": found.records,
        "by": {who: _object(found, one) for who, one in tables.items()},
        "agreement": {
            who: {"tau_b": six(said.tau), "low": six(said.low), "high": six(said.high)}
            for who, one in found.simulations.items()
            for said in (found.agreement(one),)
        },
    }


def _object(found: Ranked, one: Table) -> dict[str, Any]:
    shares = found.shares(one) if found.records else {}
    places = ranks(shares)
    return {
        plan: {
            "share": six(shares.get(plan)), "place": places.get(plan), "jobs": marks.jobs,
            "calls": marks.calls, "tokens": marks.tokens, "asked_again": marks.asked_again,
            "fields": {name: list(cell) for name, cell in marks.by_field().items()},
        }
        for plan, marks in one.items()
    }  # fmt: skip
