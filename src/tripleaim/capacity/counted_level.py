"""Staff needed at the level that was counted, beside the estimate from minutes a contact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tripleaim.capacity.counted_staff import StaffCount
from tripleaim.capacity.need import Need
from tripleaim.capacity.staff import Range
from tripleaim.capacity.supply import Assumptions, staff_flows


@dataclass(frozen=True, slots=True)
class StaffLevel:
    """A group's staff at work in the first year as counted, and what minutes a contact give.

    `factor` is what staff needed by minutes are multiplied by in every year.
    """

    group: str
    name: str
    counted: StaffCount
    estimated: float

    @property
    def factor(self) -> float:
        """Counted over estimated."""
        return self.counted.fte / self.estimated


def staff_level(
    group: str, name: str, counted: StaffCount, assumed: Assumptions, posts: Sequence[float]
) -> StaffLevel | None:
    """The level of a group whose estimated posts by year are `posts`; None without any."""
    estimated = staff_flows(assumed.rates(), posts, [0.0] * len(posts))[0].supplied
    return StaffLevel(group, name, counted, estimated) if estimated > 0 else None


def at_level(needs: Iterable[Need], levels: Mapping[str, StaffLevel]) -> tuple[Need, ...]:
    """The needs with those of counted groups at the level that was counted."""
    return tuple(
        _times(need, levels[need.group].factor) if need.group in levels else need for need in needs
    )


def _times(need: Need, factor: float) -> Need:
    needed = Range(*(factor * v for v in (need.needed.value, need.needed.low, need.needed.high)))
    return replace(
        need,
        needed=needed,
        posts=factor * need.posts,
        counted="minutes a contact, at the level that was counted",
    )
