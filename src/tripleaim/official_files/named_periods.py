"""Whether a file's name says another month, quarter or year than its content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tripleaim.official_files.dates import financial_year_in, in_words, months_in
from tripleaim.official_files.publication import Publication

_FILE = re.compile(r"(.+)\.(csv|txt|xlsx?|ods|zip)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_QUARTER = re.compile(r"(?<![a-z])q(?:uarter)?[ _-]*([1-4])(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20[1-3]\d(?!\d)")
_PERIOD = re.compile(r"(\d{4})/\d\d(?: Q([1-4]))?")
_NOT_COMPARED = frozenset({"practice-file", "projections", "lists-by-area"})
"""Their content has no date, or their names have years of something else: of a projection's base,
of areas."""
_COLUMN = {"months": 1, "staff": 1, "ambulances": 1, "allocations": 2}
"""The column with the month or year of each row, by table."""


def with_question(one: Publication) -> Publication:
    """The publication, with a question where a part of its name is of another period."""
    if one.kind in _NOT_COMPARED or not one.edition:
        return one
    content = {month for text in _periods(one) for month in _months(text)}
    questions = [
        f'"{part}" says {" and ".join(map(in_words, named))}, its content is of '
        f"{in_words(one.edition)}: the content counts. Is it the right file?"
        for part in one.file.split(": ")
        if _FILE.fullmatch(part)
        and (named := named_in(part))
        and not content & {month for text in named for month in _months(text)}
    ]
    return replace(one, notes=(*one.notes, *questions)) if questions else one


def named_in(name: str) -> list[str]:
    """The periods that a file's name has: months and quarters, or else years.

    >>> named_in("Beds-Q1-2024-25.xlsx")
    ['2024/25 Q1']
    """
    found = _FILE.fullmatch(name)
    text = (found[1] if found else name).rpartition("/")[2]
    days, text = _DAY.findall(text), _DAY.sub("/", text)
    months = months_in(text)
    year = financial_year_in(text)
    quarter = _QUARTER.search(text)
    if quarter and year:
        return [*months, f"{year} Q{quarter[1]}"]
    if months or days:
        return months or [day[:7] for day in days]
    return [year] if year else sorted(set(_YEAR.findall(text)))


def _periods(one: Publication) -> Iterable[str]:
    """Every period of a publication's rows, or else its edition."""
    yield one.edition
    for table, rows in one.tables.items():
        if table in ("beds", "side"):
            yield from {f"{row[1]} {row[2]}" for row in rows}
        elif table in _COLUMN:
            yield from {str(row[_COLUMN[table]]) for row in rows}


def _months(text: str) -> set[str]:
    """The months of a day, month, quarter, financial year or year."""
    found = _PERIOD.fullmatch(text)
    if found:
        first = 3 * (int(found[2]) - 1) if found[2] else 0
        year = int(found[1])
        numbers = range(first + 3, first + (6 if found[2] else 15))
        return {f"{year + n // 12}-{n % 12 + 1:02d}" for n in numbers}
    if re.fullmatch(r"\d{4}", text):
        return {f"{text}-{n:02d}" for n in range(1, 13)}
    return {text[:7]}
