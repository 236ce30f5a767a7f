"""Where registered people live: a small area near the practice, and whether in the place at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people.ages import whole_people
from tripleaim.people.lists import Lists, Practice
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES
from tripleaim.place import InputError, Place

KM_A_DEGREE = 111.2
FITTING_ROUNDS = 200


@dataclass(frozen=True)
class SmallAreas:
    """Lower-layer super output areas as columns; `people` is what their shares follow."""

    codes: tuple[str, ...]
    district: tuple[str, ...]
    quintile: npt.NDArray[np.int8]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]


def read_small_areas(place: Place, district_people: dict[str, float]) -> SmallAreas:
    """The place's small areas, their populations scaled to those of their districts.

    Raises InputError for a district without residents.
    """
    rows = place.rows("lsoas.csv")
    recorded = dict.fromkeys(district_people, 0.0)
    for row in rows:
        if row["district"] not in district_people:
            raise row.fault(
                "district", "expected a district of residents.csv", list(district_people)
            )
        recorded[row["district"]] += row["population"]
    for district, people in recorded.items():
        if people <= 0:
            raise InputError(
                "expected small areas with people in this district",
                file=place.path("lsoas.csv"),
                column="district",
                value=district,
            )
    return SmallAreas(
        codes=tuple(row["lsoa"] for row in rows),
        district=tuple(row["district"] for row in rows),
        quintile=np.array([row["quintile"] for row in rows], dtype=np.int8),
        lat=np.array([row["lat"] for row in rows]),
        lon=np.array([row["lon"] for row in rows]),
        people=np.array(
            [
                row["population"] * district_people[row["district"]] / recorded[row["district"]]
                for row in rows
            ]
        ),
    )


def quintile_areas(place: Place) -> SmallAreas:
    """Five areas that stand for the quintiles of deprivation, where nothing smaller is known."""
    path = place.path("quintile_shares.csv")
    rows = place.rows("quintile_shares.csv")
    total = sum(row["share"] for row in rows)
    if abs(total - 1) > 0.001:
        raise InputError("expected shares that sum to 1", file=path, column="share", value=total)
    return SmallAreas(
        codes=tuple(f"{place.id}-quintile-{row['quintile']}" for row in rows),
        district=(place.name,) * len(rows),
        quintile=np.array([row["quintile"] for row in rows], dtype=np.int8),
        lat=np.zeros(len(rows)),
        lon=np.zeros(len(rows)),
        people=np.array([row["share"] for row in rows]),
    )


def practice_by_area(
    practices: tuple[Practice, ...],
    list_sizes: npt.NDArray[np.float64],
    areas: SmallAreas,
    decay_km: float,
) -> npt.NDArray[np.float64]:
    """Expected people by practice and small area, (practices, areas).

    Area population x exp(-distance / `decay_km`), then fitted in turn to the lists and to the
    areas' shares of them (iterative proportional fitting, Deming and Stephan 1940) until rows and
    columns hold within half a person.
    """
    lat = np.array([p.lat for p in practices])[:, None]
    lon = np.array([p.lon for p in practices])[:, None]
    north = (areas.lat - lat) * KM_A_DEGREE
    east = (areas.lon - lon) * KM_A_DEGREE * np.cos(np.radians(lat))
    fitted: npt.NDArray[np.float64] = areas.people * np.exp(-np.hypot(north, east) / decay_km)
    in_areas = areas.people * (list_sizes.sum() / areas.people.sum())
    for _ in range(FITTING_ROUNDS):
        fitted *= _ratio(list_sizes, fitted.sum(axis=1))[:, None]
        fitted_people = fitted.sum(axis=0)
        if np.abs(fitted_people - in_areas).max() < 0.5:
            break
        fitted *= _ratio(in_areas, fitted_people)
    fitted *= _ratio(list_sizes, fitted.sum(axis=1))[:, None]
    return fitted


def _ratio(
    wanted: npt.NDArray[np.float64], present: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """`wanted` over `found`; zero where nobody is found."""
    return np.divide(wanted, present, out=np.zeros_like(wanted), where=present > 0)


def assign_areas(
    lists: Lists, areas: SmallAreas, decay_km: float, seed: int, year: int
) -> npt.NDArray[np.int16]:
    """Index of the small area of each person; who of a list lives where falls at random."""
    sizes = np.bincount(lists.practice, minlength=len(lists.practices))
    expected = practice_by_area(lists.practices, sizes.astype(np.float64), areas, decay_km)
    random = uniform(seed, lists.person, year, "home")
    home = np.empty(len(random), dtype=np.int16)
    for practice, size in enumerate(sizes):
        if size:
            members = np.flatnonzero(lists.practice == practice)
            counts = whole_people(expected[practice], int(size))
            home[members[np.argsort(random[members], kind="stable")]] = np.repeat(
                np.arange(len(counts)), counts
            )
    return home


def live_here(
    lists: Lists, residents: npt.NDArray[np.float64], seed: int, year: int
) -> npt.NDArray[np.bool_]:
    """Who of the registered lives in the place, to the residents by sex and single year of age.

    `residents` has shape (2, ages). Where more people live in the place than are registered (some
    of its young children) all who are registered live here, and the residents fall short by so
    many: nobody is invented.
    """
    ages = residents.shape[1]
    group = lists.sex.astype(np.int64) * ages + lists.age
    order = np.lexsort((uniform(seed, lists.person, year, "lives in the place"), group))
    sizes = np.bincount(group, minlength=len(SEXES) * ages)
    position = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    here = np.empty(len(group), dtype=np.bool_)
    here[order] = position < np.rint(residents).ravel()[group[order]]
    return here
