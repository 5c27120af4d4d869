"""What a window of text has to do with a rule, in some eighty numbers between -1 and 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from simulator.reading.rules import Exemplar, Phrase, Rule, Signed, signed, weight_of
from simulator.reading.words import Piece


def _found(sought: Phrase, words: Signed, read: Piece) -> int:
    """How a phrase occurs in a window: 1 as it is, -1 with its sense turned, 0 not at all."""
    if not sought.words:
        text = sought.plain.strip()
        if text in {"not", "no", "never", "without", "nothing"}:
            return int(read.flags["negated"])
        return int(sought.plain in read.folded)
    turned = False
    for word, sign in sought.words:
        signs = words.get(word)
        if signs is None:
            return 0
        turned = turned or sign not in signs
    if len(sought.words) > 1:
        spots = [read.places[word] for word, _ in sought.words if word in read.places]
        reach = len(sought.words) + 4
        for first in spots[0] if spots else ():
            if all(any(abs(at - first) <= reach for at in others) for others in spots[1:]):
                break
        else:
            if spots:
                return 0
    return -1 if turned else 1


def _any(phrases: Sequence[Phrase], words: Signed, read: Piece) -> int:
    found = 0
    for sought in phrases:
        how = _found(sought, words, read)
        if how > 0:
            return 1
        found = found or how
    return found


def _alike(one: Exemplar, words: Signed, weight: float) -> tuple[float, float, float]:
    """Shares of the exemplar's words found, of the window's words used, and of those turned."""
    same = turned = 0.0
    for word, signs in one.signed.items():
        other = words.get(word)
        if other is None:
            continue
        if signs & other:
            same += weight_of(word)
        else:
            turned += weight_of(word)
    return same / one.weight, min(1.0, same / weight), turned / one.weight


def _best(
    exemplars: Sequence[Exemplar], words: Signed, weight: float, joined: str
) -> tuple[float, float, float, float, float]:
    """Recall, precision, turned share, harmonic mean, letters alike, of the likest exemplar."""
    best = (0.0, 0.0, 0.0, 0.0)
    letters = turned = 0.0
    for one in exemplars:
        recall, precision, opposite = _alike(one, words, weight)
        mean = 2 * recall * precision / (recall + precision) if recall else 0.0
        turned = max(turned, opposite)
        if (mean, recall) > (best[3], best[0]):
            best = (recall, precision, opposite, mean)
        letters = max(letters, fuzz.token_set_ratio(one.joined, joined) / 100)
    return best[0], best[1], turned, best[3], letters


def _concepts(rule: Rule, words: Signed, read: Piece) -> tuple[float, float, float, float]:
    """Share of groups met, whether all are, share met turned, and words to spare (a heap)."""
    best = (0.0, 0.0, 0.0)
    spare = 0
    for alternative in rule.concepts:
        hits = [_any(group, words, read) for group in alternative]
        share = sum(1 for hit in hits if hit) / len(hits)
        turned = sum(1 for hit in hits if hit < 0) / len(hits)
        best = max(best, (share, float(share == 1 and not turned), turned))
        if read.words < 40:
            for group in alternative:
                met = sum(1 for p in group if len(p.words) == 1 and p.words[0][0] in read.signs)
                spare = max(spare, met - 1)
    return best[0], best[1], best[2], min(spare, 4) / 4


def _sharp(mean: float) -> float:
    """Counts only what is almost an exemplar: 0 up to .6, 1 for the same words."""
    return max(0.0, mean - 0.6) / 0.4


def _near(rule: Rule, words: Signed, read: Piece) -> float:
    """How close a value stands to an object: 1 side by side, 0 where either is missing."""
    spots: list[list[int]] = []
    for phrases in (rule.object, rule.value):
        here = [p for p in phrases if p.words and _found(p, words, read)]
        spots.append([at for p in here for word, _ in p.words for at in read.places.get(word, ())])
    if not all(spots):
        return 0.0
    return 1.0 / (1.0 + min(abs(a - b) for a in spots[0] for b in spots[1]) / 6)


def _side(lean: float, signs: frozenset[int]) -> int:
    """1 where the signs agree with a rule's lean on a line of meaning, -1 where they differ."""
    if not lean or not signs:
        return 0
    return 1 if (1 if lean > 0 else -1) in signs else -1


NAMES = (
    "said_recall", "said_precision", "said_turned", "said_mean", "said_letters",
    "vague_recall", "vague_mean", "vague_letters", "contra_recall", "contra_mean", "contra_letters",
    "said_over_contra", "said_over_vague", "letters_over_contra", "letters_over_vague",
    "concepts", "concepts_all", "concepts_turned", "spare", "no_concepts",
    "object", "no_object_given", "value", "value_turned", "rival", "rival_turned", "no_value_given",
    "ours", "theirs", "axis_agrees", "axis_conflicts", "axis_conflicts_only",
    "number_agrees", "number_differs", "number_missing",
    "permissive", "retraction", "hedge", "asks", "form", "no_verb", "link", "loose", "commas",
    "quoted", "short", "negated", "length", "strange", "heap",
    "bare", "loose_on_topic", "retracts", "permits", "hedges", "asks_on_topic", "agrees_fully",
    "object_missed", "value_and_object", "conflict_on_topic",
    "terse", "near", "value_only_turned", "concepts_turned_on_topic", "rival_alone",
    "object_alone", "amount_agrees", "amount_conflicts", "turned_on_object",
    "order", "disorder", "long_disorder", "dense", "verbatim", "verbatim_contra", "verbatim_vague",
    "sequence", "jumble", "listing", "repeats", "terse_conflict", "exists",
)  # fmt: skip


def features(read: Piece, rule: Rule) -> tuple[float, ...] | None:
    """The features of a window for a rule, in the order of `NAMES`; None where it is off topic."""
    if rule.topic.isdisjoint(read.signs):
        return None
    words = signed(read)
    flags = read.flags
    weight = math.fsum(map(weight_of, words)) or 1.0
    said = _best(rule.said, words, weight, read.joined)
    vague = _best(rule.vague, words, weight, read.joined)
    contra = _best(rule.contradicted, words, weight, read.joined)
    share, full, turned, spare = _concepts(rule, words, read)
    subject = abs(_any(rule.object, words, read))
    value = _any(rule.value, words, read)
    rival = _any(rule.rivals, words, read)
    pairs = {(word, sign) for word, signs in words.items() for sign in signs}
    ours = min(3.0, math.fsum(weight_of(w) for w, s in pairs & rule.ours)) / 3
    theirs = min(2.0, math.fsum(weight_of(w) for w, s in pairs & rule.theirs)) / 2
    agrees = conflicts = 0.0
    for name, lean in rule.axes.items():
        signs = words.get(name, frozenset())
        if (1 if lean > 0 else -1) in signs:
            agrees = max(agrees, abs(lean))
        if (-1 if lean > 0 else 1) in signs:
            conflicts = max(conflicts, abs(lean))
    amount = _side(rule.axes.get("@amount", 0.0), words.get("@amount", frozenset()))
    number = bool(read.numbers & rule.numbers)
    differs = bool(rule.numbers) and not number and bool(read.numbers)
    missing = bool(rule.numbers) and not read.numbers
    asks = max(flags["question"], flags["ends_asking"])
    strange = sum(1 for word in read.signs if word not in rule.topic) / max(len(read.signs), 1)
    heap = float(
        not flags["link"] and flags["form"] < 0.2 and read.words > 2
    ) * (1.0 if not flags["verb"] else 0.5)  # fmt: skip
    topical = max(said[0], share)
    has_value = bool(rule.value)
    row = read.joined.split(" ")
    sequence = max(
        LCSseq.similarity(row, (words_of := one.joined.split(" "))) / len(words_of)
        for one in rule.said
    )
    return (
        said[0], said[1], said[2], said[3], said[4],
        vague[0], vague[3], vague[4], contra[0], contra[3], contra[4],
        said[3] - contra[3], said[3] - vague[3], said[4] - contra[4], said[4] - vague[4],
        share, full, turned, spare, float(not rule.concepts),
        float(subject), float(not rule.object), float(value > 0), float(value < 0),
        float(rival > 0), float(rival < 0), float(not has_value),
        ours, theirs, agrees, conflicts, max(0.0, conflicts - agrees),
        float(number), float(differs), float(missing),
        flags["permissive"], flags["retraction"], flags["hedge"], asks, flags["form"],
        1.0 - flags["verb"], flags["link"], flags["loose"], flags["commas"], flags["quoted"],
        flags["short"], flags["negated"], min(1.0, math.log1p(read.words) / 4), strange, heap,
        flags["short"] * (1 - flags["link"]) * (1 - flags["verb"]), flags["loose"] * (1 - ours),
        flags["retraction"] * topical, flags["permissive"] * topical, flags["hedge"] * topical,
        asks * topical, agrees * share * said[0], (1 - subject) * topical,
        subject * float(value > 0), conflicts * topical * subject,
        float(read.words <= 10 and subject and (value > 0 or number or agrees > 0.3)),
        _near(rule, words, read), float(value < 0) * topical, turned * topical,
        float(rival > 0 and value <= 0) * topical,
        float(subject and not value and not number and not agrees),
        float(amount > 0 and number), float(amount < 0 and number), said[2] * subject,
        flags["order"], max(0.0, 0.25 - flags["order"]) * topical,
        max(0.0, 0.25 - flags["order"]) * min(1.0, read.words / 12),
        float(read.words > 3 and flags["form"] < 0.15 and not flags["link"]) * topical,
        _sharp(said[3]), _sharp(contra[3]), _sharp(vague[3]),
        sequence, max(0.0, said[0] - sequence), flags["listing"], flags["repeats"],
        float(read.words <= 10 and subject and conflicts > 0.3), flags["exists"],
    )  # fmt: skip
