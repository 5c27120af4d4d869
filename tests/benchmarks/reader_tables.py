"""What the reader's benchmark prints: tables for a terminal, the block of simulator/README.md."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scenarios.errors import printable
from simulator.reading.network import VERDICTS
from simulator.reading.scoring import confusion, reliability
from simulator.scoring.statistics import wilson
from tests.benchmarks.reader_curve import SHOWN, Point, doubling, record
from tests.benchmarks.reader_figures import DEVELOPMENT, FROZEN, ROOT, SHARES, UNSEEN, Measured

README = ROOT / "simulator" / "README.md"
BEGIN, END = "<!-- reader:begin -->", "<!-- reader:end -->"
_HEADS = {
    "f1_clear": "F1 clear", "precision_clear": "precision", "recall_clear": "recall",
    "macro_f1": "macro-F1", "contradicted_as_clear": "contradicted as clear",
    "ece": "calibration error", "whole_text": "whole texts right",
}  # fmt: skip
_WORDING = {
    "recall_clear": "clear, read as clear", "precision_clear": "read as clear, rightly",
    "contradicted_as_clear": "contradicted, read as clear", "whole_text": "whole texts right",
}  # fmt: skip
Figures = Mapping[str, Measured]


def short(share: float) -> str:
    """A share with two digits and no zero before the point."""
    return f"{share:.2f}".removeprefix("0")


def _within(share: float, low: float, high: float) -> str:
    return f"{short(share)} ({short(low)}–{short(high)})"  # noqa: RUF001


def spanned(found: Measured, name: str, *, rival: bool) -> str:
    """A figure with its interval; a rival has no probabilities and so no calibration."""
    if rival and name == "ece":
        return "-"
    return _within(getattr(found.score, name), *found.intervals[name])


def _rows(figures: Figures, rivals: Figures) -> list[tuple[str, list[str]]]:
    both = [*((name, one, False) for name, one in figures.items())]
    both += [(f"rival: {name}", one, True) for name, one in rivals.items()]
    return [
        (printable(name), [str(one.score.texts), *(spanned(one, s, rival=rival) for s in SHARES)])
        for name, one, rival in both
    ]


def by_wording(found: Measured) -> dict[str, tuple[int, int]]:
    """What is told of a kind of wording: how many, of how many."""
    table = confusion(found.counts)
    clear, denied = table["clear"], table["contradicted"]
    texts = found.score.texts
    return {
        "recall_clear": (clear["clear"], sum(clear.values())),
        "precision_clear": (clear["clear"], sum(row["clear"] for row in table.values())),
        "contradicted_as_clear": (denied["clear"], sum(denied.values())),
        "whole_text": (round(found.score.whole_text * texts), texts),
    }


def _share(some: int, of: int) -> str:
    """A share with its counts and its interval; Wilson's, since few do not bear resampling."""
    if not of:
        return "-"
    return f"{some} of {of}: {_within(some / of, *wilson(some / of, of))}"


def _wordings(kinds: Figures) -> list[list[str]]:
    """The kinds of wording, a row a kind, that with the fewest texts right first."""
    ranked = sorted(kinds.items(), key=lambda one: one[1].score.whole_text)
    return [[name, *(_share(*one) for one in by_wording(of).values())] for name, of in ranked]


def terminal(figures: Figures, rivals: Figures, kinds: Figures) -> str:
    """All tables; the confusion and the calibration are those of the first group."""
    first = next(iter(figures))
    heads = (_HEADS[name].replace("contradicted", "contra") for name in SHARES)
    lines = [f"{'':32}{'texts':>6}" + "".join(f"{head:>18}" for head in heads)]
    for name, (texts, *cells) in _rows(figures, rivals):
        lines.append(f"{name[:31]:32}{texts:>6}" + "".join(f"{cell:>18}" for cell in cells))
    lines += ["", f"{f'label, {first}':32}" + "".join(f"{name:>14}" for name in VERDICTS)]
    for label, row in confusion(figures[first].counts).items():
        lines.append(f"{label:32}" + "".join(f"{row[name]:14}" for name in VERDICTS))
    lines += ["", f"{'probability of the verdict':32}{'pairs':>14}{'mean':>14}{'right':>14}"]
    for place, held in enumerate(reliability(figures[first].counts)):
        span = f"{place / 10:.1f} to {place / 10 + 0.1:.1f}"
        means = [short(one) if held.pairs else "-" for one in (held.sure, held.right)]
        lines.append(f"{span:32}{held.pairs:14}" + "".join(f"{one:>14}" for one in means))
    if kinds:
        lines += ["", f"{'wording':46}" + "".join(f"{head:>28}" for head in _WORDING.values())]
        for name, *cells in _wordings(kinds):
            lines.append(f"{name:46}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(lines)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return [head, "|---|" + "---:|" * (len(rows[0]) - 1), *rest]


def curve(found: Sequence[Point]) -> list[str]:
    """What more labelled texts buy, a row a network."""
    groups = (UNSEEN, DEVELOPMENT)
    rows = [["domains", "texts", *(f"{_HEADS[name]}, {one}" for one in groups for name in SHOWN)]]
    for point in found:
        cells = [_within(*point.figures[one][name]) for one in groups for name in SHOWN]
        rows.append([str(point.domains), f"{point.texts:,}", *cells])
    gains = " and ".join(f"{short(doubling(found, one))} on the {one}" for one in groups)
    return [
        "What more labelled texts buy: the network alone, without the plain line, taught on so",
        "many of the domains for about as many steps (`python tests/benchmarks/reader_curve.py`):",
        "",
        *_table(rows),
        "",
        f"By least squares twice the domains bring {gains} in F1 of clear.",
    ]


def markdown(figures: Figures, rivals: Figures, kinds: Figures) -> str:
    """The block of simulator/README.md, without what differs by machine."""
    shown = {name: figures[name] for name in (UNSEEN, FROZEN, DEVELOPMENT) if name in figures}
    strange = figures[UNSEEN]
    rows = [["", "texts", *(_HEADS[name] for name in SHARES)]]
    rows += [[name, *cells] for name, cells in _rows(shown, rivals)]
    told = [["label", *(f"read as {name}" for name in VERDICTS)]]
    for label, row in confusion(strange.counts).items():
        told.append([label, *(str(row[name]) for name in VERDICTS)])
    return "\n".join(
        [
            BEGIN,
            "<!-- Written by `python tests/benchmarks/reader.py --write`. -->",
            "Intervals (95 %) come from resampling texts. The rivals were tuned on the reader's",
            f"training texts, read the {UNSEEN} and give no probabilities.",
            "",
            *_table(rows),
            "",
            f"The verdicts on the {UNSEEN}, a pair of a text and a requirement each:",
            "",
            *_table(told),
            "",
            f"What fails, by how texts are worded, on the {UNSEEN} and the one {FROZEN}.",
            "A text may be of several kinds, and counts whole for each; they were assigned by one",
            "person from the texts alone (`tests/benchmarks/reading/kinds.json`). Intervals are",
            "Wilson's, as if the pairs of a text had nothing to do with one another.",
            "",
            *_table([["wording", *_WORDING.values()], *_wordings(kinds)]),
            "",
            *curve(record()),
            END,
        ]
    )


def block(text: str) -> tuple[int, int]:
    """Where the block begins and ends in a text. Raises ValueError where it has no marks."""
    start = text.index(BEGIN)
    return start, text.index(END, start) + len(END)


def write(shown: str, path: Path = README) -> None:
    """Put the block where the marks are."""
    text = path.read_text("utf-8")
    try:
        start, end = block(text)
    except ValueError:
        sys.exit(f"{path.name}: has no {BEGIN} and {END}; put them where the block belongs")
    path.write_text(text[:start] + shown + text[end:], "utf-8")
