"""What a cell may hold: numbers, yes or no, and the marks that stand for a number not given."""

from __future__ import annotations

import math
import re
from decimal import Decimal

_EXPECTED = "expected a number such as 1234.5, without a unit or a sign of money"
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_AGE_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}([ \u00a0\u2009\u202f][0-9]{3})+(\.[0-9]+)?")
_MINUSES = str.maketrans("\u2212\u2013\u2010\u2011", "----")
"""A true minus sign, an en dash and two hyphens, which Word and web pages put before a number."""
_WHOLE_WITH_POINT = re.compile(r"([+-]?[0-9]{1,18})\.0+")
_SUPPRESSED = re.compile(
    r"\*+|:|\.\.+|~|-|[–—]|[$#]|c|\[(?:c|u|x|z|low|note ?\d*)\]|<\s*\d+"
    r"|#?n/?a|suppressed|null|nan|none|not available",
    re.IGNORECASE,
)
"""How official statistics mark a number that they do not give (Government Analysis Function:
`[c]` confidential, `[u]` unreliable, `[x]` not available, `[z]` not applicable; NHS Digital: `*`,
`:`; Eurostat: `:`, `c`), and how software writes a number that is missing."""


def number(text: str) -> float:
    """A finite decimal number as printed by a computer: no thousands separator, no unit."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(not_a_number(text, _EXPECTED))
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("expected a finite number")
    return value


def exact_number(text: str) -> Decimal:
    """A number as it is written, to the last digit."""
    number(text)
    return Decimal(text)


def whole(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(not_a_number(text, "expected a whole number such as 42"))
    return int(text)


NUMERIC = (number, exact_number, whole)
"""Readers of numbers: for these a cell may have thousands separators, and a suppressed cell is
told as what it is."""


def plain_number(text: str, *, commas_are_thousands: bool = True) -> str:
    """The number in `text` as a computer prints it; `text` itself where that is not certain.

    "56,550" and "56 550" are 56550, a true minus sign is a hyphen. "12,5" stays: it may be 12.5.
    """
    text = text.translate(_MINUSES).strip("\u00a0\u2009\u202f ")
    if _SPACED.fullmatch(text):
        return re.sub(r"\s", "", text)
    if commas_are_thousands and "," in text and _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    return text


def plain_whole(text: str) -> str:
    """The same for a whole number: "748.0" is 748."""
    match = _WHOLE_WITH_POINT.fullmatch(text)
    return match[1] if match else text


def is_suppressed(text: str) -> bool:
    """Whether a cell has a mark that stands for a number which is not given."""
    return bool(_SUPPRESSED.fullmatch(text))


_MEANT = (
    (
        re.compile(r"\([^0-9]*[0-9].*\)"),
        "brackets mean a negative number in accounts: type a minus sign",
    ),
    (
        re.compile(r"[+-]?[0-9., ]+%"),
        "a percentage: type the number as the column has it, without %",
    ),
    (re.compile(r"[+-]?\s*[£$€].*|.*[£$€]"), "a sum of money: type the number alone"),
    (re.compile(r"#[A-Z/0]+[!?]?"), "a spreadsheet formula failed: correct it in the spreadsheet"),
    (
        re.compile(r"[+-]?[0-9.]+,[0-9]+"),
        "commas may stand between thousands only: type 12.5 for 12,5",
    ),
    (re.compile(r".*,.*"), "commas may stand between thousands only"),
    (re.compile(r"[+-]?[0-9.,]+ ?(?:k|m|bn?|thousand|million)", re.IGNORECASE), "type the zeros"),
    (re.compile(r"nil|zero|zero", re.IGNORECASE), "type 0"),
)
"""Texts that people take for numbers, and what is to be done with them."""


def not_a_number(text: str, expected: str) -> str:
    """What is expected of a text that is no number, and what such a text seems to mean."""
    if is_suppressed(text):
        return (
            "expected a number; this mark says that it is suppressed or not available, which is "
            "not zero: ask who publishes it, or take a table with larger groups"
        )
    for pattern, meant in _MEANT:
        if pattern.fullmatch(text):
            return f"{expected}; {meant}"
    return expected


def age_band(text: str) -> str:
    """A band of ages such as "5-14" or "75+"."""
    if not _AGE_BAND.fullmatch(text):
        raise ValueError(f"expected an age band such as 5-14 or 75+, found {text}")
    return text


def yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError("expected yes or no")
    return text == "yes"
