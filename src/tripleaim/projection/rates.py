"""Who dies and who falls ill: rates by person, fitted to the base year once and then fixed.

Deaths: the official probability of an age and sex becomes a hazard, -ln(1 - q), which conditions
and deprivation raise or lower from person to person; a factor for each age and sex is solved so
that its people of the base year expect the official number of deaths.

Onsets: the probability of an age and sex is what keeps the share of people with the condition at
each age where it is, or moves it by the stated trend, given who dies: consistent with prevalence
and survival. Other conditions, deprivation and frailty spread it over people in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, Illness, People, read_illness
from tripleaim.place import STATUSES, Column, Place, number, read_csv, whole, yes_no
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.vitals import AGES, Vitals, read_vitals

Floats = npt.NDArray[np.float64]

POOLED_FROM = 95
"""Ages from here on share one factor: too few people for one each."""

SMOOTHING_YEARS = 2.0
"""Standard deviation of the kernel that smooths prevalence by age before onsets follow from it."""

HIGHEST_YEARLY = 0.95


@dataclass(frozen=True)
class Rates:
    """What one step needs to know, by step, sex and single year of age.

    death_hazard  (steps, 2, AGES): hazard of a person of relative 1
    onset_hazard  (steps, conditions, 2, AGES): likewise, of those without the condition
    leaving       (steps, conditions, 2, AGES): probability that a condition is gone in a year
    at_birth      (conditions, 2): share of newborns with it
    clipped       by condition: people a year who would have to lose it to keep it where it is at
                  every age, and do not, because it cannot be lost
    """

    vitals: Vitals
    death_hazard: Floats
    onset_hazard: Floats
    leaving: Floats
    at_birth: Floats
    death_factors: ConditionFactors
    quintile_death: Floats
    onset_factors: tuple[ConditionFactors | None, ...]
    quintile_onset: Floats
    illness: Illness
    clipped: Mapping[str, float]

    def relative_death(
        self, bits: npt.NDArray[np.uint32], quintile: npt.NDArray[np.int8]
    ) -> Floats:
        """Each person's hazard of death against that of a healthy one in a middling area."""
        return self.death_factors.of(bits)[:, 0] * self.quintile_death[quintile - 1]

    def from_frailty(self, frailty: npt.NDArray[np.float32]) -> Floats:
        """What frailty multiplies each person's risk of every condition by."""
        return np.asarray(np.exp(self.illness.frailty.log_odds(frailty)))

    def relative_onset(
        self,
        condition: int,
        bits: npt.NDArray[np.uint32],
        quintile: npt.NDArray[np.int8],
        from_frailty: Floats,
    ) -> Floats:
        """Each person's propensity, as `tripleaim.people.propensity` has it, by look-up."""
        relative = from_frailty * self.quintile_onset[condition][quintile - 1]
        factors = self.onset_factors[condition]
        return relative if factors is None else relative * factors.of(bits)[:, 0]


def fit_rates(place: Place, people: People) -> Rates:
    """Rates for the place, fitted to its `people` of the base year.

    A part of the people (a shard) is projected with the rates fitted to them all.
    """
    vitals, illness = read_vitals(place), read_illness(place)
    ids = people.condition_ids
    effects = _effects(place, ids)
    quintile_death = _quintile_mortality(place)
    trends, can_leave = _trends(place, ids)
    present = people.age_in(place.base_year) >= 0
    age = np.clip(people.age_in(place.base_year), 0, AGES - 1).astype(np.intp)
    cell = people.sex.astype(np.intp) * AGES + age
    bits, quintile = people.conditions, people.quintile
    death_factors = ConditionFactors.of_each(effects[:, None])
    hazard = -np.log1p(-np.minimum(vitals.death, 1 - 1e-9))

    relative = death_factors.of(bits)[:, 0] * quintile_death[quintile - 1]
    weight = present.astype(np.float64)
    factor = solve_factors(hazard[0].ravel(), relative, cell, weight)
    dying = -np.expm1(-(hazard[0].ravel() * factor)[cell] * relative)

    clipped: dict[str, float] = {}
    onset_factors = tuple(_links_of(illness, k, len(ids)) for k in range(len(ids)))
    rates = Rates(
        vitals=vitals,
        death_hazard=hazard * factor.reshape(len(SEXES), AGES),
        onset_hazard=np.zeros((len(vitals.years), len(ids), len(SEXES), AGES)),
        leaving=np.zeros((len(vitals.years), len(ids), len(SEXES), AGES)),
        at_birth=np.zeros((len(ids), len(SEXES))),
        death_factors=death_factors,
        quintile_death=quintile_death,
        onset_factors=onset_factors,
        quintile_onset=np.exp(illness.deprivation),
        illness=illness,
        clipped=clipped,
    )
    from_frailty = rates.from_frailty(people.frailty)
    heads = _by_cell(cell, weight)
    for k, name in enumerate(ids):
        has = ((bits >> np.uint32(k)) & np.uint32(1)).astype(np.float64) * weight
        with_it = _by_cell(cell, has)
        share = _smooth(with_it) / np.maximum(_smooth(heads), 1e-9)
        lost = _smooth(_by_cell(cell, has * dying))
        survival_with = 1 - lost / np.maximum(_smooth(with_it), 1e-9)
        lost_without = _smooth(_by_cell(cell, (weight - has) * dying))
        survival_without = 1 - lost_without / np.maximum(_smooth(heads - with_it), 1e-9)
        onset, leaving = required_flows(
            share, survival_with, survival_without, trends[k], len(vitals.years)
        )
        if not can_leave[k]:
            clipped[name] = float((leaving[0] * with_it * survival_with).sum())
            leaving = np.zeros_like(leaving)
        at_risk = (weight - has) * (1 - dying)
        onset_hazard = -np.log1p(-onset)
        people_relative = rates.relative_onset(k, bits, quintile, from_frailty)
        scale = solve_factors(onset_hazard[0].ravel(), people_relative, cell, at_risk)
        rates.onset_hazard[:, k] = onset_hazard * scale.reshape(len(SEXES), AGES)
        rates.leaving[:, k] = leaving
        rates.at_birth[k] = with_it[:, 0] / np.maximum(heads[:, 0], 1)
    return rates


def required_flows(
    share: Floats, survival_with: Floats, survival_without: Floats, trend: float, steps: int
) -> tuple[Floats, Floats]:
    """Yearly probabilities of onset and of leaving that move `share` (2, AGES) along with age.

    Of those aged a, P have the condition; a year on, at age a + 1, P(a + 1) x (1 + trend) of the
    survivors shall. With survival S1 and S0 of those with and without it, the onset is
    h = (P' (P S1 + (1 - P) S0) - P S1) / ((1 - P) S0) where that is positive; where it is
    negative, a share 1 - P' (P S1 + (1 - P) S0) / (P S1) of those with it would have to lose it.
    Both have shape (steps, 2, AGES).
    """
    onset = np.empty((steps, *share.shape))
    leaving = np.empty_like(onset)
    for t in range(steps):
        now = np.clip(share * (1 + trend) ** t, 0, HIGHEST_YEARLY)
        older = np.concatenate([share[:, 1:], share[:, -1:]], axis=1)
        then = np.clip(older * (1 + trend) ** (t + 1), 0, HIGHEST_YEARLY)
        with_it, without = now * survival_with, (1 - now) * survival_without
        needed = then * (with_it + without)
        gap = needed - with_it
        onset[t] = np.clip(
            np.divide(gap, without, out=np.zeros_like(gap), where=without > 0), 0, HIGHEST_YEARLY
        )
        leaving[t] = np.clip(
            np.divide(-gap, with_it, out=np.zeros_like(gap), where=with_it > 0), 0, HIGHEST_YEARLY
        )
    return onset, leaving


def solve_factors(
    hazard: Floats, relative: Floats, cell: npt.NDArray[np.intp], weight: Floats
) -> Floats:
    """Factors f by cell so that the mean of 1 - exp(-hazard f relative) is 1 - exp(-hazard).

    `hazard` runs along cells (sex x AGES), the rest along people; means are weighted by `weight`.
    Newton's method from below, which for this concave function cannot overshoot. Ages from
    POOLED_FROM share one factor; a cell without people takes that of the nearest age.
    """
    pool = np.arange(len(hazard))
    pool -= np.maximum(pool % AGES - POOLED_FROM, 0)
    groups = pool[cell]
    size = len(hazard)
    target = np.bincount(groups, weights=weight * -np.expm1(-hazard)[cell], minlength=size)
    total = np.bincount(groups, weights=weight, minlength=size)
    summed = np.bincount(groups, weights=weight * relative, minlength=size)
    factor = np.divide(total, summed, out=np.full(size, np.nan), where=summed > 0)
    scaled = hazard[cell] * relative
    for _ in range(5):
        missed = np.exp(-factor[groups] * scaled)
        found = np.bincount(groups, weights=weight * (1 - missed), minlength=size)
        slope = np.bincount(groups, weights=weight * scaled * missed, minlength=size)
        factor += np.divide(target - found, slope, out=np.zeros(size), where=slope > 1e-12)
    by_age = factor.reshape(-1, AGES)
    for row in by_age:
        known = np.flatnonzero(np.isfinite(row))
        if len(known):
            row[:] = row[known[np.abs(known[:, None] - np.arange(AGES)).argmin(axis=0)]]
        else:
            row[:] = 1.0
    return by_age.ravel()


def _by_cell(cell: npt.NDArray[np.intp], weight: Floats) -> Floats:
    return np.bincount(cell, weights=weight, minlength=len(SEXES) * AGES).reshape(len(SEXES), AGES)


_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_KERNEL = np.exp(-0.5 * (_DISTANCE / SMOOTHING_YEARS) ** 2)


def _smooth(by_age: Floats) -> Floats:
    return np.asarray(by_age @ _KERNEL)


def _links_of(illness: Illness, k: int, conditions: int) -> ConditionFactors | None:
    if not illness.links[k]:
        return None
    factors = np.ones((conditions, 1))
    for cause, log_odds in illness.links[k].items():
        factors[cause] = np.exp(log_odds)
    return ConditionFactors.of_each(factors)


def _effects(place: Place, ids: tuple[str, ...]) -> Floats:
    """Hazard ratios of death by condition; 1 where the table is silent."""
    columns = (
        Column("condition"),
        Column("hazard_ratio", number, minimum=0.01, maximum=100),
        Column("low", number, may_be_empty=True),
        Column("high", number, may_be_empty=True),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause", may_be_empty=True),
    )
    ratios = np.ones(len(ids))
    for row in read_csv(place.path("mortality_effects.csv"), columns):
        if row["condition"] not in ids:
            raise row.fault("condition", "expected the id of a condition", ids)
        ratios[ids.index(row["condition"])] = row["hazard_ratio"]
    return ratios


def _quintile_mortality(place: Place) -> Floats:
    columns = (
        Column("quintile", whole, minimum=1, maximum=5),
        Column("ratio", number, minimum=0.01, maximum=100),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause"),
    )
    ratios = np.ones(5)
    for row in read_csv(place.path("quintile_mortality.csv"), columns):
        ratios[row["quintile"] - 1] = row["ratio"]
    return ratios


def _trends(place: Place, ids: tuple[str, ...]) -> tuple[Floats, list[bool]]:
    columns = (
        Column("condition"),
        Column("pct_a_year", number, minimum=-20, maximum=20),
        Column("england_register_pct", number, may_be_empty=True),
        Column("place_register_pct", number, may_be_empty=True),
        Column("ageing_pct", number, may_be_empty=True),
        Column("leaves_register", yes_no),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause"),
    )
    trend, leaves = np.zeros(len(ids)), [False] * len(ids)
    for row in read_csv(place.path("condition_trends.csv"), columns):
        if row["condition"] not in ids:
            raise row.fault("condition", "expected the id of a condition", ids)
        k = ids.index(row["condition"])
        trend[k], leaves[k] = row["pct_a_year"] / 100, row["leaves_register"]
    return trend, leaves
