"""The interview: a conversation with somebody who knows how the work is really done."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Tab, Tabs

from scenarios.errors import InputError
from simulator.interview import Turn
from tui.conversation import Conversation
from tui.helping import HELP
from tui.screens.stage import Stage
from tui.widgets.plain import Plain, lines, plain
from tui.workbook import Workbook

_HINT = "Ask in your own words. Enter on an empty line goes to the plan."


class Said(Plain):
    """One thing that somebody said."""

    def __init__(self, who: str, what: str, kind: str) -> None:
        text = lines(plain(who, "bold"), plain(what))
        super().__init__(text, classes=f"said -{kind}")


class InterviewScreen(Stage):
    """Turns above, the question below, and what is left of their patience."""

    STAGE = "interview"
    HELP = HELP["interview"]
    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "Ask / plan", id="interview.onward",
                tooltip="Ask; on an empty line, go to the plan"),
        Binding("ctrl+o", "start_over", "Start over", id="interview.over",
                tooltip="Forget this interview and begin again"),
        Binding("ctrl+t", "another", "Somebody else", id="interview.another",
                tooltip="Talk to the next person"),
        Binding("pageup", "talk_page(-1)", "Back in the talk", show=False, id="interview.up"),
        Binding("pagedown", "talk_page(1)", "On in the talk", show=False, id="interview.down"),
    ]  # fmt: skip

    class Answered(Message):
        """A stakeholder has answered."""

        def __init__(self, talk: Conversation, turn: Turn) -> None:
            super().__init__()
            self.talk, self.turn = talk, turn

    class Unkept(Message):
        """A question and its answer could not be written down."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.people = book.scenario.stakeholders
        self.talks = {
            one.id: Conversation(book.scenario, one, book.store) for one in self.people
        }  # fmt: skip
        self.whom = self.people[0].id if self.people else ""
        self._waiting = False

    @property
    def talk(self) -> Conversation:
        """The conversation that is shown."""
        return self.talks[self.whom]

    def compose_body(self) -> ComposeResult:
        if not self.people:
            yield Plain("There is nobody to ask here. Enter goes to the plan.", classes="next")
            return
        if len(self.people) > 1:
            yield Tabs(*(Tab(plain(one.name), id=f"whom-{place}")
                         for place, one in enumerate(self.people)), id="whom")  # fmt: skip
        yield Plain(id="person")
        yield VerticalScroll(id="talk", classes="frame", can_focus=True)
        yield Plain(id="patience")
        yield Input(placeholder=_HINT, id="question", classes="frame")

    def on_mount(self) -> None:
        if self.people:
            self._show()
            self.query_one("#question").focus()

    def _show(self) -> None:
        """Show the whole conversation with whoever is chosen."""
        person = self.talk.person
        self.query_one("#person", Plain).show(
            Content("").join([plain(person.name, "bold"), plain(f", {person.role}", "dim")])
        )
        box = self.query_one("#talk", VerticalScroll)
        box.remove_children()
        rows = [Said(person.name, " ".join(person.greeting.split()), "them")]
        for turn in self.talk.turns:
            rows += self._rows(turn)
        box.mount_all(rows)
        self._show_patience()
        self.call_after_refresh(box.scroll_end, animate=False)

    def _rows(self, turn: Turn) -> list[Said]:
        return [Said("You", turn.question, "you"),
                Said(self.talk.person.name, turn.reply, "them")]  # fmt: skip

    def _show_patience(self, after: Turn | None = None) -> None:
        said = ""
        if not self.talk.left:
            said = "  Enter goes to the plan; ctrl+o begins a new interview."
        elif after and not after.understood:
            said = "  Not understood, or not known: it cost nothing."
        elif after and not after.costs:
            said = "  It cost nothing."
        self.query_one("#patience", Plain).show(f"{self.talk.patience()}{said}")

    @on(Input.Submitted, "#question")
    def _submitted(self, event: Input.Submitted) -> None:
        question = event.value.strip()
        if not question:
            self.action_onward()
        elif not self._waiting:
            self._waiting = True
            event.input.value = ""
            self.query_one("#talk", VerticalScroll).mount(Said("You", question, "you"))
            self.ask(self.talk, question)

    @work(thread=True, group="interview", exclusive=True, exit_on_error=False)
    def ask(self, talk: Conversation, question: str) -> None:
        """Ask; reading a question for the first time takes a moment."""
        try:
            self.post_message(self.Answered(talk, talk.ask(question)))
        except InputError:
            self.post_message(self.Unkept(question))
            raise
        finally:
            self._waiting = False

    @on(Unkept)
    def _unkept(self, event: Unkept) -> None:
        """What could not be kept was not asked: the question is given back."""
        self._show()
        self.query_one("#question", Input).value = event.question

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        if event.talk is not self.talk:
            return
        box = self.query_one("#talk", VerticalScroll)
        box.mount(Said(self.talk.person.name, event.turn.reply, "them"))
        self._show_patience(event.turn)
        self.call_after_refresh(box.scroll_end, animate=False)

    # Getting about

    @on(Tabs.TabActivated, "#whom")
    def _chosen(self, event: Tabs.TabActivated) -> None:
        place = int((event.tab.id or "whom-0").removeprefix("whom-"))
        if self.people[place].id != self.whom:
            self.whom = self.people[place].id
            self._show()
            self.query_one("#question").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "another":
            return len(self.people) > 1
        return bool(self.people) if action == "start_over" else True

    def action_another(self) -> None:
        self.query_one(Tabs).action_next_tab()

    def action_talk_page(self, step: int) -> None:
        box = self.query_one("#talk", VerticalScroll)
        (box.scroll_page_down if step > 0 else box.scroll_page_up)(animate=False)

    def action_start_over(self) -> None:
        from tui.screens.confirm import ConfirmScreen

        name = self.talk.person.name
        question = f"Begin the interview again? {name} will remember nothing of this one."
        self.app.push_screen(ConfirmScreen(question, "Begin again"), self._begin_again)

    def _begin_again(self, yes: bool | None) -> None:
        if not yes:
            return
        try:
            self.talk.start_over()
        except InputError as error:
            self.intern.report(error)
        self._show()

    def action_onward(self) -> None:
        self.intern.show_stage("board", self.book)


SCREEN = InterviewScreen
