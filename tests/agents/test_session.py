"""A session's parts: trials that are stopped, and a debrief in two goes."""

from __future__ import annotations

from tests.office import reference, session


def test_stopping_keeps_the_samples_that_are_finished() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 2

    found = session(reference("naive")).evaluate(trials=40, stop=stop)
    assert found.interrupted
    assert len(found.scored) == 16
    assert found.scored == session(reference("naive")).evaluate(trials=16).scored


def test_stopping_after_the_last_sample_is_too_late() -> None:
    found = session(reference("naive")).evaluate(trials=8, stop=lambda: True)
    assert not found.interrupted
    assert len(found.scored) == 8


def test_a_debrief_in_two_goes_is_the_debrief() -> None:
    whole = session(reference("naive")).explain(trials=16)
    again = session(reference("naive"))
    first = again.show(again.evaluate(trials=16))
    assert first.exhibit == whole.exhibit
    assert first.advice == ()
    assert again.advise(first) == whole


def test_advice_that_is_stopped_is_none() -> None:
    again = session(reference("naive"))
    found = again.advise(again.show(again.evaluate(trials=16)), stop=lambda: True)
    assert found.advice == ()
    assert found.evaluation.interrupted
