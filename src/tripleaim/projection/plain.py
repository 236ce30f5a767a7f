"""The clear projection: one year after the other, arrays of everybody, nothing clever.

It is the oracle of `kernel`, which must agree to the last bit; so it also says in which order the
factors of a hazard are multiplied. Tests and the bench import it, the product does not: what both
need stands in files of its own (`laws`, `tally`, `programme`, `newcomers`, `chance`, `relative`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.measures import BANDS
from tripleaim.people import People, joined, lane_draws
from tripleaim.projection.laws import Laws, levels_of
from tripleaim.projection.model import Trajectory
from tripleaim.projection.newcomers import ARRIVED, check_room, number_newcomers
from tripleaim.projection.plain_births import newborns
from tripleaim.projection.probabilities import HIGHEST, exponential, frailty_factor
from tripleaim.projection.programme import (
    Clause,
    Programme,
    check_coverage,
    random_keys,
    strengths,
)
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.run import Run
from tripleaim.projection.tally import BAND_OF_AGE, Tally, empty_tally, events_of, in_parts
from tripleaim.projection.vitals import AGES

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Factors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Day:
    """Everybody so far on one 1 January. `joined` (J, N): the step of joining a programme, or -1.

    `people` holds who they are and grows at its end; what they have stands in `conditions`.
    """

    people: People
    present: Mask
    conditions: npt.NDArray[np.uint32]
    joined: npt.NDArray[np.int8]


@dataclass(frozen=True)
class PlainRun:
    """What a projection follows, and where it counts."""

    laws: Laws
    programmes: Sequence[Programme]
    counts: Tally


@dataclass(frozen=True)
class Seen:
    """What depends on the year, for those who are there: one row each."""

    sex: npt.NDArray[np.intp]
    age: npt.NDArray[np.intp]
    band: npt.NDArray[np.intp]
    quintile: npt.NDArray[np.intp]
    levels: npt.NDArray[np.intp]
    bits: npt.NDArray[np.uint32]
    joined: npt.NDArray[np.int8]


def simulate_plainly(
    people: People, laws: Laws, *, programmes: Sequence[Programme] = (), lives: bool = False
) -> Run:
    """Everybody's life from the first of the laws' years to the last, and what it adds up to.

    Raises InputError where people's numbers or the horizon leave no room for newcomers.
    """
    check_room(people, laws.steps)
    check_coverage(programmes)
    here = people.age_in(laws.years[0]) >= 0
    day = Day(
        people, here, people.conditions, np.full((len(programmes), len(people)), -1, dtype=np.int8)
    )
    setting = PlainRun(
        laws, programmes, empty_tally(laws, people.condition_ids, [p.id for p in programmes])
    )
    days = []
    for y in range(laws.steps + 1):
        rows = np.flatnonzero(day.present)
        seen = _seen(day, rows, laws, y)
        if y < laws.steps:
            _join(day.people, rows, seen, setting, y)
            day.joined[:, rows] = seen.joined
        _count(seen, setting, y)
        days.append(day)
        if y < laws.steps:
            day = _next(day, rows, seen, setting, y)
    return Run(setting.counts, _trajectory(setting, days, len(people)) if lives else None)


def hazards(
    seen: Seen, factor: Factors, laws: Laws, programmes: Sequence[Programme], y: int
) -> Factors:
    """Each person's hazard on every lane in step y, (people, lanes).

    The product runs: hazard and the first group of risk factors; quintile and the second; the
    product of both; conditions; frailty; programmes.
    """
    lanes = np.arange(laws.lanes.size, dtype=np.uint32)
    first, second = laws.groups
    x = laws.hazard[y, seen.sex, seen.age]
    for r in first:
        x = x * laws.risk[r][seen.levels[r], seen.sex, seen.age]
    other = laws.quintile[seen.sex, seen.quintile]
    for r in second:
        other = other * laws.risk[r][seen.levels[r], seen.sex, seen.age]
    x = x * other * _of_conditions(laws.conditions, seen.bits)
    x = x * np.where(laws.frail > 0, factor[:, None], np.float32(1))
    x = x * _of_programmes([p.hazard for p in programmes], seen, y, laws.lanes.size)
    has = (seen.bits[:, None] >> lanes) & np.uint32(1) > 0
    hazard: Factors = np.where(has, laws.ending[y, seen.sex, seen.age], x)
    return hazard


def quantities(seen: Seen, laws: Laws, programmes: Sequence[Programme], y: int) -> Ints:
    """Each person's expected quantities in year y in parts of UNIT, (people, E)."""
    expected = laws.expected
    groups = []
    for group in laws.groups:
        product = np.ones((len(seen.age), len(expected.names)), dtype=np.float32)
        for r in group:
            product = product * expected.risk[r][seen.levels[r]]
        groups.append(product)
    x = expected.rate[y, seen.sex, seen.quintile, seen.age] * groups[0] * groups[1]
    x = x * _of_conditions(expected.conditions, seen.bits)
    x = x * _of_programmes([p.expected for p in programmes], seen, y, len(expected.names))
    return in_parts(x)


def happens(draw: npt.NDArray[np.uint32], hazard: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Whether an event of this hazard happens in the year: its draw lies below 1 - exp(-hazard)."""
    chance = 1.0 - exponential(-np.minimum(hazard.astype(np.float64), HIGHEST))
    return np.asarray(draw.astype(np.float64) * 2.0**-32 < chance)


def _of_conditions(tables: Sequence[Factors], bits: npt.NDArray[np.uint32]) -> Factors:
    product: Factors = tables[0][bits & CHUNK_MASK]
    for chunk, table in enumerate(tables[1:], start=1):
        product *= table[(bits >> np.uint32(CHUNK * chunk)) & CHUNK_MASK]
    return product


def _of_programmes(tables: Sequence[Factors], seen: Seen, y: int, width: int) -> Factors:
    product = np.ones((len(seen.age), width), dtype=np.float32)
    for table, since in zip(tables, seen.joined, strict=True):
        rows = np.flatnonzero(since >= 0)
        product[rows] *= table[seen.sex[rows], seen.band[rows], y - since[rows]]
    return product


def _seen(day: Day, rows: npt.NDArray[np.intp], laws: Laws, y: int) -> Seen:
    people = day.people
    age = np.clip(people.age_in(laws.years[y])[rows], 0, AGES - 1).astype(np.intp)
    sex = people.sex[rows].astype(np.intp)
    levels = levels_of(people.ranks[:, rows], laws, y, sex, age)
    return Seen(
        sex=sex,
        age=age,
        band=BAND_OF_AGE[age],
        quintile=people.quintile[rows].astype(np.intp) - 1,
        levels=levels,
        bits=day.conditions[rows],
        joined=day.joined[:, rows].copy(),
    )


def eligible(clause: Clause, seen: Seen) -> Mask:
    """For whom all of the clause holds."""
    one = np.uint32(1)
    count = np.bitwise_count(seen.bits)
    holds = (seen.age >= clause.age_from) & (seen.age <= clause.age_to)
    holds &= (clause.sexes >> seen.sex) & 1 > 0
    holds &= (clause.quintiles >> seen.quintile) & 1 > 0
    holds &= seen.bits & np.uint32(clause.has) == np.uint32(clause.has)
    holds &= seen.bits & np.uint32(clause.lacks) == 0 * one
    holds &= (count >= clause.count_from) & (count <= clause.count_to)
    for r, meant in enumerate(clause.levels):
        holds &= (meant >> seen.levels[r]) & 1 > 0
    return np.asarray(holds)


def _join(
    people: People, rows: npt.NDArray[np.intp], seen: Seen, setting: PlainRun, y: int
) -> None:
    programmes, counts = setting.programmes, setting.counts
    random = lane_draws(people.seed, people.person[rows], 0, random_keys(programmes))
    for j, programme in enumerate(programmes):
        wanted = np.zeros(len(rows), dtype=np.bool_)
        for clause in programme.clauses:
            wanted |= eligible(clause, seen)
        wanted &= seen.joined[j] < 0
        wanted &= random[:, j] * 2.0**-32 < programme.coverage[y, seen.quintile]
        seen.joined[j, wanted] = y
        counts.joined[y, :, j] += np.bincount(seen.quintile[wanted], minlength=5)


def _cells(seen: Seen) -> npt.NDArray[np.intp]:
    return (seen.sex * 5 + seen.quintile) * BANDS + seen.band


def _added(cells: npt.NDArray[np.intp], values: npt.NDArray[np.generic]) -> Ints:
    """Whole numbers below 2 ** 53 added up by cell, (2, 5, BANDS)."""
    sums = np.bincount(cells, weights=values.astype(np.float64), minlength=2 * 5 * BANDS)
    return sums.astype(np.int64).reshape(2, 5, BANDS)


def _count(seen: Seen, setting: PlainRun, y: int) -> None:
    laws, programmes, counts = setting.laws, setting.programmes, setting.counts
    cells = _cells(seen)
    counts.people[y] = _added(cells, np.ones(len(cells)))
    for k in range(counts.with_condition.shape[-1]):
        has = (seen.bits >> np.uint32(k)) & np.uint32(1)
        counts.with_condition[y, ..., k] = _added(cells, has)
    at = 0
    for r, (_, levels) in enumerate(laws.risk_levels):
        for level in range(len(levels)):
            counts.levels[y, ..., at] = _added(cells, seen.levels[r] == level)
            at += 1
    if laws.expected.names:
        for e, column in enumerate(quantities(seen, laws, programmes, y).T):
            counts.expected[y, ..., e] = _added(cells, column)
    for j, programme in enumerate(programmes):
        since = np.where(seen.joined[j] >= 0, y - seen.joined[j], 0)
        left = np.where(seen.joined[j] >= 0, strengths(programme)[since], 0)
        counts.members[y, ..., j] = _added(cells, left)


def _next(day: Day, rows: npt.NDArray[np.intp], seen: Seen, setting: PlainRun, y: int) -> Day:
    """Deaths first; the living have onsets and endings, leave, are followed and give birth."""
    laws, programmes, counts = setting.laws, setting.programmes, setting.counts
    people, lanes = day.people, laws.lanes
    x = hazards(seen, frailty_factor(people.frailty[rows], laws.frailty_power), laws, programmes, y)
    draws = lane_draws(people.seed, people.person[rows], int(laws.years[y][:4]), lanes.keys)
    event = happens(draws, x)
    died = event[:, lanes.death].copy()
    event &= ~died[:, None]

    cells = _cells(seen)
    after = seen.bits.copy()
    for k in range(len(lanes.conditions)):
        bit = np.uint32(1) << np.uint32(k)
        counts.onsets[y, ..., k] = _added(cells, event[:, k] & (seen.bits & bit == 0))
        after[event[:, k]] ^= bit
    conditions = day.conditions.copy()
    conditions[rows] = after
    present = day.present.copy()
    present[rows[died | event[:, lanes.departure]]] = False

    followed = np.flatnonzero(event[:, lanes.arrival])
    arrivals = people.take(rows[followed])
    arrivals = replace(
        arrivals,
        person=number_newcomers(arrivals.person, y, ARRIVED),
        conditions=after[followed],
    )
    mothers = np.flatnonzero(event[:, lanes.birth])
    babies, survived = newborns(people.take(rows[mothers]), y, laws)

    counts.deaths[y] = _added(cells, died)
    lost = (babies.sex.astype(np.intp) * 5 + babies.quintile - 1)[~survived] * BANDS
    counts.deaths[y] += _added(lost, np.ones(len(lost)))
    counts.births[y] = len(mothers)
    counts.arrivals[y] = len(followed)
    counts.departures[y] = int(event[:, lanes.departure].sum())
    return Day(
        people=joined(people, arrivals, babies),
        present=np.concatenate([present, np.ones(len(followed), dtype=np.bool_), survived]),
        conditions=np.concatenate([conditions, arrivals.conditions, babies.conditions]),
        joined=np.concatenate(
            [
                day.joined,
                seen.joined[:, followed],
                np.full((len(programmes), len(mothers)), -1, dtype=np.int8),
            ],
            axis=1,
        ),
    )


def _trajectory(setting: PlainRun, days: Sequence[Day], today: int) -> Trajectory:
    people = days[-1].people
    order = np.concatenate(
        [np.arange(today), today + np.argsort(people.person[today:], kind="stable")]
    )
    present = np.zeros((len(days), len(people)), dtype=np.bool_)
    conditions = np.zeros((len(days), len(people)), dtype=np.uint32)
    for y, day in enumerate(days):
        present[y, : len(day.present)] = day.present
        conditions[y, : len(day.conditions)] = np.where(day.present, day.conditions, 0)
    return Trajectory(
        people=people.take(order),
        years=setting.laws.years,
        present=present[:, order],
        conditions=conditions[:, order],
        events=events_of(setting.counts),
    )
