"""How the benchmark's unseen texts are worded: terse, in a table, by a double negative.

The kinds stand in `reading/kinds.json`, assigned from the texts alone, before anybody looked at how
the reader took them. A text may be of several kinds; one of none is worded plainly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.reading.corpus import Domain

SOURCE = Path(__file__).parent / "reading" / "kinds.json"
PLAIN = "none of these"


@dataclass(frozen=True)
class Kinds:
    """The kinds of wording, and the texts by id with theirs."""

    names: Mapping[str, str]
    """What a kind is called, by its key."""
    texts: Mapping[str, Sequence[str]]

    @staticmethod
    def load(path: Path = SOURCE) -> Kinds:
        """The kinds of a file. Raises ValueError for a text of a kind that the file lacks."""
        data = json.loads(path.read_text("utf-8"))
        found = Kinds(data["kinds"], data["texts"])
        for text, kinds in found.texts.items():
            if strange := [one for one in kinds if one not in found.names]:
                raise ValueError(f"{path.name}: {text}: {strange[0]!r} is no kind of wording")
        return found

    def by_kind(self, domains: Sequence[Domain]) -> dict[str, list[Domain]]:
        """The domains with their texts of each kind, by what it is called; the plain ones last.

        Raises ValueError for a text that has no entry.
        """
        for text in (text.id for one in domains for text in one.texts):
            if text not in self.texts:
                raise ValueError(f"{SOURCE.name}: {text} is missing; give its kinds, or []")
        held = {
            name: {text for text, kinds in self.texts.items() if key in kinds}
            for key, name in self.names.items()
        }
        held[PLAIN] = {text for text, kinds in self.texts.items() if not kinds}
        return {
            name: [
                replace(one, texts=tuple(text for text in one.texts if text.id in chosen))
                for one in domains
            ]
            for name, chosen in held.items()
        }
