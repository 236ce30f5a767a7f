"""Who is on the practices' lists: one row a person, from official counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people.ages import OLDEST, ages_of_band, by_single_year, whole_people
from tripleaim.people.luck import uniform
from tripleaim.people.model import EPOCH_YEAR, SEXES
from tripleaim.place import InputError, Place, people_of

MOST_PEOPLE = 10_000_000


@dataclass(frozen=True)
class Practice:
    """A general practice: its ODS code, where it stands and the locality it belongs to.

    `located` says that where it stands is known, and not taken from practices near by.
    """

    code: str
    name: str
    locality: str
    lat: float
    lon: float
    postcode: str = ""
    located: bool = False


@dataclass(frozen=True)
class Lists:
    """Registered people as columns: index of the practice, index into SEXES, whole years of age."""

    practices: tuple[Practice, ...]
    practice: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int8]
    age: npt.NDArray[np.int16]

    @property
    def person(self) -> npt.NDArray[np.uint64]:
        """The identities that people's luck depends on."""
        return np.arange(len(self.practice), dtype=np.uint64)


def has_lists(place: Place) -> bool:
    """Whether the place knows its practices' lists; otherwise it has its population alone.

    Raises InputError if it has neither: another place's people would be no answer.
    """
    if place.own.has("registered.csv"):
        return True
    if place.own.has("population.csv"):
        return False
    raise InputError(
        "expected registered.csv (practice, sex, age_band, patients) or population.csv "
        "(age, sex, population) in the place's own folder",
        file=place.folder,
    )


def read_lists(place: Place, seed: int, year: int) -> Lists:
    """Everybody registered, by practice, sex and single year of age on 1 January of `year`.

    Counts by practice, sex and age band are exact. Within a band, single years are shared out over
    the whole place as among residents (exactly, up to rounding) and fall on people at random.
    """
    practices = read_practices(place)
    table, bands = _registered(place, practices)
    people = int(table.sum())
    cells = np.repeat(np.arange(table.size), table.ravel())
    practice, sex, band = (a.astype(np.int16) for a in np.unravel_index(cells, table.shape))
    random = uniform(seed, np.arange(people, dtype=np.uint64), year, "age in band")
    residents = np.sum(list(read_residents_by_district(place).values()), axis=0)
    age = np.empty(people, dtype=np.int16)
    for s in range(len(SEXES)):
        for b, (first, last) in enumerate(bands):
            members = np.flatnonzero((sex == s) & (band == b))
            if not len(members):
                continue
            years = whole_people(residents[s, first : last + 1], len(members))
            age[members[np.argsort(random[members], kind="stable")]] = np.repeat(
                np.arange(first, last + 1), years
            )
    return Lists(practices, practice, sex.astype(np.int8), age)


def read_population(place: Place) -> Lists:
    """A place known by its population alone: everybody on the list of one practice.

    `population.csv` gives people by whole years of age and sex; its highest age, if 75 or more, is
    taken as "and over". Fractions of people are rounded so that the total stays.
    """
    people = people_of(place.own)
    top = min(max(age for age, _ in people), OLDEST)
    known = np.zeros((len(SEXES), top + 1))
    for (years, of), number in people.items():
        known[SEXES.index(of), min(years, top)] += number
    check_number(place)
    total = round(known.sum())
    single = np.zeros((len(SEXES), OLDEST + 1))
    single[:, : top + 1] = known
    if 75 <= top < OLDEST:
        single = by_single_year(place, known, top)
    counts = whole_people(single.ravel(), total)
    cells = np.repeat(np.arange(counts.size), counts)
    sex, age = np.unravel_index(cells, single.shape)
    only = Practice(place.id, place.name, place.name, 0.0, 0.0)
    return Lists(
        (only,), np.zeros(total, dtype=np.int16), sex.astype(np.int8), age.astype(np.int16)
    )


def check_number(place: Place) -> None:
    """Raise InputError for a population of nobody, or of more people than a place can have.

    A country, which has registered_bands.csv, is projected in parts and may have more.
    """
    if not place.own.has("population.csv") or place.own.has("registered_bands.csv"):
        return
    total = round(sum(people_of(place.own).values()))
    if not 0 < total <= MOST_PEOPLE:
        raise InputError(
            f"expected between 1 and {MOST_PEOPLE} people in all",
            file=place.folder / "population.csv",
            column="population",
            value=total,
        )


def births(lists: Lists, seed: int, year: int) -> npt.NDArray[np.int16]:
    """Month of birth, in months since January 1880, uniform within the year of age."""
    month = np.floor(12 * uniform(seed, lists.person, year, "month of birth")).astype(np.int32)
    return ((year - EPOCH_YEAR) * 12 - 1 - 12 * lists.age.astype(np.int32) - month).astype(np.int16)


def read_practices(place: Place) -> tuple[Practice, ...]:
    """The practices of a place, in the order of their file."""
    localities = {row["locality"] for row in place.rows("localities.csv")}
    practices: dict[str, Practice] = {}
    for row in place.rows("practices.csv"):
        if row["practice"] in practices:
            raise row.fault("practice", "the practice is listed twice")
        if row["locality"] not in localities:
            raise row.fault("locality", "expected a locality of localities.csv", sorted(localities))
        practices[row["practice"]] = Practice(
            row["practice"],
            row["name"],
            row["locality"],
            row["lat"],
            row["lon"],
            row["postcode"] or "",
            row["location_status"] == "public",
        )
    return tuple(practices.values())


def read_residents_by_district(place: Place) -> dict[str, npt.NDArray[np.float64]]:
    """Residents by sex and single year of age, (2, OLDEST + 1), of each district."""
    rows = place.rows("residents.csv")
    top = max(row["age"] for row in rows)
    known = {row["district"]: np.zeros((len(SEXES), top + 1)) for row in rows}
    for row in rows:
        known[row["district"]][SEXES.index(row["sex"]), row["age"]] += row["residents"]
    return {district: by_single_year(place, table, top) for district, table in known.items()}


def _registered(
    place: Place, practices: tuple[Practice, ...]
) -> tuple[npt.NDArray[np.int64], list[tuple[int, int]]]:
    path = place.path("registered.csv")
    rows = place.rows("registered.csv")
    bands = sorted({ages_of_band(row, "age_band") for row in rows})
    if [b[0] for b in bands] != [0, *(b[1] + 1 for b in bands[:-1])] or bands[-1][1] != OLDEST:
        raise InputError(
            "expected consecutive age bands from 0 to an open-ended last one",
            file=path,
            column="age_band",
            value=", ".join(f"{low}-{high}" for low, high in bands),
        )
    codes = {p.code: i for i, p in enumerate(practices)}
    table = np.zeros((len(practices), len(SEXES), len(bands)), dtype=np.int64)
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row["practice"], row["sex"], row["age_band"])
        if key in seen:
            raise row.fault("practice", "this practice, sex and age band are listed twice")
        seen.add(key)
        if row["practice"] not in codes:
            raise row.fault("practice", "expected a practice of practices.csv", list(codes))
        table[
            codes[row["practice"]],
            SEXES.index(row["sex"]),
            bands.index(ages_of_band(row, "age_band")),
        ] = row["patients"]
    if table.sum() == 0:
        raise InputError("expected at least one patient", file=path, column="patients", value=0)
    return table, bands
