"""`intern check --accept`: bands are proposed from trials and written for their author to sign."""

from __future__ import annotations

from agents.gate import TRIALS
from agents.gate.bands import accept
from agents.gate.bench import Bench
from agents.gate.subject import Subject
from scenarios.bands import FILE, bands_text
from scenarios.files.source import read_text
from scenarios.schemas import file_name
from tui.printing import out, plural
from tui.progress import asking


def propose(subject: Subject, *, trials: int | None, seed: int, jobs: int) -> None:
    """Write the bands of a scenario's plans and say which of them are new."""
    number = TRIALS if trials is None else trials
    bench = Bench(subject.scenario, subject.cast, seed=seed, trials=number, jobs=jobs)
    path = subject.folder / "plans" / FILE
    with asking([f"{subject.scenario.id}: plan {name}" for name in subject.plans]) as begin:
        bands, new = accept(subject, bench, begin)
    path.write_text(bands_text(bands, _first_line(subject)), encoding="utf-8")
    out(f"{subject.scenario.id}: {plural(len(new), 'proposal')} in {path}")
    for name in new:
        out(f"  {name}")
    if not bands.signed:
        out("Read them. Where each is what its plan is there to show, sign with your name.")


def _first_line(subject: Subject) -> str:
    """The line for editors, where the scenario has one: the schema lies beside its own."""
    first = read_text(subject.folder / "scenario.yaml").split("\n", 1)[0]
    head, name = "# yaml-language-server: $schema=", file_name("scenario")
    path = first.removeprefix(head)
    if not first.startswith(head) or not path.endswith(name):
        return ""
    return f"{head}../{path.removesuffix(name)}{file_name('bands')}"
