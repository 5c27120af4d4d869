"""The team of a plan as one LangGraph program. The exporter puts what is imported here from the
product in the place of the imports, and the plan in the place of `state.PLAN`.
"""

from __future__ import annotations

import json
import operator
import os
import sys
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from openai import ContentFilterFinishReasonError, LengthFinishReasonError, OpenAIError

from agents.colleague import AGAIN
from agents.exporting.files import read, write
from agents.exporting.operations import compute, fails, holds
from agents.exporting.state import (
    PLAN,
    STEPS,
    Work,
    against,
    arrived,
    differ,
    plain,
    requests,
    settled,
)
from agents.forms import rows
from simulator.order import Item, batches, item_text


class State(TypedDict):
    work: Annotated[dict[str, Work], operator.or_]


class Team:
    """The plan as a graph: a node a step, an edge from what it reads, a way back for a redo."""

    def __init__(self, model: ChatOpenAI, records: list[dict[str, Any]]) -> None:
        self.model = model
        self.records = {str(record["id"]): record for record in records}
        graph: Any = StateGraph(State)
        for name, step in STEPS.items():
            graph.add_node(name, lambda state, name=name: self.do(name, state["work"]))
            for source in step["upstream"] or [START]:
                graph.add_edge(source, name)
            back = sorted({name, *(check["redo"] for check in step["checks"])})
            graph.add_conditional_edges(
                name, lambda state, name=name: sent_back(state["work"][name]), [*back, END]
            )
        self.graph = graph.compile()

    def run(self) -> dict[str, Work]:
        limit = 20 + 8 * sum(2 + step["redo"] for step in STEPS.values())
        final = self.graph.invoke(
            {"work": {name: Work() for name in STEPS}},
            {"recursion_limit": limit, "max_concurrency": 1},
        )
        done: dict[str, Work] = final["work"]
        return done

    def do(self, name: str, work: dict[str, Work]) -> dict[str, Any]:
        """One step: what is out of date is done, checked and reviewed."""
        step, mine = STEPS[name], work[name]
        todo = self.next_up(name, work)
        if todo is None:
            return {"work": {name: mine}}
        fresh, findings = todo
        if step["code"]:
            self.calculate(step, fresh, work)
        else:
            for batch, found in self.ask(step, step, fresh, findings, work):
                for record in batch:
                    row = (found or {}).get(record)
                    if row is None:
                        mine.values.pop(record, None)
                    else:
                        mine.values[record] = {key: plain(row.get(key)) for key in step["produces"]}
        self.check(step, fresh, work)
        if step["review"]:
            self.review(step, fresh, work)
        mine.done = True
        return {"work": {name: mine}}

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

    def ask(
        self, step: dict[str, Any], order: dict[str, Any], records: list[str],
        findings: dict[str, str], work: dict[str, Work],
    ) -> list[tuple[tuple[str, ...], dict[str, Any] | None]]:  # fmt: skip
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
                    )
                )
            shown = "\n".join(item_text(item) for item in items)
            said = f"{order['head']}\n<records>\n{shown}\n</records>"
            answers.append((batch, self.call(order, said)))
        return answers

    def call(self, order: dict[str, Any], said: str) -> dict[str, Any] | None:
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


def sent_back(mine: Work) -> list[str]:
    return sorted({target for target, _ in mine.pending.values()}) or [END]


def main() -> None:
    folder = Path(__file__).parent
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "records.json"
    model = ChatOpenAI(model_name=os.environ.get("MODEL", PLAN["model"]))
    team = Team(model, read(path))
    try:
        work = team.run()
    except OpenAIError as error:
        sys.exit(f"the model could not be asked: {error}")
    fields = list(PLAN["deliverable"])
    waiting = {
        record: (name, why) for name, mine in work.items() for record, why in mine.for_you.items()
    }
    done = {
        record: [work[PLAN["deliverable"][key]].values.get(record, {}).get(key) for key in fields]
        for record in team.records
    }
    results = [[r, *values] for r, values in done.items() if r not in waiting]
    write(Path("results.csv"), ["id", *fields], results)
    yours = [[r, *waiting[r], *done[r]] for r in done if r in waiting]
    write(Path("for-you.csv"), ["id", "step", "why", *fields], yours)
    sys.stdout.write(f"{len(results)} in results.csv, {len(yours)} in for-you.csv\n")


if __name__ == "__main__":
    main()
