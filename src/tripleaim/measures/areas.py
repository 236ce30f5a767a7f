"""The areas of England that a place can be compared with, and which of them the place is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.place import Place

Band = tuple[str, str]
"""Sex and age band of a list, such as ("female", "75+")."""

_BAND = re.compile(r"([0-9]+)(?:-([0-9]+)|\+)")
_OLDEST = 120


@dataclass(frozen=True)
class Area:
    """One clinical commissioning group, or several added up.

    `lists` are the registered by sex and age band, empty where they are not held; `rural_status`
    says whether the rural share is public or rebuilt by us.
    """

    id: str
    name: str
    imd_score: float
    rural_share: float
    rural_status: str
    lists: Mapping[Band, int]
    parts: tuple[str, ...]

    @property
    def size(self) -> int:
        """The registered; 0 where the lists are not available."""
        return sum(self.lists.values())

    def share(self, first: int, last: int) -> float:
        """The share of the list aged `first` to `last`; bands must not straddle these ages."""
        inside = 0
        for (_, band), people in self.lists.items():
            low, high = ages(band)
            if first <= low and high <= last:
                inside += people
        return inside / self.size


def ages(band: str) -> tuple[int, int]:
    """First and last age of a band: "5-14" is 5 to 14, "75+" is 75 to 120."""
    match = _BAND.fullmatch(band)
    if not match:
        raise ValueError(f"expected an age band such as 5-14 or 75+, found {band}")
    return int(match[1]), int(match[2]) if match[2] else _OLDEST


def read_areas(place: Place) -> Mapping[str, Area]:
    """Every area by id, in order of id, from peers.csv and peer_lists.csv."""
    rows = {row["area"]: row for row in place.rows("peers.csv")}
    lists: dict[str, dict[Band, int]] = {area: {} for area in rows}
    for row in place.rows("peer_lists.csv"):
        if row["area"] not in rows:
            raise row.fault("area", "expected an area of peers.csv", sorted(rows))
        lists[row["area"]][row["sex"], row["age_band"]] = row["patients"]
    return {
        area: Area(
            area,
            row["name"],
            row["imd_score"],
            row["rural_share"],
            row["rural_status"],
            lists[area],
            (area,),
        )
        for area, row in sorted(rows.items())
    }


def add_up(areas: Sequence[Area], name: str) -> Area:
    """Several areas as one. Scores and shares are weighted by the lists, equally without them."""
    if len(areas) == 1:
        return areas[0]
    known = all(area.size for area in areas)
    weights = [area.size if known else 1 for area in areas]
    lists: dict[Band, int] = {}
    for area in areas if known else ():
        for band, people in area.lists.items():
            lists[band] = lists.get(band, 0) + people
    return Area(
        "+".join(area.id for area in areas),
        name,
        sum(w * a.imd_score for w, a in zip(weights, areas, strict=True)) / sum(weights),
        sum(w * a.rural_share for w, a in zip(weights, areas, strict=True)) / sum(weights),
        "public" if all(a.rural_status == "public" for a in areas) else "assumed",
        lists,
        tuple(part for area in areas for part in area.parts),
    )


def area_of(place: Place, areas: Mapping[str, Area]) -> Area | None:
    """The area that the place's commissioners are, by their ids; None if none is listed."""
    own = [areas[o.id] for o in place.organisations if o.id in areas]
    return add_up(own, place.name) if own else None
