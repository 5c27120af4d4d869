"""Bare `intern`: a first look. A naive plan fails, and one can read why."""

from __future__ import annotations

from tui.exits import Exit

_SCENARIO = "invoices"
_PLAN = "plans/naive.yaml"


def play() -> int:
    """Run and explain the naive plan of the first scenario, and say what to type next."""
    from scenarios.files.source import read_text
    from scenarios.loading import library
    from tui.commands.explain import explain
    from tui.options import usual_jobs
    from tui.printing import out, prose, verbatim

    path = library()[_SCENARIO].parent / _PLAN
    out(prose("A first look: somebody handed a job to an intern, with this plan."))
    out()
    out(verbatim(read_text(path), "    "))
    out()
    status = explain(
        str(path), trials=None, seed=None, as_json=False, jobs=usual_jobs(), reveal=False,
        kept=False,
    )  # fmt: skip
    if status == Exit.DONE:
        out()
        out("Can you do better? Type next:")
        out(f"    intern show {_SCENARIO}")
        out(f'    intern ask {_SCENARIO} "What went wrong last time?"')
        out(f"    intern new plan {_SCENARIO} -o my-plan.yaml")
        out("    intern run my-plan.yaml")
        out("    intern explain my-plan.yaml")
    return status
