"""The levels that make each condition as common as registers say, solved on a sample."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtr

from tripleaim.country.drawing import Drawing, Numbers
from tripleaim.country.fast import GRID_FROM, GRID_SIZE, GRID_STEPS
from tripleaim.country.model import Country, cell_of
from tripleaim.country.plain import has, odds_of, without_conditions
from tripleaim.people import Illness, read_illness
from tripleaim.people.drawing import expected_by_age, level_bands, solve_levels
from tripleaim.people.ranks import BAND_STARTS, fit_copula
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.people.synthesise import reference_year

NEVER = 1 << 16
"""A threshold that no rank reaches."""


def drawing_of(country: Country, sample: Numbers, seed: int) -> Drawing:
    """What the people of a country are drawn by, levels solved on those called `sample`.

    In each sex and age band the sample then expects as many people with a condition as the shape
    by age and the register do; unlike `people.draw_conditions`, nobody is moved across the bar to
    make counts exact, since what a person has may not hang on who else was drawn.
    """
    illness = read_illness(country.place)
    drawing = _unsolved(country, illness, sample, seed)
    drawn = without_conditions(drawing, sample)
    ages = country.cells.shape[1]
    by_age = drawn.sex * ages + drawn.age
    heads = country.cells.sum(axis=2).ravel().astype(np.float64)
    bits = np.zeros(len(sample), dtype=np.uint32)
    for k in illness.order:
        expected = expected_by_age(illness, k, heads)
        bands = level_bands(illness, k)
        start = (expected / (1 - expected)).reshape(2, ages, 1) * np.exp(illness.deprivation[k])
        drawing.odds[k] = start
        odds = odds_of(drawing, drawn, k, bits)
        group = bands[by_age]
        targets = np.bincount(group, expected[by_age], bands.max() + 1).astype(np.float64)
        level = solve_levels(np.log(odds), group, targets)
        drawing.odds[k] = start * np.exp(level)[bands].reshape(2, ages, 1)
        bits |= has(drawing, drawn, k, bits).astype(np.uint32) << np.uint32(k)
    return drawing


def _unsolved(country: Country, illness: Illness, sample: Numbers, seed: int) -> Drawing:
    count, ages = len(illness.ids), country.cells.shape[1]
    links = np.ones((count, count))
    for k, causes in illness.links.items():
        for cause, log_odds in causes.items():
            links[k, cause] = np.exp(log_odds)
    return Drawing(
        ends=country.ends,
        areas=country.areas,
        condition_ids=illness.ids,
        symphony_ids=illness.symphony_ids,
        seed=seed,
        year=reference_year(country.place),
        loading=illness.frailty.loading,
        odds=np.ones((count, 2, ages, 5)),
        order=np.array(illness.order, dtype=np.int64),
        links=links,
        **_of_risks(country, illness, sample),
    )


def _of_risks(country: Country, illness: Illness, sample: Numbers) -> dict[str, Any]:
    """Levels of risk factors, what they multiply, and what ranks are drawn with."""
    factors = read_risk_factors(country.place)
    count, (_, ages, _) = len(illness.ids), country.cells.shape
    year = reference_year(country.place)
    most = max((len(factor.levels) for factor in factors), default=1)
    thresholds = np.full((len(factors), 2, ages, most - 1), NEVER, dtype=np.int64)
    levels = np.ones((len(factors), most, 2, ages, count))
    for r, factor in enumerate(factors):
        own = len(factor.levels)
        thresholds[r, ..., : own - 1] = factor.thresholds(year)
        for k, name in enumerate(illness.ids):
            if name in factor.effects:
                levels[r, :own, ..., k] = factor.effects[name].relative
    sex, age, quintile = np.unravel_index(cell_of(country, sample), country.cells.shape)
    copula = fit_copula(
        factors, sex.astype(np.int8), age.astype(np.int16), (quintile + 1).astype(np.int8)
    )
    grid = GRID_FROM + np.arange(GRID_SIZE) / GRID_STEPS
    below = ndtr(grid[:, None, None] - copula.gradient)  # grid, risk factors, quintiles
    by_band = copula.quintiles[:, list(BAND_STARTS)]
    return {
        "risk_ids": copula.ids,
        "thresholds": thresholds,
        "levels": levels,
        "ties": copula.root,
        "pull": copula.gradient,
        "band": np.searchsorted(BAND_STARTS, np.arange(ages), side="right") - 1,
        "places": np.ascontiguousarray(np.einsum("grq,sbq->rsbg", below, by_band)),
    }
