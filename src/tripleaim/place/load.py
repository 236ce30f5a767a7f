"""A footprint folder in, a Place out."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from tripleaim.place.errors import InputError
from tripleaim.place.figures import STATUSES, Figure, Source, read_figures, read_sources
from tripleaim.place.model import Organisation, Place, PointOfDelivery
from tripleaim.place.person import person_kinds
from tripleaim.place.solutions import Known, read_solutions
from tripleaim.place.tables import Column, number, read_csv, read_text, yes_no
from tripleaim.place.toml import Toml

SHIPPED = Path(str(files("tripleaim"))) / "footprints"

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


def shipped_places() -> tuple[str, ...]:
    """The ids of the footprints that come with the product, defaults left out."""
    return tuple(
        sorted(p.parent.name for p in SHIPPED.glob("*/place.toml") if p.parent.name != "england")
    )


def find(name_or_folder: str) -> Path:
    """The folder of a shipped footprint by its id, or the given folder.

    Raises InputError with the nearest shipped name if there is neither.
    """
    shipped = SHIPPED / name_or_folder
    if re.fullmatch(r"[a-z0-9-]+", name_or_folder) and (shipped / "place.toml").is_file():
        return shipped
    folder = Path(name_or_folder)
    if folder.is_dir():
        return folder
    raise InputError(
        "expected the name of a shipped footprint or a folder that holds a place.toml",
        value=name_or_folder,
        valid=shipped_places(),
    )


def load(name_or_folder: str) -> Place:
    """The Place held in a footprint folder, or shipped under that name.

    Reads `place.toml`, sources, figures, organisations, points of delivery and solutions; rooms
    read their own tables through `Place.path`. Raises InputError at the first fault.
    """
    folder = find(name_or_folder)
    toml = Toml(folder / "place.toml")
    toml.only(("id", "name", "builds_on", "base_year", "years", "population", "priorities"))
    defaults = _defaults(toml)
    years = _years(toml)
    priorities = {
        _priority(toml, key): toml.take(str, "priorities", key)
        for key in toml.take(dict, "priorities", default={})
    }

    def path(name: str) -> Path:
        return next((f / name for f in (folder, *defaults) if (f / name).exists()), folder / name)

    sources: dict[str, Source] = {}
    figures: dict[str, Figure] = {}
    for part in (*reversed(defaults), folder):
        for file in sorted(part.glob("sources*.csv")):
            sources |= read_sources(file)
        for file in sorted(part.glob("figures*.csv")):
            figures |= read_figures(file, sources)
    points = _points_of_delivery(path("points_of_delivery.csv"), figures, strict=False)
    conditions = _ids(path("conditions.csv")) if path("conditions.csv").exists() else ()
    known = Known(
        years=years,
        priorities=priorities,
        points_of_delivery=[p.id for p in points],
        conditions=conditions,
        sources=sources,
        columns=person_kinds(conditions),
    )
    return Place(
        id=toml.take(str, "id"),
        name=toml.take(str, "name"),
        folder=folder,
        defaults=defaults,
        base_year=_base_year(toml, years),
        years=years,
        registered_only=toml.take(str, "population", default="registered") == "registered",
        priorities=priorities,
        organisations=_organisations(path("organisations.csv"), sources),
        points_of_delivery=points,
        sources=sources,
        figures=figures,
        solutions=read_solutions(folder / "solutions", known),
        inputs_sha256=_hash(folder, *defaults),
    )


def _defaults(toml: Toml) -> tuple[Path, ...]:
    name = toml.take(str, "builds_on", default="")
    if not name:
        return ()
    if not (SHIPPED / name / "place.toml").is_file():
        shipped = [p.parent.name for p in SHIPPED.glob("*/place.toml")]
        raise toml.fault("expected a shipped footprint", "builds_on", value=name, valid=shipped)
    return (SHIPPED / name,)


def _years(toml: Toml) -> tuple[str, ...]:
    years = toml.take(list, "years")
    if not years:
        raise toml.fault("expected at least one year", "years")
    for i, year in enumerate(years):
        if not isinstance(year, str) or not _is_year(year):
            raise toml.fault('expected financial years such as "2016/17"', "years", value=year)
        if i and int(year[:4]) != int(years[i - 1][:4]) + 1:
            raise toml.fault("expected years one after the other", "years", value=year)
    return tuple(years)


def _is_year(text: str) -> bool:
    found = re.fullmatch(r"(\d{4})/(\d{2})", text)
    return bool(found) and (int(text[:4]) + 1) % 100 == int(text[5:])


def _base_year(toml: Toml, years: tuple[str, ...]) -> str:
    base: str = toml.take(str, "base_year")
    if not _is_year(base) or int(base[:4]) != int(years[0][:4]) - 1:
        raise toml.fault(f"expected the year before {years[0]}", "base_year", value=base)
    return base


def _priority(toml: Toml, key: str) -> int:
    if not key.isdigit():
        raise toml.fault("expected a whole number", "priorities", key, value=key)
    return int(key)


def _organisations(path: Path, sources: Mapping[str, Source]) -> tuple[Organisation, ...]:
    rows = read_csv(path, ORGANISATION_COLUMNS)
    for row in rows:
        if row["source"] not in sources:
            raise row.fault("source", "expected an id from sources.csv", list(sources))
    return tuple(Organisation(**row.values) for row in rows)


def _points_of_delivery(
    path: Path, figures: Mapping[str, Figure], *, strict: bool
) -> tuple[PointOfDelivery, ...]:
    rows = read_csv(path, POINT_OF_DELIVERY_COLUMNS)
    for row in rows:
        for column in ("unit_cost", "printed_base", "printed_last"):
            if strict and row[column] and row[column] not in figures:
                raise row.fault(column, "expected the id of a figure", list(figures))
    return tuple(PointOfDelivery(**row.values) for row in rows)


def _ids(path: Path) -> tuple[str, ...]:
    """The ids in a table whose other columns another room reads."""
    lines = [t for t in read_text(path).splitlines() if t and not t.startswith("#")]
    return tuple(row["id"] for row in csv.DictReader(lines))


def _hash(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
