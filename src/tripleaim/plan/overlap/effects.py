"""The effects of all solutions as one table of columns, in the order of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Effect as PlaceEffect
from tripleaim.place import Place, PointOfDelivery

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BED_DAY_SHARE = "solutions.bed-day-share"
SHRINKAGE = "solutions.before-after-weight"


@dataclass(frozen=True)
class Effects:
    """E effects as columns.

    solution   (E,) which of place.solutions
    point      (E,) which point of delivery it acts on, -1 for one on how often a condition begins
    condition  (E,) which of `conditions` it keeps from beginning, else -1
    to, each   (E,) where contacts go instead (-1: nowhere), and how many for each one moved
    contacts   (E,) bool, fewer contacts (else the same contacts at less cost)
    weight     (E,) size relative to the solution's other effects
    cost_share (E,) what share of a contact's cost the change acts on: bed days for length of stay
    """

    conditions: tuple[str, ...]
    solution: Ints
    point: Ints
    condition: Ints
    to: Ints
    each: Floats
    contacts: npt.NDArray[np.bool_]
    weight: Floats
    cost_share: Floats

    def of(self, solution: int) -> Ints:
        """Which effects are those of a solution."""
        return np.flatnonzero(self.solution == solution)


def incidence_conditions(place: Place) -> tuple[str, ...]:
    """The conditions that some solution keeps from beginning, in order of name."""
    return tuple(sorted({e.condition for s in place.solutions for e in s.effects if e.condition}))


def effects(place: Place) -> Effects:
    """The effects of all the place's solutions.

    A change in length of stay acts on the share of a contact's cost that goes with the days in
    bed, a figure of the place. Raises InputError where a place that needs that figure lacks it.
    """
    points = [p.id for p in place.points_of_delivery]
    conditions = incidence_conditions(place)
    rows = [
        (s, effect) for s, solution in enumerate(place.solutions) for effect in solution.effects
    ]

    def index(names: tuple[str, ...] | list[str], name: str) -> int:
        return names.index(name) if name else -1

    return Effects(
        conditions=conditions,
        solution=np.array([s for s, _ in rows], dtype=np.int64),
        point=np.array([index(points, e.point_of_delivery) for _, e in rows], dtype=np.int64),
        condition=np.array([index(conditions, e.condition) for _, e in rows], dtype=np.int64),
        to=np.array([index(points, e.to) for _, e in rows], dtype=np.int64),
        each=np.array([e.contacts_each for _, e in rows], dtype=np.float64),
        contacts=np.array(
            [e.changes in ("contact rate", "place of contact") for _, e in rows], dtype=bool
        ),
        weight=np.array([e.weight for _, e in rows], dtype=np.float64),
        cost_share=np.array(
            [place.value(BED_DAY_SHARE) if e.changes == "length of stay" else 1.0 for _, e in rows]
        ),
    )


@dataclass(frozen=True)
class Evidenced:
    """What evidence supports of each effect, as a fall (E,): 0.05 is 5% fewer or cheaper.

    Controlled studies count in full, before-and-after claims are shrunk, the rest is nothing.
    `low` is the least saving that the interval allows, `high` the most.
    """

    central: Floats
    low: Floats
    high: Floats


def evidenced(place: Place) -> Evidenced:
    """The falls that evidence supports, effect by effect."""
    rows = [effect for solution in place.solutions for effect in solution.effects]
    counts = [counting(place, effect) for effect in rows]

    def falls(which: str) -> Floats:
        values = [-c * getattr(e.evidence, which) for c, e in zip(counts, rows, strict=True)]
        return np.clip(np.array(values, dtype=np.float64) + 0.0, -1.0, 1.0)

    return Evidenced(falls("value"), falls("high"), falls("low"))


def counting(place: Place, effect: PlaceEffect) -> float:
    """What share of a study's finding is used: all, shrunk, or nothing, by its design."""
    if not effect.evidence.measured:
        return 0.0
    if effect.evidence.design == "before-after":
        return place.value(SHRINKAGE)
    return 1.0 if effect.evidence.design == "controlled" else 0.0


def named(effect: PlaceEffect, points: Mapping[str, PointOfDelivery]) -> str:
    """An effect in a few words, as a table shows it: what changes, of what."""
    if effect.changes == "incidence":
        return new_cases(effect.condition)
    what = counted(points[effect.point_of_delivery])
    return {
        "contact rate": what,
        "place of contact": what,
        "length of stay": f"length of stay, {what}",
        "unit cost": f"cost of {what}",
    }[effect.changes]


def counted(point: PointOfDelivery) -> str:
    """What is counted at a point of delivery, in words: emergency admissions, A&E attendances."""
    name = point.name if "&" in point.name or point.name.isupper() else point.name.lower()
    unit = point.unit.lower()
    return name if name.lower().endswith(unit) else f"{name.removesuffix('s')} {unit}"


def new_cases(condition: str) -> str:
    """What an effect on a condition's incidence counts; an id of up to four letters is initials."""
    name = condition.upper() if len(condition) <= 4 else condition.replace("_", " ")
    return f"new cases of {name}"
