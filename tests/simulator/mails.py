"""A small job of mails to be answered: who gets it, and an answer that makes two points."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agents.session import Session
from scenarios import Plan, Scenario, load_cast, load_scenario

SCENARIO = """\
id: mails
title: Mails
track: Small things
level: 1
teaches: [clarity]
minutes: 5
summary: Answer the mails.
boss: Ada
brief: Please answer these.
documents:
  - {id: events, title: Events, file: events.md}
records:
  name: mail
  sample: {plain: 6}
fields:
  - name: does
    type: choice
    choices: [reply, none]
    work: judge
    description: what is done
  - {name: qapproved, type: boolean, hidden: true, look_in: [events], known_as: [approved before]}
  - {name: answer, type: prose, may_be_blank: true, work: write, description: what is answered,
     points: [qdated, qtold, qthanks]}
  - name: qdated
    type: boolean
    wording:
      said: [Your order was sent on 3 May.]
      vague: [Your order is under way.]
      contradicted: [Your order was not sent on 3 May.]
      concepts: [[order], [sent, shipped], [may]]
  - name: qtold
    type: boolean
    wording:
      said: [The balance of your account is 1200 euros.]
      concepts: [[balance, account], ["1200", euros]]
  - {name: qthanks, type: boolean, wording: {said: [We are glad to have you as a customer.]}}
requirements:
  - id: date-it
    statement: A reply says on which day the order was sent.
    governs: qdated
    said: [Always say in the reply on which day the order was sent.]
    hints: [What do they want to know?, Read their mails., Name the day.]
loss: {each: "1 if got.does == does else 5", missing: "5"}
accept: [{metric: wrong_records, at_most: 0}]
budget: {money: 9, minutes: 99}
"""

_RECORD = """\
- id: {lot}-{number}
  lot: {lot}
  stratum: plain
  text: Where is order {number}, and what is my balance?
  truth: {{does: reply, qapproved: true, qdated: true, qtold: false, qthanks: ~}}
"""


def records(extra: Mapping[str, str] | None = None, per_lot: int = 12) -> str:
    """The records' file; `extra` are lines to add to a record, by its id."""
    return "".join(
        _RECORD.format(lot=lot, number=number) + (extra or {}).get(f"{lot}-{number}", "")
        for lot in ("preview", "archive", "practice", "sealed")
        for number in range(1, per_lot + 1)
    )


def load(folder: Path, records_text: str | None = None, scenario: str = SCENARIO) -> Scenario:
    """The scenario, written into `folder` and loaded."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / "events.md").write_text("None.\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    text = records() if records_text is None else records_text
    (folder / "records.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder)


def step(id_: str = "write", **keys: Any) -> dict[str, Any]:
    """A step that reads the mails and answers them."""
    return {
        "id": id_, "assignee": "mira", "reads": ["records"], "batch": 6, "schema": True,
        "produces": {"does": None, "answer": None}, "instructions": "Answer the mails.", **keys,
    }  # fmt: skip


def session(scenario: Scenario, *steps: Mapping[str, Any]) -> Session:
    """The scenario with a plan of these steps, staffed by simulated interns."""
    plan = Plan.model_validate({"scenario": "mails", "steps": list(steps)})
    return Session(scenario, plan, load_cast())
