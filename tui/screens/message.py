"""One message of a run, as it was sent and as it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer

from scenarios.rows import shown_text
from scenarios.scenario import Scenario
from simulator.events import Answered, Asked, CameToYou, Event, Fault, Found, Retrieved, Voted
from tui.playing import Playing, exchange
from tui.printing import number
from tui.widgets.plain import Plain


class MessageScreen(ModalScreen[None]):
    """Texts under headings, to be read and scrolled; any way out closes it."""

    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,q", "dismiss", "Close", id="message.close", tooltip="Back to the run"
        ),
    ]

    def __init__(self, title: str, parts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.heading = title
        self.parts = parts

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="message", classes="frame"):
            yield Plain(self.heading, classes="message-title")
            for heading, text in self.parts:
                yield Plain(heading, classes="message-heading")
                yield Plain(text, classes="message-text")
        yield Footer()


def parts_of(event: Event, playing: Playing, scenario: Scenario) -> list[tuple[str, str]]:
    """What there is to read about an event, as far as it has happened: headings and texts."""
    match event:
        case Asked() | Answered():
            return _messages(event, playing)
        case Found():
            return [
                (f"What the {event.by} has against {event.record}", event.what),
                ("What then", event.then),
                *_record(scenario, event.record),
            ]
        case Voted():
            said = "\n".join(f"{count} for {value or '(nothing)'}" for value, count in event.values)
            title = f"The votes on {event.result}; the first one is taken"
            return [(title, said), *_record(scenario, event.record)]
        case CameToYou() | Retrieved():
            return _record(scenario, event.record)
        case Fault():
            return [("A fault, and nobody's mistake", event.what)]
    return [("About", ", ".join(getattr(event, "records", ())))]


def _messages(event: Asked | Answered, playing: Playing) -> list[tuple[str, str]]:
    asked, answered = exchange(playing.events, event)
    parts = []
    if answered is not None and answered.at <= playing.now:
        paid = f"{answered.tokens} tokens, {number(answered.cost)} in wages"
        parts.append((f"What came back ({paid})", answered.text))
    if asked is not None:
        parts += [("What was sent", asked.human), ("Who they are told to be", asked.system)]
    return parts


def _record(scenario: Scenario, name: str) -> list[tuple[str, str]]:
    record = scenario.record.get(name)
    return [(name, shown_text(scenario, record) if record else "")]
