"""A whole country: how many people of each kind it has, and so who stands behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from tripleaim.people import (
    OLDEST,
    SEXES,
    Areas,
    ages_of_band,
    by_single_year,
    quintile_areas,
    whole_people,
)
from tripleaim.place import InputError, Place, Row, people_of

Counted = Literal["registered", "residents"]
COUNTED = get_args(Counted)

POPULATION, BANDS = "population.csv", "registered_bands.csv"

Numbers = npt.NDArray[np.uint32]
"""People by their numbers."""

MOST_PEOPLE = 1 << 32
"""Today's people are numbered in the low 32 bits of a person's number."""


@dataclass(frozen=True)
class Country:
    """A place too large to hold at once. Person number i is somebody of the i-th kind in order.

    cells  (2, OLDEST + 1, 5) whole people by sex, single year of age on 1 January inside the
           place's base year, and deprivation quintile; numbers run through them in that order
    areas  five, one for each quintile
    whole  everybody, not a smaller country of the same make-up
    """

    place: Place
    counted: Counted
    whole: bool
    cells: npt.NDArray[np.int64]
    areas: Areas

    @cached_property
    def people(self) -> int:
        """How many people there are."""
        return int(self.cells.sum())

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """(2 x (OLDEST + 1) x 5,) the number after the last person of each kind."""
        return np.cumsum(self.cells.ravel())


def country_of(
    place: Place, *, counted: Counted | None = None, people: int | None = None
) -> Country:
    """The people of a whole country by sex, age and deprivation quintile.

    `counted` says whom: those `registered` with practices (`registered_bands.csv`, single years as
    among residents; the usual where there is that file) or `residents` (`population.csv`).
    Quintiles have the same shares at every age: nothing finer is known here. `people` makes a
    smaller country of the same make-up, for trying. Raises InputError at a fault, and where the
    place's own folder lacks these files: another place's people would be no answer.
    """
    if counted is None:
        counted = "registered" if place.own.has(BANDS) else "residents"
    if counted not in COUNTED:
        raise InputError("expected registered or residents", value=counted, valid=COUNTED)
    by_age = _residents(place)
    if counted == "registered":
        by_age = _registered(place, by_age)
    total = round(by_age.sum()) if people is None else people
    if not 0 < total < MOST_PEOPLE:
        raise InputError(f"expected between 1 and {MOST_PEOPLE - 1:,} people", value=total)
    areas = quintile_areas(place)
    shares = by_age[..., None] * (areas.people / areas.people.sum())
    return Country(
        place=place,
        counted=counted,
        whole=people is None,
        cells=whole_people(shares.ravel(), total).reshape(shares.shape),
        areas=Areas(
            lsoas=areas.codes,
            quintile=areas.quintile,
            district=areas.district,
            practices=(place.id,),
            locality=(place.name,),
        ),
    )


def shard_numbers(people: int, shard: int, shards: int) -> Numbers:
    """Who of so many people are in one shard: every `shards`-th, so that each is like the whole."""
    return np.arange(shard, people, shards, dtype=np.uint32)


def sample_of(country: Country, size: int) -> Numbers:
    """Every k-th number, about `size` of them; everybody where there are fewer."""
    every = max(1, round(country.people / size))
    return np.arange(every // 2, country.people, every, dtype=np.uint32)


def cell_of(country: Country, numbers: Numbers) -> npt.NDArray[np.int64]:
    """The kind each number stands for, as a flat index into `country.cells`."""
    return np.searchsorted(country.ends, numbers, side="right")


def _residents(place: Place) -> npt.NDArray[np.float64]:
    """Residents by sex and single year, (2, OLDEST + 1)."""
    _own(place, POPULATION)
    people = people_of(place.own)
    top = max(age for age, _ in people)
    known = np.zeros((len(SEXES), top + 1))
    for (age, sex), number in people.items():
        known[SEXES.index(sex), age] = number
    if top >= 75:
        return by_single_year(place, known, top)
    return np.pad(known, ((0, 0), (0, OLDEST - top)))


def _registered(place: Place, residents: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Patients by sex and single year: lists by age band, single years as among residents."""
    result = np.zeros_like(residents)
    covered: dict[str, npt.NDArray[np.int64]] = {}
    for row in _own(place, BANDS):
        sex, (first, last) = SEXES.index(row["sex"]), ages_of_band(row, "age_band")
        band = sex, slice(first, last + 1)
        if residents[band].sum() <= 0:
            raise row.fault("age_band", "expected an age band that has people")
        covered.setdefault(row["area"], np.zeros(residents.shape, dtype=np.int64))[band] += 1
        result[band] += row["patients"] * residents[band] / residents[band].sum()
    for area, times in covered.items():
        if not np.all(times == 1):
            raise InputError(
                "expected every age of both sexes in one age band of this area",
                file=place.path(BANDS),
                column="area",
                value=area,
            )
    return result


def _own(place: Place, name: str) -> Sequence[Row]:
    if not place.own.has(name):
        raise InputError("expected this file in the place's own folder", file=place.folder / name)
    return place.own.rows(name)
