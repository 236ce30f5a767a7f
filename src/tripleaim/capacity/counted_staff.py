"""Staff at work as somebody counted them: the one reader of staff_levels.csv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.capacity.staff import check_known
from tripleaim.place import Place, Status

STAFF_LEVELS = "staff_levels.csv"


@dataclass(frozen=True, slots=True)
class StaffCount:
    """Whole-time staff of a group at work as counted: all kinds of employers together."""

    fte: float
    periods: tuple[str, ...]
    status: Status
    sources: tuple[str, ...]
    causes: tuple[str, ...]


def staff_counts(place: Place, groups: Sequence[str]) -> dict[str, StaffCount]:
    """Counted staff by group; empty for a place without a count.

    Raises InputError for a group that is not one, and for a count of nobody.
    """
    if not place.has(STAFF_LEVELS):
        return {}
    counts: dict[str, StaffCount] = {}
    for row in place.rows(STAFF_LEVELS):
        check_known(row, "group", list(groups))
        one = StaffCount(
            row["fte"], (row["period"],), row["status"], (row["source"],), (row["cause"],)
        )
        counts[row["group"]] = (
            _together(counts[row["group"]], one) if row["group"] in counts else one
        )
    for row in place.rows(STAFF_LEVELS):
        if counts[row["group"]].fte <= 0:
            raise row.fault("fte", "expected somebody; leave the row out if nobody was counted")
    return counts


def _together(one: StaffCount, other: StaffCount) -> StaffCount:
    return StaffCount(
        one.fte + other.fte,
        (*one.periods, *other.periods),
        "public" if one.status == other.status == "public" else "assumed",
        (*one.sources, *other.sources),
        (*one.causes, *other.causes),
    )
