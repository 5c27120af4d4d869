"""The brief: the boss's message, the filing cabinet, some records, and the colleagues."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.helping import HELP
from tui.papers import Paper, papers
from tui.screens.stage import Stage
from tui.widgets.plain import lines, plain
from tui.widgets.reader import Reader, places
from tui.workbook import Workbook


class PaperList(OptionList):
    """The list of papers. What is highlighted is shown; Enter goes on to the next stage."""

    HELP = "The papers. Up and down choose what is shown; Tab goes over to the text."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "screen.onward",
            "Ask",
            id="brief.list.onward",
            tooltip="Interview the stakeholder",
        ),
        Binding("space", "screen.page", "Read on", id="brief.list.page", show=False),
    ]

    def action_select(self) -> None:
        """A click chooses what to read, and leads nowhere else."""


class BriefScreen(Stage):
    """Choose on the left, read on the right."""

    STAGE = "brief"
    HELP = HELP["brief"]
    CSS_PATH = "brief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "Ask", id="brief.onward", tooltip="Interview the stakeholder"),
        Binding("slash", "search", "Search", id="brief.search", key_display="/",
                tooltip="Look for a word in all papers"),
        Binding("n", "found(1)", "Next place", id="brief.next", show=False,
                tooltip="The next place of what was looked for"),
        Binding("N", "found(-1)", "Place before", id="brief.previous", show=False,
                tooltip="The place before"),
        Binding("space", "page", "Read on", show=False, id="brief.page"),
    ]  # fmt: skip

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.papers = papers(book.scenario, book.cast)
        self.shown = self.papers[0]
        self._query = ""
        self._at = -1

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield PaperList(*self._options(), id="papers", classes="frame")
            with Vertical(id="reading"):
                yield Reader(id="reader", classes="frame")
                yield Input(placeholder="look for", id="query", classes="frame")

    def _options(self) -> list[Option]:
        options: list[Option] = []
        drawer = ""
        for paper in self.papers:
            if paper.drawer != drawer:
                gap = "\n" if drawer else ""
                drawer = paper.drawer
                options.append(Option(plain(f"{gap}{drawer}", "bold"), disabled=True))
            options.append(Option(plain(paper.title), paper.id))
        return options

    def on_mount(self) -> None:
        chooser = self.query_one(PaperList)
        chooser.highlighted = 1
        chooser.focus()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show, self.shown)

    @on(OptionList.OptionHighlighted, "#papers")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        paper = next((one for one in self.papers if one.id == event.option_id), None)
        if paper is not None and paper is not self.shown:
            self._show(paper)

    def _show(self, paper: Paper) -> None:
        self.shown, self._at = paper, -1
        reader = self.query_one(Reader)
        reader.show(self._content(paper, reader.content_size.width), wraps=paper.wraps)
        if self._query:
            here = places(reader.text.plain, self._query)
            if here:
                reader.mark(self._query, -1)

    @staticmethod
    def _content(paper: Paper, width: int) -> Content:
        head = [plain(paper.title, "bold")]
        head += [plain(paper.note, "dim")] if paper.note else []
        # Two columns are the scroll bar's, whether it is there yet or not.
        return lines(*head, plain(""), plain(paper.text(min(100, max(20, (width or 62) - 2)))))

    # Searching

    def action_search(self) -> None:
        box = self.query_one("#query", Input)
        self.add_class("-searching")
        box.value = self._query
        box.focus()

    @on(Input.Submitted, "#query")
    def _look_for(self, event: Input.Submitted) -> None:
        self._query = event.value.strip()
        self._leave_search()
        if self._query:
            self.action_found(1)
        else:
            self._show(self.shown)

    def _leave_search(self) -> None:
        self.remove_class("-searching")
        self.query_one(PaperList).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape" and self.has_class("-searching"):
            event.stop()
            event.prevent_default()
            self._leave_search()

    def action_found(self, step: int) -> None:
        """Go to the next place in this paper, or in the papers after it, all around."""
        if not self._query:
            self.action_search()
            return
        reader = self.query_one(Reader)
        here = places(reader.text.plain, self._query)
        ahead = [at for at in here if at > self._at] if step > 0 else [
            at for at in here if at < self._at]  # fmt: skip
        if ahead:
            self._go(min(ahead) if step > 0 else max(ahead))
            return
        start = self.papers.index(self.shown)
        for away in range(1, len(self.papers) + 1):
            paper = self.papers[(start + step * away) % len(self.papers)]
            text = self._content(paper, reader.content_size.width).plain
            if found := places(text, self._query):
                self._turn_to(paper)
                self._go(found[0] if step > 0 else found[-1])
                return
        self.notify(f"Nothing says “{self._query}”.", markup=False)

    def _turn_to(self, paper: Paper) -> None:
        self._show(paper)
        chooser = self.query_one(PaperList)
        chooser.highlighted = chooser.get_option_index(paper.id)

    def _go(self, at: int) -> None:
        self._at = at
        self.query_one(Reader).mark(self._query, at)

    def action_page(self) -> None:
        self.query_one(Reader).scroll_page_down(animate=False)

    def action_onward(self) -> None:
        self.intern.show_stage("interview", self.book)


SCREEN = BriefScreen
