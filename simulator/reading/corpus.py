"""Labelled texts: the domains under `training/`, and others written in the same form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from scenarios.people import acquaint
from scenarios.scenario import Requirement

TRAINING = Path(__file__).parent / "training"


@dataclass(frozen=True)
class Labelled:
    """A text and its verdict by id of requirement; what is left out is absent."""

    id: str
    text: str
    labels: Mapping[str, str]

    def label(self, requirement: Requirement) -> str:
        return self.labels.get(requirement.id, "absent")


@dataclass(frozen=True)
class Domain:
    """An office job's requirements and texts that may tell them."""

    name: str
    requirements: tuple[Requirement, ...]
    texts: tuple[Labelled, ...]

    def __post_init__(self) -> None:
        acquaint(self.requirements)


def domain(path: Path, texts_in: Path | None = None) -> Domain:
    """The domain whose requirements are in `path` (YAML), its texts beside it (JSON lines).

    The texts of one domain may be in several files, NAME.jsonl and NAME-WRITER.jsonl, and in
    another folder. Raises ValueError for a label of a requirement that the domain does not have.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    requirements = tuple(Requirement(**one) for one in data["requirements"])
    ids = {one.id for one in requirements}
    texts = []
    folder = texts_in or path.parent
    for beside in sorted(
        [*folder.glob(f"{path.stem}.jsonl"), *folder.glob(f"{path.stem}-?.jsonl")]
    ):
        for line in beside.read_text("utf-8").splitlines():
            one = json.loads(line)
            if not ids.issuperset(one["labels"]):
                raise ValueError(f"{beside.name}: {one['id']} labels what is no requirement")
            texts.append(Labelled(one["id"], one["text"], one["labels"]))
    return Domain(data["domain"], requirements, tuple(texts))


def domains(folder: Path = TRAINING) -> tuple[Domain, ...]:
    """All domains of a folder, by name of their file."""
    return tuple(domain(path) for path in sorted(folder.glob("*.yaml")))


def fingerprint(folder: Path = TRAINING) -> str:
    """The SHA-256 of the folder's files, names and contents, whatever their line ends."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
