"""A table of a job that no scenario is about: visits to a vet, and the room that each got."""

from __future__ import annotations

import csv
import io

_ANIMALS = ("dog", "cat", "dog", "rabbit", "cat", "dog", "parrot", "cat")
_REASONS = (
    "limps on the left hind leg since Sunday",
    "has been coughing for three days and eats little",
    "is due for the yearly injection",
    "scratches its ears all night",
    "has lost a tooth in a fight over a slipper",
    "drinks more than it used to",
    "sneezes and is coughing when it runs",
)
_OWNERS = ("Ms Alder", "Mr Birch", "Ms Cedar", "Mr Dogwood", "Ms Elm")


def visits(count: int = 120, *, on_the_way: bool = False) -> str:
    """A CSV text: whatever coughs goes to isolation, small animals to the quiet room.

    `on_the_way` adds what a good plan would find out first: whether the animal coughs.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    more = ["truth.coughs"] if on_the_way else []
    table.writerow(["id", "Animal", "Weight kg", "text", "truth.room", "truth.minutes", *more])
    for n in range(count):
        animal, reason = _ANIMALS[n % len(_ANIMALS)], _REASONS[(3 * n + n // 8) % len(_REASONS)]
        owner = _OWNERS[(n * 7 + n // 3) % len(_OWNERS)]
        weight = {"dog": 8 + (n * 5) % 50, "cat": 3 + n % 4}.get(animal, 1)
        room = "consulting"
        if animal in ("rabbit", "parrot"):
            room = "quiet room"
        if "coughing" in reason:
            room = "isolation"
        text = f"{owner} telephoned about a {animal} of {weight} kg. It {reason}."
        row = [f"v{n + 1:03}", animal, weight, text, room, 30 if weight >= 40 else 15]
        if on_the_way:
            row.append("yes" if "coughing" in reason else "no")
        table.writerow(row)
    return out.getvalue()
