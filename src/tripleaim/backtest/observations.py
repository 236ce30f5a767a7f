"""What has been observed, when its period ended, and what was known on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from tripleaim.place import InputError, Note, Place, Row, columns_of, read_table, refuse

FOLDER = "backtest"
TABLES = {
    "population.csv": "people at 30 June; series 'male 0' to 'female 90+'",
    "population_80_and_over.csv": "people at 30 June; series 'male 80-84' to 'female 90+'",
    "deaths.csv": "deaths in the year to 30 June; series 'all' and 'male 80-84' to 'female 90+'",
    "components.csv": "components of change in the year to 30 June",
    "births.csv": "births in a year; series 'mother 15' to 'mother 49'",
    "registers.csv": "people on a disease register at 31 March; series are its letters",
    "lists.csv": "patients at 31 March; series 'list 17': of at least 17 years",
    "ae.csv": "A&E attendances of all types; series 'attendances'",
    "beds.csv": "general and acute beds, average a day; series 'available' and 'occupied'",
}
"""The tables of the tidy layout, each with the columns body, series, period, value."""

_TIMES, _SMALL = 50, 50
"""A value so many times the last one known is of another unit, unless that one is small."""

_YEAR = re.compile(r"(\d{4})(?:/(\d{2})( Apr-Dec)?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A mid-year (`2013`: at, or the year to, 30 June) or a financial year, whole or its first
    nine months (`2013/14`, `2013/14 Apr-Dec`)."""

    label: str
    year: int
    """The calendar year of a mid-year, or the one in which the financial year starts."""
    over: date
    """The last day of it: what it says cannot be known before."""

    @property
    def kind(self) -> str:
        """`mid-year`, `financial year` or `nine months`: only periods of one kind compare."""
        return {(6, 30): "mid-year", (3, 31): "financial year"}.get(
            (self.over.month, self.over.day), "nine months"
        )


def period(text: str) -> Period:
    """The period that a label means. Raises ValueError with what was expected."""
    match = _YEAR.fullmatch(text)
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        raise ValueError("expected a period like 2013, 2013/14 or 2013/14 Apr-Dec")
    year = int(match[1])
    if not match[2]:
        return Period(text, year, date(year, 6, 30))
    if match[3]:
        return Period(text, year, date(year, 12, 31))
    return Period(text, year, date(year + 1, 3, 31))


def financial(year: int) -> str:
    """The financial year that starts in April of `year`."""
    return f"{year}/{(year + 1) % 100:02d}"


def financial_years(base: Period, last: Period, *, or_part: bool = False) -> tuple[Period, ...]:
    """The financial years after `base` that have ended by `last`; with `or_part` also the first
    nine months of a year of which only these have ended."""
    periods = []
    for year in range(base.year + 1, last.year + 1):
        whole, part = period(financial(year)), period(f"{financial(year)} Apr-Dec")
        if whole.over <= last.over:
            periods.append(whole)
        elif or_part and part.over <= last.over:
            periods.append(part)
    return tuple(periods)


@dataclass(frozen=True, slots=True)
class Observation:
    """One value: of a table, of a body (a place, trust or CCG), of a series, in a period."""

    table: str
    body: str
    series: str
    period: Period
    value: float
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Observations:
    """Observations; `until` gives those whose period had ended by a day: all a forecast may use.

    `notes` say what was read otherwise than it was written.
    """

    observations: tuple[Observation, ...]
    notes: tuple[Note, ...] = field(default=(), compare=False)

    def until(self, day: date) -> Observations:
        """Those whose period had ended by that day."""
        return Observations(tuple(o for o in self.observations if o.period.over <= day))

    def series(self, table: str, body: str, series: str) -> Mapping[Period, float]:
        """The values of one series in the order of time; empty where there is none."""
        return self._by_name.get((table, body, series), {})

    def at(self, table: str, body: str, series: str, label: str) -> float | None:
        """One value, or None."""
        values = self._by_name.get((table, body, series), {})
        return next((v for p, v in values.items() if p.label == label), None)

    def bodies(self, table: str) -> tuple[str, ...]:
        """The bodies of a table, sorted."""
        return tuple(sorted({body for name, body, _ in self._by_name if name == table}))

    def names(self, table: str, body: str) -> tuple[str, ...]:
        """The series that a table holds of a body, in the order of their file."""
        return tuple(s for name, b, s in self._by_name if name == table and b == body)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str], Mapping[Period, float]]:
        table: dict[tuple[str, str, str], dict[Period, float]] = {}
        for o in sorted(self.observations, key=lambda o: o.period.over):
            table.setdefault((o.table, o.body, o.series), {})[o.period] = o.value
        return table


def read_observations(place: Place) -> Observations:
    """Every table that the place and its defaults have in their folder `backtest`.

    Raises InputError at the first row that does not fit, and for a value that is given twice.
    """
    observations: list[Observation] = []
    for folder in place.files.folders:
        for table in TABLES:
            name = f"{FOLDER}/{table}"
            if folder.has(name):
                observations += _observations(table, folder.rows(name))
    return Observations(tuple(observations))


def read_later(folder: Path) -> Observations:
    """Official figures of later years, from a folder in the layout of `backtest`.

    Raises InputError if there is no such folder or table, or a file that is none of the layout's.
    """
    if not folder.is_dir():
        raise InputError("expected a folder of tables in the tidy layout", file=folder)
    files = sorted(p for p in folder.glob("*.csv"))
    for file in files:
        if file.name not in TABLES:
            raise InputError(
                "expected a table of the tidy layout", file=folder, value=file.name, valid=TABLES
            )
    if not files:
        raise InputError(
            f"expected at least one table of the tidy layout: {', '.join(TABLES)}", file=folder
        )
    observations: list[Observation] = []
    notes: list[Note] = []
    faults: list[InputError] = []
    for file in sorted(files, key=lambda file: list(TABLES).index(file.name)):
        try:
            table = read_table(file, columns_of(f"{FOLDER}/{file.name}"))
            faults += table.faults
            notes += table.notes
            observations += _observations(file.name, table.rows)
        except InputError as fault:
            faults += fault.all_faults
    refuse(faults)
    return Observations(tuple(observations), tuple(notes))


def check_scale(later: Observations, known: Observations) -> None:
    """Hold figures of later years against the last value known of their series.

    Raises InputError, for every one of them, where a value is so many times larger or smaller that
    it is of another unit: thousands for ones, say.
    """
    refuse(_of_another_unit(later, known))


def _of_another_unit(later: Observations, known: Observations) -> Iterator[InputError]:
    for one in later.observations:
        before = [
            (period, value)
            for period, value in known.series(one.table, one.body, one.series).items()
            if period.kind == one.period.kind and value
        ]
        if not before or not one.value:
            continue
        when, last = before[-1]
        times = abs(one.value / last)
        if abs(last) < _SMALL or 1 / _TIMES < times < _TIMES:
            continue
        many = f"{times:,.0f} times as many" if times > 1 else f"one in {1 / times:,.0f}"
        yield InputError(
            f"expected a value near the last known one, {last:,.0f} in {when.label}; this is "
            f"{many} ({'in another unit' if times > 1 else 'in thousands or millions'}?)",
            file=one.table,
            line=one.line,
            column="value",
            value=f"{one.value:.15g}",
        )


def _observations(table: str, rows: Iterable[Row]) -> list[Observation]:
    seen: dict[tuple[str, str, str], Observation] = {}
    for row in rows:
        try:
            when = period(row["period"])
        except ValueError as refusal:
            raise row.fault("period", str(refusal)) from None
        key = (row["body"], row["series"], when.label)
        if key in seen:
            raise row.fault("period", "this body, series and period are listed twice")
        seen[key] = Observation(table, row["body"], row["series"], when, row["value"], row.line)
    return list(seen.values())
