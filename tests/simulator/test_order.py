"""What is written into messages is what an intern reads back from them."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from simulator.order import (
    Asked,
    Head,
    Item,
    Paper,
    Solved,
    WorkOrder,
    human_message,
    system_message,
)  # fmt: skip
from simulator.received import parse_head, parse_items, split_message
from tests.office import cast

NASTY = st.lists(
    st.sampled_from(
        [*"ab<>/\\\"'\n []{}=&", "</instructions>", "<record", "<records>\n", "<given>"]
    ),
    max_size=12,
).map(lambda parts: "".join(parts).strip())

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)


def read_back(head: Head, items: tuple[Item, ...]) -> tuple[Head, tuple[Item, ...]]:
    order = WorkOrder(cast()["mira"], head, items)
    text, records = split_message(human_message(order))
    return parse_head(system_message(order.persona, head), text), parse_items(records)


@given(
    instructions=NASTY, name=NAMES, means=NASTY, choices=st.lists(NASTY, max_size=2),
    title=NASTY, paper=NASTY, example=NASTY, record=NASTY, given_=NASTY, finding=NASTY,
)  # fmt: skip
def test_no_text_breaks_out_of_its_place(
    instructions: str, name: str, means: str, choices: list[str], title: str, paper: str,
    example: str, record: str, given_: str, finding: str,
) -> None:  # fmt: skip
    head = Head(
        "work", "record", instructions, (Asked(name, means, tuple(choices), list=True),),
        (Asked("input", means),), (Paper("paper-1", title, paper),),
        (Solved("inv-1", example, json.dumps({"pay": given_})),), enforce_schema=True,
    )  # fmt: skip
    item = Item("inv-2", record or None, json.dumps({"x": given_}), finding)
    got, items = read_back(head, (item, Item("inv-3", "plain")))
    assert got == head
    assert items == (item, Item("inv-3", "plain"))


def test_a_review_names_whose_work_it_checks() -> None:
    head = Head("review", "record", "Look.", (Asked("pay", "the amount"),), author="Pip")
    got, _ = read_back(head, ())
    assert (got.role, got.author) == ("review", "Pip")


@given(
    rows=st.from_regex(r"[a-z]+( [a-z]+)?", fullmatch=True),
    may=st.lists(st.from_regex(r"[a-z]{1,5} \([a-z,; ]{0,9}\)", fullmatch=True), max_size=3),
)
def test_what_is_to_be_found_and_what_may_be_done_is_read_back(rows: str, may: list[str]) -> None:
    acts = tuple(" ".join(act.split()) for act in may)
    head = Head("work", "record", "Look.", (Asked("pay", ""),), rows=rows, may=acts)
    assert read_back(head, ())[0] == head


def test_a_sentence_cut_out_of_a_message_was_never_written() -> None:
    long = Head("work", "record", "Copy it. Credit notes are negative.", (Asked("pay", ""),))
    short = Head("work", "record", "Copy it.", (Asked("pay", ""),))
    order = WorkOrder(cast()["mira"], long, (Item("inv-1", "text"),))
    text, _ = split_message(human_message(order).replace(" Credit notes are negative.", ""))
    assert parse_head(system_message(order.persona, long), text) == short
