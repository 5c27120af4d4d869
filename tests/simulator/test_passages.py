"""Documents as passages, and passages ranked for a query."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.order import Paper, tokens_in
from simulator.passages import K1, B, Index, cut

TEXTS = st.lists(st.text("ab.\u00e9 \n", max_size=12), max_size=30).map(" ".join)


def paper(text: str, name: str = "p") -> Paper:
    return Paper(name, name.upper(), text)


@given(TEXTS, st.integers(20, 60))
def test_passages_are_the_whole_document_and_none_is_too_long(text: str, size: int) -> None:
    passages = cut(paper(text), size)
    assert " ".join(one.text for one in passages).split() == text.split()
    assert all(tokens_in(one.text) <= size or not one.text.split()[1:] for one in passages)


@given(st.lists(TEXTS, max_size=6), TEXTS, st.integers(1, 4))
def test_no_more_than_asked_for_and_none_without_a_word_of_it(
    texts: list[str], query: str, most: int
) -> None:
    index = Index(paper(text, str(n)) for n, text in enumerate(texts))
    found = index.search(query, most)
    assert len(found) <= most
    assert found == index.search(query, most) == index.search(query, most + 1)[:most]
    wanted = set(query.replace(".", " ").split())
    assert all(wanted & set(one.text.replace(".", " ").split()) for one in found)


def test_the_rank_is_that_of_the_formula() -> None:
    texts = ["cat cat dog", "dog", "bird bird bird bird", "cat bird dog dog dog dog"]
    index = Index(paper(text, str(n)) for n, text in enumerate(texts))
    words = [text.split() for text in texts]
    mean = sum(map(len, words)) / len(words)

    def bm25(place: int, query: str) -> float:
        score = 0.0
        for word in query.split():
            within = sum(word in one for one in words)
            rarity = math.log(1 + (len(words) - within + 0.5) / (within + 0.5))
            often = words[place].count(word)
            length = 1 - B + B * len(words[place]) / mean
            score += rarity * often * (K1 + 1) / (often + K1 * length)
        return score

    for query in ("cat", "dog", "bird dog", "cat dog bird"):
        order = sorted(range(len(texts)), key=lambda place: -bm25(place, query))
        wanted = [str(place) for place in order if bm25(place, query) > 0]
        assert [one.id for one in index.search(query, 9)] == wanted


def test_of_equals_the_first_comes_first_and_case_does_not_matter() -> None:
    index = Index([paper("The Cat", "a"), paper("the cat", "b"), paper("a dog", "c")])
    assert [one.id for one in index.search("CAT", 5)] == ["a", "b"]
    assert index.search("", 5) == ()


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_document_has_no_passages(text: str) -> None:
    assert cut(paper(text), 20) == ()
    assert Index(()).search("cat", 3) == ()
