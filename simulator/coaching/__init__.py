"""The coach: which one change would have helped, measured by making it and running again."""

from simulator.coaching.candidates import changes
from simulator.coaching.change import Advice, Change, Simulate
from simulator.coaching.idle import Idle, idle
from simulator.coaching.measuring import suggest

__all__ = ["Advice", "Change", "Idle", "Simulate", "changes", "idle", "suggest"]
