"""Results as one table, the same columns for every document; a row is a number and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from tripleaim.uncertainty.result_parts import FanPart, IntervalPart


class ResultRow(NamedTuple):
    """One number of a document; `low` and `high` are the ends of its 80% interval, if it has one.

    The first three are its series; `year` is a year, a period, or `cumulative`; empty for none.
    """

    measure: str
    of: str
    basis: str
    year: str
    value: float | None
    low: float | None
    high: float | None
    unit: str


class ResultSeries(NamedTuple):
    """What some numbers are of, and the rows they make.

    measure  what they measure, as position or contacts
    of       of whom or what: an id such as a side, a solution, a point of delivery; empty for all
    basis    which of several results: a position, do nothing, a naive forecast; empty for one
    """

    measure: str
    of: str = ""
    basis: str = ""
    unit: str = ""

    def row(
        self,
        year: str,
        value: float | None,
        low: float | None = None,
        high: float | None = None,
    ) -> ResultRow:
        """The row of one number."""
        return ResultRow(*self[:3], year, value, low, high, self.unit)

    def by_year(self, values: Mapping[str, float]) -> Iterator[ResultRow]:
        """A row for each year of values by year."""
        for year, value in values.items():
            yield self.row(year, value)

    def interval(self, year: str, interval: IntervalPart) -> ResultRow:
        """The row of a number with its interval: the central draw's, from 10% to 90%."""
        return self.row(year, interval.central, interval.p10, interval.p90)

    def intervals(self, values: Mapping[str, IntervalPart]) -> Iterator[ResultRow]:
        """A row for each year of intervals by year."""
        for year, interval in values.items():
            yield self.interval(year, interval)

    def fan(self, years: Sequence[str], fan: FanPart) -> Iterator[ResultRow]:
        """A row for each year of a fan. Raises ValueError if it has more or fewer years."""
        for year, *numbers in zip(years, fan.central, fan.p10, fan.p90, strict=True):
            yield self.row(year, *numbers)


RESULT_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in ResultRow._fields[:4]),
        *(pa.field(name, pa.float64()) for name in ResultRow._fields[4:7]),
        pa.field("unit", pa.string(), nullable=False),
    ]
)


def result_table(rows: Iterable[ResultRow]) -> pa.Table:
    """The rows as an Arrow table of RESULT_SCHEMA.

    >>> rows = ResultSeries("contacts", "gp", "do_nothing").by_year({"2016/17": 9.0})
    >>> result_table(rows).to_pylist()[0]["value"]
    9.0
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(RESULT_SCHEMA)
    pairs = zip(columns, RESULT_SCHEMA, strict=True)
    return pa.table([pa.array(column, field.type) for column, field in pairs], RESULT_SCHEMA)
