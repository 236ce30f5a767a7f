"""One number and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from tripleaim.place.errors import InputError
from tripleaim.place.tables import Column, number, read_csv

Status = Literal["published", "public", "evidence", "calibrated", "assumed"]
STATUSES: tuple[str, ...] = get_args(Status)

STATUS_MEANING: Mapping[str, str] = {
    "published": "the plan prints it",
    "public": "an official statistic",
    "evidence": "a study, with its interval",
    "calibrated": "solved so that a published figure is met",
    "assumed": "ours, with the reason",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set that figures come from."""

    id: str
    title: str
    publisher: str
    date: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit, its status and its source.

    `low` and `high` bound a credible range where one is known. `where` says where in the source
    the number stands; `cause` says why we hold it, which an assumed figure must.
    """

    id: str
    value: float
    low: float | None
    high: float | None
    unit: str
    year: str
    basis: str
    status: Status
    source: str
    where: str
    cause: str


SOURCE_COLUMNS = (
    Column("id"),
    Column("title"),
    Column("publisher"),
    Column("date"),
    Column("licence"),
    Column("note", may_be_empty=True),
)

FIGURE_COLUMNS = (
    Column("id"),
    Column("value", number),
    Column("low", number, may_be_empty=True),
    Column("high", number, may_be_empty=True),
    Column("unit"),
    Column("year", may_be_empty=True),
    Column("basis", may_be_empty=True),
    Column("status", choices=STATUSES),
    Column("source"),
    Column("where", may_be_empty=True),
    Column("cause", may_be_empty=True),
)


def read_sources(path: Path) -> dict[str, Source]:
    """The sources listed in a `sources.csv`, by id."""
    return {row["id"]: Source(**row.values) for row in read_csv(path, SOURCE_COLUMNS)}


def read_figures(path: Path, sources: Mapping[str, Source]) -> dict[str, Figure]:
    """The figures of a `figures.csv`, by id.

    Raises InputError for a figure listed twice, a source that is not in `sources`, bounds that do
    not hold the value, and an assumed figure without a cause.
    """
    figures: dict[str, Figure] = {}
    for row in read_csv(path, FIGURE_COLUMNS):
        if row["id"] in figures:
            raise row.fault("id", "the figure is listed twice")
        if row["source"] not in sources:
            raise row.fault("source", "expected an id from sources.csv", list(sources))
        if row["status"] == "assumed" and not row["cause"]:
            raise InputError("an assumed figure says why", file=path, line=row.line, column="cause")
        low, value, high = row["low"], row["value"], row["high"]
        if (low is not None and value < low) or (high is not None and value > high):
            raise row.fault("value", f"expected a value between its bounds {low} and {high}")
        figures[row["id"]] = Figure(**row.values)
    return figures
