"""The footer: at most six keys, those of what has the focus first, help always among them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

MOST = 6
_ALWAYS = "f1"


class Foot(Footer):
    """A footer that does not grow into a wall of keys; the others are a `?` away."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        if not self._bindings_ready:
            return
        for binding, enabled, tooltip in self.chosen():
            yield FooterKey(
                binding.key, self.app.get_key_display(binding), binding.description,
                binding.action, disabled=not enabled, tooltip=tooltip or binding.tooltip,
            ).data_bind(compact=Footer.compact)  # fmt: skip

    def chosen(self) -> list[tuple[Binding, bool, str]]:
        """The bindings that are shown."""
        shown: dict[str, tuple[Binding, bool, str]] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show:
                shown.setdefault(binding.action, (binding, enabled, tooltip))
        rows = list(shown.values())
        if len(rows) > MOST:
            helps = [row for row in rows if row[0].key == _ALWAYS]
            others = [row for row in rows if row[0].key != _ALWAYS]
            rows = others[: MOST - len(helps)] + helps
        return rows
