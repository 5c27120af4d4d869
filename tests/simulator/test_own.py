"""Interns with figures of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scenarios.errors import InputError
from scenarios.persona import Persona
from simulator.own import cast_beside, load_own
from simulator.parameters import figures, figures_of, span_of

TEXT = "id: ana\nname: Ana\ntier: mid\ncv: Calm.\nfigures: {{{}}}\n"


def written(folder: Path, figures: str, text: str = TEXT) -> Path:
    path = folder / "ana.persona.yaml"
    path.write_text(text.format(figures), encoding="utf-8")
    return path


def test_its_own_figures_take_the_place_of_the_tiers(tmp_path: Path) -> None:
    ana = load_own(written(tmp_path, "injected: 0.01, follow_decay: 0.5"))
    assert figures_of(ana) == replace(figures("mid"), injected=0.01, follow_decay=0.5)
    assert cast_beside(tmp_path)["ana"] == ana


def test_without_any_it_is_its_tier() -> None:
    assert figures_of(Persona(id="ana", name="A", tier="mid", cv="c")) is figures("mid")


@pytest.mark.parametrize(
    ("own", "rules"), [({"follow_decay": 0.0}, 999), ({"follow_alone": 0.5}, 1), ({}, 9)]
)
def test_how_many_rules_it_keeps(own: dict[str, float], rules: int) -> None:
    assert span_of(Persona(id="ana", name="A", tier="mid", cv="c", figures=own)) == rules


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ("injectd: 0.1", "did you mean 'injected'"),
        ("skill_mean: 0.9", "is no figure of an intern"),
        ("injected: 1.5", "must be between 0 and 1, not 1.5"),
        ("handled_n0: 0", "must be above 0, not 0"),
        ("follow_decay: -1", "must be at least 0, not -1"),
    ],
)
def test_a_figure_that_cannot_be_is_named_with_its_line(
    tmp_path: Path, figures: str, says: str
) -> None:
    path = written(tmp_path, figures)
    with pytest.raises(InputError) as caught:
        load_own(path)
    assert says in caught.value.one_line()
    assert f"{path}:5: figures." in caught.value.one_line()


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "", TEXT.replace("id: ana", "id: pip"))
    with pytest.raises(InputError, match="'pip' is somebody already"):
        cast_beside(tmp_path)
