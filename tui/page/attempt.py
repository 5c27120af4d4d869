"""The page of one attempt: what was asked, what was tried, what came of it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.errors import InputError
from scenarios.files.source import parse
from scenarios.plans.plan import CODE, YOU
from simulator.debriefing.debrief import WHY
from simulator.scoring.evaluation import Evaluation
from simulator.storage.store import Attempt
from tui.about import version
from tui.outcomes import report, results
from tui.page import causes, iteration, judged
from tui.page.behind import Behind
from tui.page.graph import plan_graph
from tui.page.html import (
    Node,
    Part,
    element,
    figure_of,
    page,
    paragraph,
    section,
    table,
    written,
)  # fmt: skip
from tui.page.pictures import reliability
from tui.page.standing import standing_section
from tui.planning.shape import check_shape
from tui.planning.summary import controls, means, operation_words
from tui.printing import number, percent, plural


def attempt_page(behind: Behind) -> str:
    """The whole file."""
    attempt, scenario = behind.attempt, behind.opened.scenario
    won = attempt.summary.get("medal")
    badges = [f"{won} medal"] if won else []
    badges += ["an answer was seen"] if attempt.revealed else []
    header: list[Part] = [
        paragraph("Unreliable Intern: the report of an attempt", class_="eyebrow"),
        element("h1", scenario.title),
        paragraph(
            f"Attempt {attempt.number}, {attempt.plan}, {attempt.created.replace('T', ' ')[:16]} "
            f"UTC; {plural(attempt.trials, 'trial')} on {attempt.lot} records, seed "
            f"{attempt.seed}, model {attempt.model} ", *(
                element("span", said, class_="badge") for said in badges
            ), class_="meta",
        ),
    ]  # fmt: skip
    evaluation = behind.evaluation
    sections = [
        _summary(behind), _brief(behind), _plan(behind),
        _slips(attempt) if evaluation is None else _result(evaluation),
        *judged.sections(attempt), *causes.sections(behind), *iteration.sections(behind),
        *([standing_section(scenario, behind.placed)] if behind.placed else []),
    ]  # fmt: skip
    who = (
        "A real model did the work: the same plan need not give the same figures again"
        if attempt.summary.get("inferred")
        else "The interns are simulated, and the same plan gives the same figures on any machine"
    )
    footer = f"Written by Unreliable Intern {version()}. {who}; intervals are of 95 %."
    return page(f"{scenario.title}: attempt {attempt.number}", header, sections, footer)


def _summary(behind: Behind) -> Node:
    scenario, kept = behind.opened.scenario, behind.attempt.summary
    tiles = [
        _tile("reliability", "Reliability", kept, percent, "of trials good enough to be used"),
        _tile("loss", "Money lost", kept, number, f"{scenario.loss.currency} a trial".strip()),
        _tile("wrong_records", f"Wrong {scenario.unit}s", kept, number, "a trial"),
        _tile("cost", "Wages", kept, number, f"a trial, of {number(scenario.budget.money)}"),
        _tile("minutes", "Minutes", kept, number, f"a trial, of {number(scenario.budget.minutes)}"),
    ]
    note = None
    if behind.differs:
        note = paragraph(
            f"These are the figures as version {behind.attempt.program} kept them. This version "
            "comes to others, which stand below: the program has changed since.", class_="note",
        )  # fmt: skip
    elif behind.evaluation is None:
        note = paragraph(
            "A real model was asked for this attempt. It cannot be run again for this report, so "
            "there is no more than what was kept.", class_="note",
        )  # fmt: skip
    return section(
        "summary", "In short", paragraph(scenario.summary, class_="lead"),
        element("dl", *tiles, class_="tiles"), note,
    )  # fmt: skip


def _tile(name: str, label: str, kept: Mapping[str, Any], say: Any, unit: str) -> Node:
    mean = (kept.get(name) or {}).get("mean")
    shown = "not scored" if mean is None else say(mean)
    big = element("span", figure_of(f"kept.{name}", mean, shown), class_="big")
    return element(
        "div", element("dt", label),
        element("dd", big, element("span", unit, class_="small")),
    )  # fmt: skip


def _brief(behind: Behind) -> Node:
    scenario = behind.opened.scenario
    fields = ", ".join(field.name for field in scenario.deliverable)
    return section(
        "brief",
        "The brief",
        paragraph(f"From {scenario.boss}:"),
        written(scenario.brief, "letter"),
        paragraph(f"Wanted for every {scenario.unit}: {fields}.", class_="meta"),
    )


def _plan(behind: Behind) -> Node:
    try:
        steps = check_shape(parse(behind.attempt.plan_text, behind.attempt.plan).data)["steps"]
    except InputError as error:
        return section("plan", "The plan", paragraph(error.one_line()))
    names = {id_: person.name for id_, person in behind.opened.cast.items()}
    return section(
        "plan", "The plan", plan_graph(steps, names), *(_step(step, names) for step in steps)
    )


def _step(step: Mapping[str, Any], names: Mapping[str, str]) -> Node:
    who = str(step.get("assignee", "nobody"))
    gives = [f"{name}: {means(value)}" for name, value in step.get("produces", {}).items()]
    rows = {
        "who": [names.get(who, who)],
        "reads": [", ".join(step.get("reads", ["records"]))],
        "gives": gives,
        "does": [operation_words(one) for one in step.get("does", ())],
        "controls": [", ".join(controls(step))] if controls(step) else [],
    }
    terms: list[Part] = []
    for label, texts in rows.items():
        if texts:
            terms += [element("dt", label), element("dd", *_broken(texts))]
    told = str(step.get("instructions", "")).strip()
    return element(
        "article", element("h3", step["id"]), element("dl", *terms),
        written(told) if told else _untold(who), class_="step",
    )  # fmt: skip


def _broken(texts: list[str]) -> list[Part]:
    parts: list[Part] = []
    for text in texts:
        parts += [element("br"), text] if parts else [text]
    return parts


def _untold(who: str) -> Node | None:
    return None if who in (CODE, YOU) else paragraph("Nothing was written for them.", class_="meta")


def _result(evaluation: Evaluation) -> Node:
    rate = evaluation.reliability
    if rate is None:
        return section("result", "What came of it", paragraph("No trial was scored."))
    rows: list[list[Part]] = []
    for row in report.rows(evaluation):
        metric = row.metric
        mean = rate if metric == "reliability" or row.label == "accepted" else (
            evaluation.mean_of(metric) if isinstance(metric, int) else evaluation.mean(metric)
        )  # fmt: skip
        shown = figure_of(f"run.{metric}", None if mean is None else mean.mean, row.mean)
        rows.append([row.label, shown, row.between, row.wanted])
    faults = None
    if evaluation.faulty:
        faults = paragraph(f"{plural(evaluation.faulty, 'trial')} spoilt by faults, not scored.")
    again: list[Part] = [
        figure_of(f"run.pass_k.{k}", share, "-" if share is None else percent(share))
        for k, share in enumerate(evaluation.pass_k, 1)
    ]
    times = [str(k) for k in range(1, len(again) + 1)]
    scored = plural(len(evaluation.scored), "trial")
    return section(
        "result", "What came of it",
        paragraph(results.interval(rate), class_="lead"),
        reliability(rate, evaluation.scenario.medals),
        table(f"Means of {scored} with 95 % intervals, and what the scenario asks for",
              ["", "a trial", "95 %", "wanted"], rows, numbers=(1,)), faults,
        table("The same job, several times: how often it is right every time (pass^k)",
              ["times", *times], [["right every time", *again]],
              numbers=range(1, len(again) + 1)),
    )  # fmt: skip


def _slips(attempt: Attempt) -> Node:
    """What went wrong, as it was kept, of a run that cannot be made again."""
    rows: list[list[Part]] = [
        [WHY.get(slip["cause"], slip["cause"]), f"{slip['step']}: {slip['field']}",
         figure_of(f"slip.{place}", slip["per_trial"], number(slip["per_trial"]))]
        for place, slip in enumerate(attempt.summary.get("slips", ()))
    ]  # fmt: skip
    note = None
    if attempt.summary.get("inferred"):
        note = paragraph(
            "Why is not known of a real model: causes are inferred, by comparing what came out "
            "with what known mistakes would give.", class_="note",
        )  # fmt: skip
    return section(
        "slips", "What went wrong", note,
        table("Slips of a trial, the most frequent first", ["why", "where", "a trial"], rows,
              numbers=(2,)) if rows else paragraph("Nothing that could be seen."),
    )  # fmt: skip
