"""From the windows of a text to its verdict: which of them counts, and what stands beside it."""

from __future__ import annotations

from simulator.reading.lexicon import lexicon, plain
from simulator.reading.network import NOTHING, Chances
from simulator.reading.text import Window


def _sharp(chance: float) -> float:
    """Contradiction elsewhere counts once it is likely: traces in many sentences do not add up.

    The odds are squared and divided by twelve (judged): .5 counts as .08, .75 as .43, .95 as .97.
    """
    return chance**2 / (chance**2 + 12 * (1 - chance) ** 2)


def _takes_back(window: Window) -> bool:
    folded = plain(window.text)
    return window.first < window.last and bool(lexicon().marks["retraction"].search(folded))


def _rests_on(window: Window, other: Window) -> bool:
    return window is other or (
        other.first <= window.last and window.first <= other.last and not _takes_back(window)
    )


def combined(read: list[tuple[Window, Chances]]) -> tuple[Chances, str]:
    """The verdict of a text from those of its windows, and the words that it rests on.

    The clearest window counts. A window that says otherwise stands beside it, unless the
    clear one comes later and says that it replaces what was said.
    """
    on_topic = [one for one in read if one[1] is not NOTHING]
    if not on_topic:
        return NOTHING, ""
    best, its = max(on_topic, key=lambda one: one[1][0])
    against, why = 0.0, best
    for window, found in on_topic:
        if _rests_on(window, best):
            continue
        chance = _sharp(found[2])
        if _takes_back(window) and window.first <= best.first <= window.last and its[0]:
            # "... Forget that": how much less clear it is with the sentence that follows it.
            chance = max(chance, 1.0 - found[0] / its[0])
        if best.first > window.last and lexicon().marks["override"].search(plain(best.words)):
            chance *= 0.02
        if chance > against:
            against, why = chance, window
    clear = its[0] * (1 - against)
    contra = max(found[2] for _, found in on_topic)
    contra = min(1 - clear, max(contra if its[0] < 0.5 else its[2], against))
    vague = min(1 - clear - contra, max(found[1] for _, found in on_topic))
    out = (clear, vague, contra, max(0.0, 1 - clear - vague - contra))
    if against > clear:
        return out, why.words
    lead = max(range(3), key=lambda place: out[place])
    return out, max(on_topic, key=lambda one: one[1][lead])[0].words
