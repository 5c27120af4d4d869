"""The files of a new scenario, made from a proposal: they run as they stand, and say what is left.

What only the author can know is marked TODO; the comments are the manual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.drafting.cases import records
from scenarios.drafting.phrases import Phrases, phrases
from scenarios.drafting.plans import expert, naive
from scenarios.drafting.proposal import PLAIN, Proposal, Rule
from scenarios.drafting.sheet import Answer
from scenarios.drafting.written import aside, joined, listed, scalar

RULES = "house-rules"
PERSON = "colleague"
_WORK = {"choice": "classify", "boolean": "judge", "money": "compute", "number": "compute"}
_MONEY = 0.12
"""The price of the dearest intern's call (cast/oswin.yaml)."""


def scaffold(id_: str, proposal: Proposal) -> Mapping[str, str]:
    """The text of each file, by its path in the scenario's folder."""
    said = {rule.id: phrases(rule, proposal.sheet) for rule in proposal.rules}
    return {
        "scenario.yaml": "\n".join(_scenario(id_, proposal, said)) + "\n",
        "records.yaml": records(proposal),
        f"documents/{RULES}.md": _document(proposal, said),
        "plans/naive.yaml": naive(id_, proposal),
        "plans/expert.yaml": expert(id_, proposal, [one.statement for one in said.values()]),
    }


def _scenario(id_: str, proposal: Proposal, said: Mapping[str, Phrases]) -> Iterator[str]:
    drawn = sum(proposal.sample.values())
    trapped = drawn - proposal.sample.get(PLAIN, 0)
    few = max(1, drawn // 10)
    names = joined([answer.name for answer in proposal.sheet.answers])
    yield f"""\
# A scenario that runs as it stands. What only you can know is marked TODO; the rest is proposed
# from your table, and yours to correct. Begin with the brief and the rules: they make it playable.
#   intern check --suggest .    what to do next        intern check --quick .    what is wrong
#   intern run plans/naive.yaml                        intern run plans/expert.yaml
id: {scalar(id_)}
title: "TODO: a title"
track: "TODO: where it belongs"
level: 1
# Of discovery, decomposition, clarity, context, delegation, verification, economics, foresight,
# iteration: what it is about.
teaches: [clarity, discovery]
minutes: 20
summary: "TODO: one sentence for the list: what lies there, and what is to be done with it."

# The brief is a message from whoever wants the work. It names what is to be delivered and what
# counts, and never a rule: those are to be found out.
boss: "TODO: a name, and what they are"
brief: |
  TODO: say in five sentences what the job is, why it matters and what went wrong last time.

  I need {names} for each of {drawn} records. At most {few} may come back to us unfinished.

# The cabinet. Under `states` stands which rule a paper tells, in the paper's own words. Add a paper
# or two that only look useful (noise: true).
documents:
  - id: {RULES}
    title: House rules
    file: {RULES}.md"""
    on_paper = [rule for rule in proposal.rules if _teller(proposal, rule) == RULES]
    if on_paper:
        yield "    states:"
    for rule in on_paper:
        yield f"      {rule.id}: {scalar(said[rule.id].statement)}"
    yield f"""
# Who can be asked. What they know is told for a question that asks for it: `asked_by` has examples.
# `unlock` says what it takes: any question, an open one, asking for an example, or empathy.
stakeholders:
  - id: {PERSON}
    name: "TODO: a name"
    role: "TODO: what they do, in a few words"
    greeting: "Come in. What do you need to know?"
    knows:"""
    yield from _facts(proposal, said)
    yield f"""
# Every sample draws so many of each stratum, so that every rule is needed in every trial.
records:
  name: record    # TODO: what one is called: an invoice, a ticket
  sample: {{{", ".join(f"{name}: {count}" for name, count in proposal.sample.items())}}}

# What is to be delivered. A step on the way that a good plan would make explicit is a field with
# `hidden: true`, with ways to describe it under `known_as`: by these a learner's result is known.
# What is delivered may be worked out of it by a `formula`.
fields:"""
    for answer in proposal.sheet.answers:
        yield from _field(proposal, answer)
    yield """
# The rules: what is true of the job and stands in no record. Each is a sentence, the field that
# goes wrong for whoever was not told it, and ways to put it: clearly, vaguely, the other way round.
# `concepts` are groups of words of which one each must meet in a clause that tells the rule.
requirements:""" + ("" if proposal.rules else " []    # the table suggests none")
    for rule in proposal.rules:
        yield from _requirement(proposal, rule, said[rule.id])
    deliverable = [answer.name for answer in proposal.sheet.answers]
    each = " + ".join(f"(0 if got.{name} == true.{name} else 1)" for name in deliverable)
    each = "0 if got == true else 1" if len(deliverable) == 1 else each
    # Half of what a plan that was told nothing gets wrong, and a little more than bad luck.
    wrong = max(1, trapped // 3)
    yield f"""
# What wrong work costs, what is accepted, and what may be spent on it.
loss: {{each: "{each}", missing: "{len(deliverable)}", currency: points}}
accept:
  - {{metric: wrong_records, at_most: {wrong}}}
  - {{metric: escalations, at_most: {few}}}
medals: {{bronze: 0.5, silver: 0.7, gold: 0.85}}
budget: {{money: {max(1.0, drawn * _MONEY):.2f}, minutes: 60, your_minutes: {few}}}"""


def _teller(proposal: Proposal, rule: Rule) -> str:
    """Who tells a rule: half of them stand on paper, the others have to be asked for."""
    return RULES if proposal.rules.index(rule) % 2 == 0 else PERSON


def _facts(proposal: Proposal, said: Mapping[str, Phrases]) -> Iterator[str]:
    yield """\
      - id: last-time
        says: "TODO: what went wrong last time, without telling a rule."
        asked_by: [What went wrong last time?, Which mistakes were made before?]
        unlock: any"""
    for rule in proposal.rules:
        if _teller(proposal, rule) == PERSON:
            words = said[rule.id]
            yield f"""\
      - id: about-{rule.id}
        says: {scalar(words.statement)}
        asked_by: {listed(words.questions)}
        unlock: open
        requirement: {rule.id}"""


def _field(proposal: Proposal, answer: Answer) -> Iterator[str]:
    guess = proposal.guesses[answer.name]
    right, size = guess.right(answer.truths), len(answer.truths)
    yield f"  # The simplest guess is {aside(guess.how)}: right in {right} of {size} cases."
    left = proposal.unexplained[answer.name]
    if left:
        yield f"""\
  # In {left} it goes wrong and no rule is proposed: too few are alike. What newcomers answer there
  # can stand in the table, in a column `wrong.{answer.name}`; or write rule and traps yourself."""
    yield f"  - name: {answer.name}"
    yield f"    type: {answer.kind}"
    if answer.choices:
        yield f"    choices: {listed(answer.choices)}"
    if answer.may_be_blank:
        yield "    may_be_blank: true"
    yield f"    work: {_WORK.get(answer.kind, 'read')}"
    called = answer.name.replace("_", " ")
    yield f"    description: {scalar(f'the {called}')}    # TODO: what it is, without a rule"


def _requirement(proposal: Proposal, rule: Rule, words: Phrases) -> Iterator[str]:
    ids = [proposal.sheet.ids[case] for case in rule.cases]
    some = ", ".join(ids[:4]) + (", ..." if len(ids) > 4 else "")
    yield f"  # {len(ids)} cases: {aside(some)}. {aside(words.why)}"
    yield f"""\
  - id: {rule.id}
    statement: {scalar(words.statement)}
    kind: constraint
    governs: {rule.field}
    learn_from: [{_teller(proposal, rule)}]
    said:"""
    yield from (f"      - {scalar(text)}" for text in words.said)
    for name, texts in (("vague", words.vague), ("contradicted", words.contradicted)):
        yield f"    {name}:"
        yield from (f"      - {scalar(text)}" for text in texts)
    if words.concepts:
        yield "    concepts:"
        first, *others = words.concepts
        yield f"      - - {listed(first)}"
        yield from (f"        - {listed(group)}" for group in others)
        yield f"    rivals: {listed(words.rivals)}"
        yield f"    value: {listed(words.value)}"
        yield f"    object: {listed(words.object)}"
    yield "    hints:"
    yield from (f"      - {scalar(text)}" for text in words.hints)


def _document(proposal: Proposal, said: Mapping[str, Phrases]) -> str:
    told = [said[rule.id].statement for rule in proposal.rules if _teller(proposal, rule) == RULES]
    return "\n\n".join(["House rules", *told, "Whoever is not sure asks a colleague."]) + "\n"
