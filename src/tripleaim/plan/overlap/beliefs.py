"""What one would have to believe for a solution, alone, to save what is claimed: in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tripleaim.place import Effect, Place, Solution
from tripleaim.plan.overlap.claims import ScenarioTerms
from tripleaim.plan.overlap.effects import counted, named, new_cases
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.sizing import Sizes


@dataclass(frozen=True, slots=True)
class Belief:
    """What one effect would have to be, in the year that asks for most.

    `people` take the solution up in `year`; `change` is the fall among them as a share (above 1
    is more than there is; infinite where no size would do).
    """

    sentence: str
    effect: str
    year: str
    people: float
    change: float
    possible: bool


def beliefs(
    place: Place, groups: Groups, terms: ScenarioTerms, sizes: Sizes, solution: Solution
) -> tuple[Belief, ...]:
    """One belief an effect, in the order of the solution's file; none where nothing is claimed."""
    s = groups.solutions.index(solution.id)
    wanted = terms.claimed[s].sum(axis=0) + terms.investment[s]
    asked = np.flatnonzero(wanted > 0)
    if not len(asked):
        return ()
    y = int(asked[np.argmax(sizes.needed[s, asked])])
    people = float(groups.people_reached[s, y] * terms.uptake[s, y])
    points = {p.id: p for p in place.points_of_delivery}
    made = []
    for effect in solution.effects:
        change = float(sizes.needed[s, y] * effect.weight) if effect.weight else 0.0
        possible = bool(sizes.possible[s, y])
        said = _sentence(place, effect, change, people, place.years[y])
        if not possible:
            had = wanted[y] - sizes.shortfall[s, y]
            said += (
                f": impossible, since all there is would save £{had:.1f}m of £{wanted[y]:.1f}m"
                if math.isfinite(change)
                else f", for £{wanted[y]:.1f}m"
            )
        made.append(Belief(said, named(effect, points), place.years[y], people, change, possible))
    return tuple(made)


def _sentence(place: Place, effect: Effect, change: float, people: float, year: str) -> str:
    points = {p.id: p for p in place.points_of_delivery}
    if not math.isfinite(change):
        return f"No size of effect would do it among {head_count(people)} people by {year}"
    size, among = per_cent(change), f"among {head_count(people)} people by {year}"
    if effect.changes == "incidence":
        return f"{size} fewer {new_cases(effect.condition)} {among}"
    what = counted(points[effect.point_of_delivery])
    if effect.changes == "place of contact":
        instead = counted(points[effect.to])
        each = f"{effect.contacts_each:g} "
        if effect.contacts_each == 1:
            instead = instead.removesuffix("s")
        return f"{size} of {what} replaced by {each}{instead} each {among}"
    if effect.changes == "length of stay":
        return f"{size} shorter stays in {what} {among}"
    if effect.changes == "unit cost":
        return f"{size} lower cost of {what} {among}"
    return f"{size} fewer {what} {among}"


def per_cent(share: float) -> str:
    """A share as a percentage with two digits that count: 0.4%, 4.3%, 18%, 340%."""
    percent = 100 * share
    if abs(percent) >= 9.95:
        return f"{percent:,.0f}%"
    return f"{percent:.1f}%" if abs(percent) >= 0.095 else f"{percent:.2g}%"


def head_count(people: float) -> str:
    """People to two or three digits that count: 24,000, 3,400, 560."""
    step = 1000 if people >= 10_000 else 100 if people >= 1_000 else 10 if people >= 100 else 1
    return f"{step * round(people / step):,}"
