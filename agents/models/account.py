"""What calls to an endpoint have cost, and the most that they may.

A limit is kept by reserving: before a call goes out, what it may cost at worst is set aside, and a
call whose worst does not fit beside what is spent and set aside does not go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Condition, Event

from langchain_core.messages import BaseMessage

from scenarios.errors import InputError

LONGEST = 8192
"""Tokens of a reply, where there is a limit: without a bound there is no worst case."""
_AROUND = 64
"""Tokens that a template may put around each message."""


class Account:
    """Money that is spent at an endpoint, by all who work for a session.

    `limit` is money, None for none; `price` is money for 1,000 tokens, None for the wages of
    whoever is asked. Raises InputError where a price is given without a limit.
    """

    def __init__(self, limit: float | None = None, price: float | None = None) -> None:
        if limit is None and price is not None:
            raise InputError("is of use only with a limit", field="--price", mend="add --limit")
        self.limit, self.price = limit, price
        self.spent = 0.0
        self.tokens = 0
        self.reached = False
        """Whether a call did not go out."""
        self.notes: list[str] = []
        """Sentences on how the endpoint differs from what was expected."""
        self._reserved = 0.0
        self._changed = Condition()

    def reserve(self, tokens: int, wages: float, over: Event) -> bool:
        """Set aside what a call takes at worst; False where that does not fit.

        It waits for the calls that are under way where less than their worst would leave room.
        """
        worst = self._money(tokens, wages)
        with self._changed:
            while self.limit is not None and self.spent + self._reserved + worst > self.limit:
                # Once one call was left out, what is begun cannot be finished: none goes out.
                if not self._reserved or self.reached or over.is_set():
                    self.reached = True
                    self._changed.notify_all()
                    return False
                self._changed.wait(0.1)
            self._reserved += worst
        return True

    def settle(self, reserved: int, tokens: int, wages: float) -> None:
        """A call for which `reserved` tokens were set aside took `tokens`."""
        with self._changed:
            self._reserved -= self._money(reserved, wages)
            if abs(self._reserved) < 1e-9:
                self._reserved = 0.0
            self.spent += self._money(tokens, wages)
            self.tokens += tokens
            self._changed.notify_all()

    def told(self) -> list[str]:
        """What was spent, of what, and how the endpoint differs from what was expected."""
        of = "" if self.limit is None else f", of at most {self.limit:g}"
        return [f"The endpoint took {self.tokens:,} tokens: {self.spent:.4g}{of}.", *self.notes]

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _money(self, tokens: int, wages: float) -> float:
        return tokens / 1000 * (wages if self.price is None else self.price)


def at_worst(sent: Sequence[BaseMessage], options: object) -> int:
    """The most tokens that a call takes: no tokenizer makes more of a text than its bytes."""
    texts = [str(options), *(str(message.content) for message in sent)]
    return sum(len(text.encode()) + _AROUND for text in texts) + LONGEST
