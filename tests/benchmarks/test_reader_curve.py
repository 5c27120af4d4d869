"""What is kept of what more labelled texts buy."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.reading.corpus import domains
from tests.benchmarks.reader_curve import SHOWN, SIZES, Point, doubling, record
from tests.benchmarks.reader_figures import DEVELOPMENT, UNSEEN
from tests.benchmarks.reader_tables import curve


def test_the_record_holds_the_points_up_to_all_domains() -> None:
    found = record()
    every = domains()
    assert {one.domains for one in found} == {*SIZES, len(every)}
    assert (found[-1].draw, found[-1].texts) == (0, sum(len(one.texts) for one in every))
    for point in found:
        for group in (UNSEEN, DEVELOPMENT):
            for name in SHOWN:
                figure, low, high = point.figures[group][name]
                assert 0 < low <= figure <= high < 1


def test_without_a_record_there_is_no_point(tmp_path: Path) -> None:
    assert record(tmp_path / "none.json") == []


def test_a_doubling_is_what_twice_the_domains_bring() -> None:
    points = [
        Point(1, size, 0, {UNSEEN: {"f1_clear": (share, 0.0, 1.0)}})
        for size, share in ((4, 0.5), (8, 0.6), (16, 0.7))
    ]
    assert doubling(points, UNSEEN) == pytest.approx(0.1)


def test_the_curve_is_a_row_a_network() -> None:
    rows = [line for line in curve(record()) if line.startswith("| ")]
    assert len(rows) == 1 + len(record())
