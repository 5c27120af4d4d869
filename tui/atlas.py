"""What the map shows: the scenarios that ship, and the best that was made of each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulator.storage.store import Attempt

MEDALS = ("gold", "silver", "bronze")
_LIBRARY = Path(__file__).parents[1] / "scenarios" / "library"


class Card(NamedTuple):
    """A scenario as the map shows it: the head of its file, and the bars of its medals."""

    id: str
    title: str
    track: str
    level: int
    minutes: int
    teaches: tuple[str, ...]
    summary: str
    bars: dict[str, float]
    budget: dict[str, float]


class Result(NamedTuple):
    """What was reached in a scenario."""

    runs: int = 0
    best: float | None = None
    """The best reliability on practice records."""
    medal: str | None = None
    handed_in: bool = False

    @property
    def says(self) -> str:
        """In a few words; empty where nothing was run."""
        from tui.printing import percent, plural

        parts = [f"{self.medal} medal"] if self.medal else []
        parts += ["handed in, no medal yet"] if self.handed_in and not self.medal else []
        parts += [f"best {percent(self.best)}"] if self.best is not None else []
        return ", ".join([*parts, plural(self.runs, "run")]) if self.runs else ""


def cards(library: Path = _LIBRARY) -> list[Card]:
    """The scenarios, easiest first. Only the heads are looked at: nothing is checked."""
    files = sorted(library.glob("*/scenario.yaml"))
    found = [card for file in files if (card := _card(file)) is not None]
    tracks: dict[str, int] = {}
    for card in sorted(found, key=lambda card: (card.level, card.id)):
        tracks.setdefault(card.track, len(tracks))
    return sorted(found, key=lambda card: (tracks[card.track], card.level, card.id))


def _card(file: Path) -> Card | None:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(file.read_text("utf-8"), Loader=loader)
        return Card(
            id=str(data["id"]), title=str(data["title"]), track=str(data["track"]),
            level=int(data["level"]), minutes=int(data["minutes"]),
            teaches=tuple(map(str, data["teaches"])), summary=str(data["summary"]),
            bars={"gold": 0.85, "silver": 0.7, "bronze": 0.5, **data.get("medals", {})},
            budget=dict(data["budget"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        # `intern list` and `intern doctor` tell what is wrong with it.
        return None


def results(attempts: Iterable[Attempt], shown: Iterable[Card]) -> dict[str, Result]:
    """The best of the attempts at each scenario. What was revealed does not count."""
    known = {card.id: card for card in shown}
    found: dict[str, Result] = {}
    for attempt in attempts:
        card = known.get(attempt.scenario)
        mean = (attempt.summary.get("reliability") or {}).get("mean")
        if card is None or attempt.revealed:
            continue
        was = found.get(card.id, Result())
        sealed = attempt.lot == "sealed"
        best = was.best
        if mean is not None and not sealed:
            best = max(mean, best or 0.0)
        medal = _better(was.medal, _medal(card, attempt.summary) if sealed else None)
        found[card.id] = Result(was.runs + 1, best, medal, was.handed_in or sealed)
    return found


def _medal(card: Card, summary: Any) -> str | None:
    """The medal of a sealed attempt, as `intern run --sealed` gives it."""
    if "medal" in summary:
        return str(summary["medal"]) if summary["medal"] in MEDALS else None
    reliability, cost, minutes = (
        (summary.get(name) or {}).get("mean") for name in ("reliability", "cost", "minutes")
    )
    if reliability is None or cost is None or minutes is None:
        return None
    if cost > card.budget["money"] or minutes > card.budget["minutes"]:
        return None
    return next((name for name in MEDALS if reliability >= card.bars[name]), None)


def _better(one: str | None, other: str | None) -> str | None:
    return min((m for m in (one, other) if m), key=MEDALS.index, default=None)
