"""What a footprint holds, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tripleaim.place.declared_files import columns_of
from tripleaim.place.figures import STATUSES
from tripleaim.place.files import FolderFiles
from tripleaim.place.model import Place


def summarise(place: Place) -> Iterator[str]:
    """Lines on a valid place: figures by status, what it has and borrows, what is assumed."""
    yield f"{place.name}: {place.years[0]} to {place.last_year}, on {place.base_year}."
    by_status: Counter[str] = Counter(f.status for f in place.figures.values())
    counts = ", ".join(f"{by_status[status]} {status}" for status in STATUSES if by_status[status])
    yield f"{len(place.figures)} figures: {counts}."
    yield (
        f"{len(place.organisations)} organisations: "
        + ", ".join(o.short_name for o in place.organisations)
        + "."
    )
    for name, what in (
        ("practices.csv", "practices"),
        ("localities.csv", "localities"),
        ("lsoas.csv", "small areas"),
        ("sites.csv", "hospital sites"),
    ):
        if place.own.has(name):
            yield f"{len(place.own.table(name).texts)} {what}."
    yield _solutions(place)
    own, *defaults = map(_tables, place.files.folders)
    yield f"Tables of its own: {', '.join(own)}."
    borrowed = sorted({name for tables in defaults for name in tables} - set(own))
    if borrowed:
        yield f"Tables from defaults: {', '.join(borrowed)}."
    lines = {name: _assumed_lines(place, name) for name in [*own, *borrowed]}
    if any(lines.values()):
        assumed_lines = ", ".join(
            f"{file} {count}" for file, count in sorted(lines.items()) if count
        )
        yield f"Lines of tables that are assumed: {assumed_lines}."
    assumed = sorted(f.id for f in place.figures.values() if f.status == "assumed")
    yield f"{len(assumed)} figures are assumed:"
    for at, name in enumerate(assumed, start=1):
        figure = place.figures[name]
        yield f"  {at}. {name} = {figure.value:g} {figure.unit}: {figure.cause}"


def _solutions(place: Place) -> str:
    ready = sum(not s.chosen for s in place.solutions)
    chosen = [s for s in place.solutions if s.chosen]
    more = f" {ready} {'more are' if chosen else 'are'} ready to choose." if ready else ""
    if not chosen:
        return f"No solutions.{more}"
    claim = sum(year[place.last_year] for s in chosen for year in s.claim.values())
    by_maturity = Counter(s.maturity for s in chosen)
    maturity = ", ".join(f"{count} {name}" for name, count in sorted(by_maturity.items()))
    claims = f"£{claim:.1f}m in {place.last_year}"
    if len(chosen) == 1:
        return f"1 solution that claims {claims}: {maturity}.{more}"
    return f"{len(chosen)} solutions that claim {claims}: {maturity}.{more}"


def _assumed_lines(place: Place, name: str) -> int:
    if not name.endswith(".csv") or name.startswith("figures") or not _has_status(name):
        return 0
    table = place.files.table(name)
    if "status" not in table.header:
        return 0
    return sum(texts["status"] == "assumed" for _, texts in table.texts)


def _has_status(name: str) -> bool:
    return any(column.name == "status" for column in columns_of(name))


def _tables(folder: FolderFiles) -> list[str]:
    kept = (".csv", ".toml", ".json", ".geojson")
    top = (name for name in folder.files if "/" not in name)
    return sorted(name for name in top if name.endswith(kept) and name != "place.toml")
