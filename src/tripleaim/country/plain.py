"""People of a country as `people` draws them, column by column: the compiled drawing must equal it.

Levels and copula are fitted once, on a sample; after that a person is a pure function of their
number. Unlike `people.synthesise`, nobody is moved across a bar to make counts exact, since what a
person has may not hang on who else was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.country.model import Country, Numbers, cell_of
from tripleaim.people import (
    EPOCH_YEAR,
    Bodies,
    Copula,
    Illness,
    People,
    draw_each,
    draw_frailty,
    draw_ranks,
    fit_copula,
    fit_illness,
    levels_of,
    read_illness,
    reference_year,
    uniform,
)


@dataclass(frozen=True)
class Fit:
    """What people are drawn by; `log_odds` (K, 2, OLDEST + 1) of each condition, level included."""

    illness: Illness
    copula: Copula
    log_odds: npt.NDArray[np.float64]
    seed: int
    year: int


def fit_people(country: Country, sample: Numbers, seed: int) -> Fit:
    """Copula and levels, solved on those called `sample`.

    In each sex and age band the sample expects as many people with a condition as the shape by age
    and the register of the whole country do.
    """
    illness, year = read_illness(country.place), reference_year(country.place)
    sex, age, quintile = kinds(country, sample)
    copula = fit_copula(illness.risks, sex, age, quintile)
    fit = Fit(illness, copula, np.zeros((0, 2, 0)), seed, year)
    bodies, _ = bodies_of(country, fit, sample)
    heads = country.cells.sum(axis=2).ravel().astype(np.float64)
    return Fit(illness, copula, fit_illness(bodies, illness, seed, year, heads), seed, year)


def draw_plainly(country: Country, fit: Fit, numbers: Numbers) -> People:
    """The people called `numbers`, as `drawing.draw` draws them."""
    bodies, ranks = bodies_of(country, fit, numbers)
    month = np.floor(12 * uniform(fit.seed, numbers, fit.year, "month of birth")).astype(np.int32)
    first = (fit.year - EPOCH_YEAR) * 12 - 1
    return People(
        person=bodies.person,
        birth=(first - 12 * bodies.age.astype(np.int32) - month).astype(np.int16),
        sex=bodies.sex,
        lsoa=(bodies.quintile - 1).astype(np.int16),
        practice=np.zeros(len(numbers), dtype=np.int16),
        resident=np.ones(len(numbers), dtype=np.bool_),
        conditions=draw_each(fit.log_odds, bodies, fit.illness, fit.seed, fit.year),
        frailty=bodies.frailty,
        ranks=ranks,
        areas=country.areas,
        condition_ids=fit.illness.ids,
        symphony_ids=fit.illness.symphony_ids,
        risk_ids=fit.copula.ids,
        seed=fit.seed,
    )


def bodies_of(
    country: Country, fit: Fit, numbers: Numbers
) -> tuple[Bodies, npt.NDArray[np.uint16]]:
    """Who the people called `numbers` are before anybody is ill, and their ranks, (R, n)."""
    sex, age, quintile = kinds(country, numbers)
    person, risks = numbers.astype(np.uint64), fit.illness.risks
    frailty = draw_frailty(person, fit.seed, fit.year)
    bare = Bodies(person, sex, age, quintile, frailty, np.zeros((0, len(numbers)), dtype=np.uint8))
    ranks = draw_ranks(fit.copula, bare, fit.seed, fit.year)
    levels = levels_of(ranks, sex, age, risks, fit.year)
    return Bodies(person, sex, age, quintile, frailty, levels), ranks


def kinds(
    country: Country, numbers: Numbers
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int16], npt.NDArray[np.int8]]:
    """Sex, age and quintile (from 1) of the people called `numbers`."""
    sex, age, quintile = np.unravel_index(cell_of(country, numbers), country.cells.shape)
    return sex.astype(np.int8), age.astype(np.int16), (quintile + 1).astype(np.int8)
