"""Counter-based randomness: a uniform number is a pure function of its key.

No generator has a state, so the order in which work happens changes nothing, a trial replays to
the byte on any machine, and two plans that are compared share their luck. The key has no step in
it: renaming, splitting or moving a step re-rolls nothing by itself. Fields and requirements enter
by their position in the scenario, so that renaming a hidden one changes nothing either.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from scenarios.chance import uniform

Role = Literal["work", "review"]


class Draws(NamedTuple):
    """The luck of one trial: everything that is drawn in it hangs on these three numbers."""

    seed: int
    sample: int
    repeat: int

    def __call__(
        self,
        mechanism: str,
        *,
        record: str = "",
        about: int = -1,
        who: str = "",
        role: Role | str = "",
        round: int = 0,
    ) -> float:
        return uniform(
            f"{self.seed}|{self.sample}|{self.repeat}|{mechanism}|{record}|{about}|{who}|{role}|{round}"
        )


__all__ = ["Draws", "Role", "uniform"]
