"""Numbers with their 10% to 90% interval: said with the digits that they carry, kept raw in files.

A number's last digit is about a quarter of its interval's width; without an interval it has three.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tripleaim import wording as words
from tripleaim.prevention import BreakEven
from tripleaim.uncertainty import FanPart, IntervalPart
from tripleaim.web.ui.tables import PageColumn, PageTable

COUNTING = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
OUTSIDE = "; the value lies outside"
ENOUGH = 64
"""Draws from which on parameters can be told apart at all."""


class Worded(float):
    """A number that a page says in words of its own, and a file holds as it is."""

    words: str

    def __new__(cls, value: float, words: str) -> Worded:
        """The number `value`, said as `words`."""
        number = super().__new__(cls, value)
        number.words = words
        return number

    def __str__(self) -> str:
        return self.words


def counted(number: int) -> str:
    """A small whole number as a word: twenty; from 21 on in figures."""
    return COUNTING[number] if 0 <= number < len(COUNTING) else f"{number:,}"


def step(spread: IntervalPart) -> float:
    """The place of the last digit that a spread's numbers carry."""
    if spread.p10 is not None and spread.p90 is not None and spread.p90 > spread.p10:
        return _power((spread.p90 - spread.p10) / 4)
    return _power(abs(spread.central or 0.0) / 100 or 1.0)


def in_words(spread: IntervalPart, unit: str = "") -> str:
    """The central value."""
    return words.to_digit(spread.central, unit, step(spread))


def interval(spread: IntervalPart, unit: str = "") -> str:
    """The 10% to 90% interval: "£1.2m to £3.4m"; empty where there were no draws.

    It says where the central value lies outside it.
    """
    if spread.p10 is None or spread.p90 is None or spread.p10 == spread.p90:
        return ""
    last = step(spread)
    first, second = (words.to_digit(end, unit, last) for end in (spread.p10, spread.p90))
    inner = unit if unit not in ("£m", "%") else ""
    known = spread.central is None or spread.p10 <= spread.central <= spread.p90
    return f"{first.removesuffix(inner).rstrip()} to {second}{'' if known else OUTSIDE}"


def with_interval(spread: IntervalPart, unit: str = "") -> str:
    """The central value and its interval: "£2.1m (£1.2m to £3.4m)"."""
    between = interval(spread, unit)
    return f"{in_words(spread, unit)} ({between})" if between else in_words(spread, unit)


def size(spread: IntervalPart) -> IntervalPart:
    """The same without its sign, where all of it has one; for sentences that say the direction."""
    if (spread.central or 0.0) >= 0:
        return spread
    return negative(spread)


def negative(spread: IntervalPart) -> IntervalPart:
    """Less of it as more of its opposite."""

    def turned(value: float | None) -> float | None:
        return None if value is None else -value

    return IntervalPart(
        central=turned(spread.central),
        p10=turned(spread.p90),
        p50=turned(spread.p50),
        p90=turned(spread.p10),
    )


def clear(spread: IntervalPart) -> int:
    """1 where nine draws in ten are above nothing, -1 where they are below, else 0."""
    if spread.p10 is not None and spread.p10 > 0:
        return 1
    if spread.p90 is not None and spread.p90 < 0:
        return -1
    return 0


def at(fan: FanPart, year: int) -> IntervalPart:
    """One year of a fan."""
    return IntervalPart(
        central=fan.central[year], p10=fan.p10[year], p50=fan.p50[year], p90=fan.p90[year]
    )


def few_draws(draws: int) -> str:
    """That a run has too few draws to tell parameters apart; empty where it has enough."""
    if draws >= ENOUGH:
        return ""
    return (
        f"This run has only {draws:,} draws. With fewer than {ENOUGH}, we cannot tell the effect "
        "of a number from chance."
    )


def draws_of_ten(pct: float) -> str:
    """A share of draws in words: "in nine draws of ten"."""
    if pct <= 0:
        return "in 0% of draws"
    if pct >= 100:
        return "in every draw"
    tenths = round(pct / 10)
    if tenths == 0:
        return "in fewer than one draw of twenty"
    if tenths == 10:
        return "in more than nineteen draws of twenty"
    return f"in about {counted(tenths)} draw{'s' * (tenths != 1)} of ten"


def breaks_even(even: BreakEven) -> str:
    """The first year from which it stays paid for, with its interval, for a cell."""
    if (even.p10, even.p50, even.p90) == (even.central,) * 3:
        return even.central or "not within these years"
    ends = f"{even.p10 or 'later'} to {even.p90 or 'later'}"
    return f"{even.central or 'not within these years'} ({ends})"


def cells(key: str, spread: IntervalPart, unit: str = "") -> dict[str, Any]:
    """The cells of a spread: its value, and its interval in words and as two numbers."""
    value = None if spread.central is None else Worded(spread.central, in_words(spread, unit))
    return {
        key: value,
        f"{key}_interval": interval(spread, unit),
        f"{key}_p10": spread.p10,
        f"{key}_p90": spread.p90,
    }


def columns(key: str, label: str) -> tuple[PageColumn, PageColumn]:
    """The columns of a spread."""
    return PageColumn(key, label, "worded"), PageColumn(f"{key}_interval", "10% to 90%", "worded")


def for_file(table: PageTable) -> PageTable:
    """The table with intervals as two numbers, and with what the page leaves out or shortens."""
    kept: list[PageColumn] = []
    for column in table.columns:
        if column.key.endswith("_interval"):
            continue
        whole = f"{column.key}_all"
        longer = any(whole in row for row in table.rows)
        kept.append(PageColumn(whole, column.label) if longer else column)
        ends = [(f"{column.key}_p10", "10%"), (f"{column.key}_p90", "90%")]
        if any(ends[0][0] in row for row in table.rows):
            kept += [PageColumn(key, label, "plain") for key, label in ends]
    return PageTable(table.name, table.caption, kept, table.rows, table.total)


def in_order(
    table: PageTable, sorts: Mapping[str, str], wanted: str | None
) -> tuple[PageTable, list[tuple[str, str, bool]]]:
    """Rows sorted as a reader asks, and the ways of asking: (text, key, whether it is now so).

    `sorts` are texts by column; the first is what is done unasked. Numbers go down, words up.
    """
    key = wanted if wanted is not None and wanted in sorts else next(iter(sorts))
    known = [row for row in table.rows if row.get(key) is not None]
    rest = [row for row in table.rows if row.get(key) is None]
    numeric = all(isinstance(row[key], (int, float)) for row in known)
    ordered = sorted(known, key=lambda row: row[key], reverse=numeric)
    ways = [(text, name, name == key) for name, text in sorts.items()]
    return replace(table, rows=[*ordered, *rest]), ways


def by_year(
    name: str,
    caption: str,
    label: str,
    fans: Sequence[tuple[str, FanPart, str]],
    years: Sequence[str],
) -> PageTable:
    """Fans as a table with a row for each name and year; each fan is (name, fan, unit)."""
    return PageTable(
        name,
        caption,
        [PageColumn("name", label), PageColumn("year", "Year"), *columns("value", "Central")],
        [
            {"name": text, "year": year} | cells("value", at(fan, k), unit)
            for text, fan, unit in fans
            for k, year in enumerate(years)
        ],
    )


def _power(value: float) -> float:
    """The power of ten at or below a positive value."""
    return float(10.0 ** math.floor(math.log10(value) + 1e-9))
