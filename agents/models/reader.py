"""A reader of instructions that is a real model, behind any OpenAI-compatible endpoint.

It gives what the simulator's own reader gives. Many requirements go into one request, and what it
answered is remembered, so that a session pays once for the same text and requirement.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Event, Lock
from typing import Any

from langchain_core.messages import AIMessage

from agents.hands import side_by_side
from agents.models import reader_form
from agents.models.dialing import AT_ONCE, TIMEOUT, dial
from agents.models.line import Line, Sleep
from agents.models.reader_form import SAYS_NOTHING, Taken
from agents.models.trouble import Trouble
from scenarios.scenario import Requirement
from simulator.reading import Reading, SentenceReading, sentences

BATCH = 16
"""Requirements in a request: a scenario's and the habits, and a reply that is not cut off."""
_MEND = "try again, or leave --reader out"


class ModelReader:
    """A `TextReader` that asks a model. Built by `engage`.

    All that it is asked raises InputError where the endpoint, the key or the answers are no good.
    """

    def __init__(self, line: Line, *, max_concurrency: int = AT_ONCE) -> None:
        self._line = line
        self._max_concurrency = max_concurrency
        self._options: dict[str, Any] = {
            "response_format": reader_form.response_format(),
            "temperature": 0,
        }
        self._known: dict[tuple[str, str], Taken] = {}
        self._asking = Lock()

    def __str__(self) -> str:
        return f"openai:{self._line.model.model_name}"

    def read(self, text: str, requirements: Sequence[Requirement]) -> tuple[Reading, ...]:
        """How the whole text is taken for each requirement, in their order."""
        return tuple(taken.whole for taken in self._taken(text, requirements))

    def read_sentences(
        self, text: str, requirements: Sequence[Requirement]
    ) -> tuple[SentenceReading, ...]:
        """For each sentence of a text, in order, how it is taken for each requirement."""
        found = self._taken(text, requirements)
        return tuple(
            SentenceReading(one, tuple(taken.sentence(at) for taken in found))
            for at, one in enumerate(sentences(text))
        )

    def ahead(self, texts: Sequence[str], requirements: Sequence[Requirement]) -> None:
        """Read what will be asked for, several requests at a time."""
        rules = dict.fromkeys(map(reader_form.material, requirements))
        with self._asking:
            wanted = [
                request
                for text in dict.fromkeys(one.strip() for one in texts)
                if sentences(text)
                for request in _requests(text, [r for r in rules if (text, r) not in self._known])
            ]
            side_by_side(self._ask, wanted, self._max_concurrency)

    def _taken(self, text: str, requirements: Sequence[Requirement]) -> list[Taken]:
        self.ahead([text], requirements)
        # A message holds no more than the text between its blanks.
        keys = ((text.strip(), reader_form.material(one)) for one in requirements)
        return [self._known.get(key, SAYS_NOTHING) for key in keys]

    def _ask(self, request: tuple[str, Sequence[str]], over: Event) -> None:
        """Ask for some rules of a text, and once more for those that are not in the answer."""
        text, rules = request
        missing = dict(reader_form.names(rules))
        sent = reader_form.messages(text, rules)
        for _ in range(2):
            got = self._line.ask(sent, self._options, over)
            if isinstance(got, Trouble):
                raise self._line.wrong(got.text, _MEND)
            found = reader_form.taken(got.text, text) if got.usable else {}
            for name in found.keys() & missing.keys():
                self._known[text, missing.pop(name)] = found[name]
            if not missing:
                return
            # Some endpoints do not take a message without text.
            said = AIMessage(content=got.text or "(nothing)")
            sent = [*sent, said, reader_form.again(tuple(missing))]
        problem = f"it gave no usable reading of {len(missing)} of {len(rules)} rules"
        raise self._line.wrong(problem, _MEND)


def _requests(text: str, rules: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for start in range(0, len(rules), BATCH):
        yield text, rules[start : start + BATCH]


def engage(
    model_name: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = TIMEOUT,
    max_concurrency: int = AT_ONCE,
    sleep: Sleep = time.sleep,
) -> ModelReader:
    """Have a real model read.

    Where requests go, what needs a key, and what InputError is raised is as with `dial`.
    """
    line = dial(
        model_name, option="--reader", base_url=base_url, api_key=api_key, timeout=timeout,
        sleep=sleep,
    )  # fmt: skip
    return ModelReader(line, max_concurrency=max_concurrency)
