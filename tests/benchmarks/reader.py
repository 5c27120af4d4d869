"""The reader's benchmark: `python tests/benchmarks/reader.py [--json]`.

The first figures are for domains that the reader was never trained on, by three writers; then
each of these apart, and the domains that it was trained on as two other writers put them. Labels
were given blind to what the writers meant.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.reading.corpus import Domain

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = Path(__file__).parent / "reading"
_LOAD = (
    "import time; from scenarios.scenario import Requirement as R; start = time.perf_counter();"
    "import simulator.reading as r;"
    "rule = R(id='a', statement='Count it.', governs='b', said=('Count it.',), hints=('', '', ''));"
    "r.read('Count it as minus.', rule); print(time.perf_counter() - start)"
)


def load_s() -> float:
    """Seconds from importing the reader to its first reading, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _LOAD], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(ran.stdout)


def groups() -> dict[str, list[Domain]]:
    """Domains by how strange they are to the reader."""
    from simulator.reading.corpus import TRAINING, domain, domains

    unseen = list(domains(HELD_OUT))
    seen = [domain(path, HELD_OUT) for path in sorted(TRAINING.glob("*.yaml"))]
    apart = {one.name: [one] for one in unseen}
    return {"unseen domains": unseen, **apart, "trained domains, other writers": seen}


def measured(chosen: list[Domain], *, timed: bool) -> dict[str, float]:
    """All figures: shares between 0 and 1, microseconds a sentence-requirement pair, seconds."""
    from simulator.reading import Reading, read, sentences
    from simulator.reading.scoring import score

    pairs: list[tuple[str, Reading]] = []
    count = 0
    spent = 0.0
    for domain in chosen:
        for requirement in domain.requirements:
            read("Warm up.", requirement)
            for text in domain.texts:
                start = time.perf_counter()
                pairs.append((text.label(requirement), read(text.text, requirement)))
                spent += time.perf_counter() - start
                count += len(sentences(text.text))
    figures = asdict(score(pairs))
    if not timed:
        # Sentences that were read before are remembered: only the first reading tells the time.
        return figures
    return {**figures, "us_per_pair": spent / count * 1e6, "load_s": load_s()}


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    found: dict[str, dict[str, float]] = {}
    for name, chosen in groups().items():
        found[name] = measured(chosen, timed=not found)
    if as_json:
        print(json.dumps({**found["unseen domains"], "groups": found}))
        return
    first = next(iter(found.values()))
    print(f"{'':32}" + "".join(f"{name.removesuffix('_clear')[:11]:>12}" for name in first))
    for name, figures in found.items():
        print(f"{name:32}" + "".join(f"{value:12.4g}" for value in figures.values()))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
