"""Which parameters drive the spread of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from tripleaim.uncertainty.smoothing import smooth

Floats = npt.NDArray[np.float64]

LEAST_FREE = 6
"""Degrees of freedom below which ranks agree by chance too often for Student's t to say so."""

SWEEPS = 3
"""Times that curves fitted together are drawn, each with what the others explain taken off."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What one parameter does to a result.

    share  first-order Sobol index: the share of the result's variance that knowing the parameter
           would take away, 0 to 1. Shares of parameters that are correlated overlap
    rank   Spearman's rank correlation with the result, -1 to 1
    """

    parameter: str
    share: float
    rank: float


def significant_drivers(
    parameters: Floats, ids: Sequence[str], result: Floats, chance: float = 0.05
) -> tuple[Driver, ...]:
    """Those of many parameters whose part in the spread of few results is not chance.

    `parameters` is (draws, ids), the largest share comes first. They are taken one after the other:
    the parameter that goes most with what those taken leave, by rank, is taken too while so close a
    rank correlation with any of the others would come by chance (Student's t, Bonferroni) less
    often than `chance`. Those taken are then fitted
    together as a sum of smooth curves (Hastie and Tibshirani, Generalized additive models, 1990),
    so that their shares hardly overlap. A part that first rises and then falls is not seen.
    """
    draws, left = len(result), result - result.mean()
    ranks = np.column_stack([_ranks(x) for x in parameters.T]) if len(ids) else parameters
    taken: list[int] = []
    shares = np.zeros(0)
    while len(taken) < len(ids) and np.ptp(left) > 0:
        left_ranks = _ranks(left)
        correlations = np.array(
            [0.0 if k in taken else _correlation(ranks[:, k], left_ranks) for k in range(len(ids))]
        )
        best = int(np.argmax(np.abs(correlations)))
        free, r = draws - 2 - len(taken), min(abs(float(correlations[best])), 1.0 - 1e-12)
        if free < LEAST_FREE:
            break
        by_chance = 2 * float(stdtr(free, -r * np.sqrt(free / (1 - r**2))))
        if by_chance * (len(ids) - len(taken)) >= chance:
            break
        taken.append(best)
        shares, left = _together(parameters[:, taken], result)
    drivers = [
        Driver(ids[k], float(share), rank_correlation(parameters[:, k], result))
        for k, share in zip(taken, shares, strict=True)
    ]
    return tuple(sorted(drivers, key=lambda d: (-d.share, -abs(d.rank), d.parameter)))


def _together(parameters: Floats, result: Floats) -> tuple[Floats, Floats]:
    """Each parameter's share of the variance when all are fitted as a sum, and what they leave."""
    fitted, shares = np.zeros_like(parameters), np.zeros(parameters.shape[1])
    variance, left = float(result.var(ddof=1)), result - result.mean()
    for _ in range(SWEEPS):
        for k in range(parameters.shape[1]):
            own = left + fitted[:, k]
            curve = smooth(parameters[:, k], own[:, None])
            fitted[:, k] = curve.fitted[:, 0] - curve.fitted[:, 0].mean()
            left = own - fitted[:, k]
            shares[k] = (own.var(ddof=1) - float(curve.residual[0])) / variance
    return np.clip(shares, 0.0, 1.0), left


def first_order(x: Floats, result: Floats) -> float:
    """The first-order Sobol index of the parameter `x`, (draws,), 0 to 1; 0 if nothing varies.

    The index (Sobol, Math Modeling Comp Exp 1993;1:407) is the variance of a smooth curve of the
    result along the parameter, over that of the result, less what as many degrees of freedom would
    explain of pure noise. From n draws a share s is known to about 2 sqrt(s (1 - s) / n): 0.06 of a
    half at 256.
    """
    variance = float(result.var(ddof=1))
    if variance == 0 or np.ptp(x) == 0:
        return 0.0
    curve = smooth(x, result[:, None])
    return min(1.0, max(0.0, 1.0 - float(curve.residual[0]) / variance))


def rank_correlation(x: Floats, result: Floats) -> float:
    """Spearman's rank correlation; 0 where either does not vary."""
    return _correlation(_ranks(x), _ranks(result))


def _correlation(x: Floats, y: Floats) -> float:
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0
    return float(np.corrcoef(x, y)[0, 1])


def _ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle: Floats = np.cumsum(counts) - (counts - 1) / 2
    return middle[which]
