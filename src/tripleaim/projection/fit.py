"""Laws fitted to a place: who dies and falls ill, so that official totals are met year by year.

Deaths: the official probability of an age and sex becomes a hazard, -ln(1 - q), which conditions,
deprivation and risk factors raise or lower from person to person; a factor for each age and sex is
solved so that its people expect the official number of deaths. What risk factors do to death beyond
conditions is solved first, on a cohort followed in expectation (`direct_excess`).

Onsets in the years of the plan: the probability of an age and sex is what keeps the share of people
with the condition at each age where it was in the base year, or moves it by the stated trend, given
who dies: incidence, prevalence and survival agree. Where the share falls with age faster than
deaths explain, onsets cannot be fewer than none: a probability of leaving is solved instead. For a
condition that can be left that is recovery; for one whose file says that its register loses people
it is a calibrated value (`stationary` says how large it is, and what would be without); any other
is kept, and its share may rise.
Thereafter the probability by age and sex stays
as in the plan's last year, but for the drift that trends of risk factors bring: their mean relative
risk in that year, as long before as the effect lags, against the same when the plan ends.
Prevalence and survival follow.

Fitting once, to the base year, would not do: those with several conditions die first, the sick of
later years are the less sick. Each year's factors are solved on the people of that year.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.core import UNWATCHED, RunContext
from tripleaim.people import SEXES, TREND_SPREAD, People, RiskFactor
from tripleaim.place import CENTRAL, Draw, Place
from tripleaim.projection.condition_shares import HIGHEST_SHARE, shares_by_age
from tripleaim.projection.controlled import Control
from tripleaim.projection.direct_excess import with_direct_excess
from tripleaim.projection.expected import fit_expected, no_expected
from tripleaim.projection.fitting import deaths_expected, exposed, nearest, relatives, solve
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import check_room
from tripleaim.projection.packing import pack
from tripleaim.projection.probabilities import frailty_factor
from tripleaim.projection.relatives import (
    Relatives,
    ranks_of_newborns,
    read_sources,
    relative_at,
    relatives_under,
)
from tripleaim.projection.simulation import advance
from tripleaim.projection.vitals import AGES, Vitals, drawn_vitals, horizon, read_vitals

Floats = npt.NDArray[np.float64]
CELLS = len(SEXES) * AGES

SMOOTHING_YEARS = 2.0
"""Standard deviation of the kernel that smooths survival by age before onsets follow from it."""

UNSEEN = 1e-6
"""Weight of everybody's survival in that of people with a condition: for ages with nobody."""

HIGHEST = 0.95
"""No yearly probability of onset goes beyond this."""

PIECE = 1 << 15
"""People whose relative risks a thread takes on at once."""

PLAN_STEPS = 5
"""Steps in which shares at each age are held or moved by trend; then incidence is."""


def fit_laws(
    place: Place,
    people: People,
    *,
    steps: int | None = None,
    draw: Draw = CENTRAL,
    context: RunContext = UNWATCHED,
) -> Laws:
    """The laws of a place for its people, over the years of the plan or as many `steps`.

    Raises InputError where people's numbers or the horizon leave no room for newcomers, where a
    table does not reach far enough, and for people made with other diseases or risk factors.
    """
    years = horizon(place, steps)
    check_room(people, len(years) - 1)
    now = people.take(np.flatnonzero(people.age_in(years[0]) >= 0))
    sources = read_sources(place, people.condition_ids, people.risk_ids)
    shares = shares_by_age(now, years[0], sources.diseases)
    sources = with_direct_excess(sources, shares, read_vitals(place, 1).death[0], years[0])
    relative = relatives_under(sources, draw)
    vitals = drawn_vitals(place, len(years) - 1, draw)
    laws = _unfitted(years, relative, vitals)
    laws = replace(laws, at_birth=shares[:, :, 0])
    target = _Target(laws, relative, vitals, shares, draw)
    control = Control.of(place, now, years)
    expected, flows = laws.expected, None
    for y in range(laws.steps):
        context.report("fitting rates", y / laws.steps)
        if control is not None:
            control.solve(laws, now, vitals, y)
        flows = _fit_step(target, _Sorted.of(now, laws, y), y, flows)
        lives = advance(now, laws, y)
        if y == 0:
            expected = fit_expected(place, laws, relative, lives, draw)
        there = np.flatnonzero(lives.present[1])
        now = replace(lives.people.take(there), conditions=lives.conditions[1, there])
    context.report("fitting rates", 1.0)
    return replace(laws, expected=expected)


@dataclass(frozen=True)
class _Target:
    """What every step is fitted to; `shares` (conditions, 2, AGES) are those of the base year."""

    laws: Laws
    relative: Relatives
    vitals: Vitals
    shares: Floats
    draw: Draw


@dataclass(frozen=True)
class _Held:
    """Onset hazards wanted and chances of leaving by condition, sex and age, as the plan ends."""

    onset: Floats
    leaving: Floats


@dataclass(frozen=True)
class _Sorted:
    """People of a year by sex and age: `edges` (CELLS + 1) says from where to where a cell goes."""

    people: People
    edges: npt.NDArray[np.int64]
    relative: npt.NDArray[np.float32]
    """(lanes, people)"""

    @classmethod
    def of(cls, people: People, laws: Laws, y: int) -> _Sorted:
        age = np.clip(people.age_in(laws.years[y]), 0, AGES - 1).astype(np.int64)
        cell = people.sex * AGES + age
        order = np.argsort(cell.astype(np.uint16), kind="stable")
        people, age, cell = people.take(order), age[order], cell[order]
        factor = frailty_factor(people.frailty, laws.frailty_power)
        return cls(
            people=people,
            edges=np.searchsorted(cell, np.arange(CELLS + 1)).astype(np.int64),
            relative=relative_of(people, age, factor, laws, y),
        )

    def sums(self, values: npt.NDArray[Any]) -> Floats:
        """Sums by sex and age, (2, AGES)."""
        run = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        return np.asarray(run[self.edges[1:]] - run[self.edges[:-1]]).reshape(-1, AGES)

    def has(self, k: int) -> Floats:
        """1 for those with condition k, else 0."""
        return ((self.people.conditions >> np.uint32(k)) & np.uint32(1)).astype(np.float64)


def relative_of(
    people: People,
    age: npt.NDArray[np.int64],
    factor: npt.NDArray[np.float32],
    laws: Laws,
    y: int,
) -> npt.NDArray[np.float32]:
    """(lanes, people) what sets each person's hazards apart from those of their age and sex."""
    packed = pack(laws, people.seed)
    starts = np.cumsum([0, *(len(names) for _, names in laws.risk_levels)]).astype(np.int64)
    whose, thresholds = packed.cuts
    quintile, sex = (people.quintile - 1).astype(np.int64), people.sex.astype(np.int64)
    ranks = np.ascontiguousarray(people.ranks)
    relative = np.empty((packed.size, len(people)), dtype=np.float32)

    def fill(piece: tuple[int, int]) -> None:
        relatives(
            (0,) * packed.size, *piece, people.conditions, quintile, factor, sex, age, ranks, whose,
            thresholds[y], *packed.three, packed.tables, laws.quintile, laws.frail, packed.risk,
            starts, relative,
        )  # fmt: skip

    fill((0, 0))  # compiles, which must not happen in two threads at once
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(fill, pairwise([*range(0, len(people), PIECE), len(people)])))
    return relative


def _unfitted(years: tuple[str, ...], relative: Relatives, vitals: Vitals) -> Laws:
    """All that needs no solving: births and migration by age and sex, and how people differ."""
    lanes, steps = relative.lanes, len(years) - 1
    hazard = np.zeros((steps, len(SEXES), AGES, lanes.size), dtype=np.float32)
    hazard[..., lanes.departure] = _hazard_of(np.maximum(-vitals.net_migration, 0))
    hazard[..., lanes.arrival] = _hazard_of(np.maximum(vitals.net_migration, 0))
    hazard[:, SEXES.index("female"), :, lanes.birth] = _hazard_of(vitals.birth)
    gradient, ties = ranks_of_newborns(relative.factors)
    calendar = [int(year[:4]) + 1 for year in years]
    return Laws(
        years=years,
        lanes=lanes,
        risk_levels=tuple((f.id, f.levels) for f in relative.factors),
        hazard=hazard,
        ending=np.zeros_like(hazard),
        conditions=relative.conditions,
        quintile=relative.quintile,
        risk=relative.risk,
        frail=relative.frail,
        frailty_power=relative.frailty_power,
        thresholds=tuple(
            np.stack([f.thresholds(year) for year in calendar]) for f in relative.factors
        ),
        at_birth=np.zeros((len(lanes.conditions), len(SEXES))),
        newborn_death=vitals.newborn_death,
        male_share=vitals.male_share,
        expected=no_expected(len(years), relative),
        rank_gradient=gradient,
        rank_ties=ties,
    )


def _fit_step(target: _Target, here: _Sorted, y: int, step_before: _Held | None) -> _Held:
    """Fills the hazards of death, onset and ending of step y; what later steps hold."""
    laws, relative, draw, shares = target.laws, target.relative, target.draw, target.shares
    vitals, lanes, people = target.vitals, laws.lanes, here.people
    wanted = _hazard_of(vitals.death[y]).ravel()
    of_death = here.relative[lanes.death]
    factor = np.empty(CELLS)
    solve(wanted, of_death, np.ones(len(people)), here.edges, factor)
    death = wanted * nearest(factor)
    laws.hazard[y, :, :, lanes.death] = death.reshape(-1, AGES)
    dying = np.zeros(len(people))
    deaths_expected(death, of_death, here.edges, dying)

    alive = 1.0 - dying
    exposed(people.conditions[:0], np.uint32(0), alive[:0])  # compiles, before several threads do
    heads, deaths = here.sums(np.ones(len(people))), here.sums(dying)
    onset = np.zeros((len(relative.diseases), len(SEXES), AGES))
    leaving = np.zeros_like(onset)

    def fit(k: int) -> None:
        disease = relative.diseases[k]
        if step_before is None or y < PLAN_STEPS:
            has = here.has(k)
            with_it, deaths_with_it = here.sums(has), here.sums(has * dying)
            z = draw.of(f"trend/{disease.id}")
            trend = (1 + disease.trend) * np.exp(TREND_SPREAD * z) - 1 if z else disease.trend
            flows = required_flows(
                _moved(shares[k], trend, y),
                _moved(shares[k], trend, y + 1),
                _survival(with_it + UNSEEN * heads, deaths_with_it + UNSEEN * deaths),
                _survival(heads - with_it, deaths - deaths_with_it),
            )
            onset[k] = _hazard_of(flows[0])
            leaving[k] = flows[1] * (disease.can_be_left or disease.register_loses)
            now = onset[k]
        else:
            onset[k], leaving[k] = step_before.onset[k], step_before.leaving[k]
            now = onset[k] * drift_of(relative, k, laws.years[PLAN_STEPS - 1], laws.years[y], draw)
        factor = np.empty(CELLS)
        weight = exposed(people.conditions, np.uint32(k), alive)
        solve(now.ravel(), here.relative[k], weight, here.edges, factor)
        laws.hazard[y, :, :, k] = now * nearest(factor).reshape(-1, AGES)
        laws.ending[y, :, :, k] = _hazard_of(leaving[k])

    # Each condition is fitted by itself, so that it does not matter which is fitted first.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(fit, range(len(relative.diseases))))
    return _Held(onset, leaving)


def drift_of(relative: Relatives, k: int, since: str, year: str, draw: Draw) -> Floats:
    """What trends of risk factors have done to the onsets of condition k from `since` to `year`.

    (2, AGES): the mean relative risk at the shares of a year, lagged, against the same before; the
    factors as if independent.
    """
    drift = np.ones((len(SEXES), AGES))
    for factor in relative.factors:
        effect = factor.effects.get(relative.lanes.conditions[k])
        if effect is None:
            continue
        table = relative_at(factor, effect, draw)
        means = [
            np.einsum("sal,lsa->sa", shares_at(factor, label, effect.lag_years), table)
            for label in (since, year)
        ]
        drift *= means[1] / means[0]
    return drift


def shares_at(factor: RiskFactor, year: str, lag: int) -> Floats:
    """Shares of the levels on the 1 January inside `year`, `lag` years before."""
    return factor.shares(int(year[:4]) + 1 - lag)


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


def _hazard_of(probability: Floats) -> Floats:
    return np.asarray(-np.log1p(-np.minimum(probability, 1 - 1e-9)))


def _moved(share: Floats, trend: float, years: int) -> Floats:
    return np.minimum(share * (1 + trend) ** years, HIGHEST_SHARE)


def _survival(people: Floats, deaths: Floats) -> Floats:
    """Smoothed share that survives, by age; 1 where there is nobody for years around."""
    return 1 - _smooth(deaths) / np.maximum(_smooth(people), 1e-9)


_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_KERNEL = np.exp(-0.5 * (_DISTANCE / SMOOTHING_YEARS) ** 2)


def _smooth(by_age: Floats) -> Floats:
    return np.asarray(by_age @ _KERNEL)
