"""`intern replay`: a run that was watched, once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scenarios.errors import InputError
from tui.exits import Exit
from tui.terminal import can_draw

if TYPE_CHECKING:
    from simulator.event_lines import Recorded

SLOWEST, FASTEST = 0.5, 50.0


@click.command("replay", help="Watch a run again. FILE is a recording, or the name or number of "
               "one that was kept; without it, those are listed, newest first.")  # fmt: skip
@click.argument("file", required=False)
@click.option("--speed", metavar="X", default=1.0, type=float,
              help="How fast to play, 0.5 to 50 (1 by default); 0 is --plain.")  # fmt: skip
@click.option("--plain", is_flag=True, help="Print all at once, a line an event.")
def command(file: str | None, speed: float, plain: bool) -> int:
    if speed != 0 and not SLOWEST <= speed <= FASTEST:
        raise InputError(
            f"must be 0, or {SLOWEST:g} to {FASTEST:g}, not {speed:g}", field="--speed"
        )
    from simulator.event_lines import read_run
    from simulator.storage import recordings

    if file is None:
        _list()
        return Exit.DONE
    recorded = read_run(recordings.find(file))
    if speed == 0 or plain or not can_draw():
        return _print(recorded)
    return _draw(recorded, speed)


def _list() -> None:
    from simulator.event_lines import read_run
    from simulator.storage.recordings import kept
    from tui.printing import out, plural, say, table

    rows = []
    for path in kept():
        try:
            found = read_run(path)
        except (InputError, OSError):
            rows.append((path.stem, "", "", "cannot be read"))
            continue
        came = "cut off" if found.end is None else "good enough" if found.end.accepted else (
            "not good enough"
        )  # fmt: skip
        records = plural(len(found.start.records), found.start.thing)
        rows.append((path.stem, found.start.model, records, came))
    if rows:
        out(table(rows, indent=""))
    else:
        say("No run was recorded yet: watch one, or `intern run PLAN --follow`.")


def _print(recorded: Recorded) -> int:
    from scenarios.loading import load_cast
    from tui.following import tell
    from tui.printing import out, warn

    tell(recorded.events, load_cast(), out)
    for note in recorded.notes:
        warn(note)
    return Exit.DONE


def _draw(recorded: Recorded, speed: float) -> int:
    from scenarios.loading import library
    from tui.printing import warn

    scenario = recorded.start.scenario
    if scenario not in library():
        # Its records are nowhere to be looked up; what happened is in the recording all the same.
        warn(f"the scenario {scenario} is not in the library: told in lines instead")
        return _print(recorded)
    from tui.screens.replay import ReplayApp

    app = ReplayApp(scenario, recorded, speed)
    result = app.run()
    return result if result is not None else app.return_code or Exit.DONE
