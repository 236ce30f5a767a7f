"""Which parameters drive the spread of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.uncertainty.smoothing import smooth

Floats = npt.NDArray[np.float64]


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


def drivers(parameters: Floats, ids: Sequence[str], result: Floats) -> tuple[Driver, ...]:
    """Each parameter's part in the spread of `result`, (draws,), the largest share first.

    `parameters` is (draws, ids). The index (Sobol, Math Modeling Comp Exp 1993;1:407) is the
    variance of a smooth curve of the result along the parameter, over that of the result, less
    what as many degrees of freedom would explain of pure noise. From n draws a share s is known to
    about 2 sqrt(s (1 - s) / n): 0.06 of a half at 256.
    """
    found = [
        Driver(
            key, first_order(parameters[:, k], result), rank_correlation(parameters[:, k], result)
        )
        for k, key in enumerate(ids)
    ]
    return tuple(sorted(found, key=lambda d: (-d.share, -abs(d.rank), d.parameter)))


def first_order(x: Floats, result: Floats) -> float:
    """The first-order Sobol index of the parameter `x`, (draws,), 0 to 1; 0 if nothing varies."""
    variance = float(result.var(ddof=1))
    if variance == 0 or np.ptp(x) == 0:
        return 0.0
    curve = smooth(x, result[:, None])
    return min(1.0, max(0.0, 1.0 - float(curve.residual[0]) / variance))


def rank_correlation(x: Floats, result: Floats) -> float:
    """Spearman's rank correlation; 0 where either does not vary."""
    if np.ptp(x) == 0 or np.ptp(result) == 0:
        return 0.0
    return float(np.corrcoef(_ranks(x), _ranks(result))[0, 1])


def _ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle: Floats = np.cumsum(counts) - (counts - 1) / 2
    return middle[which]
