"""The page of all attempts: what was reached in each scenario, and how it went from try to try."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import InputError
from scenarios.loading import library_scenario
from scenarios.scenario import Medals, Scenario
from simulator.debriefing.track_record import ENOUGH, diagram, kept
from simulator.storage.store import Attempt
from tui import atlas
from tui.about import version
from tui.outcomes.habits import habits
from tui.page.html import Node, Part, element, figure_of, page, paragraph, section, table
from tui.page.iteration import history
from tui.page.judged import skills
from tui.page.pictures import calibration
from tui.printing import percent, plural, signed


def portfolio_page(attempts: Sequence[Attempt]) -> str:
    """The whole file."""
    ids = list(dict.fromkeys(attempt.scenario for attempt in attempts))
    mine = {id_: [one for one in attempts if one.scenario == id_] for id_ in ids}
    scenarios = {id_: _scenario(id_) for id_ in ids}
    header = [
        paragraph("Unreliable Intern: a portfolio", class_="eyebrow"),
        element("h1", "What was tried, and what came of it"),
        paragraph(
            f"{plural(len(attempts), 'attempt')} at {plural(len(ids), 'scenario')}.", class_="meta"
        ),
    ]
    sections = [_reached(attempts, scenarios)] if attempts else [
        section("reached", "Nothing yet", paragraph("No attempt is kept yet: run a plan first."))
    ]  # fmt: skip
    sections += [part for part in (skills(attempts), _foresight(attempts)) if part is not None]
    for id_, own in mine.items():
        scenario = scenarios[id_]
        title = scenario.title if scenario else id_
        part = history(own, scenario.medals if scenario else Medals(), f"attempts-{id_}", title)
        for habit in habits(own):
            if habit.seen:
                part.append(paragraph(element("strong", habit.rule), f" {habit.seen}"))
        sections.append(part)
    footer = (
        f"Written by Unreliable Intern {version()}. Figures are means of a trial, as they were "
        "kept with each attempt; `intern report NUMBER` tells one in full."
    )
    return page("Unreliable Intern: portfolio", header, sections, footer)


def _scenario(id_: str) -> Scenario | None:
    """The scenario, where it is still there."""
    try:
        return library_scenario(id_)
    except InputError:
        return None


def _reached(attempts: Sequence[Attempt], scenarios: dict[str, Scenario | None]) -> Node:
    best = atlas.results(attempts, atlas.cards())
    rows: list[list[Part]] = []
    for id_, scenario in scenarios.items():
        own = [one for one in attempts if one.scenario == id_]
        found = best.get(id_, atlas.Result())
        rows.append([
            scenario.title if scenario else id_, ", ".join(scenario.teaches) if scenario else "",
            figure_of(f"reached.{id_}.attempts", len(own), str(len(own))),
            figure_of(f"reached.{id_}.best", found.best,
                      "-" if found.best is None else percent(found.best)),
            found.medal or ("handed in, no medal yet" if found.handed_in else "not handed in"),
        ])  # fmt: skip
    return section(
        "reached", "What was reached",
        table("Scenarios that were tried; attempts whose answers were seen do not count as reached",
              ["scenario", "teaches", "attempts", "best", "medal"], rows, numbers=(2, 3)),
    )  # fmt: skip


def _foresight(attempts: Sequence[Attempt]) -> Node | None:
    """What was said of first runs against what came, and whether such predictions come true."""
    pairs = kept(attempts)
    if not pairs:
        return None
    groups = diagram(pairs)
    rows: list[list[Part]] = [
        [str(place), figure_of(f"foretold.{place}.said", said, percent(said)),
         figure_of(f"foretold.{place}.came", came, percent(came)),
         f"{signed(100 * (came - said))} points"]
        for place, (said, came) in enumerate(pairs, 1)
    ]  # fmt: skip
    few = paragraph(f"From {ENOUGH} predictions on, they are drawn in groups.")
    return section(
        "foresight", "What was expected", calibration(groups) if groups else few,
        table("Predictions of plans that had not been run before, oldest first",
              ["", "said", "came", "off by"], rows, numbers=(1, 2, 3)),
    )  # fmt: skip
