"""People weighted by need, as allocations count them, beside the people on the lists.

Weights of England add up to its people, so a ratio above 1 is more need than England's mean. Money
is the place's own allocation of core services, shared by need: what a neighbourhood would have if
each had its share of need. Practices that have closed since are one row of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tripleaim.place import Place

NEED_WEIGHTS = "need_weights.csv"
_ALLOCATIONS, _CORE = "allocations.csv", "core services"
CLOSED = ""
"""The locality of practices that have closed since the allocations were made."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One practice, locality or place: people, and people weighted for each kind of care.

    `by_need` and `by_people` are pounds of the allocation of core services, shared in these two
    ways; None where the place has no allocation.
    """

    id: str
    name: str
    locality: str
    people: float
    core: float
    general_and_acute: float
    community: float
    mental_health: float
    primary_medical: float
    by_need: float | None = None
    by_people: float | None = None

    @property
    def ratio(self) -> float | None:
        """Need of core services for each person; None without people."""
        return self.core / self.people if self.people else None


@dataclass(frozen=True, slots=True)
class NeedOfPlace:
    """Need of a place: whole, by locality with the most need first, by practice.

    `allocation` is of core services, £; None where it is not known.
    """

    whole: NeedRow
    localities: tuple[NeedRow, ...]
    practices: tuple[NeedRow, ...]
    allocation: float | None
    source: str


_WEIGHTS = ("people", "core", "general_and_acute", "community", "mental_health", "primary_medical")


def need_of(place: Place) -> NeedOfPlace | None:
    """The need of a place's practices and localities; None where it has no weights."""
    if not place.has(NEED_WEIGHTS):
        return None
    here = {row["practice"]: row for row in place.rows("practices.csv")}
    rows = place.rows(NEED_WEIGHTS)
    practices = [
        NeedRow(
            row["practice"],
            here[row["practice"]]["name"] if row["practice"] in here else row["practice"],
            here[row["practice"]]["locality"] if row["practice"] in here else CLOSED,
            *(float(row[column]) for column in _WEIGHTS),
        )
        for row in rows
    ]
    whole = _sum(place.id, place.name, practices)
    if not whole.people or not whole.core:
        return None
    names = dict.fromkeys(one.locality for one in practices)
    localities = [
        _sum(name, name, [one for one in practices if one.locality == name]) for name in names
    ]
    pounds = _core_allocation(place)
    return NeedOfPlace(
        _shared(whole, whole, pounds),
        tuple(sorted((_shared(one, whole, pounds) for one in localities), key=_by_ratio)),
        tuple(sorted((_shared(one, whole, pounds) for one in practices), key=_by_ratio)),
        pounds,
        rows[0]["source"],
    )


def _by_ratio(row: NeedRow) -> tuple[float, str]:
    return (-(row.ratio or 0.0), row.id)


def _sum(own_id: str, name: str, rows: Iterable[NeedRow]) -> NeedRow:
    rows = list(rows)
    sums = (sum(getattr(row, column) for row in rows) for column in _WEIGHTS)
    return NeedRow(own_id, name, own_id, *sums)


def _shared(row: NeedRow, whole: NeedRow, pounds: float | None) -> NeedRow:
    if pounds is None:
        return row
    return replace(
        row,
        by_need=pounds * row.core / whole.core,
        by_people=pounds * row.people / whole.people,
    )


def _core_allocation(place: Place) -> float | None:
    """The allocation of core services of the base year, £; None where the place has none."""
    if not place.has(_ALLOCATIONS):
        return None
    rows = [
        row["pounds"]
        for row in place.rows(_ALLOCATIONS)
        if (row["stream"], row["year"]) == (_CORE, place.base_year)
    ]
    return sum(rows) if rows else None
