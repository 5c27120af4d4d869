"""The trial behind the live screen: run to a question, left waiting, gone on with, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.events import Event, Question

if TYPE_CHECKING:
    from agents.watching import Watched
    from tui.workbook import Workbook


class Leg(NamedTuple):
    """What has happened from the beginning to a question, or to the end."""

    events: Sequence[Event]
    question: Question | None
    trouble: str


class Watching:
    """One trial after another of a learner's plan, and what was asked in the last."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.trial: int | None = None
        """The trial that is watched; None before the first."""
        self.answers: list[tuple[Question, str]] = []
        """What was asked in it, and what was said."""
        self._run: Watched | None = None

    def begin(self, trial: int | None = None) -> Leg:
        """Run a trial: without a number the one that was left, or else the first."""
        self.leave()
        self.answers.clear()
        session = self.book.session()
        self.trial = (session.cut_off() or 0) if trial is None else trial
        self._run = session.watched(trial=self.trial)
        return self._leg(None)

    def reply(self, question: Question, text: str) -> Leg:
        """Go on with an answer; '' is none."""
        self.answers.append((question, text))
        return self._leg(text)

    def leave(self) -> None:
        """Leave the trial: where it waits for an answer, it can be gone on with."""
        run, self._run = self._run, None
        if run is not None:
            run.close()

    def keep_answers(self) -> bool:
        """Write what was said about results into the plan, for trials that nobody watches.

        Whether there was anything to write. Raises InputError where the draft cannot be kept.
        """
        said = [(one, text) for one, text in self.answers if text and one.about]
        with self.book.draft.editing() as steps:
            for question, text in said:
                for step in steps:
                    if step.get("id") == question.step:
                        step["answers"] = {**(step.get("answers") or {}), question.about: text}
        return bool(said)

    def _leg(self, reply: str | None) -> Leg:
        run = self._run
        assert run is not None
        question, events = run.go_on(reply), run.events
        if question is None:
            self.leave()
        else:
            events = events[: events.index(question) + 1]
        return Leg(events, question, " ".join(run.troubles))
