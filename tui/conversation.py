"""An interview, kept as the command line keeps it: what was said, and how much patience is left."""

from __future__ import annotations

from scenarios.scenario import Scenario, Stakeholder
from simulator.interview import Turn, answer, answers_left
from simulator.storage.store import Store
from tui.printing import plural


class Conversation:
    """What was said between the learner and one stakeholder."""

    def __init__(self, scenario: Scenario, person: Stakeholder, store: Store) -> None:
        self.scenario, self.person, self.store = scenario, person, store
        self.turns: list[Turn] = store.turns(scenario.id, person.id)

    @property
    def left(self) -> int:
        """The answers that they still have in them."""
        return answers_left(self.person, self.turns)

    def ask(self, question: str) -> Turn:
        """Ask, and keep what was said. Raises InputError where it cannot be kept."""
        turn = answer(self.person, question, self.turns)
        self.store.add_turn(self.scenario.id, self.person.id, turn)
        self.turns.append(turn)
        return turn

    def start_over(self) -> None:
        """Forget it all."""
        self.store.start_over(self.scenario.id, self.person.id)
        self.turns.clear()

    def patience(self) -> str:
        """What is left of their patience: marks and words."""
        left, whole = self.left, self.person.patience
        marks = "●" * left + "○" * max(0, whole - left)
        if whole > 12:
            marks = ""
        return f"{marks}  {plural(left, 'answer')} left".strip()
