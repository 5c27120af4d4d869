"""Laws of scoring: what a perfect reader gets, and that counts add up over texts."""

from __future__ import annotations

import math
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from simulator.reading.model import Reading
from simulator.reading.network import VERDICTS
from simulator.reading.scoring import (
    Judged,
    confusion,
    figures,
    judged,
    reliability,
    score,
    tally,
    together,
)

verdicts = st.sampled_from(VERDICTS)
texts = st.lists(
    st.lists(st.builds(Judged, verdicts, verdicts, st.floats(0.25, 1.0)), max_size=6), max_size=8
)


@given(st.lists(st.lists(verdicts, min_size=1, max_size=6), min_size=1))
def test_a_perfect_reader_has_no_fault(labels: list[list[str]]) -> None:
    found = figures(together([tally(Judged(one, one, 1.0) for one in row) for row in labels]))
    assert found.f1_clear == float(any("clear" in row for row in labels))
    assert found.macro_f1 == found.whole_text == 1.0
    assert found.ece == found.contradicted_as_clear == 0.0
    assert (found.texts, found.pairs) == (len(labels), sum(map(len, labels)))


@given(texts)
def test_figures_are_shares_and_texts_come_in_any_order(some: list[list[Judged]]) -> None:
    found = figures(together([tally(row) for row in some]))
    again = figures(together([tally(row) for row in reversed(some)]))
    assert asdict(found) == asdict(again)
    shares = {k: v for k, v in asdict(found).items() if k not in {"pairs", "texts"}}
    assert all(0.0 <= value <= 1.0 for value in shares.values()), shares


@given(texts)
def test_texts_put_together_only_change_what_is_said_of_texts(some: list[list[Judged]]) -> None:
    apart = figures(together([tally(row) for row in some]))
    whole = figures(tally([one for row in some for one in row]))
    for name in ("pairs", "f1_clear", "macro_f1", "contradicted_as_clear"):
        assert getattr(apart, name) == getattr(whole, name)
    assert math.isclose(apart.ece, whole.ece, abs_tol=1e-9)


@given(texts)
def test_every_pair_is_in_the_tables_once(some: list[list[Judged]]) -> None:
    counts = together([tally(row) for row in some])
    pairs = [one for row in some for one in row]
    table = confusion(counts)
    assert sum(sum(row.values()) for row in table.values()) == len(pairs)
    for label, row in table.items():
        assert sum(row.values()) == sum(one.label == label for one in pairs)
    binned = [one for one in pairs if one.said != "absent" or one.sure < 1.0]
    assert sum(one.pairs for one in reliability(counts)) == len(binned)


def test_a_bin_tells_how_sure_and_how_often_right() -> None:
    sure = [Judged("clear", "clear", 0.9), Judged("vague", "clear", 0.96)]
    last = reliability(tally([*sure, Judged("absent", "absent", 1.0)]))[-1]
    assert last.pairs == 2
    assert math.isclose(last.sure, 0.93)
    assert last.right == 0.5


def test_a_verdict_that_occurs_nowhere_is_no_part_of_the_mean() -> None:
    said = [Judged("clear", "clear", 1.0), Judged("absent", "absent", 1.0)]
    assert figures(tally(said)).macro_f1 == 1.0
    assert math.isclose(figures(tally([*said, Judged("vague", "absent", 0.9)])).macro_f1, 5 / 9)


@given(st.lists(st.tuples(verdicts, verdicts)))
def test_pairs_score_as_their_tally_does(pairs: list[tuple[str, str]]) -> None:
    readings = [
        (label, Reading(words="", **{name: float(name == said) for name in VERDICTS}))
        for label, said in pairs
    ]
    whole = asdict(figures(tally(judged(*one) for one in readings)))
    assert asdict(score(readings)).items() <= whole.items()
