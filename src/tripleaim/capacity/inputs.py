"""What staff are worked out from, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.capacity.counted_staff import StaffCount, staff_counts
from tripleaim.capacity.skill_mix_tables import SkillMix, has_skill_mix, skill_mix
from tripleaim.capacity.staff import (
    Range,
    StaffGroup,
    StaffShares,
    staff_groups,
    staff_minutes,
    staff_shares,
)
from tripleaim.capacity.supply import Assumptions, supply_assumptions
from tripleaim.place import Place


@dataclass(frozen=True)
class StaffInputs:
    """All that staff needed and staff supplied depend on, besides the activity.

    years     of the plan
    points    names of points of delivery by id
    groups    staff groups by id, in the order of their file
    minutes   of each staff group for one unit of activity, by point of delivery and group
    shares    whose staff do the work
    supply    what is assumed of each group's supply, by group
    mix       the printed skill mix; None where the place prints none
    counts    staff at work as counted, by group; none where nobody counted them
    """

    years: tuple[str, ...]
    points: Mapping[str, str]
    groups: Mapping[str, StaffGroup]
    minutes: Mapping[str, Mapping[str, Range]]
    shares: StaffShares
    supply: Mapping[str, Assumptions]
    mix: SkillMix | None
    counts: Mapping[str, StaffCount]

    @property
    def last_year(self) -> str:
        """The last year of the plan."""
        return self.years[-1]


def staff_inputs(place: Place) -> StaffInputs:
    """Read and check the staff tables of a place. Raises InputError at the first fault."""
    groups = staff_groups(place)
    return StaffInputs(
        years=place.years,
        points={point.id: point.name for point in place.points_of_delivery},
        groups=groups,
        minutes=staff_minutes(place),
        shares=staff_shares(place),
        supply=supply_assumptions(place, groups),
        mix=skill_mix(place) if has_skill_mix(place) else None,
        counts=staff_counts(place, list(groups)),
    )
