"""A small scenario with one of everything: parcels to be paid for, two of which were sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SCENARIO = """\
id: parcels
title: Parcels
track: Small things
level: 1
teaches: [clarity]
minutes: 5
summary: Say what each parcel costs.
boss: Ada
brief: Please find out what we owe.
documents:
  - id: rules
    title: House rules
    file: rules.md
    states: {abroad-doubles: parcels from abroad cost double}
  - {id: rates, title: Rates, file: rates.csv}
  - {id: menu, title: Menu, file: menu.md, noise: true}
stakeholders:
  - id: bo
    name: Bo
    role: Porter
    greeting: Yes?
    knows:
      - id: stamps
        says: Two stamps with one date are one parcel.
        asked_by: [How do you know a parcel came before?]
        requirement: repeats
records:
  name: parcel
  sample: {plain: 2, abroad: 1, twice: 1}
fields:
  - name: qorigin
    type: choice
    hidden: true
    choices: [home, {value: abroad, known_as: [foreign]}]
  - {name: qprinted, type: text, hidden: true}
  - {name: qcost, type: money, hidden: true, formula: "parse_money(qprinted, 'comma')"}
  - name: qearlier
    type: record
    hidden: true
    same_as: {keys: [sender, qcost], within_days: 3, on: received}
  - name: pay
    type: money
    description: what we owe for it
    formula: "0 if qearlier else (2 * qcost if qorigin == 'abroad' else qcost)"
requirements:
  - id: abroad-doubles
    statement: Parcels from abroad cost double.
    governs: pay
    learn_from: [rules]
    said: [Parcels from abroad cost double.]
    over: 2 * qcost
    hints: [Where from?, Read the rules., Double it.]
  - id: repeats
    statement: A parcel that came before is not paid again.
    governs: qearlier
    learn_from: [bo]
    said: [Pay a parcel once.]
    hints: [Seen it?, Ask Bo., Pay it once.]
loss: {each: abs(got - true), missing: abs(true), currency: EUR}
accept: [{metric: wrong_records, at_most: 0}]
budget: {money: 1, minutes: 5}
"""

DOCUMENTS = {
    "rules.md": "As agreed, parcels\n  from abroad cost double.\n",
    "rates.csv": 'country,rate\nhome,1.00\n"abroad, far",2.00\n',
    "menu.md": "Soup.\n",
}

PLAN = """\
scenario: parcels
steps:
  - id: look
    assignee: mira
    reads: [records, rules]
    produces:
      raw: the cost as printed
      origin: {means: where it comes from, choices: [here, elsewhere]}
    instructions: Copy what is printed.
    examples: [archive-plain-1]
    batch: 6
    review: {by: oswin, of: [raw]}
    redo: 1
    else: you
  - id: sums
    assignee: tally
    reads: [records, look, rates]
    produces: {pay: ~}
    does:
      - {set: cost, parse_money: raw, decimal: comma}
      - {set: rate, look_up: origin, document: rates, match: country, give: rate}
      - {set: ok, pattern: raw, like: "[0-9,]+"}
      - {set: there, occurs_in_source: raw}
      - {set: before, duplicate_of: [sender, cost], within: {days: 3, of: received}}
      - {set: same, compare: [cost, cost]}
      - {set: pay, to: "0 if before else cost"}
    checks:
      - {that: cost >= 0, redo: look}
predict: {reliability: 0.5, wrong: {pay: 0.1}}
"""

_RECORD = """\
- id: {lot}-{stratum}-{number}
  lot: {lot}
  stratum: {stratum}
  columns: {{sender: "{sender}", received: 2024-05-0{day}, weight: 1.50}}
  text: Parcel of {sender}, {printed} due.
  truth: {{qorigin: {origin}, qprinted: "{printed}"}}
"""


def records() -> str:
    """The records' file: of each lot four plain ones, two from abroad and two sent twice."""
    out = ""
    for lot in ("preview", "archive", "practice", "sealed"):
        for stratum, count in (("plain", 4), ("abroad", 2), ("twice", 2)):
            for number in range(1, count + 1):
                plain = f"{lot}-plain-{number}"
                out += _RECORD.format(
                    lot=lot,
                    stratum=stratum,
                    number=number,
                    sender=f"{lot} {'abroad' if stratum == 'abroad' else 'plain'} {number}",
                    day=2 if stratum == "twice" else 1,
                    printed=f"{number}2,50",
                    origin="abroad" if stratum == "abroad" else "home",
                )
                if stratum == "abroad":
                    wrong = number * 10 + 2.5
                    out += f"  traps: [{{field: pay, needs: abroad-doubles, wrong: {wrong}}}]\n"
                if stratum == "twice":
                    out += f"  partner: {plain}\n"
                    out += "  traps: [{field: qearlier, needs: repeats, wrong: ~}]\n"
    return out


def write(
    folder: Path,
    scenario: str = SCENARIO,
    records_text: str | None = None,
    documents: Mapping[str, str] = DOCUMENTS,
) -> Path:
    """Write the scenario into `folder`, which is returned."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    text = records() if records_text is None else records_text
    (folder / "records.yaml").write_text(text, encoding="utf-8")
    for name, content in documents.items():
        (folder / "documents" / name).write_text(content, encoding="utf-8")
    return folder


def edited(text: str, old: str, new: str) -> tuple[str, int]:
    """`text` with the first `old` made `new`, and the line on which that is."""
    at = text.index(old)
    return text.replace(old, new, 1), text.count("\n", 0, at) + 1
