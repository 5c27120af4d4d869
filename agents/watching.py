"""One trial that somebody watches: recorded as it goes, and continued where it was cut off."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from agents.asking import Consult
from agents.hiring import hirer
from agents.notebook import Notebook, Noting
from agents.quiet import no_tracing
from agents.team import CompiledTeam
from agents.teller import Teller
from scenarios.persona import Persona
from scenarios.scenario import Lot, Scenario
from simulator import sampling
from simulator.events import Event, Question, Recorder, RunFinished, RunStarted, Seat, Watch
from simulator.rows import sheets_of
from simulator.scoring.grading import judge
from simulator.storage import recordings
from simulator.storage.recordings import Recording
from simulator.trial import Trial, TrialKey

if TYPE_CHECKING:
    from agents.session import Session


class Watched:
    """A trial of a session, begun, or gone on with where the same one was cut off before.

    The same is one of the same plan, scenario, people, model, lot, seed and trial. `tell` is told
    each event as it happens, from the first: steps side by side not in the order of the clock.
    """

    def __init__(
        self, session: Session, lot: Lot = "practice", *, seed: int = 1, trial: int = 0,
        tell: Watch | None = None,
    ) -> None:  # fmt: skip
        no_tracing()
        self.session = session
        self.key = sampling.keys(session.scenario, lot, seed=seed, trials=trial + 1)[trial]
        self.question: Question | None = None
        """At which it waits."""
        self.trial: Trial | None = None
        """What came of it; None until it is over."""
        self.troubles: list[str] = []
        """What keeps it from being recorded, or from going on after it was cut off."""
        self._recorder = Recorder()
        self._tell = tell
        self._replies: dict[Question, str] = {}
        hire = hirer(session.model, session.texts, session.account)

        def noting(persona: Persona) -> Noting:
            return Noting(hire(persona), lambda: self._notebook)

        self._team = CompiledTeam(
            session.scenario, session.plan, session.cast, noting, session.piloted
        )
        mark = f"{_what(session, lot, seed)}-{trial}"
        self.gone_on_with = self._found(mark)
        """The recording of the run that was cut off; None where this is a new one."""
        if self.gone_on_with is None:
            self._recording = Recording(session.scenario.id)
            self._notebook = self._begun(mark)
        self.calls_before = self._notebook.calls
        """How many calls were finished already."""
        self._teller = Teller(self._happens)
        self._happens(started(self._team, self.key, session.model))

    def __enter__(self) -> Watched:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        where: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Leave the run: one that is not over can be gone on with."""
        self._recording.close()
        if self.trial is not None:
            self._notebook.remove()
        else:
            self._notebook.close()

    @property
    def events(self) -> list[Event]:
        """What has happened so far, by the run's own clock."""
        return self._recorder.in_order()

    def go_on(self, reply: str | None = None) -> Question | None:
        """Run to the next question, which `reply` answers then; None where the run is over."""
        if self.question is not None and reply is not None:
            self._replies[self.question] = reply
        came = self._run()
        while isinstance(came, Question) and came in self._replies:
            came = self._run()
        if isinstance(came, Question):
            self.question = came
            return came
        self.question, self.trial = None, came
        self._happens(finished(self.session.scenario, came, self._recorder.events))
        return None

    def to_the_end(self, consult: Consult) -> list[Event]:
        """Run it all, with `consult` to answer what is asked; what happened, by the clock."""
        reply = None
        while (question := self.go_on(reply)) is not None:
            reply = consult(question)
        return self.events

    def _run(self) -> Trial | Question:
        try:
            return self._team.go_on(self.key, self._notebook, self._teller, self._replies)
        except sqlite3.Error as error:
            if self._notebook.trouble:
                raise
            self._notebook.give_up(error)
            self.troubles.append(self._notebook.trouble)
            return self._team.go_on(self.key, self._notebook, self._teller, self._replies)

    def _happens(self, event: Event) -> None:
        self._recorder(event)
        self._recording(event)
        if self._recording.trouble and self._recording.trouble not in self.troubles:
            self.troubles.append(self._recording.trouble)
        if self._tell is not None:
            self._tell(event)

    def _found(self, mark: str) -> Path | None:
        """The newest run that was cut off and that can go on."""
        for path, its in recordings.unfinished():
            if its != mark:
                continue
            notes = recordings.notes(path, mark)
            try:
                self._notebook = Notebook(notes)
            except (sqlite3.Error, OSError) as error:
                # What another program is running is not cut off.
                if "locked" not in str(error):
                    self.troubles.append(
                        f"a run that was cut off cannot go on: {notes}: {error}; "
                        "it is left as it is, and another one is begun: move it away"
                    )
                continue
            self._recording = Recording(self.session.scenario.id, path)
            return path
        return None

    def _begun(self, mark: str) -> Notebook:
        path = self._recording.path
        if path is not None and not self._recording.trouble:
            notes = recordings.notes(path, mark)
            new = not notes.exists()
            try:
                return Notebook(notes)
            except (sqlite3.Error, OSError) as error:
                self.troubles.append(f"this run would not survive being cut off: {notes}: {error}")
                if new:
                    with suppress(OSError):
                        notes.unlink()
        elif self._recording.trouble:
            self.troubles.append(self._recording.trouble)
        return Notebook()


def cut_off(session: Session, lot: Lot = "practice", *, seed: int = 1) -> int | None:
    """The trial of a session that was cut off last, and that can go on."""
    what = _what(session, lot, seed)
    for _, mark in recordings.unfinished():
        ours, _, trial = mark.rpartition("-")
        if ours == what and trial.isdecimal():
            return int(trial)
    return None


def _what(session: Session, lot: Lot, seed: int) -> str:
    """What a run is a run of, in a few letters: what is different is another run."""
    people = {name: person.model_dump_json() for name, person in sorted(session.cast.items())}
    about = [
        session.scenario.model_dump_json(), session.plan.model_dump_json(exclude={"predict"}),
        people, session.model, str(session.texts), lot, seed,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:12]


def started(team: CompiledTeam, key: TrialKey, model: str) -> RunStarted:
    """How the run of a trial begins."""
    scenario = team.scenario
    records = scenario.records
    seats = tuple(
        Seat(step.id, step.assignee, b.upstream, step.review.by if step.review else None)
        for step, b in ((b.step, b) for b in team.blueprints.values())
    )
    return RunStarted(
        scenario.id, seats, sheets_of(scenario, key.records), model, records.name,
        scenario.unit if records.rows else "", scenario.loss.currency,
    )  # fmt: skip


def finished(scenario: Scenario, trial: Trial, events: Sequence[Event]) -> RunFinished:
    """How it ends, after `events`."""
    verdict = judge(scenario, trial)
    # Minutes are rounded: nothing may come after the end.
    end = max(trial.minutes * 60, *(event.at for event in events))
    return RunFinished(
        end, verdict.accepted, verdict.wrong_records, verdict.loss,
        trial.cost, trial.minutes, trial.your_minutes,
    )  # fmt: skip
