"""The text of a new plan: valid as it stands, and a manual in its comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scenarios.errors import printable
from scenarios.persona import Persona
from scenarios.scenario import Scenario

_HEAD = """\
# A plan for {id}: {title}
# Fill it in, then:  intern backbrief FILE   intern run FILE   intern explain FILE

scenario: {id}
steps:
  - id: work                  # a name of your own
    assignee: {first}            # {people}
    reads: [records]          # records, documents and other steps, by their ids
    produces:                 # the deliverable, and any results that you find useful on the way
{deliverable}
    instructions: |
      {ask}
"""
_TAIL = """\
    # What else a step can have:
    # produces:
    #   a_result: what it means, in your own words
    #   another: {{means: "what it means", choices: [one word, another word]}}
    #   several: {{means: "what they mean", list: true}}
    # examples: [ID]          # solved records of the archive
    # batch: 6                # records in one call; all of them by default
    # schema: true            # have the form of the answers enforced
    # votes: 3                # done so often, and paid so often; the majority counts
    # ask: true               # they may ask you one question before they begin
    # answers: {{a_result: "what they are told if they ask about it and you are not there"}}
    # review: {{by: {best}, of: [a_result], blind: true}}
    # checks:
    #   - {{that: "a_result != None"}}
    # redo: 1                 # how often a record that fails is done again
    # else: you               # and then: you, keep or drop

  # Code does exactly what it is told, with what other steps produce:
  # - id: sums
  #   assignee: tally
  #   reads: [work]
  #   produces: {{total: the total as a number}}
  #   does:
  #     - {{set: total, parse_money: a_result}}

# Somebody who is trained on solved records sorts as they are sorted, and reads no instructions:
# specialists:
#   - {{id: sorter, examples: all}}

# What do you expect? (Share of trials accepted; share of records wrong.)
# predict: {{reliability: 0.5}}
"""


def plan_template(scenario: Scenario, cast: Mapping[str, Persona]) -> str:
    """A plan of one step that names only the deliverable's fields."""
    interns = sorted((p for p in cast.values() if p.kind == "intern"), key=lambda p: p.price)
    first = interns[len(interns) // 2].id
    lines = []
    for field in scenario.deliverable:
        # A comment holds one line, whatever the description holds.
        says = _line(field.description)
        lines.append(f"      {field.name}: ~{'  # ' + says if says else ''}")
    head = _HEAD.format(
        id=scenario.id, title=_line(scenario.title), first=first, people=_names(cast),
        deliverable="\n".join(lines),
        ask="Say here, in your own words, what is to be done.",
    )  # fmt: skip
    return head + _TAIL.format(best=interns[-1].id)


def _names(people: Iterable[str]) -> str:
    *others, last = people
    return f"{', '.join(others)} or {last}"


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
