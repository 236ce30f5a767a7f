"""Whether incidence, prevalence and survival agree: the shares of conditions that laws lead to, in
exact expectation, so that no luck hides a drift.

Laws are fitted so that shares at each age stay where they were but for stated trends. Shares by
age can fall faster than deaths explain, since older cohorts have the condition less or registers
lose people. Where a disease's file says so, a condition that cannot be left is then left all the
same, by as many as it takes: a calibrated value, with what would be without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, TREND_SPREAD, Disease, People
from tripleaim.place import Draw
from tripleaim.projection.fit import relative_of
from tripleaim.projection.laws import Laws
from tripleaim.projection.probabilities import HIGHEST, frailty_factor
from tripleaim.projection.simulation import simulate_lives
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]
CELLS = len(SEXES) * AGES


@dataclass(frozen=True)
class Course:
    """What becomes of one condition's share of people, ages and sexes weighing as at the start.

    share         (steps + 1,) as the laws have it
    uncalibrated  (steps + 1,) if no register lost anybody
    leaving       of those with it, the share that leaves it in the first year and lives
    status        of `leaving`: "calibrated" where the register loses people, else "assumed"
    """

    condition: str
    share: Floats
    uncalibrated: Floats
    leaving: float
    status: str


@dataclass(frozen=True)
class _Flows:
    """Chances of a step by condition, sex and age (flat, sex first).

    survives (K, CELLS) of those with it, without of those without it; onset and leaving (K, CELLS)
    are among survivors. `heads` (CELLS,) are people at its start, `having` (K, CELLS) with it.
    """

    heads: Floats
    having: Floats
    survives: Floats
    without: Floats
    onset: Floats
    leaving: Floats


def without_trends(diseases: tuple[Disease, ...]) -> Draw:
    """A draw in which no disease has a trend of its own."""
    return Draw(1, {f"trend/{d.id}": float(-np.log1p(d.trend) / TREND_SPREAD) for d in diseases})


def courses(people: People, laws: Laws, diseases: tuple[Disease, ...]) -> tuple[Course, ...]:
    """The course of every condition under `laws`, fitted to these `people` (or a like whole).

    Chances are exact means over the people of each year of one set of lives; what lives add by luck
    to the shares themselves is left out. Ages at which nobody is keep their share.
    """
    lives = simulate_lives(people, laws)
    steps = []
    for y in range(laws.steps):
        rows = np.flatnonzero(lives.present[y])
        there = replace(lives.people.take(rows), conditions=lives.conditions[y, rows])
        steps.append(_flows(there, laws, y))
    base = steps[0]
    share = _ratio(base.having, base.heads, np.zeros_like(base.having))
    loses = np.array([[d.register_loses] for d in diseases])
    weight = base.heads / base.heads.sum()
    followed, kept = share, share
    course, uncalibrated = [share @ weight], [share @ weight]
    for flows in steps:
        followed = _next_shares(followed, flows, flows.leaving, laws)
        kept = _next_shares(kept, flows, np.where(loses, 0.0, flows.leaving), laws)
        course.append(followed @ weight)
        uncalibrated.append(kept @ weight)
    leaves = (base.having * base.survives * base.leaving).sum(axis=1)
    first = leaves / np.maximum(base.having.sum(axis=1), 1e-9)
    return tuple(
        Course(
            condition=disease.id,
            share=np.array(course)[:, k],
            uncalibrated=np.array(uncalibrated)[:, k],
            leaving=float(first[k]),
            status="calibrated" if disease.register_loses else "assumed",
        )
        for k, disease in enumerate(diseases)
    )


def _flows(people: People, laws: Laws, y: int) -> _Flows:
    age = np.clip(people.age_in(laws.years[y]), 0, AGES - 1).astype(np.int64)
    sex = people.sex.astype(np.int64)
    cell = sex * AGES + age
    relative = relative_of(people, age, frailty_factor(people.frailty, laws.frailty_power), laws, y)
    hazard, ending = laws.hazard[y].reshape(CELLS, -1), laws.ending[y].reshape(CELLS, -1)

    def missed(lane: int) -> Floats:
        hazards = hazard[cell, lane].astype(np.float64) * relative[lane]
        return np.asarray(np.exp(-np.minimum(hazards, HIGHEST)))

    def sums(values: npt.NDArray[np.float64]) -> Floats:
        return np.bincount(cell, weights=values, minlength=CELLS).astype(np.float64)

    conditions = range(len(laws.lanes.conditions))
    live = missed(laws.lanes.death)
    heads, survivors = sums(np.ones(len(cell))), sums(live)
    has = [
        ((people.conditions >> np.uint32(k)) & np.uint32(1)).astype(np.float64) for k in conditions
    ]
    having = np.array([sums(h) for h in has])
    surviving = np.array([sums(h * live) for h in has])
    falling = np.array([sums((1 - has[k]) * live * (1 - missed(k))) for k in conditions])
    everybody = _ratio(survivors, heads, np.ones(CELLS))
    return _Flows(
        heads=heads,
        having=having,
        survives=_ratio(surviving, having, everybody),
        without=_ratio(survivors - surviving, heads - having, everybody),
        onset=_ratio(falling, survivors - surviving, np.zeros(CELLS)),
        leaving=-np.expm1(-ending[:, : len(conditions)].T.astype(np.float64)),
    )


def _next_shares(share: Floats, flows: _Flows, leaving: Floats, laws: Laws) -> Floats:
    """Shares a year on, everybody a year older; the newborn have what the laws say."""
    with_it, without = share * flows.survives, (1 - share) * flows.without
    reached = _ratio(with_it * (1 - leaving) + without * flows.onset, with_it + without, share)
    reached = np.where(flows.heads > 0, reached, share).reshape(-1, len(SEXES), AGES)
    older = np.concatenate([laws.at_birth[:, :, None], reached[:, :, :-1]], axis=2)
    return older.reshape(share.shape)


def _ratio(part: Floats, whole: Floats, otherwise: Floats) -> Floats:
    """`part` over `whole`, and `otherwise` where that is nobody."""
    out = np.array(np.broadcast_to(otherwise, part.shape), dtype=np.float64)
    return np.divide(part, whole, out=out, where=np.broadcast_to(whole > 1e-9, part.shape))
