"""Events expected from an area's ages and sexes alone, at the average rates of all areas.

A pattern is a weight by sex and band of the lists; only its shape counts, for expected events are
scaled to the sum of what all areas had. Patterns are averaged from single years of age over the
people of the default population.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tripleaim.activity import contact_rates
from tripleaim.measures.areas import Area, Band, ages
from tripleaim.people import SEXES, recorded_pct
from tripleaim.place import InputError, Place, people_of

Pattern = Mapping[Band, float]
_SEXES = ("female", "male")


def contact_pattern(place: Place, point_of_delivery: str, bands: Sequence[Band]) -> Pattern:
    """Contacts a person by sex and band, from contact_rates.csv."""
    path = place.path("contact_rates.csv")
    (rates,) = contact_rates(place, (point_of_delivery,))
    by_age = {
        (sex, age): float(value)
        for sex, of_sex in zip(SEXES, rates, strict=True)
        for age, value in enumerate(of_sex)
    }
    return _averaged(place, by_age, bands, path, point_of_delivery)


def condition_pattern(
    place: Place, condition: str, minimum_age: int, bands: Sequence[Band]
) -> Pattern:
    """Per cent with a condition by sex and band, from its disease file.

    Below `minimum_age` nobody is on the register.
    """
    pct = recorded_pct(place, condition)
    by_age = {
        (sex, age): float(value) if age >= minimum_age else 0.0
        for sex, values in zip(SEXES, pct, strict=True)
        for age, value in enumerate(values)
    }
    return _averaged(place, by_age, bands, place.path(f"diseases/{condition}.toml"), condition)


def _averaged(
    place: Place,
    by_age: Mapping[tuple[str, int], float],
    bands: Sequence[Band],
    path: Path,
    name: str,
) -> Pattern:
    people = people_of(place.files.of_defaults("population.csv"))
    if any((sex, age) not in by_age for age, sex in people):
        raise InputError("expected a value for every age of both sexes", file=path, value=name)
    pattern = {}
    for sex, band in bands:
        first, last = ages(band)
        inside = [(age, n) for (age, of), n in people.items() if of == sex and first <= age <= last]
        total = sum(by_age[sex, age] * n for age, n in inside)
        pattern[sex, band] = total / sum(n for _, n in inside)
    return pattern


def expected(areas: Sequence[Area], observed: Sequence[float], pattern: Pattern) -> list[float]:
    """Events expected in each area, in the unit of `observed` and with the same sum."""
    raw = [sum(pattern[band] * people for band, people in area.lists.items()) for area in areas]
    level = sum(observed) / sum(raw)
    return [level * value for value in raw]
