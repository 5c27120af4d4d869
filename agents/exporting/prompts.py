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
        parts += [f"Asked of a model, {calls}.", *_controls(step), *_messages(step, step, record)]
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


def _controls(step: dict[str, Any]) -> list[str]:
    """What happens around the call: passages that are found, votes, a question before it."""
    parts = []
    if (search := step["retrieves"]) is not None:
        words = " and ".join(f"`{name}`" for name in search["by"])
        parts += [
            "## Passages",
            f"Each record gets the {search['k']} passages of `collections/{search['from']}.json` "
            f"that have most of the words of {words}, and the rarest of them (BM25); a passage has "
            f"at most {search['chunk']} tokens. They stand in the record as `<passage>`.",
        ]
    if step["votes"] > 1:
        parts += [
            "## Votes",
            f"Each record is done {step['votes']} times, in calls of their own. Of each result the "
            "most frequent value counts; of equally frequent ones the one that was given first.",
        ]
    if step["ask"]:
        parts += [
            "## Asks first",
            "The first call may put one question instead of answering. Its system message is this "
            "one, and no schema is enforced:",
            _fenced(step["asks"]),
            "What was asked and answered is in all calls from then on, as `<said>`. An answer that "
            "the plan does not have is typed by you, at a terminal; where nobody is there, it is "
            "said that nobody could answer.",
        ]
        for name, answer in step["answers"].items():
            parts += [f"Asked about `{name}`, the plan answers:", _fenced(answer)]
    return parts


def _messages(step: dict[str, Any], order: dict[str, Any], record: str) -> list[str]:
    reads = step["reads_records"]
    shown = record if reads else '<record id="...">\n</record>'
    if step["upstream"] or order["judges"]:
        shown = shown.removesuffix("</record>") + "<given>{...}</given>\n</record>"
    if step["retrieves"] is not None:
        passage = '<passage id="..." title="...">\n...\n</passage>\n'
        shown = shown.removesuffix("</record>") + f"{passage}</record>"
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
