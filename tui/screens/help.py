"""Help: what has the focus, its keys, and the product's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen

from tui.helping import HELP, WORDS, reflowed
from tui.screens.stage import STAGES, Stage
from tui.widgets.foot import Foot
from tui.widgets.plain import Plain, lines, plain

if TYPE_CHECKING:
    from textual.widget import Widget


class Key(NamedTuple):
    """A key as help lists it."""

    key: str
    name: str
    says: str
    ours: bool
    """Whether it is a key of this product, and not of every list and editor."""


class HelpScreen(ModalScreen[None]):
    """A page of help above the screen that it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1", "dismiss", "Close", id="help.close", key_display="esc"),
        Binding("k,question_mark", "page('keys')", "Keys", id="help.keys", key_display="k",
                tooltip="List all keys"),
        Binding("e", "page('explain')", "Explain", id="help.page", tooltip="What this screen is"),
        Binding("w", "page('glossary')", "Words", id="help.words", tooltip="What the words mean"),
    ]  # fmt: skip

    def __init__(self, title: str, says: str, keys: list[Key], page: str) -> None:
        super().__init__()
        self._title, self._says, self._keys, self._page = title, says, keys, page

    @classmethod
    def about(cls, screen: Screen[object], page: str) -> HelpScreen:
        """Help for a screen and what has the focus in it."""
        title, says = _explanation(screen)
        return cls(title, says, _keys(screen), page)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page", classes="frame"):
            yield Plain(self.text(), id="text")
        yield Foot()

    def on_mount(self) -> None:
        self.query_one("#page").focus()

    def action_page(self, page: str) -> None:
        self._page = page
        self.query_one("#text", Plain).show(self.text())
        self.query_one("#page").scroll_home(animate=False)

    def text(self) -> Content:
        """The page that is shown."""
        if self._page == "glossary":
            return lines(plain("Words", "bold"), plain(""), *_table(list(WORDS.items())))
        every = self._page == "keys"
        rows = [
            (key.key, key.says if every and key.says else key.name)
            for key in self._keys
            if every or key.ours
        ]
        head = plain(f"{self._title}: all keys" if every else self._title, "bold")
        says = [] if every else [plain(self._says), plain("")]
        return lines(head, plain(""), *says, *_table(rows))


def _explanation(screen: Screen[object]) -> tuple[str, str]:
    """The title and the text for the focused widget, else for its screen."""
    name = screen.STAGE if isinstance(screen, Stage) else ""
    title = STAGES.get(name, "Help")
    parts: list[str] = []
    focused: Widget | None = screen.focused
    if focused is not None:
        for node in focused.ancestors_with_self:
            if node is screen:
                break
            if said := getattr(node, "HELP", None):
                parts.append(reflowed(str(said)))
                break
    named = HELP.get(screen.HELP or "")  # some screens name their text, others write it
    own = named or HELP.get(name or screen.name or "") or screen.HELP
    parts.append(reflowed(own or "Arrow keys and Tab move, Enter chooses, escape goes back."))
    return title, "\n\n".join(parts)


def _keys(screen: Screen[object]) -> list[Key]:
    found: dict[str, Key] = {}
    for _, binding, enabled, tooltip in screen.active_bindings.values():
        if enabled and binding.description and binding.action not in found:
            key = screen.app.get_key_display(binding)
            found[binding.action] = Key(
                key, binding.description, tooltip or binding.tooltip, bool(binding.id)
            )
    return list(found.values())


def _table(rows: list[tuple[str, str]]) -> list[Content]:
    """Two columns; the second is indented by what the first takes."""
    wide = max((len(left) for left, _ in rows), default=0)
    return [
        Content("  ").join([plain(left.ljust(wide), "bold"), plain(right)]) for left, right in rows
    ]
