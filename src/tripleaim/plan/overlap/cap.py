"""What whole populations have been seen to save caps the total, and is not shared out by scheme.

Solutions that together make a new model of care are each argued for with their own figures.
Where the same model was evaluated on whole populations with controls, that finding bounds what
they can avoid together. It comes off as one line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Place
from tripleaim.plan.overlap.combined_effects import Combined
from tripleaim.plan.overlap.effects import Effects
from tripleaim.plan.overlap.groups import Groups

Floats = npt.NDArray[np.float64]

_FIGURE = re.compile(r"population-cap\.(?P<point>[a-z0-9-]+)\.year-(?P<year>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Cap:
    """From a year of the programme on, at most so many contacts avoided per 1,000 a month."""

    point: int
    from_year: int
    fewer: float


@dataclass(frozen=True)
class Capped:
    """What the cap takes back.

    taken_back  (S, Y) £ of it beyond the cap, for the sides' sake only: shown as one line
    contacts    (P, Y) contacts to add again to those that remain
    kept        (E, Y) the part of each effect that is left
    """

    taken_back: Floats
    contacts: Floats
    kept: Floats


def caps(place: Place, end: str = "value") -> tuple[Cap, ...]:
    """The caps among the place's figures, named `population-cap.<point of delivery>.year-<n>`.

    A figure is a change per 1,000 people a month (negative is fewer); `end` is `value`, or `low`
    or `high` for an end of its interval. A finding of more contacts allows none to be avoided.
    """
    points = [p.id for p in place.points_of_delivery]
    stated = []
    for figure_id, figure in place.figures.items():
        named = _FIGURE.fullmatch(figure_id)
        if named and named["point"] in points:
            bound = getattr(figure, end)
            fewer = max(0.0, -(figure.value if bound is None else bound))
            stated.append(Cap(points.index(named["point"]), int(named["year"]), fewer))
    return tuple(sorted(stated, key=lambda cap: (cap.point, cap.from_year)))


def capped(
    limits: Sequence[Cap],
    groups: Groups,
    effects: Effects,
    *,
    uptake: Floats,
    combined: Combined,
    under_cap: npt.NDArray[np.bool_],
) -> Capped:
    """Hold the solutions marked in `under_cap` (S,), all together, to the caps.

    The programme's first year is the first in which any of them is taken up. In a year beyond the
    cap every effect under it keeps the same share of its contacts and of what they save.
    """
    solutions, years = uptake.shape
    taken_back = np.zeros((solutions, years))
    contacts = np.zeros_like(combined.contacts)
    kept = np.ones_like(combined.saving)
    begun = np.flatnonzero(uptake[under_cap].any(axis=0))
    if not len(begun):
        return Capped(taken_back, contacts, kept)
    for point in {cap.point for cap in limits}:
        rows = np.flatnonzero(
            (effects.point == point) & effects.contacts & under_cap[effects.solution]
        )
        owner = effects.solution[rows]
        for y in range(int(begun[0]), years):
            nth = y - int(begun[0]) + 1
            bounds = [c.fewer for c in limits if c.point == point and c.from_year <= nth]
            avoided = combined.avoided[rows, point, y]
            if not bounds or avoided.sum() <= 0:
                continue
            allowed = bounds[-1] / 1000 * 12 * groups.population[y]
            beyond = max(0.0, 1 - allowed / float(avoided.sum()))
            np.add.at(taken_back[:, y], owner, beyond * combined.saving[rows, y])
            kept[rows, y] = 1 - beyond
            contacts[point, y] += beyond * avoided.sum()
            there = effects.to[rows] >= 0
            moved = beyond * effects.each[rows[there]] * avoided[there]
            np.subtract.at(contacts[:, y], effects.to[rows[there]], moved)
    return Capped(taken_back, contacts, kept)
