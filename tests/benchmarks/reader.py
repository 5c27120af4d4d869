"""The reader's benchmark: `python tests/benchmarks/reader.py [--json | --markdown | --write]`.

The first figures are for domains that the reader was never trained on, by three writers; then
each of these apart, and the domains that it was trained on as two other writers put them. Labels
were given blind to what the writers meant. Below stand simpler rivals on the unseen domains, and
which wordings fail, there and on the one written after the freeze.

`--texts FILE.jsonl --requirements FILE.yaml` scores a set from elsewhere: requirements as in a
scenario (`requirements:`; `domain:` where there are several), texts as lines of
`{"id", "domain", "text", "labels": {requirement: verdict}}`.

`--reader openai:NAME` has a real model read the same texts, where OPENAI_API_KEY (or, for an
endpoint that needs none, OPENAI_BASE_URL) is set. It costs money: a request a text, and more for
texts with many requirements.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scenarios.errors import InputError, printable
from simulator.reading.corpus import Domain
from simulator.reading.scoring import confusion, reliability
from tests.benchmarks.reader_figures import (
    FROZEN,
    UNSEEN,
    Measured,
    Reader,
    by_group,
    development,
    load_s,
    outside_groups,
    own_groups,
)
from tests.benchmarks.reader_hosted import Hosted
from tests.benchmarks.reader_kinds import Kinds
from tests.benchmarks.reader_rivals import RIVALS, tuned
from tests.benchmarks.reader_sets import outside
from tests.benchmarks.reader_tables import by_wording, markdown, terminal, write
from tests.benchmarks.reader_worst import worst


class Benchmark:
    """The reader and its rivals on some groups of domains; the first group is what counts."""

    def __init__(
        self,
        groups: dict[str, list[Domain]],
        hosted: Hosted | None = None,
        rivals: Sequence[str] = tuple(RIVALS),
    ) -> None:
        first = next(iter(groups))
        reader = hosted or Reader()
        self.reader = hosted.name if hosted else "sim"
        self.figures = by_group(reader, {first: groups[first]})
        # What was read before is remembered: only the first reading tells the time.
        self.us_per_pair = reader.us_per_pair
        self.figures |= by_group(reader, {name: groups[name] for name in groups if name != first})
        self.kinds: dict[str, Measured] = {}
        if first == UNSEEN:
            worded = Kinds.load().by_kind([*groups[UNSEEN], *groups[FROZEN]])
            self.kinds = by_group(reader, worded)
        self.rivals: dict[str, Measured] = {}
        for name in rivals:
            self.rivals[name] = by_group(tuned(name), {first: groups[first]})[first]

    def markdown(self) -> str:
        """The block of simulator/README.md."""
        return markdown(self.figures, self.rivals, self.kinds)

    def as_json(self) -> dict[str, Any]:
        """All figures; those of the first group at the top."""
        first = next(iter(self.figures.values()))
        rivals = {name: one.as_json() for name, one in self.rivals.items()}
        for one in rivals.values():
            # A rival gives no probabilities.
            del one["ece"], one["intervals"]["ece"]
        return {
            **first.as_json(),
            "reader": self.reader,
            "us_per_pair": self.us_per_pair,
            "load_s": load_s() if self.reader == "sim" else None,
            "confusion": confusion(first.counts),
            "reliability": [one._asdict() for one in reliability(first.counts)],
            "kinds": {name: by_wording(one) for name, one in self.kinds.items()},
            "groups": {name: one.as_json() for name, one in self.figures.items()},
            "rivals": rivals,
        }

    def terminal(self) -> str:
        """The tables and the times."""
        times = f"{self.us_per_pair:.0f} µs a sentence and requirement"
        times += f", {load_s():.2f} s to load" if self.reader == "sim" else f", by {self.reader}"
        return f"{terminal(self.figures, self.rivals, self.kinds)}\n\n{times}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON object")
    how.add_argument("--markdown", action="store_true", help="print the block of the README")
    how.add_argument("--write", action="store_true", help="write it into simulator/README.md")
    how.add_argument("--worst", type=int, metavar="N", help="list the most confident mistakes")
    parser.add_argument("--texts", type=Path, nargs="+", metavar="FILE.jsonl")
    parser.add_argument("--requirements", type=Path, nargs="+", metavar="FILE.yaml")
    parser.add_argument(
        "--reader", default="sim", metavar="NAME", help="sim, or openai:NAME, which costs money"
    )
    options = parser.parse_args(arguments)
    elsewhere = options.texts is not None
    if elsewhere != (options.requirements is not None):
        parser.error("--texts and --requirements go together: give both")
    own = options.markdown or options.write or options.worst is not None
    if elsewhere and own:
        parser.error("--texts takes only --json: the rest is about the reader's own texts")
    if options.reader != "sim" and own:
        parser.error("--reader takes only --json and --texts: the rest is about the own reader")
    if options.worst is not None and options.worst < 1:
        parser.error("--worst: write a number from 1")
    return options


def _note(text: str) -> None:
    print(printable(f"note: {text}"), file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is asked for. Returns the exit code."""
    options = _options(arguments)
    if options.worst:
        for line in worst(development(), options.worst):
            print(line, flush=True)
        return 0
    try:
        hosted = Hosted(options.reader) if options.reader != "sim" else None
        found = options.texts and outside(options.requirements, options.texts, _note)
        benchmark = Benchmark(outside_groups(found) if found else own_groups(), hosted)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    if options.write:
        write(benchmark.markdown())
    elif options.markdown:
        print(benchmark.markdown())
    elif options.json:
        print(json.dumps(benchmark.as_json()))
    else:
        print(benchmark.terminal())
    return 0


if __name__ == "__main__":
    sys.exit(main())
