"""Files into scenarios and personas, checked as a whole; the library and the cast that ship."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from scenarios.bands import load_bands
from scenarios.errors import InputError, did_you_mean, quoted
from scenarios.extensions import check_extensions
from scenarios.files.source import Source, check_characters, is_file, read, read_text
from scenarios.files.validation import build
from scenarios.generating import with_generated
from scenarios.judgement import check_judgement
from scenarios.lots import check_names, check_samples
from scenarios.persona import Persona
from scenarios.records import inside, read_records
from scenarios.references import check_scenario, known
from scenarios.rows import check_rows, check_searched, check_there, expand
from scenarios.scenario import Document, Record, Scenario
from scenarios.truth import by_lot, with_truth

SCENARIO_FILE = "scenario.yaml"
DOCUMENTS = "documents"
_HOME = Path(__file__).parent


def load_scenario(path: Path) -> Scenario:
    """The scenario of a folder, or of its scenario.yaml, with its records and documents read in.

    Raises InputError for the first thing that is wrong in any of its files.
    """
    file = _file(path)
    source = read(file)
    written = build(Scenario, source)
    _check_filled(written, source)
    scenario = written.model_copy(
        update={"documents": tuple(_documents(written, file.parent, source))}
    )
    records_source, records = _records(scenario, file.parent, source)
    columns = {name: None for record in records for name in record.columns}
    check_scenario(scenario, columns, source)
    check_judgement(scenario, columns, source)
    check_extensions(scenario, columns, source)
    check_searched(scenario, columns, source)
    check_rows(scenario, records, records_source)
    records, records_source = expand(records, records_source)
    check_names(scenario, records, records_source)
    records = with_truth(scenario, records, records_source)
    check_there(scenario, records, records_source)
    check_samples(scenario, records, source, records_source)
    _check_who(scenario, records, records_source)
    bands = load_bands(file.parent)
    usual = bands[0].usual if bands else {}
    return scenario.model_copy(update={"lots": by_lot(records), "usual": usual})


def _records(scenario: Scenario, folder: Path, source: Source) -> tuple[Source, tuple[Record, ...]]:
    """The records, written and made. Where all are made there may be no file."""
    path = inside(folder, scenario.records.file)
    if path is None:
        mend = "name a file in the scenario's own folder"
        raise source.error(("records", "file"), "is outside of the scenario's folder", mend)
    if is_file(path):
        return with_generated(scenario, *read_records(path, scenario), source)
    if scenario.records.generate and not source.has(("records", "file")):
        return with_generated(scenario, Source(str(path), []), (), source)
    problem = f"there is no file {quoted(scenario.records.file)} beside {SCENARIO_FILE}"
    raise source.error(("records", "file"), problem, "write the records there")


def _file(path: Path) -> Path:
    """The scenario's file, for it or for its folder."""
    inner = path / SCENARIO_FILE
    return inner if is_file(inner) or not path.suffix else path


def _check_filled(scenario: Scenario, source: Source) -> None:
    given = [(name,) for name in sorted(Scenario.filled & scenario.model_fields_set)]
    texts = [
        ("documents", i, "text")
        for i, document in enumerate(scenario.documents)
        if "text" in document.model_fields_set
    ]
    for place in [*given, *texts]:
        raise source.error(place, "is not known here", "delete it: it is read from its own file")


def _documents(scenario: Scenario, folder: Path, source: Source) -> Iterator[Document]:
    home = folder / DOCUMENTS
    named: set[Path] = set()
    for i, document in enumerate(scenario.documents):
        place = ("documents", i, "file")
        path = inside(home, document.file)
        if path is None:
            mend = f"put it into the folder {DOCUMENTS} and name it from there"
            raise source.error(place, f"is outside of the folder {DOCUMENTS}", mend)
        if not is_file(path):
            problem = f"there is no file {quoted(document.file)} in the folder {DOCUMENTS}"
            files = [str(found.relative_to(home)) for found in _files(home)]
            raise source.error(place, problem, did_you_mean(document.file, files, noun="its files"))
        named.add(path)
        text = read_text(path)
        check_characters(text, str(path))
        yield document.model_copy(update={"text": text})
    for path in _files(home):
        if path not in named:
            mend = "list it under 'documents', or delete it"
            raise InputError(
                "is a document that the scenario does not name", file=str(path), mend=mend
            )


def _check_who(scenario: Scenario, records: Sequence[Record], source: Source) -> None:
    people = dict.fromkeys([*load_cast(), *scenario.colleagues])
    for i, record in enumerate(records):
        for j, trap in enumerate(record.traps):
            for k, name in enumerate(trap.who):
                known(name, people, "colleague", (i, "traps", j, "who", k), source)


def _files(folder: Path) -> list[Path]:
    found = folder.rglob("*") if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def load_persona(path: Path) -> Persona:
    """The persona that a file describes. Raises InputError."""
    source = read(path)
    persona = build(Persona, source)
    if (persona.kind == "intern") != (persona.tier is not None):
        problem, mend = "has no tier", "add 'tier: small', mid or frontier"
        if persona.tier:
            problem, mend = f"has a tier, and is no intern but {persona.kind}", "delete it"
        raise source.error(("tier",), problem, mend)
    return persona


@cache
def load_cast() -> Mapping[str, Persona]:
    """The colleagues that ship, by id, in the order of their ids."""
    cast = [load_persona(path) for path in sorted((_HOME / "cast").glob("*.yaml"))]
    return {persona.id: persona for persona in cast}


@cache
def library() -> Mapping[str, Path]:
    """The scenarios that ship: the file of each by its name, which is its folder's, sorted."""
    files = sorted((_HOME / "library").glob(f"*/{SCENARIO_FILE}"))
    return {file.parent.name: file for file in files}


@cache
def library_scenario(name: str) -> Scenario:
    """The scenario of the library by its name. Raises InputError where there is none."""
    files = library()
    if name not in files:
        mend = did_you_mean(name, files, noun="the library has")
        raise InputError(f"there is no scenario {quoted(name)}", mend=mend)
    return load_scenario(files[name])


def find_scenario(name_or_path: str | Path) -> Path:
    """The file of a scenario: one of the library by its name, else a path to it or its folder.

    Raises InputError where there is neither.
    """
    known = library()
    if str(name_or_path) in known:
        return known[str(name_or_path)]
    file = _file(Path(name_or_path))
    if is_file(file):
        return file
    mend = did_you_mean(str(name_or_path), known, noun="the library has")
    raise InputError(f"there is no scenario {quoted(name_or_path)}", mend=mend)
