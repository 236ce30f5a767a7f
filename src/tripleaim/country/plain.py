"""People of a country as `people` draws them, column by column: tests hold the compiled drawing
against it."""

from __future__ import annotations

import numpy as np

from tripleaim.country.model import Country, Numbers
from tripleaim.country.people_fit import PeopleFit, bodies_of
from tripleaim.people import EPOCH_YEAR, People, draw_each, uniform


def draw_plainly(country: Country, fit: PeopleFit, numbers: Numbers) -> People:
    """The people with these `numbers`, as `drawing.draw` draws them."""
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
        priority_ids=fit.illness.priority_ids,
        risk_ids=fit.copula.ids,
        seed=fit.seed,
    )
