"""The simulated intern as a LangChain chat model.

It gets the messages that a real model gets and takes its whole job from them. Only the truth, the
luck of the trial and the round reach it aside, through the run's configuration. It answers with
text that has to be parsed; the true causes of what is wrong in it ride in the message's metadata.
"""

from __future__ import annotations

import json
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.base import LanguageModelInput
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import RunnableConfig, ensure_config

from scenarios.model import Value
from scenarios.persona import Persona
from scenarios.rows import LINE
from scenarios.scenario import Scenario
from simulator.behaviour import finding
from simulator.behaviour.belief import Aside
from simulator.behaviour.doing import perform
from simulator.behaviour.job import understand
from simulator.behaviour.reviewing import inspect
from simulator.behaviour.wondering import wonder
from simulator.order import Head, Item
from simulator.received import parse_head, parse_items, split_message
from simulator.reply import write
from simulator.rows import in_sight
from simulator.text_reader import LOCAL, TextReader

ASIDE = "aside"
"""The key of the run's configuration under which the truth and the luck arrive."""


class SimulatedIntern(BaseChatModel):
    """An intern of a persona. Needs an `Aside` in `config["configurable"]["aside"]`."""

    persona: Persona
    texts: TextReader = LOCAL
    """Who reads its instructions for it."""

    @property
    def _llm_type(self) -> str:
        return "simulated-intern"

    def invoke(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> AIMessage:
        # The callback machinery costs ten times the work; it is used when somebody listens.
        configurable = (config or {}).get("configurable") or {}
        if (
            isinstance(input, list)
            and ASIDE in configurable
            and not (config or {}).get("callbacks")
        ):
            return self._answer(input, configurable[ASIDE])
        return super().invoke(input, config, stop=stop, aside=_aside(config), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        message = self._answer(messages, kwargs[ASIDE])
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _answer(self, messages: Any, aside: Aside) -> AIMessage:
        system, human = str(messages[0].content), str(messages[1].content)
        attempt = sum(1 for message in messages if isinstance(message, AIMessage))
        head_text, items_text = split_message(human)
        head, items = parse_head(system, head_text), parse_items(items_text)
        if head.role == "review":
            rows = inspect(self.persona, aside, head, items, self.texts)
            return AIMessage(content=write(rows, broken=False, bare=True))
        return self._work(head, items, aside, attempt)

    def _work(self, head: Head, items: tuple[Item, ...], aside: Aside, attempt: int) -> AIMessage:
        job = understand(aside.scenario, self.persona, head, self.texts)
        about = in_sight(aside.scenario, items)
        if head.asks and attempt == 0:
            wondered = wonder(job, aside, [record for record, _, _ in about])
            if wondered is not None:
                said = {"ask": wondered.question, "about": wondered.about}
                return AIMessage(content=json.dumps(said, ensure_ascii=False))
        kept: dict[str, dict[str, Any]] = {}
        adopted: dict[str, tuple[str, ...]] = {}
        fresh: list[tuple[str, bool, dict[str, Any]]] = []
        for record, has_text, item in about:
            returned = finding.parse(item.finding) if item.finding else None
            answer = finding.reconsider(job, aside, record, returned) if returned else "again"
            if returned is None or answer == "again":
                given = json.loads(item.given) if item.given else {}
                fresh.append((record, has_text, given))
            elif answer == "keep" or returned.other is None:
                kept[record] = returned.before
            else:
                # Nothing is what the other one has of a row that is not there.
                kept[record] = {**returned.before, **returned.other} if returned.other else {}
                adopted[record] = tuple(returned.other)
        found = {record: item.passages for record, _, item in about if item.passages}
        done = perform(job, aside, fresh, found)
        rows: list[dict[str, Any]] = []
        for record, _, _ in about:
            row = kept.get(record) or done.rows.get(record)
            if row is not None:
                rows.append({**_key(aside.scenario, record, head), **row})
        first = items[0].record if items else ""
        u = aside.draws(
            f"form{attempt}",
            record=first,
            who=self.persona.id,
            role=aside.role,
            round=aside.round(first),
        )
        parses = job.parses[0] if len(items) == 1 else job.parses[1]
        broken = u >= parses and not aside.spares("malformed")
        return AIMessage(
            content=write(rows, broken=broken, bare=head.enforce_schema),
            response_metadata={"slips": done.slips, "kept": frozenset(kept), "adopted": adopted},
        )


def _key(scenario: Scenario, record: str, head: Head) -> dict[str, Value]:
    """How a reply says what a row of it is about."""
    if not head.rows:
        return {"record": record}
    row = scenario.record[record]
    return {"record": row.source, LINE: row.line}


def _aside(config: RunnableConfig | None) -> Aside:
    aside = ensure_config(config).get("configurable", {}).get(ASIDE)
    if not isinstance(aside, Aside):
        raise TypeError("a simulated intern needs an Aside in config['configurable']['aside']")
    return aside
