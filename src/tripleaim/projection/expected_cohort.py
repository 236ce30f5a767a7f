"""The lives that laws lead to at each level of a risk factor, in expectation: who has which
condition at each age, once those who fall ill die first.

Today's people are no guide to it. Who has what among them is drawn by age, sex, deprivation and
risk; a smoker of 80 is given the conditions that smoking brings, as if none of those who had them
had died of it. Three to five years on, most of that is gone. Studies follow people who were alive
at an age and look at who dies, so a published ratio is one of survivors.

So a cohort is followed from birth to the last age under today's shares and mortality. It is split
by rank, which sets the level at each age, and by frailty, in NODES of Gauss and Hermite. In each
part every condition has its share of people; conditions are independent there, frailty and links
being what ties them. In each year of age

1. conditions raise death: the mean of the product of hazard ratios, 1 + share x (ratio - 1) each;
2. the part of the published ratio that is not in 1 is direct;
3. people die, those with a condition more often, and as many of a sex and age as official;
4. survivors fall ill at the relative risks of level, frailty and links, at the one rate that gives
   all of them together the share of the next age; where shares fall faster than deaths explain,
   and people or registers lose the condition, the same part of all who have it do, as in `fit`.

No luck is drawn, no person is looked at, and a place of few people has the same as one of many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, RiskFactor, calendar
from tripleaim.projection.relatives import Sources
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NODES = 5
"""Points of frailty: 11 give ratios within 1.5% of theirs, at the last ages."""

SMALLEST, LARGEST = 0.2, 20.0
"""No direct ratio lies outside these."""

ROUNDS = 3
"""Of Newton's method for a rate of onset, which begins near it."""

TINY = 1e-12
"""Fewer people than this are nobody."""

HIGHEST = 5.0
"""No yearly hazard of onset is beyond this."""

SURE = 0.999
"""No chance of dying counts as more than this, so that it has a hazard."""


@dataclass(frozen=True)
class Followed:
    """(levels, 2, AGES) how much more often people at each level die than at the lowest: by their
    conditions alone, and by what is direct."""

    through: Floats
    direct: Floats


@dataclass(frozen=True)
class _Parts:
    """Parts of a cohort of men, and after them of one of women.

    sex       (parts,)
    frailty   (parts,) what it multiplies onsets by
    size      (parts,) people at birth, 1 in all of a sex
    level     (AGES, parts) at each age
    """

    sex: Ints
    frailty: Floats
    size: Floats
    level: Ints


def follow(
    factor: RiskFactor,
    sources: Sources,
    shares: Floats,
    death: Floats,
    year: str,
    *,
    direct: Floats | None = None,
) -> Followed:
    """A cohort under shares of people with each condition (conditions, 2, AGES) and the official
    chances of dying (2, AGES), both of the base `year`.

    The direct ratio is solved age by age, so that with what runs through conditions it gives the
    ratio that studies publish; where `direct` (levels, 2, AGES) is given it is that, and `through`
    is what follows from it. Raises ValueError if there is neither.
    """
    if direct is None and factor.all_cause is None:
        raise ValueError(f"{factor.id} has no published ratios of all deaths")
    parts = _parts(factor, sources, year)
    levels, sexes = len(factor.levels), len(SEXES)
    raised = np.array([[d.death.value] for d in sources.diseases]).reshape(-1, 1) - 1
    lose = np.array([[float(d.can_be_left or d.register_loses)] for d in sources.diseases])
    official = -np.log1p(-np.minimum(death, SURE))
    through, solved = np.ones((2, levels, sexes, AGES))
    relative, links = _relative(factor, sources), _links(sources)
    people = parts.size
    having = shares[:, parts.sex, 0]
    for age in range(AGES):
        level = parts.level[age]
        times = np.prod(1 + having * raised, axis=0)
        through[..., age] = _against_lowest(parts.sex * levels + level, people, times, levels)
        if direct is not None:
            solved[..., age] = direct[..., age]
        elif factor.all_cause is not None:
            rest = factor.all_cause.relative[..., age] / through[..., age]
            solved[1:, :, age] = np.clip(rest, SMALLEST, LARGEST)[1:]
        if age == AGES - 1:
            break
        times = times * solved[level, parts.sex, age]
        mean = _sums(parts.sex, people * times) / np.maximum(_sums(parts.sex, people), TINY)
        dying = (official[:, age] / mean)[parts.sex] * times
        left = _survivors_having(having, raised, dying)
        people = people * np.exp(-dying)
        risk = parts.frailty * relative[:, level, parts.sex, age]
        for one, other, more in links:
            risk[other] *= 1 + having[one] * more
        having = _next_shares(
            left, risk, people, parts.sex, wanted=shares[:, :, age + 1], lose=lose
        )
    return Followed(through, solved)


def _parts(factor: RiskFactor, sources: Sources, year: str) -> _Parts:
    """Ranks between which nobody's level differs at any age, by points of frailty."""
    thresholds = factor.thresholds(calendar(year)).astype(np.float64) / 65536
    points, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    of_frailty = np.exp(sources.clustering * sources.loading * points)
    sex, frailty, size, level = [], [], [], []
    for s in range(len(SEXES)):
        cuts = np.unique(np.concatenate([[0.0, 1.0], thresholds[s].ravel()]))
        middle = (cuts[1:] + cuts[:-1]) / 2
        at = (middle[None, :, None] >= thresholds[s][:, None, :]).sum(axis=-1)
        sex.append(np.full(len(middle) * NODES, s))
        frailty.append(np.tile(of_frailty, len(middle)))
        size.append(np.outer(np.diff(cuts), weights).ravel())
        level.append(np.repeat(at, NODES, axis=1))
    return _Parts(
        np.concatenate(sex), np.concatenate(frailty), np.concatenate(size), np.hstack(level)
    )


def _against_lowest(cell: Ints, people: Floats, times: Floats, levels: int) -> Floats:
    """(levels, 2) the mean of `times` over that at the lowest level; 1 where there is nobody."""
    size = levels * len(SEXES)
    heads = np.bincount(cell, weights=people, minlength=size)
    total = np.bincount(cell, weights=people * times, minlength=size)
    mean = np.divide(total, heads, out=np.full(size, np.nan), where=heads > TINY)
    ratio = mean.reshape(-1, levels) / mean.reshape(-1, levels)[:, :1]
    return np.where(np.isfinite(ratio), ratio, 1.0).T


def _survivors_having(having: Floats, raised: Floats, dying: Floats) -> Floats:
    """Shares with each condition among those of each part who live, of whom `dying` is the hazard.

    Those with a condition die 1 + `raised` times as often as those of their part without it.
    """
    without = dying / (1 + having * raised)
    with_it = having * np.exp(-without * (1 + raised))
    return np.asarray(with_it / (with_it + (1 - having) * np.exp(-without)))


def _relative(factor: RiskFactor, sources: Sources) -> Floats:
    """(conditions, levels, 2, AGES) what each level multiplies onsets by."""
    nothing = np.ones((len(factor.levels), len(SEXES), AGES))
    effects = [factor.effects.get(d.id) for d in sources.diseases]
    return np.array([e.relative if e else nothing for e in effects]).reshape(-1, *nothing.shape)


def _links(sources: Sources) -> list[tuple[int, int, float]]:
    """Which condition raises which, and what it multiplies onsets by, less 1."""
    ids = [d.id for d in sources.diseases]
    return [
        (ids.index(link.condition), k, link.odds_ratio.value**sources.clustering - 1)
        for k, disease in enumerate(sources.diseases)
        for link in disease.raised_by
    ]


def _next_shares(
    having: Floats, risk: Floats, people: Floats, sex: Ints, *, wanted: Floats, lose: Floats
) -> Floats:
    """Shares in each part a year on, `wanted` (conditions, 2) being those of all of a sex.

    `lose` (conditions, 1) is 1 where people can lose a condition, else 0.
    """
    weight = people / _sums(sex, people)[sex]
    gap = wanted - _sums(sex, weight * having)
    open_to = weight * (1 - having)
    rate = np.maximum(gap, 0) / np.maximum(_sums(sex, open_to * risk), TINY)
    for _ in range(ROUNDS):
        missed = np.exp(-rate[:, sex] * risk)
        found = _sums(sex, open_to * (1 - missed))
        slope = np.maximum(_sums(sex, open_to * risk * missed), TINY)
        rate = np.clip(rate + (gap - found) / slope, 0, HIGHEST) * (gap > 0)
    lost = lose * np.maximum(-gap, 0) / np.maximum(wanted - gap, TINY)
    ill = having + (1 - having) * -np.expm1(-rate[:, sex] * risk)
    return np.asarray(np.where(gap[:, sex] > 0, ill, having * (1 - lost[:, sex])))


def _sums(sex: Ints, values: Floats) -> Floats:
    """Sums over the parts of each sex, (..., 2): men stand first."""
    return np.asarray(np.add.reduceat(values, np.searchsorted(sex, [0, 1]), axis=-1))
