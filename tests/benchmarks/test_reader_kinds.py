"""The kinds of wording of the reader's benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.reading.corpus import Domain
from simulator.reading.scoring import Judged
from tests.benchmarks.reader_figures import by_group, frozen, unseen
from tests.benchmarks.reader_kinds import PLAIN, Kinds
from tests.benchmarks.reader_tables import by_wording


def test_every_unseen_text_has_its_kinds_and_every_kind_has_texts() -> None:
    kinds, domains = Kinds.load(), [*unseen(), *frozen()]
    texts = [text.id for one in domains for text in one.texts]
    assert list(kinds.texts) == texts
    worded = kinds.by_kind(domains)
    assert list(worded) == [*kinds.names.values(), PLAIN]
    held = {
        name: [text.id for one in chosen for text in one.texts] for name, chosen in worded.items()
    }
    assert all(held.values())
    assert {text for ids in held.values() for text in ids} == set(texts)
    assert set(held[PLAIN]) == {text for text in texts if not kinds.texts[text]}


def test_a_kind_that_is_not_told_of_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kinds.json"
    path.write_text(json.dumps({"kinds": {"terse": "bullets"}, "texts": {"a": ["ters"]}}), "utf-8")
    with pytest.raises(ValueError, match=r"kinds.json: a: 'ters' is no kind"):
        Kinds.load(path)


def test_a_text_without_an_entry_is_told() -> None:
    some = unseen()
    with pytest.raises(ValueError, match=f"{some[0].texts[0].id} is missing"):
        Kinds({"terse": "bullets"}, {}).by_kind(some)


def _nothing(one: Domain) -> list[list[Judged]]:
    return [
        [Judged(text.label(rule), "absent", 1.0) for rule in one.requirements] for text in one.texts
    ]


def test_a_kind_is_counted_by_its_own_texts() -> None:
    (one, *_) = unseen()
    chosen, other = one.texts[:2]
    kinds = Kinds(
        {"first": "the first"}, {text.id: ["first"] * (text is chosen) for text in one.texts}
    )
    worded = kinds.by_kind([one])
    assert [text.id for text in worded["the first"][0].texts] == [chosen.id]
    assert other.id in {text.id for text in worded[PLAIN][0].texts}
    found = by_group(_nothing, worded)["the first"]
    told = sum(chosen.label(rule) == "clear" for rule in one.requirements)
    assert by_wording(found)["recall_clear"] == (0, told)
    assert by_wording(found)["whole_text"] == (0, 1)
