"""A cut of activity in words, as a table, and as rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from tripleaim import wording as words
from tripleaim.activity import Activity, Answer, PeopleByCell, Question, ask
from tripleaim.measures import RATES_BY, Interval, SmallNumber, rates_table
from tripleaim.place import InputError, Place
from tripleaim.web.ui.tables import PageColumn, PageTable

MOST_ROWS = 200
"""Rows that the page shows; the file has all."""


Parts = Callable[[], Sequence[Mapping[str, Any]]]
"""What gives `by_first` of an answer, worked out once and only if anybody asks."""


def sentence(place: Place, activity: Activity, answer: Answer, by_first: Parts) -> str:
    """The whole of the last year asked for, the largest part of it, and the other scenario."""
    question = answer.question
    units = words.cut_units(place, activity, question)
    if len(units) > 1 or "scenario" in question.by:
        return f"{words.cut_title(place, question)}: {words.count(len(answer.table))} rows."
    year = _last_year(activity, question)
    parts = by_first()
    here, *other = (sum(part[name] or 0.0 for part in parts) for name in question.columns)
    first_sentence = f"{words.position_name(question.scenario)}, {year}: {amount(here, units[0])}."
    largest = max(parts, key=lambda part: part[question.measure] or 0.0, default=None)
    if largest and here and len(parts) > 1:
        name = question.by[0]
        value = largest[question.measure] or 0.0
        first_sentence += (
            f" Largest by {words.column_name(name).lower()}: "
            f"{words.label(place, name, largest[name])}, {amount(value, units[0])} "
            f"({words.percent(100 * value / here)})."
        )
    if other:
        change = other[0] - here
        more = "more" if change > 0 else "less"
        first_sentence += (
            f" {words.position_name(question.compare)}: {amount(other[0], units[0])}, "
            f"{amount(abs(change), units[0])} {more}."
        )
    return first_sentence


def amount(value: float, unit: str) -> str:
    """A sum with its unit: "36,789 attendances", "£12.4m"."""
    return words.money(value / 1e6) if unit == "£" else f"{words.count(value)} {unit}"


def by_first(activity: Activity, answer: Answer) -> Parts:
    """The sums of the last year asked for, by the first dimension alone."""
    return cache(lambda: _by_first(activity, answer))


def _by_first(activity: Activity, answer: Answer) -> list[dict[str, Any]]:
    question = answer.question
    first = question.by[0]
    years = question.years if first == "year" else (_last_year(activity, question),)
    alone = Question(
        (first,), question.scenario, years, question.where, question.measure, question.compare
    )
    same = answer if alone == question else ask(activity, alone)
    rows: list[dict[str, Any]] = same.table.to_pylist()
    return rows


def bars(
    place: Place, activity: Activity, question: Question, by_first: Parts
) -> tuple[str, Sequence[tuple[str, float]]] | None:
    """A title with the one unit, and values by name; None where there is no one unit."""
    units = words.cut_units(place, activity, question)
    if len(units) > 1:
        return None
    first = question.by[0]
    million = 1e6 if units == ["£"] else 1.0
    column = "difference" if question.compare else question.measure
    values = [
        (words.label(place, first, row[first]), _rounded(row[column] / million, million))
        for row in by_first()
        if row[column] is not None
    ]
    unit = "£m" if units == ["£"] else units[0]
    year = "" if first == "year" else f", {_last_year(activity, question)}"
    what = words.column_name(first)
    if question.compare:
        change = f"{words.position_name(question.compare)} less {inside_name(question.scenario)}"
        return f"{change}, {unit} by {what.lower()}{year}", values
    return f"{words.capital(unit)} by {what.lower()}{year}", values


def inside_name(scenario: str) -> str:
    """A scenario's name inside a sentence."""
    return words.inside(words.position_name(scenario))


def table(
    place: Place,
    answer: Answer,
    sort: str = "",
    small: Mapping[tuple[str, ...], SmallNumber] | None = None,
) -> PageTable:
    """Every row of the answer; its file, activity-cut.csv, has them all.

    Rows that few people carry (`small`, by their dimensions as texts) have limits beside them.
    """
    limits = {key: one.interval for key, one in (small or {}).items()}
    question = answer.question
    rows: list[dict[str, Any]] = answer.table.to_pylist()
    if sort in ("most", "least"):
        column = question.columns[-1]
        known = [row for row in rows if row[column] is not None]
        known.sort(key=lambda row: row[column], reverse=sort == "most")
        rows = [*known, *(row for row in rows if row[column] is None)]
    names = [words.column_name(question.measure)]
    if question.compare:
        pair = (question.scenario, question.compare)
        names = [*(words.position_name(one) for one in pair), "Difference"]
    return PageTable(
        "activity-cut",
        words.cut_title(place, question),
        [
            *(PageColumn(name, words.column_name(name)) for name in question.dimensions),
            *(PageColumn(*pair, "count") for pair in zip(question.columns, names, strict=True)),
            *(
                [PageColumn("low", "By chance, from", "count"), PageColumn("high", "to", "count")]
                if limits
                else []
            ),
        ],
        [
            row
            | {name: words.label(place, name, row[name]) for name in question.dimensions}
            | _limits(limits.get(tuple(str(row[name]) for name in question.dimensions)))
            for row in rows
        ],
    )


def _limits(interval: Interval | None) -> dict[str, float | None]:
    return {"low": interval.low, "high": interval.high} if interval else {"low": None, "high": None}


def rates(
    place: Place, activity: Activity, people: PeopleByCell, question: Question
) -> PageTable | None:
    """Rates beside quantities, where the question is one that rates answer; else None."""
    groups = [name for name in question.by if name in RATES_BY]
    one_point = "point_of_delivery" in (*question.by, *question.where)
    if len(groups) != 1 or not one_point:
        return None
    try:
        rates = rates_table(activity, people, question)
    except InputError:
        return None  # of several years, of money, or of a contract: rates are not asked for
    group = groups[0]
    if not len(rates):
        return None
    return PageTable(
        "activity-rates",
        f"A year per 1,000 people, {question.years[0]}, {inside_name(question.scenario)}",
        [
            PageColumn(group, words.column_name(group)),
            PageColumn("point_of_delivery", words.column_name("point_of_delivery")),
            PageColumn("people", "People", "count"),
            PageColumn("crude", "Crude", "tenths"),
            PageColumn("standardised", "Standardised", "tenths"),
            PageColumn("standardised_low", "From", "tenths"),
            PageColumn("standardised_high", "To", "tenths"),
        ],
        [
            row
            | {name: words.label(place, name, row[name]) for name in (group, "point_of_delivery")}
            for row in rates.to_pylist()
        ],
    )


def _last_year(activity: Activity, question: Question) -> str:
    return max(question.years or activity.years)


def _rounded(value: float, million: float) -> float:
    return round(value, 1) if million > 1 else round(value)
