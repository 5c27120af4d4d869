"""What the schemas promise: those of the models, named in every file, a help in editors."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.loading import library
from scenarios.model import Model
from scenarios.schemas import FILES, file_name, schema_text
from tests.scenarios.editor import Editor

HOME = Path(__file__).parents[2] / "scenarios"
KINDS = {"scenario": "scenario", "records": "records", "attacks": "attacks"}
BESIDE = {"bands": "bands", "removals": "removals"}
FOLDERS = [file.parent for file in library().values()]

with_editor = pytest.mark.skipif(
    shutil.which("yaml-language-server") is None, reason="yaml-language-server is not installed"
)


def written() -> list[tuple[Path, str]]:
    """Every YAML file that ships and which kind it is."""
    found = [(file, "persona") for file in sorted((HOME / "cast").glob("*.yaml"))]
    for folder in FOLDERS:
        found += [(file, KINDS[file.stem]) for file in sorted(folder.glob("*.yaml"))]
        plans = sorted((folder / "plans").glob("*.yaml"))
        found += [(file, BESIDE.get(file.stem, "plan")) for file in plans]
    return found


@pytest.mark.parametrize("kind", FILES)
def test_the_schemas_are_those_of_the_models(kind: str) -> None:
    kept = (HOME / file_name(kind)).read_text("utf-8")
    assert kept == schema_text(kind), "write them anew: intern schema scenarios"


def test_every_file_names_its_schema_in_its_first_line() -> None:
    for file, kind in written():
        first = file.read_text("utf-8").split("\n", 1)[0]
        head, _, path = first.partition("$schema=")
        assert head == "# yaml-language-server: ", file
        assert (file.parent / path).resolve() == (HOME / file_name(kind)).resolve(), file


def test_a_schema_knows_what_a_file_may_say_and_what_loading_fills_in() -> None:
    scenario = json.loads(schema_text("scenario"))
    assert "lots" not in scenario["properties"]
    assert "text" not in scenario["$defs"]["Document"]["properties"]
    assert not scenario["additionalProperties"]
    step = json.loads(schema_text("plan"))["$defs"]["Step"]["properties"]
    assert {"else", "schema"} <= step.keys()
    assert step["else"]["enum"] == ["you", "keep", "drop"]


@pytest.mark.parametrize("kind", FILES)
def test_every_key_says_what_it_is(kind: str) -> None:
    made = json.loads(schema_text(kind))
    for name, part in [(kind, made), *made.get("$defs", {}).items()]:
        for key, item in part.get("properties", {}).items():
            assert item.get("description") or "$ref" in item, (name, key)
            assert item.get("description") != Model.__doc__, (name, key)


@with_editor
@pytest.mark.parametrize("file", [file for file, _ in written()], ids=lambda file: file.stem)
def test_an_editor_finds_nothing_wrong_with_what_ships(editor: Editor, file: Path) -> None:
    assert editor.errors(file, file.read_text("utf-8")) == []


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor() as found:
        yield found


@with_editor
def test_an_editor_completes_keys_and_says_what_they_are(editor: Editor) -> None:
    plan = HOME / "library" / "invoices" / "plans" / "new.yaml"
    text = (
        "# yaml-language-server: $schema=../../../plan.schema.json\n"
        "scenario: invoices\nsteps:\n  - id: one\n    \n"
    )
    found = editor.completions(plan, text, line=4, column=4)
    assert {"assignee", "produces", "instructions", "review", "else"} <= found.keys()
    assert "Who does it" in found["assignee"]
    given = text.replace("    \n", "    else: \n")
    assert {"you", "keep", "drop"} <= editor.completions(plan, given, line=4, column=10).keys()


@with_editor
def test_an_editor_underlines_what_is_misspelt(editor: Editor) -> None:
    plan = HOME / "library" / "invoices" / "plans" / "new.yaml"
    text = (
        "# yaml-language-server: $schema=../../../plan.schema.json\n"
        "scenario: invoices\n"
        "steps:\n  - {id: one, assignee: mira, produces: {pay: ~}, instrutions: Pay., batch: x}\n"
    )
    found = editor.errors(plan, text)
    assert any("instrutions" in said for _, said in found)
    assert all(line == 3 for line, _ in found)
