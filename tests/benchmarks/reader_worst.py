"""For developers: where the reader is most confidently wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.errors import clip, printable
from simulator.reading import read
from simulator.reading.corpus import Domain
from simulator.reading.scoring import judged


def worst(chosen: Sequence[Domain], most: int) -> Iterator[str]:
    """The most confident mistakes of each kind, so never to be called with unseen domains."""
    kinds: dict[str, list[tuple[float, str]]] = {
        "missed clear": [], "false clear": [], "contradicted as clear": [],
    }  # fmt: skip
    for domain in chosen:
        for requirement in domain.requirements:
            for text in domain.texts:
                found = judged(text.label(requirement), reading := read(text.text, requirement))
                if found.label == found.said or "clear" not in found[:2]:
                    continue
                kind = "missed clear" if found.label == "clear" else "false clear"
                if found.label == "contradicted":
                    kind = "contradicted as clear"
                lines = (
                    f"{found.sure:.2f} {found.label} -> {found.said}  {text.id}  {requirement.id}",
                    f"rule: {requirement.statement}",
                    f"text: {' '.join(text.text.split())}",
                    f"rests on: {clip(reading.words) or '-'}",
                )
                kinds[kind].append((found.sure, "\n     ".join(lines)))
    for kind, held in kinds.items():
        yield f"{kind}: {len(held)}"
        for _, line in sorted(held, key=lambda one: (-one[0], one[1]))[:most]:
            yield printable(line)
