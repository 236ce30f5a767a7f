"""What you would have to believe for a solution, alone, to save what is claimed."""

from __future__ import annotations

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
    is more than there is; infinite where no size would do). `counted` is what is changed, as in
    "emergency admissions", and `instead` what comes in its place, `contacts_each` for each.
    `wanted_gbp_m` is claimed of the year before investment; all there is would save
    `at_most_gbp_m`.
    """

    effect: str
    changes: str
    counted: str
    instead: str
    contacts_each: float
    year: str
    people: float
    change: float
    possible: bool
    wanted_gbp_m: float
    at_most_gbp_m: float


def beliefs(
    place: Place, groups: Groups, terms: ScenarioTerms, sizes: Sizes, solution: Solution
) -> tuple[Belief, ...]:
    """One belief an effect, in the order of the solution's file; none where nothing is claimed."""
    s = groups.solutions.index(solution.id)
    wanted = terms.claimed[s].sum(axis=0) + terms.investment[s]
    years = np.flatnonzero(wanted > 0)
    if not len(years):
        return ()
    y = int(years[np.argmax(sizes.needed[s, years])])
    return tuple(
        _belief(
            place,
            effect,
            year=place.years[y],
            people=float(groups.people_reached[s, y] * terms.uptake[s, y]),
            change=float(sizes.needed[s, y] * effect.weight) if effect.weight else 0.0,
            possible=bool(sizes.possible[s, y]),
            wanted_gbp_m=float(wanted[y]),
            at_most_gbp_m=float(wanted[y] - sizes.shortfall[s, y]),
        )
        for effect in solution.effects
    )


def _belief(
    place: Place,
    effect: Effect,
    *,
    year: str,
    people: float,
    change: float,
    possible: bool,
    wanted_gbp_m: float,
    at_most_gbp_m: float,
) -> Belief:
    points = {p.id: p for p in place.points_of_delivery}
    of_incidence = effect.changes == "incidence"
    return Belief(
        effect=named(effect, points),
        changes=effect.changes,
        counted=new_cases(effect.condition)
        if of_incidence
        else counted(points[effect.point_of_delivery]),
        instead=counted(points[effect.to]) if effect.to else "",
        contacts_each=effect.contacts_each,
        year=year,
        people=people,
        change=change,
        possible=possible,
        wanted_gbp_m=wanted_gbp_m,
        at_most_gbp_m=at_most_gbp_m,
    )
