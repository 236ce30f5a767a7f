"""England's people by single year of age and sex, and how they are spread within a band."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from tripleaim.place.age_texts import NO_END
from tripleaim.place.population_columns import POPULATION_COLUMNS, SEXES
from tripleaim.tables import Column, number, read_csv, whole

DEFAULTS = "england"
"""The footprint whose people say how a band of ages is spread over single years."""
_SHIPPED = Path(str(files("tripleaim"))) / "footprints" / DEFAULTS


def england_shape(sex: str, first: int, last: int) -> dict[int, float]:
    """How England's people of a sex from `first` to `last` are spread; adds up to 1.

    An open class ends with England's own; years within a band beyond that are as `oldest.csv` has
    them.
    """
    shipped = england_people() if last == NO_END else _england_to_the_oldest()
    people = {age: n for (age, s), n in shipped.items() if s == sex and first <= age <= last}
    people = people or {first: 1.0}
    total = sum(people.values())
    return {age: n / total for age, n in people.items()}


@cache
def england_people() -> Mapping[tuple[int, str], float]:
    """England's people by single year of age and sex, as shipped; the last age is "and over"."""
    rows = read_csv(_SHIPPED / "population.csv", POPULATION_COLUMNS)
    return {(row["age"].first, row["sex"]): row["population"] for row in rows}


@cache
def _england_to_the_oldest() -> Mapping[tuple[int, str], float]:
    """England's people with the open last age split into single years."""
    people_of = dict(england_people())
    top = max(age for age, _ in people_of)
    columns = (Column("age", whole), Column("sex"), Column("population", number))
    oldest = [row for row in read_csv(_SHIPPED / "oldest.csv", columns) if row["age"] >= top]
    for sex in SEXES:
        split = {row["age"]: row["population"] for row in oldest if row["sex"] == sex}
        people = people_of[top, sex] / sum(split.values())
        people_of |= {(age, sex): n * people for age, n in split.items()}
    return people_of
