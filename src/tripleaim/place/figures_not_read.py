"""Figures of a place that nothing reads, and those that were kept in another unit than given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tripleaim.place.files import PlaceFiles
from tripleaim.place.known_figures import KNOWN_FIGURES, READ_TOO, in_known_unit, is_looked_for
from tripleaim.place.model import Place
from tripleaim.tables import nearest

_WORD = re.compile(r"[A-Za-z0-9_.+-]+")
_CLOSE, _NEAR = 0.85, 0.5
"""How much of two ids must agree (`difflib`'s ratio) before one may be a slip for the other, and
before it is worth naming at all."""
_PRINTED = ("published", "public")
"""Statuses of figures that may be there for the pages and the audit alone."""


def unread_figures(place: Place) -> Iterator[str]:
    """A note on each of the place's own figures that nothing reads, with the nearest id read.

    A figure is read if a default has it, if rooms look for it by name, or if any other file of the
    place names it. What a document prints, and says where, is there for the pages too, and is told
    only where its id may be a slip for one that is read.
    """
    defaults = {figure.id for figure in place.figures.values() if not place.is_own(figure)}
    named = _named(place.files)
    ids = _ids_in_names(place)
    valid = list(dict.fromkeys([*defaults, *_looked_for(place)]))
    lines = _lines(place)
    for figure in place.figures.values():
        if not place.is_own(figure) or figure.id in named:
            continue
        if is_looked_for(figure.id) and _is_of_the_place(figure.id, ids):
            continue
        if _without_year(figure.id) in defaults:
            continue
        near, close = _nearest(figure.id, valid)
        if figure.status in _PRINTED and figure.where and not close:
            continue
        hint = "did you mean" if close else "the nearest known id is"
        nearest = f"; {hint} {near}{'?' if close else ''}" if near else ""
        yield f"{lines[figure.id]}: no result uses {figure.id}{nearest}{'' if close else '.'}"


def _ids_in_names(place: Place) -> dict[str, set[str]]:
    """What the second part of a figure's id names, by its first part."""
    lines = {row["id"] for row in place.rows("spend_lines.csv")}
    return {
        "spend-per-head": lines,
        "own-trusts-share": lines,
        "unit-cost": {point.id for point in place.points_of_delivery},
    }


def _is_of_the_place(figure_id: str, ids: dict[str, set[str]]) -> bool:
    """Whether what the id of a figure names is in the place, as far as that can be told."""
    stem, _, rest = figure_id.partition(".")
    return stem not in ids or rest.partition(".")[0] in ids[stem]


def _lines(place: Place) -> dict[str, str]:
    """Where each of the place's own figures stands: file and line."""
    return {
        row["id"]: f"{name}, {row.where}"
        for name in place.own.parts("figures")
        for row in place.own.table(name).rows
    }


def _nearest(figure_id: str, valid: Sequence[str]) -> tuple[str, bool]:
    """The id nearest to one that nothing reads, and whether that may be a slip for it."""
    near = nearest(figure_id, [name for name in valid if _alike(name, figure_id, _NEAR)]) or ""
    return near, bool(near) and _alike(near, figure_id, _CLOSE)


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


def _alike(name: str, other: str, least: float) -> bool:
    """Whether so much of two ids agrees."""
    matcher = SequenceMatcher(None, name, other)
    return matcher.quick_ratio() >= least and matcher.ratio() >= least
