"""One number and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from tripleaim.place.known_figures import in_known_unit, known_figure
from tripleaim.tables import (
    Column,
    File,
    InputError,
    Row,
    is_year,
    number,
    period_or_financial_year,
    read_csv_with_faults,
)

Status = Literal["published", "public", "evidence", "calibrated", "assumed"]
STATUSES: tuple[str, ...] = get_args(Status)

WHO_WOULD_KNOW = "who would know: "
"""Ends the cause of a number that no source was found for, before whom to ask."""

COUNTED = ("people", "patients", "beds", "deaths", "contacts", "admissions", "attendances", "wte")
"""Units of which there are none below 0."""

MOST = 1e12
"""No figure is larger: all that England spends in a year, in pounds, is under it."""

_FINANCIAL = re.compile(r"[0-9]{4}/[0-9]{2}")
_ID = re.compile(r"[A-Za-z0-9_.+-]+")

STATUS_MEANING: Mapping[str, str] = {
    "published": "the plan prints it",
    "public": "an official statistic",
    "evidence": "a study, with its interval",
    "calibrated": "solved so that the model matches a published figure",
    "assumed": "our own assumption, with the reason",
}


def year_in_id(year: str) -> str:
    """A year as it ends the id of a figure: 2016/17 is 2016_17."""
    return year.replace("/", "_")


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set that figures come from.

    `table` says which table, chapter or part of it was read ("whole document" where all of it is
    meant), `edition` the year or date of what was read.
    """

    id: str
    title: str
    publisher: str
    table: str
    edition: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit, its status and its source.

    `low` and `high` bound a credible range where one is known. `where` says where in the source
    the number stands; `cause` says why we hold it, which an assumed figure must. A cause may end
    with "who would know: somebody", for a number that no source was found for. `held_by` is the id
    of the footprint whose file holds it: the place's own, or that of the defaults it builds on.
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
    held_by: str = ""

    @property
    def reason(self) -> str:
        """The cause without who would know."""
        return self.cause.partition(WHO_WOULD_KNOW)[0].rstrip(" ;,.")

    @property
    def who_would_know(self) -> str:
        """Whom to ask for a number that no source was found for; empty where nobody is named."""
        return self.cause.partition(WHO_WOULD_KNOW)[2].strip()


SOURCE_COLUMNS = (
    Column("id"),
    Column("title"),
    Column("publisher"),
    Column("table"),
    Column("edition"),
    Column("licence"),
    Column("note", may_be_empty=True),
)

FIGURE_COLUMNS = (
    Column("id"),
    *(
        Column(
            name,
            number,
            minimum=-MOST,
            maximum=MOST,
            may_be_empty=name != "value",
            unit="as the column unit says",
        )
        for name in ("value", "low", "high")
    ),
    Column("unit"),
    Column("year", period_or_financial_year, may_be_empty=True),
    Column("basis", may_be_empty=True),
    Column("status", choices=STATUSES),
    Column("source", refers_to="source"),
    Column("where", may_be_empty=True),
    Column("cause", may_be_empty=True),
)


def read_sources(file: Path | File) -> dict[str, Source]:
    """The sources listed in a `sources.csv`, by id. Raises InputError at the first fault."""
    sources, faults = read_sources_with_faults(file)
    if faults:
        raise faults[0]
    return sources


def read_sources_with_faults(file: Path | File) -> tuple[dict[str, Source], list[InputError]]:
    """The sources that can be used, by id, and every fault of the others."""
    rows, faults = read_csv_with_faults(file, SOURCE_COLUMNS)
    sources: dict[str, Source] = {}
    for row in rows:
        if row["id"] in sources:
            faults.append(row.fault("id", "the source is listed twice"))
        sources[row["id"]] = Source(**row.values)
    return sources, faults


def read_figures(
    file: Path | File, sources: Mapping[str, Source], held_by: str = ""
) -> dict[str, Figure]:
    """The figures of a `figures.csv` of the footprint `held_by`, by id.

    Raises InputError for a figure listed twice, a source that is not in `sources`, bounds that do
    not hold the value, and an assumed figure without a cause.
    """
    figures, faults = read_figures_with_faults(file, sources)
    if faults:
        raise faults[0]
    return {name: replace(figure, held_by=held_by) for name, figure in figures.items()}


def read_figures_with_faults(
    file: Path | File, sources: Mapping[str, Source]
) -> tuple[dict[str, Figure], list[InputError]]:
    """The figures that can be used, by id, and every fault of the others."""
    rows, faults = read_csv_with_faults(file, FIGURE_COLUMNS)
    figures: dict[str, Figure] = {}
    for row in rows:
        row_faults = _faults_of(row, figures, sources)
        faults += row_faults
        if not row_faults:
            figures[row["id"]] = _in_its_unit(Figure(**row.values))
    return figures, faults


def _in_its_unit(figure: Figure) -> Figure:
    """The figure in the one unit of its id: £ where £m is meant is divided by a million."""
    unit, factor = in_known_unit(figure.id, figure.unit)
    if factor == 1:
        return replace(figure, unit=unit)
    low, high = (None if v is None else v * factor for v in (figure.low, figure.high))
    return replace(figure, value=figure.value * factor, low=low, high=high, unit=unit)


def _faults_of(
    row: Row, figures: Mapping[str, Figure], sources: Mapping[str, Source]
) -> list[InputError]:
    faults = []
    if not _ID.fullmatch(row["id"]):
        faults.append(
            row.fault("id", "expected letters, digits, dots, hyphens and underscores only")
        )
    if row["id"] in figures:
        faults.append(row.fault("id", "the figure is listed twice"))
    if row["source"] not in sources:
        faults.append(row.fault("source", "expected an id from sources.csv", list(sources)))
    if row["status"] == "assumed" and not row["cause"]:
        faults.append(row.fault("cause", "expected a cause: say why this figure is assumed"))
    try:
        in_known_unit(row["id"], row["unit"])
    except ValueError as refusal:
        faults.append(row.fault("unit", str(refusal)))
    if (
        (row["unit"].startswith("£") or known_figure(row["id"]))
        and _FINANCIAL.fullmatch(row["year"])
        and not is_year(row["year"])
    ):
        faults.append(row.fault("year", "expected a financial year such as 2016/17"))
    faults += _beyond_its_range(row)
    if row["unit"] in COUNTED and row["value"] < 0:
        faults.append(row.fault("value", f"expected 0 or more {row['unit']}"))
    low, value, high = row["low"], row["value"], row["high"]
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = " and ".join(f"{bound:g}" for bound in (low, high) if bound is not None)
        faults.append(row.fault("value", f"expected a value within its bounds, {bounds}"))
    return faults


def _beyond_its_range(row: Row) -> list[InputError]:
    """A fault for each number of a known figure that no such figure can be."""
    known = known_figure(row["id"])
    if known is None:
        return []
    try:
        _, factor = in_known_unit(row["id"], row["unit"])
    except ValueError:  # told already
        return []
    return [
        row.fault(name, f"expected {known.least:,g} to {known.most:,g} {known.unit}")
        for name in ("value", "low", "high")
        if row[name] is not None and not known.least <= row[name] * factor <= known.most
    ]
