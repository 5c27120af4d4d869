"""The footer: at most six keys, those of the screen first, and always how to get help."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from tui.widgets.plain import plain

MOST = 6
_LAST = {"run": 1, "back": 2, "help": 3, "explain": 3}
"""The keys of every screen: always shown, and after those that are the screen's own."""


class Foot(Footer):
    """A footer that does not grow into a wall of keys; the others are a `?` away."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        if not self._bindings_ready:
            return
        for binding, enabled, tooltip in self.chosen():
            key = FooterKey(
                binding.key, self.app.get_key_display(binding), binding.description,
                binding.action, disabled=not enabled,
            )  # fmt: skip
            key.tooltip = plain(tooltip or binding.tooltip or binding.description)
            yield key.data_bind(compact=Footer.compact)

    def chosen(self) -> list[tuple[Binding, bool, str]]:
        """The bindings that are shown."""
        shown: dict[str, tuple[Binding, bool, str]] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show:
                shown.setdefault(binding.action, (binding, enabled, tooltip))
        rows = sorted(shown.values(), key=lambda row: _LAST.get(row[0].id or "", 0))
        kept = [row for row in rows if row[0].id in _LAST]
        own = [row for row in rows if row[0].id not in _LAST]
        return own[: max(0, MOST - len(kept))] + kept
