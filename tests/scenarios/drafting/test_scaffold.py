"""Whatever a table says, what is made of it is a scenario."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.drafting import propose, read_sheet, scaffold
from scenarios.loading import load_cast, load_scenario
from scenarios.plans.file import load_plan
from scenarios.scenario import Scenario
from tests.scenarios.drafting.visits import visits

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn")),
                 max_size=12)  # fmt: skip
_CELLS = st.one_of(
    _WORDS,
    st.sampled_from(["yes", "no", "0", "-1.50", "2024-02-30", "2024-02-28", "true", "~", "a: b",
                     "{x}", "- a", "two\nlines", "# no", "'", '"', "007", "1e3", "1E100", "null",
                     " "]),
)  # fmt: skip


def made(text: str, folder: Path) -> Scenario:
    table = folder / "table.csv"
    table.write_text(text, encoding="utf-8")
    for name, content in scaffold("made", propose("made", read_sheet(table))).items():
        file = folder / "made" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    scenario = load_scenario(folder / "made")
    for name in ("naive", "expert"):
        load_plan(folder / "made" / "plans" / f"{name}.yaml", lambda _: scenario, load_cast())
    return scenario


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_CELLS, min_size=2, max_size=5),
    st.lists(_CELLS, min_size=1, max_size=4),
    st.lists(st.integers(0, 19), min_size=24, max_size=60),
    st.sampled_from(["known", "text", "id", "true", "Größe", "count"]),
)
def test_any_table_makes_a_scenario(
    answers: list[str], known: list[str], picks: list[int], column: str
) -> None:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([column, "truth.Right answer", "truth.known"])
    for pick in picks:
        table.writerow([known[pick % len(known)], answers[pick % len(answers)], answers[pick % 2]])
    with tempfile.TemporaryDirectory() as folder:
        scenario = made(out.getvalue(), Path(folder))
    assert len(scenario.record) == len(picks)
    assert [field.type for field in scenario.deliverable]


def test_what_the_table_says_is_what_is_true(tmp_path: Path) -> None:
    scenario = made(visits(), tmp_path)
    for row in csv.DictReader(io.StringIO(visits())):
        record = scenario.record[row["id"]]
        assert record.text.strip() == row["text"]
        assert record.truth == {"room": row["truth.room"], "minutes": float(row["truth.minutes"])}
        assert record.columns == {"animal": row["Animal"], "weight_kg": int(row["Weight kg"])}
