"""A text of a table as a cell of a sheet, and back, without losing a digit that is printed."""

from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DECIMALS = re.compile(r"(?:#,##)?0(?:\.(0+))?")
_LIKE_A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_MOST_DIGITS = 15
GENERAL, TEXT = "General", "@"


def as_cell(text: str) -> tuple[str | float, str]:
    """What stands in the sheet for `text`: a number with its number format, or a text.

    A text becomes a number only if `number_text` gives the same text back: 37.000 is 37 shown
    with three decimals. What a spreadsheet would take for a date is marked as a text.
    """
    if _PLAIN.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        decimals = len(text.partition(".")[2])
        if number_text(float(text), decimals) == text:
            return float(text), "0" + ("." + "0" * decimals if decimals else "")
    return text, TEXT if _LIKE_A_DATE.fullmatch(text) else GENERAL


def decimals_of(number_format: str) -> int:
    """How many decimals a number format prints; 0 for a format that does not say."""
    match = _DECIMALS.fullmatch(number_format)
    return len(match[1] or "") if match else 0


def number_text(value: float, decimals: int = 0) -> str:
    """`value` in digits, with at least `decimals` of them after the point and as many as it has."""
    if value == 0:
        value = 0.0
    printed = f"{value:.{decimals}f}"
    return printed if float(printed) == value else format(Decimal(repr(value)), "f")


def column_name(index: int) -> str:
    """The letters of a column, from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
