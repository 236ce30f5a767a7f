"""The ratios of all deaths that laws lead to, beside those published: what is solved for each level
of a risk factor, its result, and the result without it.

What is solved is an expectation of a cohort (`expected_cohort`). The result is read off
people: those who are led by the laws, in years when they have been long enough, and today's, whom
nothing has been led into. Each of both is the mean of people's hazards, no deaths are counted; but
who is alive and what they have by then is their luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from tripleaim.people import DEATH, SEXES, AllCause, AllCauseRow, Disease, People, RiskFactor
from tripleaim.place import Place, Status
from tripleaim.projection.condition_shares import shares_by_age
from tripleaim.projection.contact_tables import QUINTILES
from tripleaim.projection.direct_excess import with_direct_excess_of
from tripleaim.projection.expected_cohort import Followed, follow
from tripleaim.projection.laws import Laws, levels_of
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.relatives import read_sources
from tripleaim.projection.simulation import simulate_lives
from tripleaim.projection.vitals import AGES, read_vitals

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
CELLS = len(SEXES) * AGES

BANDS = ((25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84), (85, 105))
"""Ages told together, both ends included; before 25 few die and no study looks."""

SMOOTHING_YEARS = 2.5
"""Standard deviation of the kernel that smooths what deprivation makes of conditions by age."""

MOST_LED = 200_000
"""People whose lives are led to see what comes of the laws: every so-manieth of those given."""

EVERY = 5
"""Lives are looked at every so many years: in the first, today's people's conditions still show."""

_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_KERNEL = np.exp(-0.5 * (_DISTANCE / SMOOTHING_YEARS) ** 2)


@dataclass(frozen=True, slots=True)
class AllCauseFit:
    """How much more often people of a sex and age at a level die, against those at the lowest.

    people         at the level on the first 1 January; led: years looked at of those led,
                   at the level or at the lowest, whichever are fewer
    published      of all deaths, with its 95% interval where one is known, its source and where it
                   stands; the mean over the ages where rows differ
    through        what conditions of the model carry: the ratio without anything direct
    direct         what is solved: published over through, at each age
    uncalibrated_direct, uncalibrated   what was set by hand, and all deaths with it
    achieved       all deaths with what is solved in lives that are led, others of like age, sex
                   and deprivation; None where nobody is at the level, or at the lowest, by then
    base_year      the same among today's people, who have conditions as drawn
    unadjusted     as base_year, but as people are, other risk factors and deprivation among it
    """

    risk: str
    name: str
    level: str
    level_name: str
    sex: str
    age_from: int
    age_to: int
    people: int
    simulated: int
    published: float
    low: float | None
    high: float | None
    status: Status
    source: str
    where: str
    through: float
    direct: float
    uncalibrated_direct: float
    uncalibrated: float
    achieved: float | None
    base_year: float
    unadjusted: float


def all_cause_fit(place: Place, people: People, laws: Laws) -> tuple[AllCauseFit, ...]:
    """A row for each level above the lowest, sex and band of age, of each risk factor that has
    published ratios; expected hazards, no luck but that of lives until then.

    `laws` are fitted to these `people`, at the central values. A band in which nobody is at the
    level, or nobody at the lowest, has no row.
    """
    before = read_sources(place, people.condition_ids, people.risk_ids)
    solved = with_direct_excess_of(before, laws)
    now = people.take(np.flatnonzero(people.age_in(laws.years[0]) >= 0))
    today = [_seen(now, before.diseases, laws, 0)]
    simulated = _simulated(people, before.diseases, laws)
    shares = shares_by_age(now, laws.years[0], before.diseases)
    death = read_vitals(place, 1).death[0]
    followed = {
        f.id: follow(f, before, shares, death, laws.years[0]) for f in solved.factors if f.all_cause
    }
    through = [followed[f.id].through if f.id in followed else None for f in solved.factors]
    rows: list[AllCauseFit] = []
    for r, (by_hand, factor) in enumerate(zip(before.factors, solved.factors, strict=True)):
        if factor.all_cause is not None:
            hand, solution = by_hand.effects[DEATH].relative, factor.effects[DEATH].relative
            times = [*through]
            times[r] = 1 / solution
            found = _Found(
                solved=followed[factor.id],
                by_hand=follow(factor, before, shares, death, laws.years[0], direct=hand),
                simulated=_pooled(simulated, r, len(factor.levels), times),
                today=_pooled(today, r, len(factor.levels), times),
                unadjusted=_pooled(today, r, len(factor.levels), None),
            )
            rows += _rows_of(factor, factor.all_cause, hand, found)
    return tuple(rows)


@dataclass(frozen=True)
class _Seen:
    """People on one 1 January.

    cell     (people,) sex and age, flat, sex first
    level    (risk factors, people)
    of_each  (people,) what conditions multiply death by, over the mean of age, sex and quintile
    whole    (people,) what all that sets them apart multiplies it by
    deaths   (CELLS,) expected
    """

    cell: Ints
    level: npt.NDArray[np.intp]
    of_each: Floats
    whole: Floats
    deaths: Floats


def _simulated(people: People, diseases: Sequence[Disease], laws: Laws) -> list[_Seen]:
    """Some of the people and their descendants, in the years to which they were simulated."""
    some = people.take(np.arange(0, len(people), max(len(people) // MOST_LED, 1)))
    lives = simulate_lives(some, laws)
    found = []
    for y in range(EVERY, laws.steps, EVERY) if laws.steps > EVERY else (laws.steps - 1,):
        rows = np.flatnonzero(lives.present[y])
        there = replace(lives.people.take(rows), conditions=lives.conditions[y, rows])
        found.append(_seen(there, diseases, laws, y))
    return found


def _seen(people: People, diseases: Sequence[Disease], laws: Laws, y: int) -> _Seen:
    age = np.clip(people.age_in(laws.years[y]), 0, AGES - 1).astype(np.int64)
    sex, quintile = people.sex.astype(np.int64), people.quintile.astype(np.int64) - 1
    cell = sex * AGES + age
    hazard = np.array([[d.death.value] for d in diseases]).reshape(-1, 1)
    product = ConditionFactors.of_each(hazard).of(people.conditions)[:, 0].astype(np.float64)
    of_each = product / _alike(product, cell, quintile)
    level = levels_of(people.ranks, laws, y, sex, age)
    death = laws.lanes.death
    whole = product * laws.quintile[sex, quintile, death]
    for r, table in enumerate(laws.risk):
        whole *= table[level[r], sex, age, death]
    heads = np.bincount(cell, minlength=CELLS)
    deaths = heads * laws.hazard[y, :, :, death].astype(np.float64).ravel()
    return _Seen(cell, level, of_each, whole, deaths)


def _alike(product: Floats, cell: Ints, quintile: Ints) -> Floats:
    """(people,) the mean of those of like age, sex and quintile, smoothed over ages."""
    at, size = cell * QUINTILES + quintile, CELLS * QUINTILES
    sums, heads = (
        _smooth(np.bincount(at, weights=w, minlength=size)) for w in (product, np.ones(len(at)))
    )
    mean = np.where(heads > 1e-9, sums / np.maximum(heads, 1e-9), 1.0)
    return np.asarray(mean[cell // AGES, quintile, cell % AGES])


def _smooth(by_cell: npt.NDArray[np.generic]) -> Floats:
    """Sums by sex, age and quintile, flat, as (2, QUINTILES, AGES) with those of ages around."""
    table = by_cell.astype(np.float64).reshape(len(SEXES), AGES, QUINTILES)
    return np.asarray(np.moveaxis(table, 1, 2) @ _KERNEL)


@dataclass(frozen=True)
class _Pooled:
    """By level and cell of sex and age (levels, CELLS): people, and sums over them of their hazards
    of death. `deaths` (CELLS,) are those expected."""

    heads: Floats
    sums: Floats
    deaths: Floats

    def ratio(self, level: int, cells: Ints) -> float:
        """The mean at a level over that at the lowest, ages as they die; nan where one of both has
        nobody."""
        heads, sums = self.heads[:, cells], self.sums[:, cells]
        both = (heads[level] > 0) & (heads[0] > 0)
        weight = self.deaths[cells] * both
        if not weight.any():
            return float("nan")
        means = sums / np.maximum(heads, 1)
        return float((weight @ means[level]) / (weight @ means[0]))


def _pooled(
    seen: Sequence[_Seen], r: int, levels: int, apart: Sequence[Floats | None] | None
) -> _Pooled:
    """All years together by level of risk factor r: hazards by conditions over what each risk
    factor's level sets people `apart` (levels, 2, AGES), or as people are if that is None."""
    heads, sums = np.zeros((2, levels * CELLS))
    for one in seen:
        at = one.level[r] * CELLS + one.cell
        each = one.whole
        if apart is not None:
            sex, age = np.divmod(one.cell, AGES)
            each = one.of_each.copy()
            for level, table in zip(one.level, apart, strict=True):
                if table is not None:
                    each /= table[level, sex, age]
        heads += np.bincount(at, minlength=levels * CELLS)
        sums += np.bincount(at, weights=each, minlength=levels * CELLS)
    deaths = np.sum([one.deaths for one in seen], axis=0)
    return _Pooled(heads.reshape(-1, CELLS), sums.reshape(-1, CELLS), deaths)


@dataclass(frozen=True)
class _Found:
    """What one risk factor does: in expectation, solved and by hand, and to people."""

    solved: Followed
    by_hand: Followed
    simulated: _Pooled
    today: _Pooled
    unadjusted: _Pooled


def _rows_of(
    factor: RiskFactor, published: AllCause, by_hand: Floats, found: _Found
) -> list[AllCauseFit]:
    solved = factor.effects[DEATH].relative
    rows = []
    for k, (level, name) in enumerate(zip(factor.levels, factor.level_names, strict=True)):
        for (s, sex), (first, last) in product(enumerate(SEXES), BANDS):
            cells = s * AGES + np.arange(first, last + 1)
            today = found.today.ratio(k, cells)
            if k == 0 or np.isnan(today):
                continue
            row = _row_at(published.rows, level, sex, first)
            ages = k, s, slice(first, last + 1)
            weight = found.today.deaths[cells] / found.today.deaths[cells].sum()
            simulated = found.simulated.ratio(k, cells)
            rows.append(
                AllCauseFit(
                    risk=factor.id,
                    name=factor.name,
                    level=level,
                    level_name=name,
                    sex=sex,
                    age_from=first,
                    age_to=last,
                    people=int(found.today.heads[k, cells].sum()),
                    simulated=int(found.simulated.heads[[0, k]][:, cells].sum(axis=1).min()),
                    published=float(weight @ published.relative[ages]),
                    low=row.ratio.low,
                    high=row.ratio.high,
                    status=row.ratio.status,
                    source=row.ratio.source,
                    where=row.where,
                    through=float(weight @ found.solved.through[ages]),
                    direct=float(weight @ solved[ages]),
                    uncalibrated_direct=float(weight @ by_hand[ages]),
                    uncalibrated=float(weight @ (found.by_hand.through * by_hand)[ages]),
                    achieved=None if np.isnan(simulated) else simulated,
                    base_year=today,
                    unadjusted=found.unadjusted.ratio(k, cells),
                )
            )
    return rows


def _row_at(rows: Sequence[AllCauseRow], level: str, sex: str, age: int) -> AllCauseRow:
    """The published row of a level, sex and age."""
    return next(
        row
        for row in rows
        if row.level == level and row.sex in (sex, "both") and row.age_from <= age <= row.age_to
    )
