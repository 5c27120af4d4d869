"""Tells what happens in a watched run, each thing once, however often its step is begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from simulator.event_lines import from_line, to_line
from simulator.events import Event, Watch


class Teller:
    """Passes events on to `tell`. A place is a node of the graph in one round of steps.

    A step that is begun again, after a kill or with an answer, tells the same again and then more.
    """

    def __init__(self, tell: Watch) -> None:
        self._tell = tell
        self._told: Counter[str] = Counter()

    def begin(self, place: str) -> Told:
        """A node begins to tell."""
        return Told(self, place)

    def pass_on(self, place: str, number: int, event: Event) -> None:
        """Tell the event of that number, from 0, of a place, unless it was told."""
        if number >= self._told[place]:
            self._told[place] = number + 1
            self._tell(event)

    def catch_up(self, told: Mapping[str, Sequence[str]]) -> None:
        """Tell what was noted at each place, as lines, as far as it was not told."""
        for place in sorted(told):
            for number in range(self._told[place], len(told[place])):
                self.pass_on(place, number, from_line(told[place][number]))


class Told:
    """What one place tells: a `Watch`, which keeps `lines` of it."""

    def __init__(self, teller: Teller, place: str) -> None:
        self.lines: list[str] = []
        self._teller = teller
        self._place = place

    def __call__(self, event: Event) -> None:
        self.lines.append(to_line(event))
        self._teller.pass_on(self._place, len(self.lines) - 1, event)
