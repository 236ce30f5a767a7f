"""Who dies and who falls ill in one year: rates by person, fitted so that the totals are right.

Deaths: the official probability of an age and sex becomes a hazard, -ln(1 - q), which conditions
and deprivation raise or lower from person to person; a factor for each age and sex is solved so
that its people expect the official number of deaths.

Onsets: the probability of an age and sex is what keeps the share of people with the condition at
each age where it was in the base year, or moves it by the stated trend, given who dies: it is
consistent with prevalence and survival. Other conditions, deprivation and frailty spread it over
people in the same way.

Fitting once, to the base year, would not do: those with several conditions die first, the sick of
later years are the less sick, and shares drift up at the oldest ages (heart failure at 85 and over
by a quarter in five years). Each year's rates are fitted to the people of that year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, People
from tripleaim.projection.risks import Risks
from tripleaim.projection.vitals import AGES, Vitals

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint32]

POOLED_FROM = 95
"""Ages from here on share one factor: too few people for one each."""

SMOOTHING_YEARS = 2.0
"""Standard deviation of the kernel that smooths prevalence by age before onsets follow from it."""

HIGHEST = 0.95
"""No yearly probability of onset, nor any share of people with a condition, goes beyond this."""

MOST_STEPS = 30
CLOSE = 1e-6
"""How near expected events come to official ones before the last step, which squares the rest."""


@dataclass(frozen=True)
class Rates:
    """What one step needs to know, by sex and single year of age at its start.

    death_hazard   (2, AGES): hazard of a person of relative 1
    onset_hazard   (conditions, 2, AGES): likewise, of those without the condition
    leaving        (conditions, 2, AGES): probability that a condition is gone in a year
    at_birth       (conditions, 2): share of newborns with it
    birth          (AGES,): probability that a woman gives birth
    newborn_death  (2,): probability of dying in the year of birth
    net_migration  (2, AGES): who comes (or, negative, leaves) for each who is there
    clipped        by condition: people a year who would have to lose it to keep it where it is at
                   every age, and do not, because it cannot be lost
    """

    risks: Risks
    steps: int
    death_hazard: Floats
    onset_hazard: Floats
    leaving: Floats
    at_birth: Floats
    birth: Floats
    newborn_death: Floats
    net_migration: Floats
    male_share: float
    clipped: Mapping[str, float]


def age_cells(people: People, year: str) -> Cells:
    """The cell of sex and single year of age that each person is in: sex x AGES + age."""
    age = np.clip(people.age_in(year), 0, AGES - 1).astype(np.intp)
    return people.sex.astype(np.intp) * AGES + age


def shares_by_age(people: People, cell: Cells, present: Mask) -> Floats:
    """Smoothed share of people with each condition, shape (conditions, 2, AGES)."""
    heads = np.maximum(_smooth(_by_cell(cell, present.astype(np.float64))), 1e-9)
    return np.stack(
        [
            _smooth(_by_cell(cell, _has(people.conditions, k) * present)) / heads
            for k in range(len(people.condition_ids))
        ]
    )


@dataclass(frozen=True)
class Target:
    """What every year's rates are fitted to: official rates, and how common conditions are.

    `shares` (conditions, 2, AGES) are those of the base year, which the trends of `risks` move.
    """

    vitals: Vitals
    risks: Risks
    shares: Floats


def fit_rates(target: Target, index: int, people: People, present: Mask, bits: Bits) -> Rates:
    """The rates of step `index`, fitted to the people `present` at its start and their `bits`."""
    vitals, risks, shares = target.vitals, target.risks, target.shares
    cell = age_cells(people, vitals.years[index])
    weight = present.astype(np.float64)
    hazard = -np.log1p(-np.minimum(vitals.death[index], 1 - 1e-9)).ravel()
    relative = risks.of_death(bits, people.quintile)
    death_hazard = hazard * solve_factors(hazard, relative, cell, weight)
    dying = weight * -np.expm1(-death_hazard[cell] * relative)

    from_frailty = risks.from_frailty(people.frailty)
    heads, deaths = _by_cell(cell, weight), _by_cell(cell, dying)
    onset_hazard, leaving = np.zeros_like(shares), np.zeros_like(shares)
    clipped: dict[str, float] = {}
    for k, name in enumerate(people.condition_ids):
        has = _has(bits, k) * weight
        with_it, deaths_with_it = _by_cell(cell, has), _by_cell(cell, has * dying)
        survival_with = _survival(with_it, deaths_with_it)
        onset, leaving[k] = required_flows(
            _moved(shares[k], risks.trend[k], index),
            _moved(shares[k], risks.trend[k], index + 1),
            survival_with,
            _survival(heads - with_it, deaths - deaths_with_it),
        )
        if not risks.can_leave[k]:
            clipped[name] = float((leaving[k] * with_it * survival_with).sum())
            leaving[k] = 0
        needed = -np.log1p(-onset).ravel()
        propensity = risks.of_onset(k, bits, people.quintile, from_frailty)
        factor = solve_factors(needed, propensity, cell, weight - has - dying * (1 - has))
        onset_hazard[k] = (needed * factor).reshape(len(SEXES), AGES)
    return Rates(
        risks=risks,
        steps=len(vitals.years),
        death_hazard=death_hazard.reshape(len(SEXES), AGES),
        onset_hazard=onset_hazard,
        leaving=leaving,
        at_birth=shares[:, :, 0],
        birth=vitals.birth[index],
        newborn_death=vitals.newborn_death[index],
        net_migration=vitals.net_migration,
        male_share=vitals.male_share,
        clipped=clipped,
    )


def required_flows(
    now: Floats, then: Floats, survival_with: Floats, survival_without: Floats
) -> tuple[Floats, Floats]:
    """Yearly probabilities of onset and of leaving that take shares `now` to `then` as people age.

    All arrays have shape (2, AGES). Of those aged a, P have the condition; a year on, at age
    a + 1, a share P' = then(a + 1) of the survivors shall. With survival S1 and S0 of those with
    and without it, the onset is h = (P' (P S1 + (1 - P) S0) - P S1) / ((1 - P) S0) where that is
    positive; else a share 1 - P' (P S1 + (1 - P) S0) / (P S1) of those with it has to lose it.
    """
    older = np.concatenate([then[:, 1:], then[:, -1:]], axis=1)
    with_it, without = now * survival_with, (1 - now) * survival_without
    gap = older * (with_it + without) - with_it
    onset = np.divide(gap, without, out=np.zeros_like(gap), where=without > 0)
    leaving = np.divide(-gap, with_it, out=np.zeros_like(gap), where=with_it > 0)
    return np.clip(onset, 0, HIGHEST), np.clip(leaving, 0, HIGHEST)


def solve_factors(hazard: Floats, relative: Floats, cell: Cells, weight: Floats) -> Floats:
    """Factors f by cell so that the mean of 1 - exp(-hazard f relative) is 1 - exp(-hazard).

    `hazard` runs along cells (sex x AGES), the rest along people; means are weighted by `weight`.
    Newton's method from below, which this concave function keeps below, until each cell is within
    CLOSE of its target. Ages from POOLED_FROM share one factor; a cell without people or hazard
    takes that of the nearest age.
    """
    size = len(hazard)
    pool = np.arange(size) - np.maximum(np.arange(size) % AGES - POOLED_FROM, 0)
    rows = np.flatnonzero((weight > 0) & (hazard > 0)[cell])
    group, weight = pool[cell[rows]], weight[rows]
    scaled = hazard[cell[rows]] * relative[rows]

    def summed(values: Floats) -> Floats:
        return np.asarray(np.bincount(group, weights=values, minlength=size), dtype=np.float64)

    target, first = summed(weight * -np.expm1(-hazard)[cell[rows]]), summed(weight * scaled)
    factor = np.divide(target, first, out=np.full(size, np.nan), where=first > 0)
    for _ in range(MOST_STEPS):
        missed = np.exp(-factor[group] * scaled)
        found, slope = summed(weight * (1 - missed)), summed(weight * scaled * missed)
        gap = np.where(found > 0, target - found, 0.0)
        factor += np.divide(gap, slope, out=np.zeros(size), where=slope > 0)
        unsolved = (gap > CLOSE * target)[group]
        if not unsolved.any():
            break
        group, weight, scaled = group[unsolved], weight[unsolved], scaled[unsolved]
    by_age = factor.reshape(-1, AGES)
    for row in by_age:
        known = np.flatnonzero(np.isfinite(row))
        nearest = np.abs(known[:, None] - np.arange(AGES)).argmin(axis=0) if len(known) else None
        row[:] = 1.0 if nearest is None else row[known[nearest]]
    return np.asarray(by_age.ravel())


def _moved(share: Floats, trend: float, years: int) -> Floats:
    return np.minimum(share * (1 + trend) ** years, HIGHEST)


def _has(bits: Bits, k: int) -> Floats:
    return ((bits >> np.uint32(k)) & np.uint32(1)).astype(np.float64)


def _by_cell(cell: Cells, weight: Floats) -> Floats:
    counted = np.bincount(cell, weights=weight, minlength=len(SEXES) * AGES)
    return np.asarray(counted, dtype=np.float64).reshape(-1, AGES)


def _survival(people: Floats, deaths: Floats) -> Floats:
    """Smoothed share that survives, by age; 1 where there is nobody for years around."""
    return 1 - _smooth(deaths) / np.maximum(_smooth(people), 1e-9)


_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_KERNEL = np.exp(-0.5 * (_DISTANCE / SMOOTHING_YEARS) ** 2)


def _smooth(by_age: Floats) -> Floats:
    return np.asarray(by_age @ _KERNEL)
