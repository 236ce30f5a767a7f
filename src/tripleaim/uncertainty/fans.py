"""How far futures spread: quantiles over draws, and how much of it is parameters, how much chance.

The split needs a crossed design: the same few seeds of luck for each of several draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Fan:
    """Quantiles over draws of each quantity (arrays of its shape): 10%, 50% and 90%."""

    p10: Floats
    p50: Floats
    p90: Floats


def fan(values: Floats) -> Fan:
    """The fan of `values`, (draws, ...), in their own unit.

    Quantiles are those of type 8 of Hyndman and Fan (American Statistician 1996;50:361), nearly
    unbiased for the median whatever the distribution.
    """
    low, middle, high = np.quantile(values, SHARES, axis=0, method="median_unbiased")
    return Fan(low, middle, high)


@dataclass(frozen=True)
class Split:
    """Variances of each quantity, in its unit squared.

    parameters   of what is expected given the parameters
    chance       of luck given the parameters, seeds' own and what they do to one draw alone
    """

    parameters: Floats
    chance: Floats

    @property
    def total(self) -> Floats:
        """Parameters and chance together: the law of total variance."""
        return self.parameters + self.chance

    @property
    def chance_share(self) -> Floats:
        """What share of the total variance is chance; 0 where nothing varies."""
        whole = self.total
        return np.divide(self.chance, whole, out=np.zeros_like(whole), where=whole > 0)


def split(values: Floats) -> Split:
    """The variance of `values`, (draws, seeds, ...), split between parameters and chance.

    Every draw is run with the same seeds (common random numbers), so it is a two-way layout with
    one value a cell: value = mean + parameters + seed + both. The expected mean squares give each
    variance without bias (Searle, Casella and McCulloch, Variance components, 1992); one that
    comes out below 0 is 0. Raises ValueError for fewer than two draws or two seeds.
    """
    n, m = values.shape[:2]
    if n < 2 or m < 2:
        raise ValueError("expected two draws and two seeds at least")
    mean = values.mean(axis=(0, 1))
    by_draw, by_seed = values.mean(axis=1) - mean, values.mean(axis=0) - mean
    rest = values - mean - by_draw[:, None] - by_seed[None]
    of_draws = m * (by_draw**2).sum(axis=0) / (n - 1)
    of_seeds = n * (by_seed**2).sum(axis=0) / (m - 1)
    of_both = (rest**2).sum(axis=(0, 1)) / ((n - 1) * (m - 1))
    return Split(
        parameters=np.maximum(of_draws - of_both, 0.0) / m,
        chance=np.maximum(of_seeds - of_both, 0.0) / n + of_both,
    )
