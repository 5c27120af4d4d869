"""The plan as a picture: who works on what, and what flows where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.vocabulary import mark
from tui.widgets.plain import lines, plain

LINE = "$text-muted"
LONGEST = 18
"""Characters of a name on a chip."""


@dataclass(frozen=True)
class Node:
    """A step as it is drawn. `reads` are the ids of other nodes; what is no node is left out."""

    id: str
    who: str
    reads: tuple[str, ...] = ()


def levels(nodes: Sequence[Node]) -> list[list[Node]]:
    """The nodes by the longest way to them. Those of one level can be worked on side by side.

    What goes in a circle is drawn as if the last reading were not there.
    """
    by_id = {node.id: node for node in nodes}
    depth: dict[str, int] = {}

    def reach(name: str, way: frozenset[str]) -> int:
        if name not in depth:
            sources = [one for one in by_id[name].reads if one in by_id and one not in way | {name}]
            depth[name] = max((1 + reach(one, way | {name}) for one in sources), default=0)
        return depth[name]

    for node in nodes:
        reach(node.id, frozenset())
    ranks = sorted(set(depth.values()))
    return [[node for node in nodes if depth[node.id] == rank] for rank in ranks]


def graph(
    nodes: Sequence[Node], states: Mapping[str, str], width: int, chosen: str = ""
) -> Content:
    """The nodes as chips over lines, in `width` columns; `states` are words of the vocabulary.

    Where there is no room for lines, each level is a row, and each chip says what it reads.
    """
    if not nodes:
        return plain("")
    ids = [node.id for node in nodes]
    nodes = [node for i, node in enumerate(nodes) if node.id not in ids[:i]]
    ranks = levels(nodes)
    drawn = _drawn(_columns(nodes, ranks), states, chosen, width)
    return lines(*(drawn if drawn is not None else _rows(ranks, states, width, chosen)))


Cell = Node | str | None
"""What stands in a row of a column: a chip, a line (of whose work passes by), or nothing."""
_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_LINES = " ╴╶─╵╯╰┴╷╮╭┬│┤├┼"
"""The character for each sum of the directions that meet in it."""


def _columns(nodes: Sequence[Node], ranks: list[list[Node]]) -> list[list[Cell]]:
    """The cells of each level. A line to a later level keeps a row to itself on its way."""
    rank = {node.id: i for i, level in enumerate(ranks) for node in level}
    columns: list[list[Cell]] = [list(level) for level in ranks]
    for node in nodes:
        for source in node.reads:
            for between in range(rank.get(source, len(ranks)) + 1, rank[node.id]):
                if source not in columns[between]:
                    columns[between].append(source)
    height = max(map(len, columns))
    return [column + [None] * (height - len(column)) for column in columns]


def _drawn(
    columns: list[list[Cell]], states: Mapping[str, str], chosen: str, width: int
) -> list[Content] | None:
    """The picture, row by row; chips of a column are as wide as the widest. None: no room."""
    rows = [plain("") for _ in columns[0]]
    for i, column in enumerate(columns):
        after = columns[i + 1] if i + 1 < len(columns) else []
        chips = [_chip(cell, states, chosen) if isinstance(cell, Node) else None for cell in column]
        wide = max(chip.cell_length for chip in chips if chip is not None)
        gutter = _gutter(column, after) if after else [""] * len(column)
        for row, (cell, chip) in enumerate(zip(column, chips, strict=True)):
            shown = chip if chip is not None else plain("")
            leads = isinstance(cell, str) or (chip is not None and gutter[row][:1] == "─")
            rest = ("─" if leads else " ") * (wide - shown.cell_length)
            rows[row] = rows[row] + shown + plain(rest + gutter[row], LINE)
    return rows if max(row.cell_length for row in rows) <= width else None


def _gutter(left: list[Cell], right: list[Cell]) -> list[str]:
    """The lines between two columns: each source goes up and down on a track of its own."""
    ways = [
        (row, [to for to, target in enumerate(right) if _takes(target, cell)])
        for row, cell in enumerate(left)
        if cell is not None
    ]
    ways = [(row, to) for row, to in ways if to]
    bent = [row for row, to in ways if to != [row]]
    end = len(bent) + 2
    grid = [[0] * end for _ in left]
    for row, to in ways:
        track = 1 + bent.index(row) if row in bent else 0
        _across(grid[row], 0, track)
        for target in to:
            _across(grid[target], track, end - 1)
            grid[target][track] |= _RIGHT
            for at in range(min(row, target), max(row, target)):
                grid[at][track] |= _DOWN
                grid[at + 1][track] |= _UP
    texts = ["".join(_LINES[cell] for cell in line) for line in grid]
    heads = ["▶" if isinstance(target, Node) else "─" for target in right]
    return [
        text + (head if line[-1] else " ")
        for text, line, head in zip(texts, grid, heads, strict=True)
    ]


def _across(line: list[int], start: int, end: int) -> None:
    """A line from the left edge of the cell `start`, or from its middle, to the end of `end`."""
    for at in range(start, end + 1):
        if at > start or start == 0:
            line[at] |= _LEFT
        if at < end or end == len(line) - 1:
            line[at] |= _RIGHT


def _takes(target: Cell, source: Cell) -> bool:
    name = source.id if isinstance(source, Node) else source
    return name is not None and (name in target.reads if isinstance(target, Node) else
                                 target == name)  # fmt: skip


def _chip(node: Node, states: Mapping[str, str], chosen: str) -> Content:
    state = states.get(node.id)
    glyph = mark(state).glyph if state is not None else "▪"
    style = mark(state).style if state is not None else "$text"
    name = node.id if len(node.id) <= LONGEST else node.id[: LONGEST - 1] + "…"
    bold = "bold reverse" if node.id == chosen else "bold"
    return Content("").join(
        [plain(f" {glyph} ", style), plain(name, f"{style} {bold}"), plain(f" {node.who} ", LINE)]
    )


def _rows(
    ranks: list[list[Node]], states: Mapping[str, str], width: int, chosen: str
) -> list[Content]:
    """A row for each level, and more where its chips do not fit beside one another."""
    names = {node.id for level in ranks for node in level}
    rows: list[Content] = []
    for i, level in enumerate(ranks):
        row = plain(f"{i + 1}", LINE)
        for node in level:
            chip = _chip(node, states, chosen)
            sources = [name for name in node.reads if name in names]
            if sources:
                chip += plain(f"◀ {', '.join(sources)} ", LINE)
            if len(row) > 2 and row.cell_length + chip.cell_length > width:
                rows.append(row)
                row = plain(" ")
            row += chip
        rows.append(row.truncate(max(1, width), ellipsis=True))
    return rows
