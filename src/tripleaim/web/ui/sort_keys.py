"""What the cells of a column are sorted by in a reader's browser.

The script sorts plain numbers and words by what is written. For amounts such as "£1.2m", "under
£50,000", "(20.9)" or "3.0% less" the server gives the number, in `data-sort` of each cell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

LAST = ""
"""The key of what has no amount, or is not known: it comes last, whichever way one sorts."""

_PLAIN = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?%?")
"""Numbers that the script reads by itself; `PLAIN` in tables.js is the same."""

_NO_AMOUNT = re.compile(
    r"[–—-]?|(?:nothing: )?(?:not|un)[ -]?(?:known|measured|stated)\b.*"
    r"|no verdict|never|not within these years|gains no QALYs|any(?: other)? year",
    re.IGNORECASE | re.DOTALL,
)
_NOTHING = re.compile(r"nothing|none|in balance|no change|level|saves nothing", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?:(?P<below>under|below|fewer than|less than)\s+"
    r"|(?P<above>over|above|more than)\s+"
    r"|(?:about|from|up to|at least|at most)\s+)?"
    r"(?P<bracket>\()?(?P<sign>[−+-])?£?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>\s?(?:m|million|bn|billion|k|thousand)(?!\w))?(?![\w.])"
    r"(?P<down>%?(?:\s+to\s+\S+)?\s+(?:short|less|fewer|lower|smaller|below)\b)?",
    re.IGNORECASE,
)
_TIMES = {"m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "k": 1e3, "thousand": 1e3}
_BESIDE = 1e-6
"""How far "under 5" comes before "5", as a share of it."""


def sort_keys(values: Sequence[Any], texts: Sequence[str]) -> list[str | None]:
    """The key of each cell of a column: None where the script sorts it by its text alone.

    `values` are the cells' own, `texts` what the page writes for them. A column in which
    everything known is an amount is sorted by amounts, any other by its words.
    """
    known = [not _has_none(value, text) for value, text in zip(values, texts, strict=True)]
    keys: list[str | None] = [None if one else LAST for one in known]
    if all(_PLAIN.fullmatch(text) for text, one in zip(texts, known, strict=True) if one):
        return keys
    amounts = [_amount(v, t) if k else None for v, t, k in zip(values, texts, known, strict=True)]
    if any(one and amount is None for one, amount in zip(known, amounts, strict=True)):
        return keys
    return [LAST if amount is None else f"{amount:.9g}" for amount in amounts]


def amount_in(text: str) -> float | None:
    """The first amount of a text that begins with one, in pounds where it is money; else None.

    "£1.2m" is 1,200,000, "£2.0m to £3.0m" 2,000,000, "(20.9)" and "20.9 short" are -20.9.
    """
    if _NOTHING.fullmatch(text):
        return 0.0
    found = _AMOUNT.match(text)
    if not found:
        return None
    size = float(found["number"].replace(",", ""))
    size *= _TIMES[found["unit"].strip().lower()] if found["unit"] else 1.0
    if found["below"] or found["above"]:
        size *= 1 - _BESIDE if found["below"] else 1 + _BESIDE
    negative = (found["sign"] or "") in "−-" and found["sign"]
    return -size if negative or found["bracket"] or found["down"] else size


def _has_none(value: Any, text: str) -> bool:
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        return True
    return value is None or bool(_NO_AMOUNT.fullmatch(text.strip()))


def _amount(value: Any, text: str) -> float | None:
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float(value)
    return amount_in(text.strip())
