"""Days, months and years as official files write them."""

from __future__ import annotations

import re
from datetime import date

from tripleaim.tables import financial_year_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]?([A-Za-z]{3,9})[ -]?(\d{4}|\d{2})")
_MONTH = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[ _-]*(\d{4})(?!\d)")
_SHORT_MONTH = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[ _-]*(\d{2})(?![\d:]|[ ,_-]+\d{4})")
_ISO_MONTH = re.compile(r"\b(\d{4})-(\d{2})(?:-\d{2})?\b")
_LAST_MONTH = 12
_SPAN = re.compile(r"(?<!\d)20(\d{2})[-/_ ]?(?:20)?(\d{2})(?!\d)")
_SHORT_SPAN = re.compile(r"(?<!\d)(\d{2})[-/_]?(\d{2})(?!\d)")


def day(text: str) -> date | None:
    """The day of 2026-07-01, 01Aug2026, 01JUL2024, 01/07/2026 (day first) or 20260701, or None.

    >>> day("01Aug2026")
    datetime.date(2026, 8, 1)
    """
    text = text.strip()
    for pattern in (_ISO, _PLAIN):
        if match := pattern.fullmatch(text):
            return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _BRITISH.fullmatch(text):
        return _date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(text):
        return _date(_year(match[3]), _month_number(match[2]), int(match[1]))
    return None


def month(text: str) -> str | None:
    """The first month in a text as 2026-01: RTT-January-2026, May 26, jul22, a day; or None.

    >>> month("MSitAE-APRIL-2024")
    '2024-04'
    """
    return next(iter(months_in(text)), None)


def months_in(text: str) -> list[str]:
    """Every month that a text names, as 2026-01, the full spellings first."""
    text = text.strip()
    whole = day(text)
    if whole:
        return [f"{whole:%Y-%m}"]
    named = [
        f"{_year(match[2])}-{_month_number(match[1]):02d}"
        for pattern in (_MONTH, _SHORT_MONTH)
        for match in pattern.finditer(text.replace("_", " "))
        if _month_number(match[1])
    ]
    numbered = [
        f"{match[1]}-{match[2]}"
        for match in _ISO_MONTH.finditer(text.replace("_", " "))
        if 1 <= int(match[2]) <= _LAST_MONTH
    ]
    return list(dict.fromkeys([*named, *numbered]))


def quarter_of(text: str) -> str:
    """The quarter whose last month this is (2024-06): "2024/25 Q1"; empty for another month."""
    if not re.fullmatch(r"\d{4}-(03|06|09|12)", text):
        return ""
    last = date(int(text[:4]), int(text[5:]), 1)
    return f"{financial_year_of(last)} Q{(last.month // 3 - 2) % 4 + 1}"


def financial_year_in(text: str) -> str | None:
    """The financial year that a name has: PREVALENCE_2425, 2024_25, 2024-25, 2024/25; or None.

    >>> financial_year_in("PREVALENCE_2425.csv")
    '2024/25'
    """
    for pattern in (_SPAN, _SHORT_SPAN):
        for match in pattern.finditer(text):
            first, second = int(match[1]), int(match[2])
            if second == (first + 1) % 100:
                return f"20{first:02d}/{second:02d}"
    return None


def in_words(edition: str) -> str:
    """A day, month or year as people say it: 1 July 2026, January 2026, 2024/25."""
    whole = day(edition)
    if whole:
        return f"{whole.day} {_NAMES[whole.month - 1].title()} {whole.year}"
    found = re.fullmatch(r"(\d{4})-(\d{2})", edition)
    return f"{_NAMES[int(found[2]) - 1].title()} {found[1]}" if found else edition


def _month_number(name: str) -> int:
    lower = name.lower()
    if lower[:3] not in _MONTHS:
        return 0
    number = _MONTHS.index(lower[:3])
    return number + 1 if _NAMES[number].startswith(lower) or lower == "sept" else 0


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month_number: int, day_number: int) -> date | None:
    try:
        return date(year, month_number, day_number)
    except ValueError:
        return None
