"""Staff groups, their time for a unit of activity, and whose they are, read from the footprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.place import InputError, Place, Row, price_factor

ELSEWHERE = ""
"""The organisation used for everyone outside the place's partners."""


@dataclass(frozen=True, slots=True)
class Range:
    """A value and the range that is thought to hold it in eight cases of ten."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """People who do the same work: `hours` a week with patients and `cost`, £ a year, of a wte.

    The cost is at the prices of the plan's first year.
    `band` is the Agenda for Change band, or a word where there is none.
    """

    id: str
    name: str
    band: str
    setting: str
    hours: Range
    cost: Range
    status: str
    source: str


def staff_groups(place: Place) -> dict[str, StaffGroup]:
    """The staff groups by id, in the order of `staff_groups.csv`.

    Raises InputError for a group listed twice, no hours, or a value outside its own range.
    """
    groups: dict[str, StaffGroup] = {}
    for row in place.rows("staff_groups.csv"):
        if row["id"] in groups:
            raise row.fault("id", "the id is listed twice")
        groups[row["id"]] = StaffGroup(
            id=row["id"],
            name=row["name"],
            band=row["band"],
            setting=row["setting"],
            hours=read_range(row, "hours", "hours_low", "hours_high"),
            cost=_at_first_prices(place, row, read_range(row, "cost", "cost_low", "cost_high")),
            status=row["status"],
            source=row["source"],
        )
    return groups


def _at_first_prices(place: Place, row: Row, cost: Range) -> Range:
    """A cost at the prices of the plan's first year; one without a year is of that year."""
    factor = price_factor(place, row.values.get("price_year") or place.years[0], place.years[0])
    if factor is None:
        raise row.fault("price_year", "expected a year from which price_index.csv has every rise")
    return Range(cost.value * factor, cost.low * factor, cost.high * factor)


def staff_minutes(place: Place) -> dict[str, dict[str, Range]]:
    """Minutes of each staff group for one unit of activity, by point of delivery and group.

    Raises InputError for an unknown point of delivery or group, and one that is listed twice.
    """
    points = [p.id for p in place.points_of_delivery]
    groups = list(staff_groups(place))
    minutes: dict[str, dict[str, Range]] = {}
    for row in place.rows("staff.csv"):
        check_known(row, "point_of_delivery", points)
        check_known(row, "group", groups)
        of_point = minutes.setdefault(row["point_of_delivery"], {})
        if row["group"] in of_point:
            raise row.fault("group", "the group is listed twice at this point of delivery")
        of_point[row["group"]] = read_range(row, "minutes", "low", "high")
    return minutes


@dataclass(frozen=True)
class StaffShares:
    """Which share of the work of a point of delivery is done by whose staff."""

    by_point_and_group: Mapping[tuple[str, str], Mapping[str, float]]

    def of(self, point_of_delivery: str, group: str) -> Mapping[str, float]:
        """Shares by organisation, which add up to 1; all `ELSEWHERE` where nothing is said."""
        for group_key in (group, ""):
            if (point_of_delivery, group_key) in self.by_point_and_group:
                return self.by_point_and_group[point_of_delivery, group_key]
        return {ELSEWHERE: 1.0}


def staff_shares(place: Place) -> StaffShares:
    """Whose staff do the work, from `staff_shares.csv`, which a place may lack.

    Raises InputError for unknown names and for shares that do not add up to 1.
    """
    path = place.path("staff_shares.csv")
    stated: dict[tuple[str, str], dict[str, float]] = {}
    if not place.has("staff_shares.csv"):
        return StaffShares(stated)
    points, groups = [p.id for p in place.points_of_delivery], ["", *staff_groups(place)]
    for row in place.rows("staff_shares.csv"):
        check_known(row, "point_of_delivery", points)
        check_known(row, "group", groups)
        check_known(row, "organisation", [ELSEWHERE, *(o.id for o in place.organisations)])
        of_point = stated.setdefault((row["point_of_delivery"], row["group"]), {})
        if row["organisation"] in of_point:
            raise row.fault("organisation", "the organisation is listed twice here")
        of_point[row["organisation"]] = row["share"]
    for (point, _), of_point in stated.items():
        if abs(sum(of_point.values()) - 1) > 1e-9:
            raise InputError(
                f"expected the shares of {point} to add up to 1",
                file=path,
                value=f"{sum(of_point.values()):g}",
            )
    return StaffShares(stated)


def check_known(row: Row, column: str, valid: list[str]) -> None:
    """Raise InputError, with the nearest valid name, unless the cell names one of `valid`."""
    if row[column] not in valid:
        raise row.fault(column, "there is no such name here", valid)


def read_range(row: Row, value: str = "value", low: str = "low", high: str = "high") -> Range:
    """The value and range in three columns. Raises InputError if the range leaves it out."""
    bounds = Range(row[value], row[low], row[high])
    if not bounds.low <= bounds.value <= bounds.high:
        raise row.fault(value, f"expected a value from {bounds.low:g} to {bounds.high:g}")
    return bounds
