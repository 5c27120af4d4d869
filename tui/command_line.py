"""The commands as click knows them. Each command's module is imported when it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from scenarios.errors import InputError
from tui.exits import Exit
from tui.printing import warn

# Name -> (module, what it does). The help of all commands is here, so that it needs no imports.
COMMANDS = {
    "list": ("tui.commands.list_", "The scenarios there are."),
    "show": ("tui.commands.show", "A scenario's brief, cabinet, records and colleagues."),
    "ask": ("tui.commands.ask", "Interview a stakeholder."),
    "new": ("tui.commands.new", "A new plan to fill in."),
    "backbrief": ("tui.commands.backbrief", "What each intern understood of a plan."),
    "pilot": ("tui.commands.pilot", "Somebody does a step on a few records, before the whole job."),
    "run": ("tui.commands.run", "Run a plan many times: how reliable is it?"),
    "replay": ("tui.commands.replay", "Watch a run again that was recorded."),
    "explain": ("tui.commands.explain", "Why a plan fails, and what would help most."),
    "compare": ("tui.commands.compare", "Two plans or attempts: which is better, and at what?"),
    "standing": ("tui.commands.standing", "Your attempts among other plans of a scenario."),
    "report": ("tui.commands.report", "An attempt, or all of them, as a page to share."),
    "card": ("tui.commands.card", "An attempt's report card, and your skills so far."),
    "export": ("tui.commands.export", "A plan to take away: its prompts, and a program."),
    "calibrate": ("tui.commands.calibrate", "A persona that fails as a real model does."),
    "rank": ("tui.commands.rank", "Does the simulation rank plans as a real model does?"),
    "check": ("tui.commands.check", "For authors: what to mend in a scenario."),
    "schema": ("tui.commands.schema", "For authors: what an editor needs to complete and check."),
    "doctor": ("tui.commands.doctor", "What is installed, where things are, what is wrong."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from tui.about import version

        click.echo(f"intern {version()}")
        ctx.exit()


@click.group(cls=_Lazy, invoke_without_command=True)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
              help="Show the version and exit.")  # fmt: skip
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Learn to manage unreliable interns: brief them, run them, see what it costs.

    Without a command: the screens, in a terminal; elsewhere, or with INTERN_PLAIN=1, a first look
    as plain text.
    """
    if ctx.invoked_subcommand is None:
        from tui.commands.play import play

        return play()
    return None


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; its exit status."""
    try:
        status = cli.main(list(arguments), prog_name="intern", standalone_mode=False)
        sys.stdout.flush()
        return int(status) if isinstance(status, int) else Exit.DONE
    except InputError as error:
        warn(error.one_line())
    except click.UsageError as error:
        warn(_usage(error))
    except click.ClickException as error:
        warn(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        warn("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`); Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        warn(f"{where}{error.strerror or error}; check the path and its permissions")
    return Exit.INPUT


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "intern"
    problem = error.format_message().rstrip(".")
    return f"{problem[:1].lower()}{problem[1:]}; see `{path} --help`"
