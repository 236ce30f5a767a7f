"""Figures of a place that nothing reads, and those that were kept in another unit than given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tripleaim.place.files import PlaceFiles
from tripleaim.place.known_figures import KNOWN_FIGURES, READ_TOO, in_known_unit, is_looked_for
from tripleaim.place.model import Place
from tripleaim.tables import nearest

_WORD = re.compile(r"[A-Za-z0-9_.+-]+")
_FEW = 10
_CLOSE = 0.85
"""How much of two ids must agree (`difflib`'s ratio) before one may be a slip for the other."""


def unread_figures(place: Place) -> Iterator[str]:
    """A note on the place's own figures that no room looks for, with the nearest id for each.

    A figure is looked for if a default has it, if rooms look for it by name, or if any other file
    of the place names it. Told are ids close to one that is looked for, and the place's own
    assumptions: much that a plan prints is there for the pages alone.
    """
    own = [figure for figure in place.figures.values() if place.is_own(figure)]
    defaults = {figure.id for figure in place.figures.values() if not place.is_own(figure)}
    named = _named(place.files)
    valid = [*defaults, *_looked_for(place)]
    told = []
    for figure in own:
        if figure.id in named or is_looked_for(figure.id) or _without_year(figure.id) in defaults:
            continue
        near = nearest(figure.id, [name for name in valid if _alike(name, figure.id)])
        if near or figure.status == "assumed":
            told.append(f"{figure.id}{f' (did you mean {near}?)' if near else ''}")
    if told:
        more = f" and {len(told) - _FEW} more" if len(told) > _FEW else ""
        yield f"No room looks for the figures {', '.join(told[:_FEW])}{more}."


def converted_figures(place: Place) -> Iterator[str]:
    """A note on each of the place's own figures that was given in a multiple of its unit."""
    for name in place.own.parts("figures"):
        for row in place.own.table(name).rows:
            unit, factor = in_known_unit(row["id"], row["unit"])
            if factor != 1:
                kept = f"{place.value(row['id']):,.12g} {unit}"
                given = f"{row['value']:,.12g} {row['unit']}"
                yield f"{name}, line {row.line}: {row['id']} is read as {kept}, from {given}."


def _named(files: PlaceFiles) -> set[str]:
    """Every word in the files of a place, and of its defaults, but for figures and sources."""
    words: set[str] = set()
    for folder in files.folders:
        for name, file in folder.files.items():
            if name.startswith(("figures", "sources")) or not name.endswith((".csv", ".toml")):
                continue
            words.update(_WORD.findall(file.text()))
    return words


def _looked_for(place: Place) -> Iterator[str]:
    """Ids that rooms look for: patterns without a *, and others with the place's own lines."""
    patterns = [*(known.pattern for known in KNOWN_FIGURES), *READ_TOO]
    yield from (pattern for pattern in patterns if "*" not in pattern)
    yield from ("opening.commissioner", "opening.providers")
    lines = [row["id"] for row in place.rows("spend_lines.csv")]
    for stem in ("spend-per-head", "own-trusts-share", "inflation", "council-spend"):
        yield from (f"{stem}.{line}" for line in lines)
    yield from (f"unit-cost.{point.id}" for point in place.points_of_delivery)


def _without_year(figure_id: str) -> str:
    return re.sub(r"\.\d{4}_\d{2}$", "", figure_id)


def _alike(name: str, other: str) -> bool:
    """Whether two ids are close enough that one may be a slip for the other."""
    matcher = SequenceMatcher(None, name, other)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE
