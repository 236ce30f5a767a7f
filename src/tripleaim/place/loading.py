"""A footprint folder in, a Place out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from tripleaim.place.figures import Figure, Source, read_figures, read_sources, year_in_id
from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.model import Design, Organisation, Place, PointOfDelivery
from tripleaim.place.outline import Outline, find, read_outline
from tripleaim.place.person import person_columns, person_kinds
from tripleaim.place.solution_prices import with_prices_of_each_year
from tripleaim.place.solutions import Known, read_solutions
from tripleaim.tables import InputError, Row

_READ_WITH: Mapping[str, str] = {"stf-share": "control_totals.csv"}
"""Figures, by what their ids begin with, that are read only with this file."""
_YEAR_AT_END = re.compile(r"\.([0-9]{4}_[0-9]{2})$")


def load(name_or_folder: str | Path) -> Place:
    """The Place held in a footprint folder, or shipped under that name.

    Every file is read here, once. `place.toml`, sources, figures, organisations, points of
    delivery and solutions are checked now, other tables when a room asks the Place for their rows.
    Raises InputError at the first fault.
    """
    return place_of(read_outline(FolderFiles.read(find(name_or_folder))))


def place_of(outline: Outline) -> Place:
    """The Place whose outline and files these are. Raises InputError at the first fault."""
    files = outline.files
    sources = read_all_sources(files)
    figures = _of_the_plan(read_all_figures(files, sources), outline)
    points = read_points_of_delivery(files, figures)
    conditions = read_conditions(files)
    organisations = read_organisations(files, sources)
    known = solutions_may_name(outline, organisations, points, conditions, sources)
    place = Place(
        id=outline.id,
        name=outline.name,
        files=files,
        base_year=outline.base_year,
        years=outline.years,
        priorities=outline.priorities,
        organisations=organisations,
        points_of_delivery=points,
        sources=sources,
        figures=figures,
        solutions=read_solutions(files.own, known),
    )
    return with_prices_of_each_year(place)


def _of_the_plan(figures: Mapping[str, Figure], outline: Outline) -> dict[str, Figure]:
    """The figures without those of the defaults that are of a year outside the plan, or that only
    a file reads which the place does not have."""
    years = {year_in_id(year) for year in (outline.base_year, *outline.years)}
    own = ("", outline.files.own.path.name)
    return {
        name: figure
        for name, figure in figures.items()
        if figure.held_by in own
        or (
            (not (of_year := _YEAR_AT_END.search(name)) or of_year[1] in years)
            and _has_what_reads(name, outline.files)
        )
    }


def _has_what_reads(figure_id: str, files: PlaceFiles) -> bool:
    """Whether a place has the file without which nothing reads this figure of the defaults.

    The folders are looked at, and not asked: no result changes with a figure that it does not read.
    """
    file = _READ_WITH.get(figure_id.partition(".")[0])
    return file is None or any(file in folder.files for folder in files.folders)


def read_all_sources(files: PlaceFiles) -> dict[str, Source]:
    """Every source in `sources*.csv` of the defaults and the place; the place's own go first."""
    sources: dict[str, Source] = {}
    for folder in reversed(files.folders):
        for name in folder.parts("sources"):
            sources |= read_sources(folder.file(name))
    return sources


def read_all_figures(files: PlaceFiles, sources: Mapping[str, Source]) -> dict[str, Figure]:
    """Every figure in `figures*.csv` of the defaults and the place; the place's own go first."""
    figures: dict[str, Figure] = {}
    for folder in reversed(files.folders):
        for name in folder.parts("figures"):
            figures |= read_figures(folder.file(name), sources, folder.path.name)
    return figures


def read_conditions(files: PlaceFiles) -> tuple[str, ...]:
    """The ids of the long-term conditions a person of the place may have: its disease files'."""
    return _columns_of(files, "diseases")


def read_risk_ids(files: PlaceFiles) -> tuple[str, ...]:
    """The ids of the risk factors a person of the place is at some level of."""
    return _columns_of(files, "risk_factors")


def _columns_of(files: PlaceFiles, folder: str) -> tuple[str, ...]:
    """The stems of the TOML files in `folder`, which expressions name as columns of a person."""
    names = files.names(folder, ".toml")
    for name, file in names.items():
        if not (name.isascii() and name.isidentifier() and name.islower()):
            expected = "expected a file named in lower-case letters, digits and underscores"
        elif name in person_columns(()):
            expected = "another file already has this name"
        else:
            continue
        raise InputError(expected, file=files.path(file), value=name)
    return tuple(names)


def read_organisations(
    files: PlaceFiles, sources: Mapping[str, Source]
) -> tuple[Organisation, ...]:
    """The organisations of a place. Raises InputError at the first fault."""
    rows = files.rows("organisations.csv")
    _check_ids(rows)
    for row in rows:
        if row["source"] not in sources:
            raise row.fault("source", "expected an id from sources.csv", list(sources))
        if row["status"] == "assumed" and not row["cause"]:
            raise row.fault("cause", "expected a cause: say why this is assumed")
    return tuple(Organisation(**row.values) for row in rows)


def read_points_of_delivery(
    files: PlaceFiles, figures: Mapping[str, Figure]
) -> tuple[PointOfDelivery, ...]:
    """The points of delivery of a place. Raises InputError at the first fault."""
    rows = files.rows("points_of_delivery.csv")
    _check_ids(rows)
    for row in rows:
        for column in ("unit_cost", "printed_base", "printed_last"):
            if row[column] and row[column] not in figures:
                raise row.fault(column, "expected the id of a figure", list(figures))
    return tuple(PointOfDelivery(**row.values) for row in rows)


def solutions_may_name(
    outline: Outline,
    organisations: tuple[Organisation, ...],
    points: tuple[PointOfDelivery, ...],
    conditions: tuple[str, ...],
    sources: Mapping[str, Source],
) -> Known:
    """What the place's solutions may name."""
    return Known(
        years=outline.years,
        priorities=outline.priorities,
        points_of_delivery=[point.id for point in points],
        conditions=conditions,
        organisations=[organisation.id for organisation in organisations],
        sources=sources,
        columns=person_kinds(conditions, read_risk_ids(outline.files)),
        programmes=designs_of_programmes(outline.files),
    )


def designs_of_programmes(files: PlaceFiles) -> dict[str, Design]:
    """The design of the evidence of each programme of prevention that is a solution too, by id.

    A programme's is the strongest among its effects'. Raises InputError for what is no TOML.
    """
    solutions = files.own.names("solutions", ".toml")
    designs: dict[str, Design] = {}
    for programme, name in files.names("prevention", ".toml").items():
        if programme in solutions:
            toml = files.toml(name)
            stated = [
                toml.take(str, "effects", i, "design")
                for i in range(len(toml.take(list, "effects", default=[])))
            ]
            designs[programme] = next((d for d in get_args(Design) if d in stated), "none")
    return designs


def _check_ids(rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise row.fault("id", "the id is listed twice")
        seen.add(row["id"])
