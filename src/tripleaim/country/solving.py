"""The levels that make each condition as common as registers say, solved on a sample."""

from __future__ import annotations

import numpy as np

from tripleaim.country.drawing import Drawing, Numbers
from tripleaim.country.model import Country
from tripleaim.country.plain import has, odds_of, without_conditions
from tripleaim.people import Illness, read_illness
from tripleaim.people.drawing import _bands, _level, expected_by_age
from tripleaim.people.synthesise import reference_year


def drawing_of(country: Country, sample: Numbers, seed: int) -> Drawing:
    """What the people of a country are drawn by, levels solved on those called `sample`.

    In each sex and age band the sample then expects as many people with a condition as the shape
    by age and the register do; unlike `people.draw_conditions`, nobody is moved across the bar to
    make counts exact, since what a person has may not hang on who else was drawn.
    """
    illness = read_illness(country.place)
    drawing = _unsolved(country, illness, seed)
    drawn = without_conditions(drawing, sample)
    ages = country.cells.shape[1]
    by_age = drawn.sex * ages + drawn.age
    heads = country.cells.sum(axis=2).ravel().astype(np.float64)
    bits = np.zeros(len(sample), dtype=np.uint32)
    for k in illness.order:
        expected = expected_by_age(illness, k, heads)
        bands = _bands(illness, k)
        start = (expected / (1 - expected)).reshape(2, ages, 1) * np.exp(illness.deprivation[k])
        drawing.odds[k] = start
        odds = odds_of(drawing, drawn, k, bits)
        group = bands[by_age]
        targets = np.bincount(group, expected[by_age], bands.max() + 1).astype(np.float64)
        level = _level(np.log(odds), group, targets)
        drawing.odds[k] = start * np.exp(level)[bands].reshape(2, ages, 1)
        bits |= has(drawing, drawn, k, bits).astype(np.uint32) << np.uint32(k)
    return drawing


def _unsolved(country: Country, illness: Illness, seed: int) -> Drawing:
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
        risk_ids=(),
        seed=seed,
        year=reference_year(country.place),
        loading=illness.frailty.loading,
        odds=np.ones((count, 2, ages, 5)),
        order=np.array(illness.order, dtype=np.int64),
        links=links,
        thresholds=np.zeros((0, 2, ages, 0), dtype=np.int64),
        levels=np.ones((0, 1, 2, ages, count)),
        ties=np.zeros((0, 0)),
        pull=np.zeros((0, 5)),
        scale=np.zeros(0),
    )
