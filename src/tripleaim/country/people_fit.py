"""The distribution of a country's people, fitted once on a sample of them.

After that a person is a pure function of their number. Unlike `people.synthesise`, nobody is moved
across a bar to make counts exact, since what a person has may not depend on who else was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.country.model import Country, Numbers, cell_of
from tripleaim.people import (
    Bodies,
    Copula,
    Illness,
    draw_frailty,
    draw_ranks,
    fit_copula,
    fit_illness,
    levels_of,
    read_illness,
    reference_year,
)


@dataclass(frozen=True)
class PeopleFit:
    """The fitted distribution; `log_odds` (K, 2, OLDEST + 1) of each condition, level included."""

    illness: Illness
    copula: Copula
    log_odds: npt.NDArray[np.float64]
    seed: int
    year: int


def fit_people(country: Country, sample: Numbers, seed: int) -> PeopleFit:
    """Copula and levels, solved on the people numbered `sample`.

    In each sex and age band the sample expects as many people with a condition as the shape by age
    and the register of the whole country do.
    """
    illness, year = read_illness(country.place), reference_year(country.place)
    sex, age, quintile = kinds(country, sample)
    copula = fit_copula(illness.risks, sex, age, quintile)
    fit = PeopleFit(illness, copula, np.zeros((0, 2, 0)), seed, year)
    bodies, _ = bodies_of(country, fit, sample)
    heads = country.cells.sum(axis=2).ravel().astype(np.float64)
    return PeopleFit(illness, copula, fit_illness(bodies, illness, seed, year, heads), seed, year)


def bodies_of(
    country: Country, fit: PeopleFit, numbers: Numbers
) -> tuple[Bodies, npt.NDArray[np.uint16]]:
    """The people with these `numbers` before anybody is ill, and their ranks, (R, n)."""
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
    """Sex, age and quintile (from 1) of the people with these `numbers`."""
    sex, age, quintile = np.unravel_index(cell_of(country, numbers), country.cells.shape)
    return sex.astype(np.int8), age.astype(np.int16), (quintile + 1).astype(np.int8)
