"""Deaths and people of England and Wales by single year of age: what was known of how people
die, migrate and age before the base."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import OLDEST, SEXES
from tripleaim.place import InputError, Place

FILE = "backtest/england_wales.csv"
AGES = OLDEST + 1
LEVEL_YEARS = 3
"""Years of deaths that give today's level of mortality."""
TREND_YEARS = 10
"""Years whose deaths give the pace at which mortality falls."""
TREND_BANDS = ((0, 29), (30, 49), (50, 64), (65, 74), (75, 84), (85, OLDEST))
MIGRATION_YEARS = 5
MIGRATION_BANDS = (
    *((a, a + 4) for a in (0, 5, 10)),
    (15, 16),
    *((a, a) for a in range(17, 26)),
    (26, 29),
    *((a, a + 4) for a in range(30, 80, 5)),
    (80, OLDEST),
)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class EnglandWales:
    """`deaths` (calendar year) and `people` (mid-year), both (years, 2, AGES)."""

    years: tuple[int, ...]
    deaths: Floats
    people: Floats

    def until(self, year: int) -> EnglandWales:
        """The years up to and with this one."""
        n = sum(y <= year for y in self.years)
        if n < TREND_YEARS:
            raise InputError(f"expected {TREND_YEARS} years of deaths before the base", value=year)
        return EnglandWales(self.years[:n], self.deaths[:n], self.people[:n])


def read_england_wales(place: Place) -> EnglandWales:
    """The table, with every year, sex and age once. Raises InputError where one is missing."""
    rows = place.rows(FILE)
    years = tuple(sorted({row["year"] for row in rows}))
    deaths = np.full((len(years), 2, AGES), np.nan)
    people = deaths.copy()
    for row in rows:
        at = years.index(row["year"]), SEXES.index(row["sex"]), row["age"]
        deaths[at], people[at] = row["deaths"], row["population"]
    for y, s, age in np.argwhere(np.isnan(deaths)):
        raise InputError(
            f"expected {SEXES[s]} people of age {age} in {years[y]}", file=place.path(FILE)
        )
    return EnglandWales(years, deaths, people)


def mortality(known: EnglandWales, when: float) -> Floats:
    """Deaths a person a year at a moment (2014.0: 1 January 2014), (2, AGES).

    Level: the last three years by sex and age. Pace: the slope of the logarithm of the
    standardised rate over the last ten years by sex and broad band, carried on.
    """
    level = known.deaths[-LEVEL_YEARS:].sum(0) / np.maximum(known.people[-LEVEL_YEARS:].sum(0), 1)
    centre = known.years[-1] + 0.5 - (LEVEL_YEARS - 1) / 2
    return np.asarray(level * np.exp(_pace(known) * (when - centre)))


def chance_of_death(known: EnglandWales, when: float) -> tuple[Floats, Floats]:
    """Probabilities of dying in the year around a moment: by age at its start (2, AGES), and of
    those born in it (2,). Half of the year is lived at the next age; most who die in their first
    year die in its first weeks, so four fifths of those deaths fall in the year of birth."""
    rate = mortality(known, when)
    following = np.concatenate([rate[:, 1:], rate[:, -1:]], axis=1)
    hazard = (rate + following) / 2
    hazard[:, 0] = 0.2 * rate[:, 0] + 0.5 * rate[:, 1]
    return 1 - np.exp(-hazard), 0.8 * rate[:, 0]


def net_migration(known: EnglandWales) -> Floats:
    """People who came for each who was there, a year, mean of the last five, (2, AGES), by band."""
    rates = []
    for y in range(len(known.years) - MIGRATION_YEARS, len(known.years)):
        before, after = known.people[y - 1], known.people[y]
        rate = (known.deaths[y] + known.deaths[y - 1]) / (known.people[y] + known.people[y - 1])
        lived = before[:, :-1] * np.exp(-(rate[:, :-1] + rate[:, 1:]) / 2)
        rates.append((after[:, 1:] - lived, before[:, :-1]))
    came = np.sum([r[0] for r in rates], axis=0)
    there = np.sum([r[1] for r in rates], axis=0)
    table = np.zeros((2, AGES))
    for low, high in MIGRATION_BANDS:
        last = min(high, 89)
        table[:, low : high + 1] = (
            came[:, low : last + 1].sum(1) / there[:, low : last + 1].sum(1)
        )[:, None]
    return table


def aged(known: EnglandWales, steps: int) -> Floats:
    """People of England and Wales at the base's mid-year and each after, (steps + 1, 2, AGES).

    Death rates are carried on, migration stays as it was, and as many are born as in the last year.
    """
    people = [known.people[-1]]
    came = net_migration(known)
    for t in range(steps):
        die, _ = chance_of_death(known, known.years[-1] + 1.0 + t)
        stay = people[-1] * (1 - die) * (1 + came)
        after = np.zeros_like(stay)
        after[:, 1:] = stay[:, :-1]
        after[:, -1] += stay[:, -1]
        after[:, 0] = people[-1][:, 0]
        people.append(after)
    return np.stack(people)


def mortality_errors(known: EnglandWales, steps: int) -> Floats:
    """Errors of this forecast of mortality before the base: (origins, steps), in logarithms.

    From each earlier year with ten behind it: deaths of the years that followed against the rates
    carried on to them, for the people who were there.
    """
    origins = range(TREND_YEARS, len(known.years))
    table = np.full((len(origins), steps), np.nan)
    for o, n in enumerate(origins):
        past = EnglandWales(known.years[:n], known.deaths[:n], known.people[:n])
        for h in range(min(steps, len(known.years) - n)):
            rate = mortality(past, known.years[n + h] + 0.5)
            expected = (rate * known.people[n + h]).sum()
            table[o, h] = np.log(known.deaths[n + h].sum() / expected)
    return table


def _pace(known: EnglandWales) -> Floats:
    weights = known.people[-1]
    deaths, people = known.deaths[-TREND_YEARS:], known.people[-TREND_YEARS:]
    rate = deaths / np.maximum(people, 1)
    x = np.arange(TREND_YEARS) - (TREND_YEARS - 1) / 2
    slope = np.zeros((2, AGES))
    for low, high in TREND_BANDS:
        ages = slice(low, high + 1)
        log = np.log((rate[:, :, ages] * weights[:, ages]).sum(2) / weights[:, ages].sum(1))
        slope[:, ages] = ((x[:, None] * log).sum(0) / (x**2).sum())[:, None]
    return slope
