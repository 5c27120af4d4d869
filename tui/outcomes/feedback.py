"""What goes with a record that went wrong: what had been expected of it, and one question."""

from __future__ import annotations

from simulator.debriefing.debrief import Exhibit
from simulator.scoring.evaluation import Evaluation
from tui.printing import percent

_ASK = {
    "unstated": "What did you know, or could have found out, that `{step}` was not told?",
    "vague": "Could somebody who starts on Monday do it from your sentence alone?",
    "contradicted": "What do your words say, read by somebody who takes them literally?",
    "conflict": "Which of the two things they were told is to win?",
    "overloaded": "Which of these rules belong together, and which deserve a step of their own?",
    "in-one-leap": "What is decided on the way there, and could it be written down and looked at?",
    "beyond-skill": "Where would a slip show, and who or what could look there?",
    "skipped": "How many at once would you hand to somebody, and still expect every one back?",
    "uncoded": "What did you assume that the code cannot know?",
}
_ASK_ELSE = "What would you change first, and how would you see that it helped?"


def question(cause: str, step: str) -> str:
    """The one question that goes with a cause in a step."""
    return f"To think about: {_ASK.get(cause, _ASK_ELSE).format(step=step)}"


def expected(evaluation: Evaluation, exhibit: Exhibit) -> list[str]:
    """What had been expected of the fields that are wrong on the record, and how often they are."""
    said = evaluation.plan.predict.wrong if evaluation.plan.predict is not None else {}
    things = f"{evaluation.scenario.records.name}s"
    lines = []
    for name, got, wanted in exhibit.delivered:
        if got == wanted:
            continue
        share = evaluation.wrong_shares.get(name, 0.0)
        thought = (
            f"to be wrong on {percent(said[name])} of the {things}" if name in said
            else "nothing in advance"
        )  # fmt: skip
        lines.append(f"you expected of {name}: {thought}; it is wrong on {percent(share)}")
    return lines
