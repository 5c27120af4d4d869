"""The team of a plan as one LangGraph program. The exporter puts what is imported here from the
product in the place of the imports, and the plan in the place of `state.PLAN`.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from typing import Annotated, Any, TypedDict

from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from openai import ContentFilterFinishReasonError, LengthFinishReasonError

from agents.colleague import AGAIN
from agents.exporting.operations import compute, fails, holds
from agents.exporting.questions import Question, told
from agents.exporting.state import (
    STEPS,
    Work,
    against,
    arrived,
    differ,
    plain,
    requests,
    settled,
)
from agents.exporting.votes import majority
from agents.models.forms import rows
from scenarios.language.values import as_text
from simulator.order import Item, Paper, batches, item_text
from simulator.passages import Index, cut
from simulator.reply import question

Answers = list[tuple[tuple[str, ...], Any]]


class State(TypedDict):
    ran: Annotated[list[str], operator.add]


class Team:
    """The plan as a graph: a node a step, an edge from what it reads, a way back for a redo.

    A step that may ask has a second node, which waits for the answer.
    """

    def __init__(
        self, model: ChatOpenAI, records: list[dict[str, Any]],
        collections: dict[str, list[dict[str, str]]],
    ) -> None:  # fmt: skip
        self.model = model
        self.work = {name: Work() for name in STEPS}
        self.indexes = {
            name: Index(
                passage for paper in collections[step["retrieves"]["from"]]
                for passage in cut(Paper(**paper), step["retrieves"]["chunk"])
            )
            for name, step in STEPS.items() if step["retrieves"]
        }  # fmt: skip
        self.records = {str(record["id"]): record for record in records}
        graph: Any = StateGraph(State)
        for name, step in STEPS.items():
            graph.add_node(name, lambda _, name=name: self.do(name, self.work))
            for source in step["upstream"] or [START]:
                graph.add_edge(source, name)
            back = sorted({name, *(check["redo"] for check in step["checks"])})
            if step["ask"]:
                back.append(f"{name} asks")
                graph.add_node(back[-1], lambda _, name=name: self.put(name))
                graph.add_edge(back[-1], name)
            graph.add_conditional_edges(
                name, lambda _, name=name: sent_back(name, self.work[name]), [*back, END]
            )
        self.graph = graph.compile(checkpointer=InMemorySaver())

    def run(self, consult: Callable[[dict[str, str]], str]) -> dict[str, Work]:
        """Do it all. `consult` answers what is asked and what the plan has no answer to."""
        limit = 20 + 8 * sum(2 + step["redo"] for step in STEPS.values())
        config = {
            "recursion_limit": limit, "max_concurrency": 1, "configurable": {"thread_id": "1"},
        }  # fmt: skip
        state = self.graph.invoke({"ran": []}, config)
        while waiting := state.get("__interrupt__"):
            answers = {one.id: consult(one.value) for one in waiting}
            state = self.graph.invoke(Command(resume=answers), config)
        return self.work

    def put(self, name: str) -> dict[str, Any]:
        """Have a question answered: by the plan, or by whoever resumes the graph."""
        step, mine = STEPS[name], self.work[name]
        if mine.question is not None:
            asked = {"step": name, "question": mine.question.text, "about": mine.question.about}
            answer = step["answers"].get(mine.question.about, "") or interrupt(asked)
            mine.said, mine.question = (mine.question.text, answer), None
        return {"ran": []}

    def do(self, name: str, work: dict[str, Work]) -> dict[str, Any]:
        """One step: what is out of date is done, checked and reviewed."""
        step, mine = STEPS[name], work[name]
        todo = mine.waiting or self.next_up(name, work)
        if todo is None or mine.question is not None:
            return {"ran": []}
        fresh, findings = todo
        if step["code"]:
            self.calculate(step, fresh, work)
        else:
            answers = self.answers(step, fresh, findings, work)
            mine.waiting = None
            if work[name].question is not None:
                mine.waiting = todo
                return {"ran": []}
            ballots: dict[str, list[Any]] = {record: [] for record in fresh}
            for batch, found in answers:
                for record in batch:
                    ballots[record].append((found or {}).get(record))
            for record, votes in ballots.items():
                row = majority(votes, step["produces"])
                if row is None:
                    mine.values.pop(record, None)
                else:
                    mine.values[record] = {key: plain(value) for key, value in row.items()}
        self.check(step, fresh, work)
        if step["review"]:
            self.review(step, fresh, work)
        mine.done = True
        return {"ran": [name]}

    def next_up(self, name: str, work: dict[str, Work]) -> tuple[list[str], dict[str, str]] | None:
        """The records to do now, with what is said against those that come back."""
        step, mine = STEPS[name], work[name]
        if not all(settled(source, work) for source in step["upstream"]):
            return None
        sources = [work[source] for source in step["upstream"]]
        stamps, findings = tuple(source.stamp for source in sources), {}
        for other, record, text in requests(name, work):
            mine.handled[other, record] = work[other].redos.get(record, 0)
            findings[record] = text
        if mine.done and mine.seen == stamps and not findings:
            return None
        mine.seen = stamps
        todo = []
        for record in self.records:
            if record in mine.dropped:
                continue
            if any(record in source.dropped for source in sources):
                mine.drop(record)
                continue
            if step["takes"] is not None and record not in mine.taken:
                if not holds(step["takes"], self.known(step, record, work)):
                    continue
                mine.taken.add(record)
            used = tuple(source.version.get(record, 0) for source in sources)
            if record in findings or mine.used.get(record) != used:
                todo.append(record)
                mine.used[record] = used
        if not todo and mine.done:
            return None
        for record in todo:
            mine.renew(record)
            mine.pending.pop(record, None)
        return todo, findings

    def known(self, step: dict[str, Any], record: str, work: dict[str, Work]) -> dict[str, Any]:
        """All that a step can refer to by name."""
        columns = self.records[record]["columns"] if step["reads_records"] else {}
        return {**columns, **arrived(step, record, work)}

    def calculate(self, step: dict[str, Any], fresh: list[str], work: dict[str, Work]) -> None:
        mine = work[step["id"]]
        known = {r: self.known(step, r, work) for r in self.records if r not in mine.dropped}
        texts = {r: self.records[r]["text"] if step["reads_records"] else "" for r in known}
        for record, values in compute(step["does"], known, texts, step["tables"]).items():
            if record not in fresh:
                if mine.values.get(record) == values:
                    continue
                mine.renew(record)
                fresh.append(record)
            mine.values[record] = values

    def answers(
        self, step: dict[str, Any], fresh: list[str], findings: dict[str, str],
        work: dict[str, Work],
    ) -> Answers:  # fmt: skip
        """What the model says of each record, once for each vote; first it may ask."""
        mine, left, first = work[step["id"]], fresh, []
        if step["ask"] and mine.said is None and fresh:
            batch = batches(fresh, step["batch"])[0]
            order = {**step, "system": step["asks"], "form": None, "asking": True}
            first = self.ask(step, order, list(batch), findings, work)
            if isinstance(first[0][1], Question):
                mine.question = first[0][1]
                return []
            mine.said = ()
            left = [record for record in fresh if record not in batch]
        order = told(step, *mine.said) if mine.said else step
        for vote in range(step["votes"]):
            first += self.ask(step, order, fresh if vote else left, findings, work)
        return first

    def passages(self, step: dict[str, Any], record: str, work: dict[str, Work]) -> Any:
        """What is found for a record in the step's collection."""
        if not step["retrieves"]:
            return ()
        known = self.known(step, record, work)
        query = " ".join(as_text(known.get(name)) for name in step["retrieves"]["by"])
        return self.indexes[step["id"]].search(query, step["retrieves"]["k"])

    def ask(
        self, step: dict[str, Any], order: dict[str, Any], records: list[str],
        findings: dict[str, str], work: dict[str, Work],
    ) -> Answers:  # fmt: skip
        """Give records to the model, in calls of the step's batch; what it says of each."""
        answers = []
        for batch in batches(records, step["batch"]):
            items = []
            for record in batch:
                given = arrived(step, record, work)
                if order["judges"]:
                    given |= work[step["id"]].values.get(record, {})
                items.append(
                    Item(
                        record,
                        self.records[record]["text"] if step["reads_records"] else None,
                        json.dumps(given, ensure_ascii=False) if given else "",
                        findings.get(record, ""),
                        self.passages(step, record, work),
                    )
                )
            shown = "\n".join(item_text(item) for item in items)
            said = f"{order['head']}\n<records>\n{shown}\n</records>"
            answers.append((batch, self.call(order, said)))
        return answers

    def call(self, order: dict[str, Any], said: str) -> dict[str, Any] | Question | None:
        """One call; a reply that cannot be read is asked for once more."""
        messages: list[tuple[str, str]] = [("system", order["system"]), ("human", said)]
        options = {"response_format": order["form"]} if order["form"] else {}
        for _ in range(2):
            try:
                reply = self.model.invoke(messages, **options)
                text = str(reply.text)
                whole = reply.response_metadata.get("finish_reason") in ("stop", None)
            except (LengthFinishReasonError, ContentFilterFinishReasonError):
                text, whole = "", False
            if whole and (found := rows(text)) is not None:
                return dict(found)
            if order.get("asking") and (asked := question(text)):
                return Question(*asked)
            messages = [*messages, ("ai", text or "(nothing)"), ("human", AGAIN)]
        return None

    def check(self, step: dict[str, Any], fresh: list[str], work: dict[str, Work]) -> None:
        mine = work[step["id"]]
        for check in step["checks"]:
            for record in fresh:
                if record in mine.pending or record in mine.dropped or record in mine.for_you:
                    continue
                row = {**arrived(step, record, work), **mine.values.get(record, {})}
                if fails(check["that"], row):
                    why = f"This does not hold: {check['that']}"
                    against(step, record, check["redo"], why, work)

    def review(self, step: dict[str, Any], fresh: list[str], work: dict[str, Work]) -> None:
        mine, review, name = work[step["id"]], step["review"], step["id"]
        records = [
            r for r in fresh if r in mine.values and r not in mine.pending and r not in mine.for_you
        ]
        if review["takes"] is not None:
            mine.looked_at.update(
                r for r in records
                if holds(review["takes"], {**self.known(step, r, work), **mine.values[r]})
            )  # fmt: skip
            records = [r for r in records if r in mine.looked_at]
        for batch, found in self.ask(step, review, records, {}, work):
            for record in batch:
                row = (found or {}).get(record)
                if row is None:
                    continue
                if review["judges"]:
                    if row.get("ok") is False:
                        why = f"A reviewer says: {row.get('why') or 'something looks wrong'}."
                        against(step, record, name, why, work)
                    continue
                own, other = mine.values[record], {key: plain(row.get(key)) for key in review["of"]}
                if any(differ(step, key, own.get(key), value) for key, value in other.items()):
                    against(step, record, name, "You two differ. Look again.", work, other)


def sent_back(name: str, mine: Work) -> list[str]:
    if mine.question is not None:
        return [f"{name} asks"]
    return sorted({target for target, _ in mine.pending.values()}) or [END]
