"""What is official of practices: names, where they stand, their lists by age and sex."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tripleaim.people import read_practices
from tripleaim.place import Place

EARTH_KM = 6371.0
"""Mean radius of the earth (International Union of Geodesy and Geophysics), to the kilometre."""

Band = tuple[str, str]
"""Sex and age band of a list."""


@dataclass(frozen=True)
class PracticeFacts:
    """A practice: `lists` are its registered people by sex and age band, exact.

    `located` says that where it stands is known, and not taken from practices near by.
    """

    code: str
    name: str
    postcode: str
    locality: str
    lat: float
    lon: float
    located: bool
    lists: Mapping[Band, int]

    @property
    def people(self) -> int:
        """Everybody on the list."""
        return sum(self.lists.values())

    def km_to(self, other: PracticeFacts) -> float:
        """Kilometres to another practice on the great circle (haversine)."""
        north, south = math.radians(self.lat), math.radians(other.lat)
        east = math.radians(other.lon - self.lon)
        half = math.sin((south - north) / 2) ** 2
        half += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
        return 2 * EARTH_KM * math.asin(math.sqrt(half))


def practice_facts(place: Place) -> Mapping[str, PracticeFacts]:
    """The practices of a place by code, in the order of their file."""
    practices = read_practices(place)
    lists: dict[str, dict[Band, int]] = {practice.code: {} for practice in practices}
    for row in place.rows("registered.csv"):
        lists[row["practice"]][row["sex"], row["age_band"]] = row["patients"]
    return {
        practice.code: PracticeFacts(**asdict(practice), lists=lists[practice.code])
        for practice in practices
    }


def nearest(
    practice: PracticeFacts, practices: Mapping[str, PracticeFacts], most: int
) -> Sequence[tuple[float, PracticeFacts]]:
    """The `most` nearest other practices with their distance in km, the nearest first."""
    others = ((practice.km_to(o), o) for o in practices.values() if o.code != practice.code)
    return sorted(others, key=lambda pair: (pair[0], pair[1].code))[:most]
