"""Plain names of a place's figures."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim import wording as words
from tripleaim.place import Place


def figure_names(place: Place) -> Mapping[str, str]:
    """The plain name of every figure, by id."""
    known = {p.id: p.name for p in place.points_of_delivery}
    known |= {o.id: o.short_name for o in place.organisations}
    known[place.id] = place.name
    if place.has("localities.csv"):
        localities = [row["locality"] for row in place.rows("localities.csv")]
        known |= {name.lower().replace(" ", "-"): name for name in localities}
    return {name: words.figure_name(name, known) for name in place.figures}
