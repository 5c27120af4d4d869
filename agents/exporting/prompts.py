"""A plan as pages to read: what each step is told, what is checked, where it goes back to."""

from __future__ import annotations

import json
import re
from typing import Any

_ELSE = {
    "you": "It is passed on to you.", "keep": "It is kept as it is.", "drop": "It is left out.",
}  # fmt: skip
_TICKS = re.compile(r"`+")


def page(step: dict[str, Any], record: str) -> str:
    """One step in Markdown; `record` stands for a record of a call."""
    parts = [f"# {step['id']}"]
    if step["code"]:
        parts += ["Done by code, in this order:", _fenced(_lines(step["does"]), "json")]
    else:
        size = step["batch"]
        calls = "all records in one call" if size == "all" else f"at most {size} records in a call"
        parts += [f"Asked of a model, {calls}.", *_messages(step, step, record)]
    if step["takes"] is not None:
        parts += ["## Only records of which this holds", _fenced(step["takes"])]
    if step["checks"]:
        parts.append("## Checked")
        for check in step["checks"]:
            parts += [_fenced(check["that"]), f"Where it fails, back to `{check['redo']}`."]
    if step["review"]:
        look = "Someone looks at it" if step["review"]["judges"] else "Someone does it again, blind"
        parts += ["## Reviewed", f"{look}; what fails goes back to `{step['id']}`."]
        if step["review"]["takes"] is not None:
            parts += ["Only records of which this holds:", _fenced(step["review"]["takes"])]
        parts += _messages(step, step["review"], record)
    if step["checks"] or step["review"]:
        parts += ["## What fails", f"At most {step['redo']} times back. {_ELSE[step['else']]}"]
    return "\n\n".join(parts) + "\n"


def _messages(step: dict[str, Any], order: dict[str, Any], record: str) -> list[str]:
    reads = step["reads_records"]
    shown = record if reads else '<record id="...">\n</record>'
    if step["upstream"] or order["judges"]:
        shown = shown.removesuffix("</record>") + "<given>{...}</given>\n</record>"
    human = f"{order['head']}\n<records>\n{shown}\n</records>"
    parts = ["## System message", _fenced(order["system"]), "## User message", _fenced(human)]
    if order["form"]:
        form = json.dumps(order["form"], indent=2, ensure_ascii=False)
        parts += ["## Schema, enforced", _fenced(form, "json")]
    return parts


def _lines(items: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in items)


def _fenced(text: str, language: str = "text") -> str:
    """A block that nothing in `text` can end."""
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
