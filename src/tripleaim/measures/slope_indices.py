"""How far a measure of health differs from the most to the least deprived of a population.

Slope and relative index of inequality: Low and Low, Measuring the gap, J Public Health 2004;26:388,
as Public Health England works them (PHEindicatormethods): each group is placed at the middle of its
range in the population ranked by deprivation, and a straight line is fitted to the groups, weighted
by their people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.measures.intervals import normal_deviate

Floats = npt.NDArray[np.float64]

FEWEST_GROUPS, MOST_GROUPS = 5, 100


@dataclass(frozen=True)
class SlopeIndex:
    """Slope and relative index of one or many populations; all arrays have one shape.

    slope     the fitted line's value at the least deprived end less that at the most deprived end,
              in the measure's unit; above 0 where the least deprived have more of it
    relative  the least deprived end's value over the most deprived end's
    start     the line's value at the most deprived end
    Limits are nan where no standard errors were given.
    """

    slope: Floats
    slope_low: Floats
    slope_high: Floats
    relative: Floats
    relative_low: Floats
    relative_high: Floats
    start: Floats


def slope_index(
    values: npt.ArrayLike,
    people: npt.ArrayLike,
    standard_errors: npt.ArrayLike | None = None,
    *,
    confidence: float = 0.95,
    repetitions: int = 0,
    seed: int = 0,
) -> SlopeIndex:
    """Slope and relative index of groups ordered from the most to the least deprived, (..., G).

    `people` are the groups' sizes. With `standard_errors` the limits are exact for the slope and by
    the delta method for the relative index; with `repetitions` they are simulated instead, each
    group's value being drawn from a normal distribution, which is what official figures do. A
    group whose value is nan makes the result nan. Raises ValueError for fewer than 5 or more than
    100 groups, for a group without people and for negative standard errors.
    """
    measure = np.asarray(values, dtype=np.float64)
    sizes = np.broadcast_to(np.asarray(people, dtype=np.float64), measure.shape)
    if not FEWEST_GROUPS <= measure.shape[-1] <= MOST_GROUPS:
        raise ValueError(f"expected 5 to 100 groups, found {measure.shape[-1]}")
    if not (sizes > 0).all():
        raise ValueError("expected people in every group")
    to_start, to_slope = _line(sizes)
    start, slope = (to_start * measure).sum(axis=-1), (to_slope * measure).sum(axis=-1)
    relative = 1 + slope / start
    nothing = np.full(slope.shape, np.nan)
    if standard_errors is None:
        return SlopeIndex(slope, nothing, nothing, relative, nothing, nothing, start)
    errors = np.broadcast_to(np.asarray(standard_errors, dtype=np.float64), measure.shape)
    if (errors < 0).any():
        raise ValueError("expected standard errors of 0 or more")
    if repetitions:
        lots = np.random.Generator(np.random.PCG64(seed)).standard_normal(
            (repetitions, *measure.shape)
        )
        drawn = measure + errors * lots
        starts, slopes = (to_start * drawn).sum(axis=-1), (to_slope * drawn).sum(axis=-1)
        ends = [(1 - confidence) / 2, (1 + confidence) / 2]
        low, high = np.quantile(slopes, ends, axis=0)
        relative_low, relative_high = np.quantile(1 + slopes / starts, ends, axis=0)
        return SlopeIndex(slope, low, high, relative, relative_low, relative_high, start)
    z = normal_deviate(confidence)
    reach = z * np.sqrt(((to_slope * errors) ** 2).sum(axis=-1))
    by_ratio = (to_slope - (slope / start)[..., None] * to_start) / start[..., None]
    ratio_reach = z * np.sqrt(((by_ratio * errors) ** 2).sum(axis=-1))
    return SlopeIndex(
        slope,
        slope - reach,
        slope + reach,
        relative,
        relative - ratio_reach,
        relative + ratio_reach,
        start,
    )


def ranks(people: npt.ArrayLike) -> Floats:
    """The middle of each group's range in the ranked population, 0 to 1; (..., G)."""
    sizes = np.asarray(people, dtype=np.float64)
    share = sizes / sizes.sum(axis=-1, keepdims=True)
    return np.asarray(np.cumsum(share, axis=-1) - share / 2, dtype=np.float64)


def _line(sizes: Floats) -> tuple[Floats, Floats]:
    """What each group's value is multiplied by for the weighted line's start and slope."""
    share = sizes / sizes.sum(axis=-1, keepdims=True)
    place = ranks(sizes)
    # The weighted mean of the ranks is one half whatever the sizes are.
    away = place - 0.5
    to_slope = share * away / (share * away**2).sum(axis=-1, keepdims=True)
    return share - 0.5 * to_slope, to_slope
