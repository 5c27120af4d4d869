"""The coach: which one change would have helped, measured by making it and running again."""

from simulator.coaching.candidates import changes
from simulator.coaching.change import Advice, Change, Simulate
from simulator.coaching.measuring import Tell, rounds, suggest, trials_of
from simulator.coaching.parts import Without, idle, saved

__all__ = [
    "Advice", "Change", "Simulate", "Tell", "Without", "changes", "idle", "rounds", "saved",
    "suggest", "trials_of",
]  # fmt: skip
