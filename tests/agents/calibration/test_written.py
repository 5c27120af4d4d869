"""What is kept and written: readable again, whatever a model is called."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from agents.calibration.asking import Kept
from agents.calibration.fit import fit
from agents.calibration.made import battery
from agents.calibration.probes import Cell
from agents.calibration.written import not_measured, persona_text, picture
from simulator.own import load_own

COUNTS = {
    Cell("injection", "plain"): (30, 40),
    Cell("rules", "1"): (59, 60),
    Cell("rules", "40"): (60, 100),
    Cell("skill", "read"): (50, 60),
}


@pytest.mark.parametrize("model", ["plain", "a: <b> #'\"&", "line\nbreak", "\x1b[31mred"])
def test_files_hold_any_name_of_a_model(tmp_path: Path, model: str) -> None:
    fitted = fit(COUNTS, "small")
    path = tmp_path / "ana.persona.yaml"
    path.write_text(persona_text("ana", model, "small", fitted, 0.1, 1), encoding="utf-8")
    persona = load_own(path)
    assert persona.figures["injected"] == 0.25
    assert set(persona.odds) == {"read"}
    assert "invent" in not_measured(fitted)
    assert ElementTree.fromstring(picture(model, "small", COUNTS, fitted)).tag.endswith("svg")


def test_answers_are_kept_and_a_line_that_was_cut_off_is_asked_again(tmp_path: Path) -> None:
    probes = battery(1)[:3]
    kept = Kept.at(tmp_path / "new", "some/model", 1)
    for probe in probes[:2]:
        kept.add(probe, "x\ny", 7)
    kept.path.write_text(kept.path.read_text("utf-8")[:-9], encoding="utf-8")
    again = Kept.at(tmp_path / "new", "some/model", 1)
    assert again.answers == {probes[0].id: ("x\ny", 7)}
    assert again.missing(probes) == list(probes[1:])
    again.add(probes[1], "z", 7)
    assert Kept.at(tmp_path / "new", "some/model", 1).missing(probes) == [probes[2]]
    assert not Kept.at(tmp_path / "new", "some/model", 2).answers
