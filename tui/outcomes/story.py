"""A debrief as a person would want to read it: what happened, why, and what would help most."""

from __future__ import annotations

from typing import Any

from agents.debriefing import Debrief
from scenarios.model import Value
from scenarios.rows import around
from scenarios.scenario import Field, Record, Scenario
from simulator.coaching import Advice, Without
from simulator.debriefing.debrief import WHY, Exhibit
from simulator.debriefing.foresight import foresight
from simulator.debriefing.heard import Told, heard
from simulator.meaning import asked, meaning
from simulator.prose import in_words, judge
from simulator.scoring.evaluation import Evaluation
from simulator.scoring.statistics import Estimate, six
from tui.outcomes import costs, feedback, figures, foretold, piloted, retold
from tui.printing import number, percent, plural, prose, shown, signed, verbatim, wrapped

_LINES = 30
NUDGE, POINTER, ANSWER = RUNGS = ("nudge", "pointer", "answer")
"""The ladder of the coach's help, one rung at a time."""
_READ = "the search: it brought a passage that says it, so the mistake is in the reading"
_NOT_FOUND = "the search: no passage that says it was among those that it brought"
NOT_TRIED = (
    "No change was tried: for each a real model would be asked, and paid, again. `intern explain` "
    "without --model tries them on simulated interns."
)
PRICE = "a plan that has them earns bronze at most"
"""What an answer costs."""


def tell(
    debrief: Debrief, plan_name: str, told: Told | None = None, *, reveal: bool = False,
    rung: str = NUDGE,
) -> str:  # fmt: skip
    """The whole debrief. `told` is what the interview had told by then, where that is known."""
    evaluation = debrief.evaluation
    parts = [prose(what_happened(evaluation, plan_name))]
    if evaluation.scored:
        parts.append(surprises(evaluation))
    if debrief.cause is not None:
        parts.append(prose(top_cause(debrief, reveal=reveal)))
    if debrief.exhibit is not None:
        parts.append(_shown(evaluation, debrief.exhibit))
        assert debrief.cause is not None
        parts.append(prose(feedback.question(debrief.cause.cause, debrief.cause.step)))
    parts += costs.told(debrief, reveal=reveal)
    parts += [prose(line) for line in piloted.kept(debrief)]
    advice = debrief.best
    if advice is not None:
        parts.append(_advice(evaluation, advice, rung=ANSWER if reveal else rung))
    elif evaluation.inferred and debrief.cause is not None:
        parts.append(prose(NOT_TRIED))
    elif debrief.cause is not None and not evaluation.interrupted:
        parts.append("No single change that was tried saves money.")
    if told is not None and evaluation.scored:
        parts += [prose(text) for text in retold.paragraphs(evaluation, heard(evaluation, told))]
    if debrief.idle:
        trials = plural(len(evaluation.scored), "trial")
        head = f"What does nothing that {trials} could show, and what a trial saves without it"
        rows = [wrapped(line, "  ", "    ") for line in idle_lines(debrief)]
        parts.append("\n".join([prose(head), *rows]))
    return "\n\n".join(parts)


def surprises(evaluation: Evaluation) -> str:
    """What had been said in advance and what came of it, the greatest surprise first."""
    said = foresight(evaluation)
    if said is None:
        return prose("Nothing was said in advance (`predict:`): foresight is not scored.")
    return foretold.told(said)


def idle_lines(debrief: Debrief) -> list[str]:
    """What in the plan does nothing, a line each, and what a trial without it comes to."""
    return [
        f"`{one.part.step}`, {one.part.part}: wages {signed(one.cost.mean)}, "
        f"minutes {signed(one.minutes.mean)}; loss {signed(one.loss.mean)}{_bounds(one.loss)}"
        for one in debrief.idle
    ]


def debrief_object(
    debrief: Debrief, plan_name: str, model: str, reader: str = "sim",
    told: Told | None = None, *, reveal: bool = False, rung: str = NUDGE,
) -> dict[str, Any]:  # fmt: skip
    """What `intern explain --json` prints."""
    evaluation = debrief.evaluation
    found = figures.evaluation_object(evaluation, plan_name, model, reader, reveal=reveal)
    advice = debrief.best
    return {
        **found,
        "causes": [
            {**row, "measured": costs.measured(debrief, keys)}
            for row, keys in zip(
                causes(evaluation, reveal=reveal),
                costs.alike(evaluation, reveal=reveal).values(), strict=True,
            )
        ],
        "controls": [costs.control_object(one) for one in debrief.controls],
        "pilots": [piloted.kept_object(one) for one in debrief.promised],
        "exhibit": None if debrief.exhibit is None
        else _exhibit_object(evaluation, debrief.exhibit),
        "advice": None if advice is None else _advice_object(advice, ANSWER if reveal else rung),
        "idle": [_idle_object(one) for one in debrief.idle],
        "interview": None if told is None or not evaluation.scored
        else retold.heard_object(heard(evaluation, told)),
    }  # fmt: skip


def causes(evaluation: Evaluation, *, reveal: bool = False) -> list[dict[str, Any]]:
    """Money lost and wrong records a trial by first cause; those that look alike as one."""
    rows = []
    for told, keys in costs.alike(evaluation, reveal=reveal).items():
        loss, records = (sum(evaluation.blame[key][i] for key in keys) for i in (0, 1))
        hidden = {"hidden_field": told.hidden_field} if reveal else {}
        rows.append({
            "cause": told.cause, "step": told.step, "field": told.field,
            "requirement": told.requirement, **hidden,
            "loss": six(loss), "wrong_records": six(records),
        })  # fmt: skip
    return rows


def what_happened(evaluation: Evaluation, plan_name: str) -> str:
    """What came of the trials, in one paragraph."""
    scenario = evaluation.scenario
    thing = scenario.records.name
    rate = evaluation.reliability
    loss, wrong = evaluation.mean("loss"), evaluation.mean("wrong_records")
    cost, minutes = evaluation.mean("cost"), evaluation.mean("minutes")
    yours = evaluation.mean("escalations")
    if not (rate and loss and wrong and cost and minutes and yours):
        return f"{plan_name}: no trial was scored."
    size = sum(scenario.records.sample.values())
    good = round(rate.mean * len(evaluation.scored))
    stopped = " before it was interrupted" if evaluation.interrupted else ""
    return (
        f"{plan_name} did the job {plural(len(evaluation.scored), 'time')}{stopped}. It lost "
        f"{_money(evaluation, loss.mean)} a trial, with {number(wrong.mean)} of {size} {thing}s "
        f"wrong, and was good enough to be used {plural(good, 'time')}: reliability "
        f"{percent(rate.mean)}. A trial took {number(cost.mean)} in wages and "
        f"{number(minutes.mean)} minutes, and {number(yours.mean)} {thing}s came to you."
    )


def top_cause(debrief: Debrief, *, reveal: bool = False) -> str:
    """What cost most and how much of it, in one paragraph. There must be a cause."""
    evaluation = debrief.evaluation
    assert debrief.cause is not None
    key = debrief.cause
    loss, wrong = evaluation.blame[key]
    whole = sum(value for value, _ in evaluation.blame.values())
    share = f"{percent(loss / whole)} of the money lost" if whole > 0 else "most that is wrong"
    told = figures.told(evaluation, key, reveal=reveal)
    thing = evaluation.scenario.unit
    inferred = ", inferred by comparison" if evaluation.inferred else ""
    hidden = ""
    if reveal:
        names = [name for name in (told.requirement, told.hidden_field) if name]
        hidden = f" [{', '.join(names)}]" if names else ""
    return (
        f"What cost most goes back to step `{told.step}`, `{told.field}`: {WHY[told.cause]} "
        f"({told.cause}{hidden}{inferred}). It came first behind {share}, "
        f"{_money(evaluation, loss)} and {number(wrong)} {thing}s a trial."
    )


def _shown(evaluation: Evaluation, exhibit: Exhibit) -> str:
    scenario = evaluation.scenario
    record = scenario.record[exhibit.record]
    return "\n".join([
        exhibit_title(evaluation, exhibit), "", record_shown(record, "    | ", _LINES), "",
        *(wrapped(line, "    ", "      ") for line in exhibit_lines(evaluation, exhibit)),
    ])  # fmt: skip


def record_shown(record: Record, indent: str, most: int) -> str:
    """A record in at most so many lines; of a row what stands around it, with the numbers."""
    if record.source:
        return verbatim(around(record, most), indent)
    return verbatim(record.text, indent, most)


def exhibit_title(evaluation: Evaluation, exhibit: Exhibit) -> str:
    """Which record of which trial is shown."""
    thing = evaluation.scenario.unit
    again = ", which was done again to look at it" if evaluation.inferred else ""
    return f"For example {thing} {exhibit.record}, in trial {exhibit.trial + 1}{again}:"


def exhibit_lines(evaluation: Evaluation, exhibit: Exhibit) -> list[str]:
    """What came out and what was wanted, what it cost, what it rests on, and why."""
    lines = []
    for name, got, wanted in exhibit.delivered:
        field = evaluation.scenario.field[name]
        if field.points:
            lines += _points(evaluation.scenario, exhibit.record, field, got)
        else:
            lines.append(f"{name}: came out {shown(got)}, wanted {shown(wanted)}")
    own = _own_result(evaluation, exhibit)
    if own is not None:
        name, got, wanted = own
        step = exhibit.slip.step
        lines.append(f"{name} (step {step}): came out {shown(got)}, wanted {shown(wanted)}")
    words = " ".join(exhibit.slip.words.split())
    lines.append(f"lost on it: {_money(evaluation, exhibit.loss)}")
    if words or exhibit.slip.requirement is not None:
        # A slip of skill rests on no sentence, and naming none would blame the wrong thing.
        lines.append(f"it rests on: {words or 'nothing you wrote'}")
    if exhibit.brought is not None:
        lines.append(_READ if exhibit.brought else _NOT_FOUND)
    return [*lines, f"why: {WHY[exhibit.slip.cause]}", *feedback.expected(evaluation, exhibit)]


def _points(scenario: Scenario, record: str, field: Field, got: Value) -> list[str]:
    """A text, and what it says and what not, each point in its author's words."""
    found = judge(scenario, scenario.record[record], field, got)
    lines = [f"{field.name}: came out {shown(got)}"]
    for point in found.points:
        words = f'"{in_words(point)}"'
        if point in found.missing:
            lines.append(f"{field.name}: does not say {words}, and should")
        elif point in found.wrongly_said:
            lines.append(f"{field.name}: says {words}, and must not")
        elif point in found.said:
            lines.append(f"{field.name}: says {words}")
    return lines


def _own_result(evaluation: Evaluation, exhibit: Exhibit) -> tuple[str, Value, Value] | None:
    """The learner's own result that went wrong, in their words; None where it went unsaid."""
    step = evaluation.plan.step.get(exhibit.slip.step)
    result = step.produces.get(exhibit.result) if step else None
    if result is None or exhibit.result in {name for name, _, _ in exhibit.delivered}:
        return None
    means = meaning(evaluation.scenario, asked(evaluation.scenario, exhibit.result, result))
    if means.field is None or means.field.name != exhibit.slip.field:
        return None
    return exhibit.result, means.tell(means.hear(exhibit.got)), means.tell(
        means.hear(exhibit.wanted)
    )  # fmt: skip


def _advice(evaluation: Evaluation, advice: Advice, *, rung: str) -> str:
    lines = ["What would help most", prose(advice.change.says, "  ")]
    lines.append(wrapped(effect(evaluation, advice), "  "))
    if rung != NUDGE and advice.change.pointer:
        lines.append(wrapped(f"Where to look: {advice.change.pointer}", "  "))
    elif rung == POINTER:
        lines.append(wrapped("There is nowhere to point at: what is left is the answer.", "  "))
    if rung == ANSWER:
        lines.append(wrapped(f"The words: {advice.change.answer}", "  "))
        lines.append(wrapped(f"The price: {PRICE}.", "  "))
    else:
        more = f"--hint {POINTER} says where to look, and is free; " if rung == NUDGE else ""
        lines.append(wrapped(f"More: {more}--hint {ANSWER} tells the words; {PRICE}.", "  "))
    return "\n".join(lines)


def so_far(advice: Advice) -> str:
    """What may be said of the best change while others are still being tried."""
    return f"{advice.change.says} (loss {signed(advice.loss.mean)} a trial)"


def effect(evaluation: Evaluation, advice: Advice) -> str:
    """What a change did when it was tried, on the same draws."""
    before = evaluation.mean("loss")
    assert before is not None
    after = before.mean + advice.loss.mean
    currency = evaluation.scenario.loss.currency
    said = (
        f"Measured: loss {number(before.mean)} -> {number(after)} "
        f"{f'{currency} a trial'.strip()} ({signed(advice.loss.mean)}{_bounds(advice.loss)}); "
        f"reliability {percent(advice.before)} -> {percent(advice.after)}; "
        f"wages {signed(advice.cost.mean)} a trial."
    )
    if advice.noise:
        said += " So far that is no more than noise: more trials would tell."
    return said


def _bounds(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f", 95 %: {signed(estimate.low)} to {signed(estimate.high)}"


def _idle_object(one: Without) -> dict[str, Any]:
    return {
        "step": one.part.step,
        "part": one.part.part,
        "loss": figures.interval(one.loss),
        "reliability": figures.interval(one.reliability),
        "cost": figures.interval(one.cost),
        "minutes": figures.interval(one.minutes),
    }


def _advice_object(advice: Advice, rung: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "says": advice.change.says,
        "loss": figures.interval(advice.loss),
        "reliability": figures.interval(advice.reliability),
        "cost": figures.interval(advice.cost),
        "minutes": figures.interval(advice.minutes),
        "your_minutes": figures.interval(advice.yours),
        "kind": advice.change.kind,
    }
    if rung != NUDGE:
        found["pointer"] = advice.change.pointer
    return {**found, "answer": advice.change.answer} if rung == ANSWER else found


def _exhibit_object(evaluation: Evaluation, exhibit: Exhibit) -> dict[str, Any]:
    own = _own_result(evaluation, exhibit)
    return {
        "trial": exhibit.trial,
        "record": exhibit.record,
        "step": exhibit.slip.step,
        "cause": exhibit.slip.cause,
        "delivered": [
            {"field": name, "got": got, "wanted": wanted} for name, got, wanted in exhibit.delivered
        ],
        "result": None if own is None else {"name": own[0], "got": own[1], "wanted": own[2]},
        "words": exhibit.slip.words,
        "brought": exhibit.brought,
        "loss": six(exhibit.loss),
    }


def _money(evaluation: Evaluation, amount: float) -> str:
    return f"{number(amount)} {evaluation.scenario.loss.currency}".strip()
