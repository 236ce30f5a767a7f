"""What risk factors do to death beyond the conditions they raise, solved so that all deaths meet
what studies publish.

A study counts deaths of all causes: smokers of 45 die 2.8 times as often as people who never
smoked. Part of that runs through conditions of the model, which smokers have more often and which
raise death themselves; the rest is direct:

    published ratio at a level = ratio through conditions x direct ratio

The ratio through conditions is the mean, among today's people at the level, of the product of
their conditions' hazard ratios, over the same at the lowest level. Each person's product is first
divided by the mean of their sex, age and deprivation quintile, and ages are smoothed over
SMOOTHING_YEARS. It is an expectation over the people and needs no deaths. Where a level has few
people it leans on what numbers and the risk factor's own relative risks alone make of it, worth
PRIOR people. The direct ratio is then one division: no other risk factor enters, since studies hold
the others alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import (
    DEATH,
    SEXES,
    AllCause,
    Disease,
    People,
    RiskEffect,
    RiskFactor,
    calendar,
    levels,
)
from tripleaim.projection.contact_tables import QUINTILES
from tripleaim.projection.laws import Laws
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.relatives import Sources
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]
CELLS = len(SEXES) * AGES

SMOOTHING_YEARS = 2.5
"""Standard deviation of the kernel over ages: narrower than the bands in which shares step."""

PRIOR = 60.0
"""People that the reckoning without them is worth: nobody would notice them in a county."""

LOG_ODDS, HALVINGS = 40.0, 50
"""How far, and in how many halvings, log-odds are moved to meet a share of people."""

SMALLEST, LARGEST = 0.2, 20.0
"""No direct ratio lies outside these."""

MOST_SPREAD = 2.0
"""No direct effect's logarithm moves by more than so many times itself for a standard deviation."""

_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_KERNEL = np.exp(-0.5 * (_DISTANCE / SMOOTHING_YEARS) ** 2)


@dataclass(frozen=True)
class CarriedByConditions:
    """Among people of a sex and age, what their conditions multiply death by.

    plain     (people,) each one's product of hazard ratios
    of_each   (people,) the same over the mean of their age, sex and quintile
    cell      (people,) sex and age, flat, sex first
    heads     (CELLS,) people
    shares    (conditions, 2, AGES) smoothed share of people with each condition
    """

    plain: Floats
    of_each: Floats
    cell: npt.NDArray[np.int64]
    heads: Floats
    shares: Floats


def with_direct_excess(sources: Sources, people: People, year: str) -> Sources:
    """The sources with the direct effect on death of each risk factor that has published ratios.

    `people` are those there on the 1 January of the base `year`.
    """
    fitted = [(f, f.all_cause) for f in sources.factors if f.all_cause]
    if not fitted or not len(people):
        return sources
    carried = carried_by_conditions(sources.diseases, people, year)
    direct = {}
    for factor, published in fitted:
        through = ratio_through_conditions(carried, factor, sources.diseases, people, year)
        direct[factor.id] = _direct(factor, published, published.relative / through)
    return sources.with_deaths(direct)


def with_direct_excess_of(sources: Sources, laws: Laws) -> Sources:
    """The sources with the direct effects that laws, fitted to the central values, already have."""
    direct = {}
    for (name, _), table in zip(laws.risk_levels, laws.risk, strict=True):
        factor = next(f for f in sources.factors if f.id == name)
        if factor.all_cause:
            relative = table[..., laws.lanes.death].astype(np.float64)
            direct[name] = _direct(factor, factor.all_cause, relative)
    return sources.with_deaths(direct)


def carried_by_conditions(
    diseases: tuple[Disease, ...], people: People, year: str
) -> CarriedByConditions:
    """What people's conditions multiply their death by, at the point estimates."""
    hazard = np.array([[d.death.value] for d in diseases]).reshape(-1, 1)
    product = ConditionFactors.of_each(hazard).of(people.conditions)[:, 0].astype(np.float64)
    age = np.clip(people.age_in(year), 0, AGES - 1).astype(np.int64)
    cell = people.sex.astype(np.int64) * AGES + age
    by_quintile = cell * QUINTILES + people.quintile.astype(np.int64) - 1
    heads = np.bincount(by_quintile, minlength=CELLS * QUINTILES).astype(np.float64)
    sums = _sums(by_quintile, product, CELLS * QUINTILES)
    mean = _smooth_mean(sums.reshape(CELLS, QUINTILES).T, heads.reshape(CELLS, QUINTILES).T).T
    everybody = heads.reshape(CELLS, QUINTILES).sum(axis=1)
    having = [
        np.bincount(
            cell[(people.conditions >> np.uint32(k)) & np.uint32(1) > 0], minlength=CELLS
        ).astype(np.float64)
        for k in range(len(diseases))
    ]
    shares = np.array([_smooth(h) / np.maximum(_smooth(everybody), 1e-9) for h in having])
    return CarriedByConditions(
        plain=product,
        of_each=product / mean.ravel()[by_quintile],
        cell=cell,
        heads=everybody,
        shares=shares.reshape(-1, len(SEXES), AGES),
    )


def ratio_through_conditions(
    carried: CarriedByConditions,
    factor: RiskFactor,
    diseases: tuple[Disease, ...],
    people: People,
    year: str,
) -> Floats:
    """(levels, 2, AGES) how much likelier people at each level die by their conditions alone."""
    shares = np.moveaxis(factor.shares(calendar(year)), -1, 0)
    prior = reckoned(factor, diseases, carried.shares, shares)
    prior_mean = prior / (shares * prior).sum(axis=0)
    level = levels(people, (factor,), year)[0].astype(np.int64)
    size = len(factor.levels) * CELLS
    at = level * CELLS + carried.cell
    shape = (len(factor.levels), len(SEXES), AGES)
    there = _smooth(np.bincount(at, minlength=size).reshape(-1, CELLS)).reshape(shape)
    total = _smooth(_sums(at, carried.of_each, size).reshape(-1, CELLS)).reshape(shape)
    means = (total + PRIOR * prior_mean) / (there + PRIOR)
    return np.asarray(means / means[0])


def reckoned(
    factor: RiskFactor, diseases: tuple[Disease, ...], having: Floats, shares: Floats
) -> Floats:
    """(levels, 2, AGES) the ratio through conditions if each came to people by itself.

    `having` (conditions, 2, AGES) and `shares` of the levels (levels, 2, AGES) are of people.
    """
    product = np.ones(shares.shape)
    for k, disease in enumerate(diseases):
        if disease.id not in factor.effects:
            continue
        pull = np.log(factor.effects[disease.id].relative)
        low, high = (np.full(having[k].shape, end) for end in (-LOG_ODDS, LOG_ODDS))
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            short = (shares / (1 + np.exp(-(pull + middle)))).sum(axis=0) < having[k]
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        at_level = 1 / (1 + np.exp(-(pull + (low + high) / 2)))
        product *= 1 + at_level * (disease.death.value - 1)
    return np.asarray(product / product[0])


def _direct(factor: RiskFactor, published: AllCause, relative: Floats) -> RiskEffect:
    """The effect on death with these relative risks; its spread is that of the published ratios."""
    relative = np.clip(relative, SMALLEST, LARGEST)
    relative[0] = 1.0
    return replace(factor.effects[DEATH], relative=relative, spread=_spread(published, relative))


def _spread(published: AllCause, relative: Floats) -> float:
    """How many times its own logarithm the highest level moves for one standard deviation."""
    size = np.abs(np.log(relative[-1])).mean()
    return float(min(published.deviation.mean() / size, MOST_SPREAD)) if size > 1e-6 else 0.0


def _sums(cell: npt.NDArray[np.int64], values: Floats, size: int) -> Floats:
    return np.bincount(cell, weights=values, minlength=size).astype(np.float64)


def _smooth(by_cell: npt.NDArray[np.generic]) -> Floats:
    """Sums by sex and age, (..., CELLS), with those of ages around."""
    table = np.asarray(by_cell, dtype=np.float64)
    return np.asarray(
        (table.reshape(*table.shape[:-1], len(SEXES), AGES) @ _KERNEL).reshape(table.shape)
    )


def _smooth_mean(sums: Floats, heads: Floats) -> Floats:
    """Smoothed sums over smoothed heads, 1 where there is nobody for years around."""
    around = _smooth(heads)
    return np.where(around > 1e-9, _smooth(sums) / np.maximum(around, 1e-9), 1.0)
