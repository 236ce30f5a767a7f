"""What a footprint holds, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tripleaim.place.figures import STATUSES
from tripleaim.place.model import Place
from tripleaim.place.tables import read_records


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
        if (place.folder / name).exists():
            yield f"{len(read_records(place.folder / name)) - 1} {what}."
    yield _solutions(place)
    own = _files(place.folder)
    yield f"Tables of its own: {', '.join(own)}."
    borrowed = sorted({name for folder in place.defaults for name in _files(folder)} - set(own))
    if borrowed:
        yield f"Tables from defaults: {', '.join(borrowed)}."
    lines = {file: _assumed_lines(place.path(file)) for file in [*own, *borrowed]}
    if any(lines.values()):
        held = ", ".join(f"{file} {count}" for file, count in sorted(lines.items()) if count)
        yield f"Lines of tables that are assumed: {held}."
    assumed = sorted(f.id for f in place.figures.values() if f.status == "assumed")
    yield f"{len(assumed)} figures are assumed:"
    for at, name in enumerate(assumed, start=1):
        figure = place.figures[name]
        yield f"  {at}. {name} = {figure.value:g} {figure.unit}: {figure.cause}"


def _solutions(place: Place) -> str:
    if not place.solutions:
        return "No solutions."
    claim = sum(year[place.last_year] for s in place.solutions for year in s.claim.values())
    by_maturity = Counter(s.maturity for s in place.solutions)
    maturity = ", ".join(f"{count} {name}" for name, count in sorted(by_maturity.items()))
    claims = f"£{claim:.1f}m in {place.last_year}"
    return f"{len(place.solutions)} solutions that claim {claims}: {maturity}."


def _assumed_lines(path: Path) -> int:
    if path.suffix != ".csv" or path.name.startswith("figures"):
        return 0
    (_, header), *rows = read_records(path)
    if "status" not in header:
        return 0
    return sum(row[header.index("status")] == "assumed" for _, row in rows)


def _files(folder: Path) -> list[str]:
    kept = (".csv", ".toml", ".json", ".geojson")
    return sorted(p.name for p in folder.iterdir() if p.suffix in kept and p.name != "place.toml")
