"""Financial years: kept as 2016/17, read as people write them."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside these are slips: official statistics of people begin after the first, and no
projection reaches the last."""

_FINANCIAL = re.compile(
    r"(?:(?:fy|f/y|financial year|year)[ -]?)?([0-9]{4}) ?[/–-] ?([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_SHORT = re.compile(r"(?:fy|f/y)[ -]?([0-9]{2}) ?[/–-] ?([0-9]{2})", re.IGNORECASE)
_ONE = re.compile(r"(?:fy|f/y)[ -]?((?:19|20)?[0-9]{2})", re.IGNORECASE)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_BEGINS = re.compile(r"([0-9]{4})(?![0-9])")
EXPECTED = "expected a financial year such as 2016/17"


def is_year(text: str) -> bool:
    """Whether `text` is a financial year such as "2016/17"."""
    match = re.fullmatch(r"[0-9]{4}/[0-9]{2}", text)
    return bool(match) and (int(text[:4]) + 1) % 100 == int(text[5:])


def year_after(year: str, count: int) -> str:
    """The financial year `count` years after `year`: 2017/18 and 10 give 2027/28."""
    first = int(year[:4]) + count
    return f"{first}/{(first + 1) % 100:02}"


def financial_year_of(when: date) -> str:
    """The financial year that a day is in: 31 March 2025 is in 2024/25."""
    return year_after(f"{when.year if when.month >= 4 else when.year - 1}", 0)


def financial_year(text: str) -> str:
    """The financial year that a text means, as 2016/17.

    Read are 2016-17, 2016/2017, 2016-2017, FY16/17 and FY2016-17. Raises ValueError with what was
    expected: for FY16, which may be 2015/16 or 2016/17, for years that do not follow on each
    other, and for years before 1900 or after 2200.
    """
    written = _financial(text)
    if written is None:
        raise ValueError(_of_one(text) or EXPECTED)
    start, end = written
    if (start + 1) % 100 != end % 100 or (end >= 100 and end != start + 1):
        raise ValueError(f"{EXPECTED}, a year and the next year")
    if not FIRST_YEAR <= start <= LAST_YEAR:
        raise ValueError(f"{EXPECTED}, between {FIRST_YEAR} and {LAST_YEAR}")
    return f"{start}/{(start + 1) % 100:02}"


def period_or_financial_year(text: str) -> str:
    """The same for a text that may be another period too: a day, a month, "any year".

    2016-12 is a month, 2009/11 a span of years; what is no financial year stays as it is. Raises
    ValueError for FY16, for 2011-12, which may be a month or a year, and for a year before 1900 or
    after 2200.
    """
    begins, month = _BEGINS.match(text), _MONTH.fullmatch(text)
    if begins and not FIRST_YEAR <= int(begins[1]) <= LAST_YEAR:
        raise ValueError(f"expected a year between {FIRST_YEAR} and {LAST_YEAR}")
    if month and (int(month[1]) + 1) % 100 == int(month[2]):
        year = year_after(month[1], 0)
        raise ValueError(f"expected {year}, or 1/{month[2]}/{month[1]} if you mean a month")
    if month or not (_financial(text) or _of_one(text)):
        return text
    try:
        return financial_year(text)
    except ValueError:
        if begins:
            return text
        raise


def _financial(text: str) -> tuple[int, int] | None:
    """The two years of a text, each as written."""
    match = _FINANCIAL.fullmatch(text)
    if match:
        return int(match[1]), int(match[2])
    short = _SHORT.fullmatch(text)
    return (2000 + int(short[1]), int(short[2])) if short else None


def _of_one(text: str) -> str:
    """What is asked of a text that names one year where two are meant; empty for any other."""
    match = _ONE.fullmatch(text)
    if not match:
        return ""
    year = int(match[1]) % 100 + 2000
    return f"{EXPECTED}; {text} may be {year_after(f'{year}', -1)} or {year_after(f'{year}', 0)}"


YEARS = (financial_year, period_or_financial_year)
"""Readers of years: for these a cell is kept as the year that it means, and that is told."""
