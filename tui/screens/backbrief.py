"""What each intern took from the plan, sentence by sentence, and how sure they are."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from scenarios.errors import InputError
from simulator.backbrief import SentenceBrief, StepBrief, backbrief
from tui import understood
from tui.printing import shown
from tui.screens.running import RunStage
from tui.vocabulary import mark
from tui.widgets.onward import Onward
from tui.widgets.plain import lines, plain
from tui.workbook import Workbook

_STATES = {"clear": "right", "fairly": "fairly", "unsure": "unsure", "noted": "waiting"}
CONTESTED = "Noted for the author. It does not count for medals."


class BackbriefScreen(RunStage):
    """Every sentence beside what was taken from it; a reading can be contested."""

    STAGE = "backbrief"
    CSS_PATH = "backbrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "contest", "Contest", id="backbrief.contest",
                tooltip="Tell the author that this sentence was misread"),
    ]  # fmt: skip

    class Understood(Message):
        """What everybody took from it, and the readings that were contested before."""

        def __init__(self, briefs: list[StepBrief], contested: set[tuple[str, str]]) -> None:
            super().__init__()
            self.briefs = briefs
            self.contested = contested

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.briefs: list[StepBrief] = []
        self.contested: set[tuple[str, str]] = set()
        self.sentences: dict[int, tuple[str, str]] = {}
        """The step and the words of what can be contested, by the row's place."""

    def compose_body(self) -> ComposeResult:
        yield OptionList(id="understood", markup=False, compact=True)
        yield Onward("")

    def start(self) -> None:
        self.onward("They are reading ...")
        self.ask()

    @work(thread=True, group="backbrief", exclusive=True, exit_on_error=False)
    def ask(self) -> None:
        """Have everybody say what they understood."""
        book = self.book
        briefs = backbrief(book.scenario, book.draft.plan(), book.cast)
        try:
            contested = {(c.step, c.sentence) for c in book.store.contested(book.scenario.id)}
        except InputError:
            contested = set()
        if not get_current_worker().is_cancelled:
            self.post_message(self.Understood(briefs, contested))

    @on(Understood)
    def _understood(self, message: Understood) -> None:
        self.briefs, self.contested = message.briefs, message.contested
        self.draw()
        self.query_one(OptionList).focus()
        self.onward("Enter: watch a run   (x: that is not what I wrote)")

    def draw(self) -> None:
        """All rows; the highlight stays where it was."""
        rows = self.query_one(OptionList)
        place, scroll = rows.highlighted, rows.scroll_offset.y
        self.sentences = {}
        options: list[Option] = []
        for brief in self.briefs:
            does = "reviews" if brief.role == "review" else "does"
            head = f"{brief.who.name} {does} step {brief.step}"
            options.append(Option(plain(head, "bold $accent"), disabled=True))
            for sentence in brief.sentences:
                self.sentences[len(options)] = (brief.step, _words(sentence))
                options.append(Option(self._sentence(brief, sentence)))
            options += [Option(row, disabled=True) for row in self._rest(brief)]
            options.append(Option(plain(""), disabled=True))
        if not options:
            nobody = "You do everything yourself: nobody to ask."
            options.append(Option(plain(nobody), disabled=True))
        rows.set_options(options)
        rows.highlighted = place if place is not None else next(iter(self.sentences), None)
        rows.scroll_to(y=scroll, animate=False)

    def _sentence(self, brief: StepBrief, sentence: SentenceBrief) -> Content:
        state = mark(_STATES[sentence.sure])
        said = f"{state.glyph} {understood.sure(sentence)}"
        if (brief.step, _words(sentence)) in self.contested:
            said += "  [contested]"
        words = f'"{_words(sentence)}"'
        width = (self.query_one(OptionList).size.width or self.size.width) - 4
        if width < 96:
            return lines(plain(words), plain(f"    {said}", state.style))
        left, right = wrap(words, width * 2 // 3 - 2), wrap(said, width // 3)
        height = max(len(left), len(right))
        left += [""] * (height - len(left))
        right += [""] * (height - len(right))
        return lines(
            *(
                plain(f"{one:<{width * 2 // 3}}") + plain(other, state.style)
                for one, other in zip(left, right, strict=True)
            )
        )

    def _rest(self, brief: StepBrief) -> list[Content]:
        if brief.learnt:
            return [plain(f"  {understood.of_learnt(brief)}")]
        if brief.span is None:
            rows = [
                plain(f"  {operation.name} of {record}: {shown(value)}")
                for operation in brief.operations
                for record, value in operation.gives
            ]
            head = "  On the preview records, if all that it reads is right:"
            return [plain(head), *rows] if rows else [plain("  Nothing to do.")]
        told = [] if brief.sentences else [plain(f"  {understood.TOLD_NOTHING}")]
        results = [
            plain(f"  {understood.of_result(result)}",
                  "" if result.known and not result.unpaired else mark("unsure").style)
            for result in brief.results
        ]  # fmt: skip
        load = plain(f"  {understood.of_load(brief.load, brief.span)}",
                     mark("unsure").style if brief.load > brief.span else "dim")  # fmt: skip
        return [*told, *results, load]

    def on_resize(self) -> None:
        if self.briefs:
            self.draw()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_next()

    def action_contest(self) -> None:
        """Note the highlighted sentence for the author."""
        chosen = self.sentences.get(self.query_one(OptionList).highlighted or 0)
        if chosen is None or chosen in self.contested:
            return
        try:
            self.book.store.contest(self.book.scenario.id, *chosen)
        except InputError as error:
            self.intern.report(error)
            return
        self.contested.add(chosen)
        self.notify(CONTESTED, markup=False)
        self.draw()

    def go_on(self) -> None:
        self.intern.show_stage("live", self.book)


def _words(sentence: SentenceBrief) -> str:
    return " ".join(sentence.words.split())


SCREEN = BackbriefScreen
