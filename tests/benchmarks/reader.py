"""The reader's benchmark: `python tests/benchmarks/reader.py [--json]`.

Figures are for `tests/benchmarks/reading/`, domains that the reader was never trained on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

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


def measured() -> dict[str, float]:
    """All figures: shares between 0 and 1, microseconds a sentence-requirement pair, seconds."""
    from simulator.reading import Reading, read, sentences
    from simulator.reading.corpus import domains
    from simulator.reading.scoring import score

    pairs: list[tuple[str, Reading]] = []
    count = 0
    spent = 0.0
    for domain in domains(HELD_OUT):
        for requirement in domain.requirements:
            read("Warm up.", requirement)
            for text in domain.texts:
                start = time.perf_counter()
                pairs.append((text.label(requirement), read(text.text, requirement)))
                spent += time.perf_counter() - start
                count += len(sentences(text.text))
    figures = asdict(score(pairs))
    return {**figures, "us_per_pair": spent / count * 1e6, "load_s": load_s()}


def main() -> None:
    """Print the table, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    figures = measured()
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:24}{value:10.4g}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
