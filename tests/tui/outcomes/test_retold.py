"""The debrief tells what the interview brought, and points at what it left without giving it."""

from __future__ import annotations

import json

from scenarios.loading import library
from tests.office import invoices
from tests.tui.conftest import Intern

PLANS = library()["invoices"].parent / "plans"
NAIVE = str(PLANS / "naive.yaml")
RUN = ("--trials", "16", "--jobs", "1")


def test_nothing_heard_and_what_to_ask(intern: Intern) -> None:
    out = " ".join(intern("explain", NAIVE, *RUN).out.split())
    assert "Of the 8 things that Bea Lindgren knows you had heard none." in out
    assert "The one question that would have unlocked most: ask Bea Lindgren about " in out
    for fact in invoices().stakeholders[0].knows:
        assert " ".join(fact.says.split())[:30] not in out


def test_what_was_heard_is_quoted_and_no_longer_missed(intern: Intern) -> None:
    first = json.loads(intern("explain", NAIVE, *RUN, "--json").out)["interview"]
    assert (first["found"], first["missed"]) == ([], 8)
    assert first["question"]["about"] == "credit notes"
    intern("ask", "invoices", "How do you handle credit notes?")
    then = json.loads(intern("explain", NAIVE, *RUN, "--json").out)["interview"]
    assert then["found"] == [
        {
            "whom": "bea",
            "said": "A credit note goes into the ledger with a minus, the whole amount.",
        }
    ]
    assert then["missed"] == 7
    assert then["question"]["about"] != "credit notes"
    assert then["question"]["loss"] <= first["question"]["loss"]


def test_the_loss_is_that_of_the_causes_on_the_same_page(intern: Intern) -> None:
    found = json.loads(intern("explain", NAIVE, *RUN, "--json", "--reveal").out)
    question = found["interview"]["question"]
    behind = [row for row in found["causes"] if row["requirement"] == "credit-notes"]
    assert {row["cause"] for row in behind} == {"unstated"}
    assert abs(sum(row["loss"] for row in behind) - question["loss"]) < 0.01
    assert "credit-notes" not in json.dumps(found["interview"])


def test_an_expert_has_left_nothing_that_cost(intern: Intern) -> None:
    out = intern("explain", str(PLANS / "expert.yaml"), *RUN).out
    assert "Nothing that you left unasked cost anything" in " ".join(out.split())
