"""A footprint folder in, a Place out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tripleaim.place.errors import InputError
from tripleaim.place.figures import STATUSES, Figure, Source, read_figures, read_sources
from tripleaim.place.model import Organisation, Place, PointOfDelivery
from tripleaim.place.outline import Outline, files_in, find, read_outline
from tripleaim.place.person import person_columns, person_kinds
from tripleaim.place.solutions import Known, read_solutions
from tripleaim.place.tables import Column, Row, number, read_csv, yes_no

ORGANISATION_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("short_name"),
    Column("kind"),
    Column("side", choices=("commissioner", "provider", "council", "other")),
    Column("status", choices=STATUSES),
    Column("source"),
    Column("cause", may_be_empty=True, may_be_missing=True),
)
POINT_OF_DELIVERY_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("unit"),
    Column("group"),
    Column("unit_cost"),
    Column("spend_line", may_be_empty=True),
    Column("bed_days", number, minimum=0),
    Column("nhs", yes_no),
    Column("printed_base", may_be_empty=True),
    Column("printed_last", may_be_empty=True),
)


def load(name_or_folder: str | Path) -> Place:
    """The Place held in a footprint folder, or shipped under that name.

    Reads `place.toml`, sources, figures, organisations, points of delivery and solutions; rooms
    read their own tables through `Place.path`. Raises InputError at the first fault.
    """
    outline = read_outline(find(name_or_folder))
    sources = read_all_sources(outline)
    figures = read_all_figures(outline, sources)
    points = read_points_of_delivery(outline.path("points_of_delivery.csv"), figures)
    conditions = read_conditions(outline)
    organisations = read_organisations(outline.path("organisations.csv"), sources)
    known = solutions_may_name(outline, organisations, points, conditions, sources)
    return Place(
        id=outline.id,
        name=outline.name,
        folder=outline.folder,
        defaults=outline.defaults,
        base_year=outline.base_year,
        years=outline.years,
        priorities=outline.priorities,
        organisations=organisations,
        points_of_delivery=points,
        sources=sources,
        figures=figures,
        solutions=read_solutions(outline.folder / "solutions", known),
        inputs_sha256=_hash(*outline.folders),
    )


def read_all_sources(outline: Outline) -> dict[str, Source]:
    """Every source in `sources*.csv` of the defaults and the place; the place's own go first."""
    sources: dict[str, Source] = {}
    for folder in reversed(outline.folders):
        for file in sorted(folder.glob("sources*.csv")):
            sources |= read_sources(file)
    return sources


def read_all_figures(outline: Outline, sources: Mapping[str, Source]) -> dict[str, Figure]:
    """Every figure in `figures*.csv` of the defaults and the place; the place's own go first."""
    figures: dict[str, Figure] = {}
    for folder in reversed(outline.folders):
        for file in sorted(folder.glob("figures*.csv")):
            figures |= read_figures(file, sources)
    return figures


def read_conditions(outline: Outline) -> tuple[str, ...]:
    """The ids of the long-term conditions a person of the place may have: its disease files'."""
    return _columns_of(outline, "diseases")


def read_risk_ids(outline: Outline) -> tuple[str, ...]:
    """The ids of the risk factors a person of the place is at some level of."""
    return _columns_of(outline, "risk_factors")


def _columns_of(outline: Outline, folder: str) -> tuple[str, ...]:
    """The stems of the TOML files in `folder`, which expressions name as columns of a person."""
    files = files_in(outline.folders, folder, ".toml")
    for name, path in files.items():
        if not (name.isascii() and name.isidentifier() and name.islower()):
            expected = "expected a file named in lower-case letters, digits and underscores"
        elif name in person_columns(()):
            expected = "the name is taken"
        else:
            continue
        raise InputError(expected, file=path, value=name)
    return tuple(files)


def read_organisations(path: Path, sources: Mapping[str, Source]) -> tuple[Organisation, ...]:
    """The organisations of a place. Raises InputError at the first fault."""
    rows = read_csv(path, ORGANISATION_COLUMNS)
    _check_ids(rows)
    for row in rows:
        if row["source"] not in sources:
            raise row.fault("source", "expected an id from sources.csv", list(sources))
        if row["status"] == "assumed" and not row["cause"]:
            raise row.fault("cause", "expected a cause: what is assumed says why")
    return tuple(Organisation(**row.values) for row in rows)


def read_points_of_delivery(
    path: Path, figures: Mapping[str, Figure]
) -> tuple[PointOfDelivery, ...]:
    """The points of delivery of a place. Raises InputError at the first fault."""
    rows = read_csv(path, POINT_OF_DELIVERY_COLUMNS)
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
        columns=person_kinds(conditions, read_risk_ids(outline)),
    )


def _check_ids(rows: list[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise row.fault("id", "the id stands twice")
        seen.add(row["id"])


def _hash(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.name[0] != "."):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
