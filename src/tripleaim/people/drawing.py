"""Conditions drawn jointly, so that they cluster in people as they do in records.

In a fixed order, causes before effects, each condition's log-odds are

    age and sex + conditions already drawn + risk factors + frailty + deprivation
        + level(sex, age band)

where the level is solved so that each sex and age band expects exactly as many people as the shape
by age and sex, raised or lowered as a whole until it meets the disease register. Frailty, links,
risk factors and deprivation therefore move conditions between people of like age and sex and never
change how common they are: the model differs from `alone` (age and sex only) in clustering only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.compiling import compiled
from tripleaim.core import UNWATCHED, Pieces, RunContext
from tripleaim.people.ages import OLDEST
from tripleaim.people.illness import Illness
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES, Bodies

BAND_STARTS = (0, 18, 35, 45, 55, 65, 75, 85)
STEPS = 60
CLOSE = 1e-7

Numbers = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint32]
Cells = npt.NDArray[np.int64]


def draw_frailty(person: npt.NDArray[np.uint64], seed: int, year: int) -> npt.NDArray[np.float32]:
    """A standard normal number each (Box and Muller 1958)."""
    radius = np.sqrt(-2 * np.log1p(-uniform(seed, person, year, "frailty, size")))
    angle = 2 * np.pi * uniform(seed, person, year, "frailty, direction")
    return np.asarray(radius * np.cos(angle), dtype=np.float32)


def draw_conditions(
    bodies: Bodies,
    illness: Illness,
    seed: int,
    year: int,
    *,
    context: RunContext = UNWATCHED,
) -> Bits:
    """The conditions of each person as bits, in the order of `illness.conditions`.

    Levels are solved on these people, and as many have each condition as they expect, to the
    nearest person.
    """
    people = len(bodies.person)
    bits = np.zeros(people, dtype=np.uint32)
    heads = heads_by_age(bodies)
    with Pieces(people) as pieces:
        drawing = _Drawing(bodies, illness, seed, year, age_cells(bodies), pieces)
        for done, k in enumerate(illness.order):
            bits |= drawing.has(k, heads, bits).astype(np.uint32) << np.uint32(k)
            context.report("drawing conditions", (done + 1) / len(illness.order))
    return bits


@dataclass(frozen=True)
class _Drawing:
    """People whose conditions are drawn, one condition after the other, on every core."""

    bodies: Bodies
    illness: Illness
    seed: int
    year: int
    by_age: Cells
    pieces: Pieces

    def has(self, k: int, heads: Numbers, bits: Bits) -> npt.NDArray[np.bool_]:
        """Who has condition k, given the conditions drawn before it in `bits`."""
        illness, by_age = self.illness, self.by_age
        start, targets = _start(illness, k, heads)
        bands, event = level_bands(illness, k), f"has {illness.ids[k]}"
        odds, random = np.empty(len(bits)), np.empty(len(bits))
        group = np.empty(len(bits), dtype=np.int64)

        def begin(rows: slice) -> None:
            some = self.bodies.take(rows)
            group[rows] = bands[by_age[rows]]
            odds[rows] = start[by_age[rows]] + own_log_odds(some, illness, k, bits[rows])
            random[rows] = uniform(self.seed, some.person, self.year, event)

        self.pieces.each(begin)
        level = solve_levels(odds, group, targets, self.pieces)
        share, margin = np.empty(len(bits)), np.empty(len(bits))

        def end(rows: slice) -> None:
            whole = odds[rows] + level[group[rows]]
            share[rows] = _share(whole)
            with np.errstate(divide="ignore"):
                margin[rows] = whole - (np.log(random[rows]) - np.log1p(-random[rows]))

        self.pieces.each(end)
        return _as_many_as_expected(share, margin, self.bodies.age >= illness.minimum_age(k))


def fit_illness(
    sample: Bodies, illness: Illness, seed: int, year: int, heads: Numbers | None = None
) -> Numbers:
    """Log-odds of each condition by sex and age, level included, (conditions, 2, OLDEST + 1).

    Solved on a sample of the people that they are for; `heads`, people by sex and single year
    (flat, as `heads_by_age` gives), says how many the whole has, else the sample stands for it.
    With them `draw_each` draws anybody, on any shard.
    """
    by_age = age_cells(sample)
    whole = heads_by_age(sample) if heads is None else heads
    bits = np.zeros(len(sample.person), dtype=np.uint32)
    fitted = np.empty((len(illness.conditions), len(SEXES), OLDEST + 1))
    for k in illness.order:
        start, _ = _start(illness, k, whole)
        bands = level_bands(illness, k)
        targets = np.bincount(bands[by_age], _share(start)[by_age], bands.max() + 1)
        odds = start[by_age] + own_log_odds(sample, illness, k, bits)
        level = solve_levels(odds, bands[by_age], targets.astype(np.float64))
        fitted[k] = (start + level[bands]).reshape(len(SEXES), OLDEST + 1)
        random = uniform(seed, sample.person, year, f"has {illness.ids[k]}")
        has = random < _share(odds + level[bands[by_age]])
        bits |= has.astype(np.uint32) << np.uint32(k)
    return fitted


def draw_each(fitted: Numbers, bodies: Bodies, illness: Illness, seed: int, year: int) -> Bits:
    """The conditions of each person as bits, by their own random numbers alone.

    Log-odds are those of `fit_illness`. What a person has depends on nobody else; numbers with a
    condition are met but for chance.
    """
    bits = np.zeros(len(bodies.person), dtype=np.uint32)
    by_age = age_cells(bodies)
    for k in illness.order:
        odds = fitted[k].ravel()[by_age] + own_log_odds(bodies, illness, k, bits)
        has = uniform(seed, bodies.person, year, f"has {illness.ids[k]}") < _share(odds)
        bits |= has.astype(np.uint32) << np.uint32(k)
    return bits


def own_log_odds(bodies: Bodies, illness: Illness, k: int, bits: Bits) -> Numbers:
    """What sets people of one age and sex apart in their log-odds of condition k.

    Frailty, deprivation, the other conditions in `bits` and the levels of their risk factors.
    """
    odds = illness.frailty.log_odds(bodies.frailty)
    odds += illness.deprivation[k][bodies.quintile - 1]
    odds += _from_others(illness, k, bits)
    cells = age_cells(bodies)
    for r, log_relative in illness.risk_effects[k].items():
        odds += log_relative[bodies.levels[r], cells]
    return odds


def age_cells(bodies: Bodies) -> npt.NDArray[np.int64]:
    """The cell of sex and single year of age that each person is in, sex first."""
    return bodies.sex.astype(np.int64) * (OLDEST + 1) + bodies.age


def _start(illness: Illness, k: int, heads: Numbers) -> tuple[Numbers, Numbers]:
    """Log-odds of condition k by sex and single year (flat), and people with it by level band."""
    expected = expected_by_age(illness, k, heads)
    targets = np.bincount(level_bands(illness, k), weights=expected * heads)
    return np.log(expected) - np.log1p(-expected), np.asarray(targets, dtype=np.float64)


def heads_by_age(bodies: Bodies) -> npt.NDArray[np.float64]:
    """People by sex and single year of age, flat, sex first."""
    return np.bincount(age_cells(bodies), minlength=len(SEXES) * (OLDEST + 1)).astype(np.float64)


def expected_by_age(
    illness: Illness, k: int, heads: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Expected share with condition k by sex and single year (flat, sex first).

    `heads` are the people of each. With a register, the log-odds are shifted until those of its
    minimum age and over hold its prevalence; below that age the same shift applies.
    """
    shape = illness.shape[k].ravel()
    register = illness.registers.get(illness.ids[k])
    if register is None:
        return _share(shape)
    counted = heads * (np.tile(np.arange(OLDEST + 1), len(SEXES)) >= illness.minimum_age(k))
    if not counted.any():
        return _share(shape)
    target = counted.sum() * register.count / register.list_size
    low, high = -30.0, 30.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if (_share(shape + middle) * counted).sum() < target:
            low = middle
        else:
            high = middle
    return _share(shape + (low + high) / 2)


def propensity(bodies: Bodies, illness: Illness, condition: str, bits: Bits) -> Numbers:
    """Odds of having `condition` relative to others of the same age and sex.

    The others are people of median frailty in the least deprived quintile, at the lowest level of
    every risk factor, with no condition that raises its odds. For a rare event such as an onset in
    one year the odds are the relative risk; scale them to a mean of one in each age and sex to keep
    the onsets of that age and sex.
    """
    return np.exp(own_log_odds(bodies, illness, illness.ids.index(condition), bits))


def _from_others(illness: Illness, k: int, bits: npt.NDArray[np.uint32]) -> Numbers:
    """Log-odds of condition k from the conditions in `bits` that raise it."""
    total = np.zeros(len(bits))
    for cause, log_odds in illness.links[k].items():
        total += log_odds * ((bits >> np.uint32(cause)) & np.uint32(1))
    return total


def level_bands(illness: Illness, k: int) -> npt.NDArray[np.int64]:
    """The sex and age band within which condition k's level is solved, by sex and single year."""
    starts = sorted({*BAND_STARTS, illness.minimum_age(k)})
    band = np.searchsorted(starts, np.arange(OLDEST + 1), side="right") - 1
    return np.concatenate([band, band + len(starts)])


def solve_levels(
    odds: Numbers, group: Cells, targets: Numbers, pieces: Pieces | None = None
) -> Numbers:
    """The log-odds to add in each group so that the shares of its people sum to its target.

    Newton's method, held between bounds that bisection keeps. Groups without people stay out.
    """
    if pieces is None:
        with Pieces(len(odds)) as own:
            return solve_levels(odds, group, targets, own)
    groups = len(targets)
    low, high = np.full(groups, -60.0), np.full(groups, 60.0)
    level = np.zeros(groups)
    share, expected, slope = np.empty(len(odds)), np.empty(groups), np.empty(groups)

    def work(rows: slice) -> None:
        share[rows] = _share(odds[rows] + level[group[rows]])

    for _ in range(STEPS):
        pieces.each(work)
        _add_shares(share, group, expected, slope)
        if np.all(np.abs(expected - targets) <= CLOSE * targets + 1e-9):
            break
        low = np.where(expected < targets, level, low)
        high = np.where(expected < targets, high, level)
        step = level + np.divide(
            targets - expected, slope, out=np.full(groups, np.inf), where=slope > 0
        )
        level = np.where((step > low) & (step < high), step, (low + high) / 2)
    return level


@compiled
def _add_shares(share: Any, group: Any, expected: Any, slope: Any) -> None:
    """Fills `found` with the sum of shares in each group, `slope` with that of share (1 - share).

    In the order of people, as `bincount` adds.
    """
    expected[:] = 0.0
    slope[:] = 0.0
    for i in range(len(share)):
        expected[group[i]] += share[i]
        slope[group[i]] += share[i] * (1.0 - share[i])


def _as_many_as_expected(
    share: Numbers, margin: Numbers, counted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Who has the condition: those whose random number falls below their share, `margin` above 0.

    The bar is then moved, for all by the same log-odds (hundredths, as a rule), so that among the
    `counted` the chance of the draw adds or takes nobody: they are as many as they expect, to the
    nearest person.
    """
    wanted = round(float(share[counted].sum()))
    if not 0 < wanted < np.count_nonzero(counted):
        return np.asarray(margin > 0)
    ranked = np.partition(margin[counted], (-wanted - 1, -wanted))
    return np.asarray(margin > (ranked[-wanted - 1] + ranked[-wanted]) / 2)


def _share(log_odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
