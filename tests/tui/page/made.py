"""Attempts that were run and kept, and the pages of them, made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from agents.session import Session
from scenarios.files.source import parse
from scenarios.plans.file import read_plan
from simulator.interview import Turn
from simulator.storage.store import FILE, Store
from tests.office import cast, folder, invoices
from tui.outcomes import carding, figures
from tui.page.attempt import attempt_page
from tui.page.behind import Behind, behind

TRIALS = 16
SAID = "predict: {reliability: 0.75, wrong: {pay: 0.25}}\n"


def keep(store: Store, plan: str, text: str | None = None, **changes: object) -> int:
    """Run a reference plan of invoices and keep it as an attempt."""
    if text is None:
        text = (folder() / "plans" / f"{plan}.yaml").read_text("utf-8")
    read = read_plan(parse(text, plan), lambda _: invoices(), cast()).plan
    evaluation = Session(invoices(), read, cast()).evaluate(trials=TRIALS)
    found = figures.evaluation_object(evaluation, f"{plan}.yaml", "sim")
    found = carding.kept(found, evaluation, text, cast(), store.attempts("invoices"), {})
    summary = {**found, **changes}
    return store.add_attempt(plan_text=text, summary=summary, revealed=False, program="0.0")


@cache
def store() -> Store:
    """Two attempts at invoices, the second with a prediction, and an interview."""
    kept = Store(Path(mkdtemp()) / FILE)
    keep(kept, "rules")
    said = (folder() / "plans" / "split.yaml").read_text("utf-8") + SAID
    keep(kept, "split", said)
    kept.add_turn("invoices", "bea", Turn("Credit notes?", "Negative.", (), costs=True))
    return kept


@cache
def made() -> Behind:
    """What the report of the second attempt rests on."""
    return behind(2, store(), 1, lambda _: None)


@cache
def page() -> str:
    return attempt_page(made())
