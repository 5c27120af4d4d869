"""A model that fails with known chances, and knows the battery by heart."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from agents.calibration.fit import followed, handled
from agents.calibration.probes import Item, Probe
from simulator.parameters import figures, with_odds

KNOWN = {
    "follow_alone": 0.96, "follow_decay": 0.02, "late_rule_odds": 2.0, "handled_n0": 200.0,
    "form_object": 0.8, "form_list": 0.4, "detect": 0.6, "false_alarm": 0.1, "injected": 0.3,
    "invent": 0.5, "not_found_odds": 0.4,
}  # fmt: skip
SKILL = 0.9
"""Its chance of being right in each kind of work."""
JSON = '{"name": "a", "count": 1}'


def chance(probe: Probe, item: Item) -> float:
    """How likely it gets an item right."""
    k = KNOWN
    if probe.mechanism == "rules":
        fails = 1 - followed(int(probe.case), k["follow_alone"], k["follow_decay"])
        return 1 - (with_odds(fails, k["late_rule_odds"]) if item.late else fails)
    if probe.mechanism == "batch":
        return handled(int(probe.case), k["handled_n0"], figures("mid"))
    return {
        "object": k["form_object"], "list": k["form_list"], "planted": k["detect"],
        "clean": 1 - k["false_alarm"], "guessed": 0.5,
        "permitted": 1 - with_odds(k["invent"], k["not_found_odds"]),
        "plain": 1 - (k["invent"] if probe.mechanism == "missing" else k["injected"]),
    }.get(probe.case, SKILL)  # fmt: skip


def reply(probe: Probe, luck: Random) -> str:
    """What it writes."""
    return "\n".join(_said(probe, luck))


def _said(probe: Probe, luck: Random) -> Iterable[str]:
    for item in probe.items:
        right = luck.random() < chance(probe, item)
        if item.kind in ("object", "list"):
            good = f"[{', '.join([JSON] * 3)}]" if item.kind == "list" else JSON
            yield good if right else f"Here you are: {good}"
        elif item.kind == "differs":
            yield f"{item.key}: {'1' if right else item.value}"
        elif right:
            yield f"{item.key}: {item.value}"
        elif item.kind != "present":
            yield f"{item.key}: 555"
