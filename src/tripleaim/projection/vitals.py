"""Official rates of death, birth and migration, by single year of age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES
from tripleaim.place import (
    Z_95,
    Draw,
    Estimate,
    InputError,
    Place,
)

OLDEST = 105
"""The last single year of age in the official tables; it stands for itself and above."""

AGES = OLDEST + 1

POOLED_FROM = 95
"""Ages from here on share one factor: too few people for one each."""

Rates = npt.NDArray[np.float64]

FERTILITY = Estimate(
    1.0,
    0.9,
    1.11,
    cause="about as far as the official variants of fertility differ after twenty years",
)
IMPROVEMENT_KEPT = "mortality.improvement-kept"
"""Figure: how much of its last year's fall mortality keeps each year after the projection ends."""

NET_MIGRATION = Estimate(
    1.0, 0.6, 1.67, cause="net migration to England halved and doubled within a decade before 2015"
)


@dataclass(frozen=True)
class Vitals:
    """Probabilities of a year, from one 1 January to the next, at the place's own level.

    years          the financial years that hold the 1 January at which each step starts
    death          (steps, 2, AGES): of dying, by age at the start
    newborn_death  (steps, 2): of dying before the next 1 January, for those born in the year
    birth          (steps, AGES): of a woman of that age giving birth
    net_migration  (2, AGES): people who come for each who is there; negative: who leave;
                   (steps, 2, AGES) where it was solved year by year
    male_share     of births
    """

    years: tuple[str, ...]
    death: Rates
    newborn_death: Rates
    birth: Rates
    net_migration: Rates
    male_share: float


def horizon(place: Place, steps: int | None = None) -> tuple[str, ...]:
    """The base year and as many years after it as there are `steps`; else those of the plan."""
    if steps is None:
        return (place.base_year, *place.years)
    start = int(place.base_year[:4])
    return tuple(f"{y}/{(y + 1) % 100:02}" for y in range(start, start + steps + 1))


def read_vitals(place: Place, steps: int | None = None) -> Vitals:
    """Rates for every step from the base year to the last year of the plan, or for so many steps.

    A step runs from 1 January to 1 January and straddles two projection years, which start in the
    middle of a calendar year: it takes the mean of the two. Deaths start at the level that was
    recorded before the projection's first year (mortality_level.csv) and fall from there as the
    projection foresees; the place's own level multiplies that. After the last year of a table
    mortality goes on falling as the figure IMPROVEMENT_KEPT says, and fertility is held. Raises
    InputError where a table does not cover an age or an earlier year.
    """
    years = horizon(place, steps)[:-1]
    starts = [int(year[:4]) for year in years]
    deaths = _mortality(place, starts) * _recorded_level(place)
    ratio = _local_levels(place)
    death = np.minimum(deaths[:, :, 1:] * ratio["death"], 1.0)
    return Vitals(
        years=years,
        death=death,
        newborn_death=np.minimum(deaths[:, :, 0] * ratio["death"][0], 1.0),
        birth=np.minimum(_fertility(place, starts) * ratio["birth"], 1.0),
        net_migration=_migration(place),
        male_share=place.value("births.male-share"),
    )


def _mortality(place: Place, starts: list[int]) -> Rates:
    """Shape (steps, 2, 1 + AGES): born in the year first, then age 0 to OLDEST."""
    path = place.path("mortality.csv")
    known = {
        (row["year"], row["sex"], row["age"]): row["deaths_per_100000"] / 1e5
        for row in place.rows("mortality.csv")
    }
    last, kept = mortality_known_to(place), place.value(IMPROVEMENT_KEPT)

    def rate(year: int, sex: str, age: int) -> float:
        end: float = known[min(year, last), sex, age]
        if year <= last:
            return end
        before: float = known[last - 1, sex, age]
        fall = end / before if before > 0 else 1.0
        return end * float(fall ** (kept * (year - last)))

    table = np.empty((len(starts), len(SEXES), 1 + AGES))
    for t, start in enumerate(starts):
        for s, sex in enumerate(SEXES):
            for age in range(-1, AGES):
                try:
                    pair = rate(start, sex, age), rate(start + 1, sex, age)
                except KeyError:
                    raise InputError(
                        f"expected the mortality of {sex} people of age {age} in {start} "
                        f"and {start + 1}",
                        file=path,
                    ) from None
                table[t, s, age + 1] = sum(pair) / 2
    return table


def _recorded_level(place: Place) -> Rates:
    """What the projection's mortality is multiplied by, so that it starts at the level recorded.

    Shape (2, 1 + AGES), newborns first; ages without a row keep the projection's own level.
    """
    level = np.ones((len(SEXES), 1 + AGES))
    for row in place.rows("mortality_level.csv"):
        ages = slice(row["age_from"] + 1, row["age_to"] + 2)
        level[SEXES.index(row["sex"]), ages] = row["ratio"]
    return level


def mortality_known_to(place: Place) -> int:
    """The last calendar year in whose middle a year of the mortality projection starts."""
    return max(int(row["year"]) for row in place.rows("mortality.csv"))


def _fertility(place: Place, starts: list[int]) -> Rates:
    path = place.path("fertility.csv")
    years = [*starts, starts[-1] + 1]
    rows = place.rows("fertility.csv")
    last = max(int(row["year"]) for row in rows)
    table = np.zeros((len(years), AGES))
    for row in rows:
        for t, year in enumerate(years):
            if row["year"] == min(year, last):
                table[t, row["age"]] = row["births_per_1000"] / 1000
    for t, year in enumerate(years):
        if not table[t].any():
            raise InputError("expected the fertility of this year", file=path, value=year)
    return (table[:-1] + table[1:]) / 2


def _migration(place: Place) -> Rates:
    path = place.path("migration.csv")
    table = np.full((len(SEXES), AGES), np.nan)
    for row in place.rows("migration.csv"):
        table[SEXES.index(row["sex"]), row["age_from"] : row["age_to"] + 1] = (
            row["net_per_1000"] / 1000
        )
    for s, age in np.argwhere(np.isnan(table)):
        raise InputError(f"expected the net migration of {SEXES[s]} people of age {age}", file=path)
    return table


def _local_levels(place: Place) -> dict[str, Rates]:
    """What England's rates are multiplied by, by event and age: 1 where the place says nothing."""
    levels = {event: np.ones(AGES) for event in ("death", "birth")}
    if not place.has("local_levels.csv"):
        return levels
    for row in place.rows("local_levels.csv"):
        levels[row["event"]][row["age_from"] : row["age_to"] + 1] = row["ratio"]
    return levels


def drawn_vitals(place: Place, steps: int, draw: Draw) -> Vitals:
    """The vitals of a draw: mortality between its official variants, migration, fertility.

    A draw of `mortality/improvement` 1.96 standard deviations up is the low variant of mortality,
    as far down the high one.
    """
    return vitals_under(
        read_vitals(place, steps), lambda low: read_variant(place, steps, low=low), draw
    )


def vitals_under(vitals: Vitals, variant: Callable[[bool], Rates], draw: Draw) -> Vitals:
    """The vitals of a draw; `variant` gives what the low (else the high) one multiplies deaths by,
    (steps, 2, 1 + AGES), newborns first."""
    if not any(draw.of(p) for p in ("mortality/improvement", "migration/net", "fertility")):
        return vitals
    z = draw.of("mortality/improvement")
    ratio = variant(z > 0) ** abs(z / Z_95) if z else np.ones((1, 1, 1 + AGES))
    return replace(
        vitals,
        death=np.minimum(vitals.death * ratio[:, :, 1:], 1.0),
        newborn_death=np.minimum(vitals.newborn_death * ratio[:, :, 0], 1.0),
        birth=np.minimum(vitals.birth * FERTILITY.at(draw.of("fertility")), 1.0),
        net_migration=vitals.net_migration * NET_MIGRATION.at(draw.of("migration/net")),
    )


def read_variant(place: Place, steps: int, *, low: bool) -> Rates:
    """What a variant multiplies mortality by, (steps, 2, 1 + AGES), newborns first."""
    starts = [int(year[:4]) for year in horizon(place, steps)[:-1]]
    rows = place.rows("mortality_variants.csv")
    years = sorted({row["year"] for row in rows})
    table = np.ones((len(years), len(SEXES), 1 + AGES))
    for row in rows:
        at = years.index(row["year"]), SEXES.index(row["sex"]), row["age"] + 1
        table[at] = row["low" if low else "high"]
    flat = table.reshape(len(years), -1)
    columns = [np.interp(np.array(starts) + 0.5, years, column) for column in flat.T]
    return np.stack(columns, axis=-1).reshape(len(starts), len(SEXES), 1 + AGES)
