"""What the learner expects, said before it is run: reliability, and what will be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from scenarios.errors import InputError
from tui.printing import percent
from tui.screens.running import RunStage
from tui.widgets.onward import Onward
from tui.widgets.plain import Plain
from tui.widgets.slider import Slider


class PredictScreen(RunStage):
    """A slider for reliability and one for each field of the deliverable."""

    STAGE = "predict"
    CSS_PATH = "predict.tcss"

    def compose_body(self) -> ComposeResult:
        scenario = self.book.scenario
        thing = scenario.records.name
        said = self._said()
        wrong = said.get("wrong")
        feared: Mapping[str, Any] = wrong if isinstance(wrong, dict) else {}
        with VerticalScroll(id="sliders", can_focus=False):
            yield Plain(self._intro(), id="intro")
            yield Slider("Reliability: the share of runs that are good enough to be used",
                         self._expected(said), id="reliability")  # fmt: skip
            yield Plain("What you fear: the share of records on which it is wrong", id="feared")
            for field in scenario.deliverable:
                yield Slider(f"{thing}s with `{field.name}` wrong",
                             _share(feared.get(field.name)), id=f"wrong-{field.name}")  # fmt: skip
        yield Onward("")

    def start(self) -> None:
        self.query_one("#reliability").focus()
        self.onward("Enter: run it   (left and right change it, up and down go to the next)")

    def go_on(self) -> None:
        wrong = {
            field.name: slider.share
            for field in self.book.scenario.deliverable
            if (slider := self.query_one(f"#wrong-{field.name}", Slider)).share is not None
        }
        share = self.query_one("#reliability", Slider).share
        try:
            self.book.predict(share, wrong)
        except InputError as error:
            self.intern.report(error)
            return
        self.intern.show_stage("evaluation", self.book)

    def _said(self) -> Mapping[str, Any]:
        said = self.book.draft.data.get("predict")
        return said if isinstance(said, dict) else {}

    def _expected(self, said: Mapping[str, Any]) -> float | None:
        """What was said of the draft, or else what was measured last."""
        if self.book.prediction is not None and (share := _share(said.get("reliability"))):
            return share
        rate = self.book.evaluation.reliability if self.book.evaluation else None
        return rate.mean if rate else _share(said.get("reliability"))

    def _intro(self) -> str:
        rate = self.book.evaluation.reliability if self.book.evaluation else None
        last = f" The last run came to {percent(rate.mean)}." if rate else ""
        return (
            f"Before it runs: how often will it be right?{last} Nobody marks you down for it; "
            "comparing it with what happens is how the feeling is learnt."
        )


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None


SCREEN = PredictScreen
