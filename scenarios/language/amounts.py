"""Numbers and sums of money as people write them, read by a stated convention."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

DecimalMark = Literal["point", "comma", "last"]

LARGEST = 1e15
"""Numbers from here on are refused: a float no longer tells their cents apart."""
_LONGEST = 60

_SIGN = "[-+\N{MINUS SIGN}\N{EN DASH}]"
_CURRENCY = (
    "(?:[A-Z]{0,3}[$¢£¥฿₡₦₩₪₫€₭₮₱₲₴₵₸₹₺₼₽₾]|"
    r"Kč|zł|kr\.?|Ft|Fr\.?|Rs\.?|EUR|USD|GBP|CHF|JPY|CNY|AUD|CAD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|"
    "HUF|RON|BGN|BRL|MXN|INR|ZAR|TRY|KRW|SGD|HKD|ILS|AED)"
)
_DIGITS = r"(?P<digits>[0-9]*(?:[.,' ][0-9]+)*)"
_NO_CENTS = "(?:[.,](?:--?|\N{EN DASH}|\N{EM DASH}))?"
_NUMBER = re.compile(rf"(?P<open>\()?(?P<sign>{_SIGN})? ?{_DIGITS} ?(?P<after>-)?(?P<close>\))?")
_MONEY = re.compile(
    rf"{_CURRENCY}? ?(?P<open>\()?(?P<sign>{_SIGN})? ?{_CURRENCY}? ?(?P<inner>{_SIGN})? ?"
    rf"{_DIGITS}{_NO_CENTS} ?{_CURRENCY}? ?(?P<after>-)? ?{_CURRENCY}?(?P<close>\))? ?{_CURRENCY}?"
)
_GROUP = re.compile(r"(?<=[0-9])[' ](?=[0-9]{3}(?![0-9]))")
_CENTS = re.compile(r"(.*)[.,]([0-9]{2})")


@lru_cache(maxsize=8192)
def read_amount(text: str, mark: DecimalMark, *, money: bool) -> float | None:
    """The number that `text` states, or None where it is not one number and nothing else.

    `mark` says what separates the decimals: a `point`, a `comma`, or the `last` of the two where
    exactly two digits follow it (else there are none). Every other point or comma separates
    thousands and is passed over wherever it stands, as simple parsers do: "1.234,50" is 1.2345
    by `point` and 1234.5 by `last`, which takes "12.5" for 125. A second decimal mark makes it
    no amount. Spaces and apostrophes count as separators before groups of three digits only.

    Negative: a minus before or after, or parentheses. With `money`, a currency's sign or code may
    stand on either side, "12,-" is twelve, and the result is rounded to cents, half away from 0.
    """
    text = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    found = (_MONEY if money else _NUMBER).fullmatch(text) if len(text) <= _LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    named = found.groupdict()
    signs = [named[name] for name in ("open", "sign", "inner", "after") if named.get(name)]
    digits = _decimal(_GROUP.sub("", found["digits"]), mark)
    if digits is None or len(signs) > 1:
        return None
    amount = float(digits)
    if amount >= LARGEST:
        return None
    if money:
        amount = half_up(amount, 2)
    return -amount if signs and signs != ["+"] and amount else amount


def _decimal(digits: str, mark: DecimalMark) -> str | None:
    """`digits` with a point before the decimals and no separators; None where that is no number."""
    if not digits or "'" in digits or " " in digits:
        return None
    if mark == "last":
        cents = _CENTS.fullmatch(digits)
        whole, decimals = cents.groups() if cents else (digits, "")
        return whole.replace(".", "").replace(",", "") + ("." + decimals if decimals else "")
    separator, point = (",", ".") if mark == "point" else (".", ",")
    plain = digits.replace(separator, "").replace(point, ".")
    return plain if plain.count(".") <= 1 else None


def half_up(number: float, places: int) -> float:
    """`number` rounded to `places` decimals, ties away from zero, as people round money.

    The tie is looked for in the shortest decimal that stands for the float: 1.005 gives 1.01.
    `number` must be finite and below LARGEST.
    """
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
