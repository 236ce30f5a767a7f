"""Activity: how much care there is, of whom, where, when, for whose money."""

from __future__ import annotations

import atexit
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tripleaim.activity.rows import Origin, total_rows
from tripleaim.activity.schema import (
    AGE_BANDS,
    DIMENSIONS,
    MEASURES,
    OF_CONTRACT,
    OF_WHOM,
    SCHEMA,
    SEGMENTS,
)
from tripleaim.activity.storage import check_columns, read_tables, reading, write_table
from tripleaim.core import cached_property
from tripleaim.place import InputError

Wanted = str | int | bool | Iterable[str] | Iterable[int]
"""What a dimension is to be: one value, or any of several."""

PERIOD = "period"
"""A year ("2016/17") or a month of one ("2016/17-04"), whichever the rows are of."""

ASKED_BY = (PERIOD, *DIMENSIONS)

_SUMS = (package_files("tripleaim.activity") / "sums.sql").read_text(encoding="utf-8")
_COMPARISON = (package_files("tripleaim.activity") / "comparison.sql").read_text(encoding="utf-8")
_TEXTS = ", ".join(  # a dictionary's codes are not what one compares with
    f"CAST({f.name} AS VARCHAR) AS {f.name}" for f in SCHEMA if pa.types.is_dictionary(f.type)
)
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "age_band": tuple(label for label, _ in AGE_BANDS),
    "segment": tuple(label for label, _ in SEGMENTS),
}


@dataclass(frozen=True, eq=False)
class Activity:
    """The one table, recorded or projected, and the only door to how much care there is.

    `source` is a table of SCHEMA or Parquet files of it, which are then read as questions need;
    `only` keeps to the rows whose dimensions are as it says.
    Whatever takes an Activity need not know which side its rows came from. Quantities are in each
    point of delivery's own unit, bed days in days, cost in pounds.

    >>> ae = Activity.of_totals({"acute-ae": {"2016/17": 226564.0, "2020/21": 259558.0}})
    >>> ae.total(year="2020/21")
    259558.0
    """

    source: pa.Table | tuple[Path, ...]
    only: Mapping[str, Wanted] = field(default_factory=dict)

    @classmethod
    def read(cls, *paths: Path) -> Activity:
        """The activity kept in Parquet files. Raises InputError if one holds something else."""
        for path in paths:
            check_columns(path)
        return cls(paths)

    @classmethod
    def of_totals(
        cls,
        totals: Mapping[str, Mapping[str, float]],
        origin: Origin | None = None,
        bed_days: Mapping[str, float] | None = None,
    ) -> Activity:
        """Contacts by point of delivery and year, of which nothing else is known."""
        activity = cls(total_rows(totals, origin or Origin(False, "do_nothing", ""), bed_days))
        # What it is made of need not be added up out of its table again.
        activity.__dict__["contacts"] = {point: dict(years) for point, years in totals.items()}
        return activity

    @classmethod
    def together(cls, parts: Iterable[Activity]) -> Activity:
        """Several activities, of other years, scenarios or draws, in one table."""
        return cls(pa.concat_tables([part.table for part in parts]))

    @cached_property
    def table(self) -> pa.Table:
        """All rows, as SCHEMA has them."""
        if not self.only:
            return read_tables(self.source) if isinstance(self.source, tuple) else self.source
        if not isinstance(self.source, tuple) and self.only.keys() <= set(_PLAIN):
            return _filtered(self.source, self.only)
        clause, values = _condition(self.only)
        with _reading(self.source), _connected(self.source) as (connection, activity):
            # Names of columns are ours; what is asked for is in the parameters.
            sql = f"{activity} SELECT * FROM activity WHERE {clause}"  # noqa: S608
            return connection.sql(sql, params=values).to_arrow_table().cast(SCHEMA)

    def to_arrow(self) -> pa.Table:
        """All rows as an Arrow table, which pandas, polars and R read."""
        return self.table

    def write(self, path: Path) -> None:
        """Keep the activity as Parquet, whole or not at all; the same bytes for the same rows."""
        write_table(self.table, path)

    def by(self, *dimensions: str, **wanted: Wanted) -> pa.Table:
        """Quantity, bed days and cost summed by some dimensions, in their order.

        `wanted` keeps to the rows whose dimensions are as given: `by("locality", year="2020/21")`.
        The sums are of rows that know what is asked for. Raises InputError for an unknown
        dimension, for several scenarios or draws added up, and for a question that no row can
        answer, such as the provider of one locality's care.

        >>> Activity.of_totals({"gp": {"2016/17": 2.0}}).by("year").to_pylist()
        [{'year': '2016/17', 'quantity': 2.0, 'bed_days': 0.0, 'cost': None}]
        """
        if not dimensions:
            raise InputError("expected at least one dimension", valid=ASKED_BY)
        return self._sums(dimensions, wanted)

    def total(self, measure: str = "quantity", **wanted: Wanted) -> float:
        """The sum of one measure over the rows that are `wanted`; 0.0 where there is none."""
        _check_measure(measure)
        value = self._sums((), wanted)[measure][0].as_py()
        return 0.0 if value is None else float(value)

    def where(self, **wanted: Wanted) -> Activity:
        """The rows whose dimensions are as `wanted`.

        >>> both = Activity.of_totals({"gp": {"2016/17": 2.0}, "ae": {"2016/17": 1.0}})
        >>> both.where(point_of_delivery="gp").total()
        2.0
        """
        _condition(wanted)
        return Activity(self.source, {**self.only, **wanted})

    def of_scenario(self, scenario: str) -> Activity:
        """The rows of one scenario, the same object each time: what they hold is looked up once.

        >>> Activity.of_totals({"gp": {"2016/17": 2.0}}).of_scenario("do_nothing").total()
        2.0
        """
        if scenario not in self.scenarios:
            return self.where(scenario=scenario)
        return self._of_scenario.setdefault(scenario, self.where(scenario=scenario))

    def times(self, factors: Mapping[str, Mapping[str, float]]) -> Activity:
        """The same rows with quantity, bed days and cost times a factor by point of delivery and
        year; what has no factor stays as it is.

        >>> Activity.of_totals({"gp": {"2016/17": 2.0}}).times({"gp": {"2016/17": 1.5}}).total()
        3.0
        """
        table = self.table
        labels = [table[name].combine_chunks() for name in ("point_of_delivery", "year")]
        points, years = (one.dictionary.to_pylist() for one in labels)
        by_code = np.array([[factors.get(p, {}).get(y, 1.0) for y in years] for p in points])
        point, year = (one.indices.to_numpy(zero_copy_only=False) for one in labels)
        factor = pa.array(by_code[point, year])
        for name in MEASURES:
            at = table.schema.get_field_index(name)
            table = table.set_column(at, SCHEMA.field(name), pc.multiply(table[name], factor))
        return Activity(table)

    def compare(
        self, other: Activity, *dimensions: str, measure: str = "quantity", **wanted: Wanted
    ) -> pa.Table:
        """This activity beside another, by some dimensions: one measure of both, the difference.

        The columns are those of the measure, such as `quantity`, `other_quantity` and
        `difference` (other less this). A group that one of them lacks counts as 0 there; a cost
        that is not known stays so. Raises InputError as `by` does, and for an unknown measure.
        """
        mine, theirs = self.by(*dimensions, **wanted), other.by(*dimensions, **wanted)
        return beside(mine, theirs, dimensions, measure)

    @cached_property
    def contacts(self) -> Mapping[str, Mapping[str, float]]:
        """Quantity by point of delivery and year, of the one scenario that this is."""
        return self._by_point_and_year("quantity")

    @cached_property
    def bed_days(self) -> Mapping[str, Mapping[str, float]]:
        """Days in bed by point of delivery and year, of the one scenario that this is."""
        return self._by_point_and_year("bed_days")

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that the table holds, in order of name."""
        return self._distinct("scenario")

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that the table holds, in order."""
        return self._distinct("year")

    @cached_property
    def draws(self) -> tuple[str, ...]:
        """The numbers of the draws that the table holds, as texts."""
        return self._distinct("draw")

    def values(self, dimension: str) -> tuple[str, ...]:
        """What a dimension can be in the rows that know it, as texts: bands in their own order.

        Raises InputError for an unknown dimension.

        >>> Activity.of_totals({"gp": {"2016/17": 2.0}}).values("point_of_delivery")
        ('gp',)
        """
        _check_dimension(dimension)
        if dimension not in self._values:
            self._values[dimension] = self._distinct(dimension, self.rows_asked({dimension}))
        return self._values[dimension]

    def rows_asked(self, asked: Collection[str]) -> Mapping[str, str]:
        """Which rows answer a question about the dimensions `asked`: {"known_by": "people"}.

        Empty where all do. Raises InputError where no row knows all that is asked.
        """
        if not {"people", "contract"} <= set(self._known_by) or "known_by" in asked:
            return {}
        if not set(asked) & set(OF_CONTRACT):
            return {"known_by": "people"}
        both = set(asked) & set(OF_WHOM)
        if both:
            raise InputError(
                "payer and payee are known only for the whole place: ask for them without "
                f"{' and '.join(sorted(both))}",
                value=", ".join(sorted(set(asked) & set(OF_CONTRACT))),
            )
        return {"known_by": "contract"}

    @cached_property
    def _of_scenario(self) -> dict[str, Activity]:
        return {}

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _known_by(self) -> tuple[str, ...]:
        return self._distinct("known_by")

    def _distinct(self, name: str, among: Mapping[str, str] | None = None) -> tuple[str, ...]:
        wanted = {**(among or {}), **self.only}
        if not wanted and not isinstance(self.source, tuple) and name in _PLAIN:
            return tuple(sorted(str(value) for value in self.source[name].unique().to_pylist()))
        clause, values = _condition(wanted)
        sql = (
            # Names of columns are ours; what is asked for is in the parameters.
            f"SELECT * FROM (SELECT DISTINCT {_column(name)} AS {name} FROM activity "  # noqa: S608
            f"WHERE {clause}) WHERE {name} IS NOT NULL ORDER BY {_order((name,))}"
        )
        with _reading(self.source), _connected(self.source) as (connection, activity):
            rows = connection.execute(f"{activity} {sql}", values)
            return tuple(str(value) for (value,) in rows.fetchall())

    def _by_point_and_year(self, measure: str) -> dict[str, dict[str, float]]:
        by_point: dict[str, dict[str, float]] = {}
        sums = self._sums(("point_of_delivery", "year"), {})
        for point, year, value in zip(
            *(sums[name].to_pylist() for name in ("point_of_delivery", "year", measure)),
            strict=True,
        ):
            by_point.setdefault(point, {})[year] = value
        return by_point

    def _sums(self, dimensions: tuple[str, ...], also: Mapping[str, Wanted]) -> pa.Table:
        wanted = {**self.only, **also}
        for name in (*dimensions, *wanted):
            _check_dimension(name)
        self._refuse_to_add_up_scenarios(dimensions, wanted)
        clause, values = _condition({**self.rows_asked({*dimensions, *wanted}), **wanted})
        sql = _SUMS.replace("$condition", clause)
        grouped = ", ".join(f"{_column(name)} AS {name}" for name in dimensions)
        sql = sql.replace("$grouped", f"{grouped}," if dimensions else "")
        sql = sql.replace("$order", _order(dimensions) if dimensions else "quantity")
        with _reading(self.source), _connected(self.source) as (connection, activity):
            # Names come from the white list above, so nothing else can get into the statement.
            return connection.sql(f"{activity} {sql}", params=values).to_arrow_table()

    def _refuse_to_add_up_scenarios(
        self, dimensions: tuple[str, ...], wanted: Mapping[str, Wanted]
    ) -> None:
        for name in ("scenario", "draw"):
            if name in dimensions or isinstance(wanted.get(name), (str, int)):
                continue
            several = self.scenarios if name == "scenario" else self.draws
            if len(several) > 1:
                raise InputError(
                    f"the table holds several {name}s; say which", column=name, valid=several
                )


def beside(mine: pa.Table, theirs: pa.Table, dimensions: Sequence[str], measure: str) -> pa.Table:
    """Two answers of `Activity.by` beside each other, as `Activity.compare` gives them."""
    _check_measure(measure)
    sql = _COMPARISON.replace("$dimensions", ", ".join(dimensions))
    sql = sql.replace("$measure", measure).replace("$order", _order(dimensions))
    with _database(os.getpid()).cursor() as connection:
        connection.register("one", mine)
        connection.register("two", theirs)
        return connection.sql(sql).to_arrow_table()


_PLAIN = ("scenario", "year", "draw", "known_by")
"""Columns that are never null and ordered by name."""


def _filtered(table: pa.Table, wanted: Mapping[str, Wanted]) -> pa.Table:
    """The rows of a table that are `wanted`, by columns of `_PLAIN`: quicker than a statement."""
    for name, want in wanted.items():
        several = [want] if isinstance(want, (str, int)) else list(want)
        texts = pa.array([str(value) for value in several], pa.string())
        table = table.filter(pc.is_in(table[name].cast(pa.string()), value_set=texts))
    return table


def _check_dimension(name: str) -> None:
    if name not in ASKED_BY:
        raise InputError("expected a dimension of activity", value=name, valid=ASKED_BY)


def _check_measure(name: str) -> None:
    if name not in MEASURES:
        raise InputError("expected a measure of activity", value=name, valid=MEASURES)


def _condition(wanted: Mapping[str, Wanted]) -> tuple[str, list[object]]:
    """An SQL condition with its values, such as `year IN (?)` with ["2020/21"]."""
    clauses = ["true"]
    values: list[object] = []
    for name, want in wanted.items():
        _check_dimension(name)
        several = [want] if isinstance(want, (str, int)) else list(want)
        clauses.append(
            f"{_column(name)} IN ({', '.join('?' * len(several))})" if several else "false"
        )
        values += several
    return " AND ".join(clauses), values


def _column(name: str) -> str:
    if name == PERIOD:
        return "(year || coalesce('-' || lpad(CAST(month AS VARCHAR), 2, '0'), ''))"
    return name


def _order(dimensions: Iterable[str]) -> str:
    """Bands and segments in their own order, all else by name."""
    return ", ".join(
        f"list_position({list(_ORDERS[name])}, {name})" if name in _ORDERS else name
        for name in dimensions
    )


@cache
def _database(_process: int) -> duckdb.DuckDBPyConnection:
    """The one database of a process: to open another costs more than most questions do."""
    return duckdb.connect()


atexit.register(_database.cache_clear)


def _reading(source: pa.Table | tuple[Path, ...]) -> AbstractContextManager[None]:
    """While rows are read: from files, what fails is the files' fault."""
    return reading(*source) if isinstance(source, tuple) else nullcontext()


@contextmanager
def _connected(
    source: pa.Table | tuple[Path, ...],
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection of its own, and how statements begin that call the rows `activity`.

    Labels are texts there. A view would have the files looked at once more than a question does.
    """
    connection = _database(os.getpid()).cursor()
    if isinstance(source, tuple):
        files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in source)
        rows = f"SELECT * FROM read_parquet([{files}])"  # noqa: S608 - quoted above
    else:
        connection.register("arrow_rows", source)
        rows = f"SELECT * REPLACE ({_TEXTS}) FROM arrow_rows"  # noqa: S608 - a constant of ours
    with connection:
        yield connection, f"WITH activity AS NOT MATERIALIZED ({rows})"
