"""What simulator/README.md says of the reader is what the benchmark gives."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from tests.benchmarks.reader import Benchmark
from tests.benchmarks.reader_figures import own_groups
from tests.benchmarks.reader_tables import BEGIN, END, README, block, write


def test_the_readme_shows_the_figures_of_this_reader() -> None:
    text = README.read_text("utf-8")
    start, end = block(text)
    stale = "simulator/README.md is stale: run python tests/benchmarks/reader.py --write"
    # The rivals take minutes, and do not change with the reader.
    lines = [one for one in text[start:end].splitlines() if not one.startswith("| rival: ")]
    assert lines == Benchmark(own_groups(), rivals=()).markdown().splitlines(), stale


def test_writing_changes_only_the_block(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    write(f"{BEGIN}\nnew\n{END}", path)
    assert path.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    path.write_text("no marks\n", "utf-8")
    with pytest.raises(SystemExit, match="has no <!-- reader:begin"):
        write("", path)
