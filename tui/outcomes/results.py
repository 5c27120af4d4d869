"""An evaluation as it is drawn: figures beside those before, reliability as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textual.content import Content

from scenarios.scenario import Medals
from simulator.scoring.evaluation import Evaluation, paired
from simulator.scoring.statistics import Estimate
from tui.outcomes import comparison
from tui.outcomes.report import Row, rows
from tui.printing import number, percent
from tui.widgets.plain import lines, plain

_STYLES = {"better": "$success", "worse": "$warning"}
_SHORT = {"no more than noise": "noise", "one sample says nothing of luck": "one sample"}
WIDE = 100


def columns(
    table: Sequence[Sequence[str]], styles: Sequence[str] = (), gap: int = 2
) -> list[Content]:
    """Rows of texts in columns; `styles` by column."""
    count = max((len(row) for row in table), default=0)
    widths = [max(len(row[i]) if i < len(row) else 0 for row in table) for i in range(count)]
    out = []
    for row in table:
        cells = [
            plain(cell.ljust(widths[i] + gap), styles[i] if i < len(styles) else "")
            for i, cell in enumerate(row)
        ]
        out.append(Content("").join(cells).rstrip())
    return out


def figures(evaluation: Evaluation, before: Evaluation | None, width: int) -> Content:
    """Every figure against what is wanted, and beside the attempt before it."""
    if not evaluation.scored:
        return plain("No trial was scored.")
    wide = width >= WIDE
    compared = before is not None and before.scored and _alike(evaluation, before)
    head = ["", "a trial"]
    head += ["95 %"] if wide or not compared else []
    head += ["before", "now is"] if compared else []
    head += ["wanted"]
    table = [head]
    for row in rows(evaluation):
        cells = [row.label, row.mean]
        cells += [row.between] if wide or not compared else []
        if compared:
            assert before is not None
            mean, words = _against(row.metric, before, evaluation)
            cells += [mean, words if wide else _SHORT.get(words, words)]
        wanted = row.wanted if row.metric != "accepted" else _bars(evaluation, short=not wide)
        cells.append(wanted if wide or not compared else wanted.replace("at most", "<="))
        table.append(cells)
    drawn = columns(table, ["", "bold"])
    return lines(*(_coloured(line, row) for line, row in zip(drawn, table, strict=True)))


def _coloured(line: Content, row: Sequence[str]) -> Content:
    for word, style in _STYLES.items():
        if word in row:
            at = line.plain.rindex(word)
            return line.stylize(style, at, at + len(word))
    return line


def _alike(a: Evaluation, b: Evaluation) -> bool:
    """Whether two evaluations are about the same trials."""
    return a.lot == b.lot and a.seed == b.seed


def _against(metric: str | int, before: Evaluation, after: Evaluation) -> tuple[str, str]:
    if isinstance(metric, int):
        return comparison.limit_against(metric, before, after)
    mean = comparison.mean_of(before, metric)
    words = comparison.verdict(
        paired(before, after, metric), more_is_better=comparison.MORE_IS_BETTER[metric]
    )
    return percent(mean) if metric == "accepted" else number(mean), words


def _bars(evaluation: Evaluation, *, short: bool) -> str:
    medals = evaluation.scenario.medals
    if short:
        return f"{percent(medals.bronze)} to {percent(medals.gold)}"
    row = next(row for row in rows(evaluation) if row.metric == "accepted")
    return row.wanted


def reliability(rate: Estimate, medals: Medals, width: int) -> Content:
    """The share of trials accepted, its interval, and the bars of the medals below it."""
    room = max(20, min(width - 16, 80))

    def place(share: float) -> int:
        return min(room - 1, int(share * room))

    full = place(rate.mean) if rate.mean > 0 else -1
    low = place(rate.low) if rate.low is not None else full
    high = place(rate.high) if rate.high is not None else full
    cells = []
    for at in range(room):
        inside = low <= at <= high
        if at <= full:
            cells.append(plain("▓", "$accent") if inside else plain("█", "$primary"))
        else:
            cells.append(plain("░", "$accent") if inside else plain("·", "dim"))
    bar = Content("").join([plain("  0 % "), *cells, plain(" 100 %")])
    names = {"bronze": medals.bronze, "silver": medals.silver, "gold": medals.gold}
    return lines(bar, _pointers({name: place(share) for name, share in names.items()}, 6))


def _pointers(places: dict[str, int], indent: int) -> Content:
    """Names under their places; initials where whole names would run into one another."""
    spots = sorted(places.items(), key=lambda item: item[1])
    gaps = [b - a for (_, a), (_, b) in pairwise(spots)]
    longest = max(len(name) for name in places) + 2
    short = any(gap <= longest for gap in gaps)
    text = " " * indent
    for name, at in spots:
        said = f"^{name[0].upper()}" if short else f"^ {name}"
        text = text.ljust(indent + at) + said
    return plain(text, "dim")


def interval(rate: Estimate) -> str:
    """Reliability in words, with how sure the figure is."""
    if rate.low is None or rate.high is None:
        return f"Reliability {percent(rate.mean)}; one sample says nothing of luck."
    return (
        f"Reliability {percent(rate.mean)}; with luck allowed for, "
        f"{percent(rate.low)} to {percent(rate.high)}."
    )


def pass_k(evaluation: Evaluation) -> str:
    """How often the same job is right k times of k."""
    shown = ["-" if value is None else f"{100 * value:.0f}" for value in evaluation.pass_k]
    return f"Right k times of k, k = 1 to {len(shown)}:  {'  '.join(shown)} %"


def expectation(expected: float, rate: Estimate) -> str:
    """How a prediction compares with what happened."""
    off = abs(expected - rate.mean)
    said = f"You expected {percent(expected)}; it is {percent(rate.mean)}: "
    inside = rate.low is not None and rate.high is not None and rate.low <= expected <= rate.high
    if off < 0.005:
        return said + "exactly so."
    more = f"{100 * off:.0f} points {'too hopeful' if expected > rate.mean else 'too gloomy'}"
    return said + more + (", and no more than luck can do." if inside else ".")


def improvement(before: Evaluation, after: Evaluation) -> str:
    """The difference to the attempt before, in words."""
    if not (before.scored and after.scored and _alike(before, after)):
        return ""
    loss = paired(before, after, "loss")
    words = comparison.verdict(loss, more_is_better=False)
    was, now = comparison.mean_of(before, "loss"), comparison.mean_of(after, "loss")
    gap = f"money lost {number(was)} -> {number(now)}"
    return {
        "better": f"Better than before: {gap}.",
        "worse": f"Worse than before: {gap}.",
        "same": "The same as before, trial by trial.",
    }.get(words, f"Against before, {words}: {gap}.")


__all__ = [
    "Row", "columns", "expectation", "figures", "improvement", "interval", "pass_k", "reliability",
]  # fmt: skip
