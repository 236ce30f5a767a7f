"""The spread over draws, from a sample of people: what parameters do, told apart from luck.

Every simulated draw has people and luck of its own, a small part of the county. What a parameter
does is in all draws that move it; luck is in one draw alone. So each result is regressed on the
parameters, and the spread is that of the regression: a sum of a part that depends on the
programme's own parameters, by their values, squares and products, and of a part that depends on
all parameters by their values. How far to trust each part is what makes the simulated draws most
likely (a Gaussian process with a linear kernel; Rasmussen and Williams 2006, section 5.4.1; for
such emulators of probabilistic analyses see Strong, Oakley and Brennan, Medical Decision Making
2014;34:311).

It is one linear map along the draws for all results of a scenario, so whatever adds up draw by draw
still does. The level is that of the central draw on everybody: only deviations come from the draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, product

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEWEST = 16
"""With fewer draws than this nothing is regressed: they deviate from their own mean."""

SHARES = (0.02, 0.1, 0.3, 0.6, 0.9)
"""Of the variance between draws, what is tried for luck, and of the rest for the own part."""

LUCK_ENDS = (0.001, 0.95)
"""Least and most of the variance between draws that is taken for luck where luck was measured."""

MOST_WIDENED = 4.0
"""Deviations are not widened by more than this."""

LEVEL = 1e4
"""Prior variance of the level, which is to be free."""


@dataclass(frozen=True)
class DrawMap:
    """A linear map from simulated draws to all draws' deviations from the central one.

    weights  (N, D) of N draws from D simulated ones
    """

    weights: Floats

    def deviations(self, simulated: Floats) -> Floats:
        """(N, ...) deviations from the central draw, from results of the draws (D, ...)."""
        flat = simulated.reshape(len(simulated), -1)
        return (self.weights @ flat).reshape(len(self.weights), *simulated.shape[1:])


@dataclass(frozen=True)
class DrawNumbers:
    """The standard normal numbers of K parameters in draws, which all maps of a result share.

    simulated   (D, K) of the draws that were simulated
    everything  (N, K) of all that are wanted
    """

    simulated: Floats
    everything: Floats

    @cached_property
    def together(self) -> Floats:
        """(D + N + 1, K) of the simulated draws, of all, and of the central one."""
        central = np.zeros((1, self.simulated.shape[1]))
        return np.concatenate([self.simulated, self.everything, central])

    @cached_property
    def likeness(self) -> Floats:
        """(D + N + 1, D + N + 1) how alike draws are in all their parameters."""
        return _kernel(self.together)


def draw_map(
    numbers: DrawNumbers,
    own: Sequence[int],
    outcome: Floats,
    luck_variance: float | None = None,
) -> DrawMap:
    """The map for one scenario.

    `own` are the scenario's own parameters, `outcome` (D,) the result by which luck is told from
    parameters. `luck_variance` is its variance by luck alone, where that has been measured; else
    the likeliest of SHARES is taken.
    """
    count, wanted_draws = len(numbers.simulated), len(numbers.everything)
    if float(np.var(outcome)) == 0:
        return DrawMap(np.zeros((wanted_draws, count)))
    if count < FEWEST:
        weights = np.eye(wanted_draws, count)
        return DrawMap(weights - weights.mean(axis=0))
    of_own, of_all = _kernel(_own_terms(numbers.together[:, list(own)])), numbers.likeness
    scaled = (outcome - outcome.mean()) / outcome.std()
    shares: Sequence[float] = SHARES
    if luck_variance is not None:
        shares = (float(np.clip(luck_variance / np.var(outcome), *LUCK_ENDS)),)
    luck, mine = max(
        product(shares, SHARES if len(own) else (0.0,)),
        key=lambda s: _likelihood(_mixed(of_own, of_all, s[1])[:count, :count], s[0], scaled),
    )
    kernel = (1 - luck) * _mixed(of_own, of_all, mine)
    known = kernel[:count, :count] + LEVEL + luck * np.eye(count)
    found = np.linalg.solve(known, kernel[:count] + LEVEL).T
    wanted, central = found[count:-1], found[-1]
    return DrawMap(_as_wide_as(wanted - central, outcome, luck))


def _as_wide_as(weights: Floats, outcome: Floats, luck: float) -> Floats:
    """The map with deviations as wide as what is not luck (Louis, JASA 1984;79:393).

    A regression that trusts few draws shrinks what it predicts, and so would the spread.
    """
    wide = float(np.std(weights @ outcome))
    due = float(np.sqrt(1 - luck) * np.std(outcome))
    return weights * float(np.clip(due / wide, 1.0, MOST_WIDENED)) if wide > 0 else weights


def _mixed(own: Floats, everything: Floats, share: float) -> Floats:
    return share * own + (1 - share) * everything


def _own_terms(z: Floats) -> Floats:
    """Values, squares and products, the latter less their mean and less trusted."""
    pairs = list(combinations_with_replacement(range(z.shape[1]), 2))
    second = [z[:, a] * z[:, b] - (a == b) for a, b in pairs]
    return np.column_stack([z, *(0.5 * column for column in second)]) if z.shape[1] else z


def _kernel(terms: Floats) -> Floats:
    """Likeness of draws, with a mean variance of 1."""
    if not terms.shape[1]:
        return np.zeros((len(terms), len(terms)))
    gram = terms @ terms.T
    return np.asarray(gram / max(float(np.mean(np.diag(gram)[:-1])), 1e-12))


def _likelihood(kernel: Floats, luck: float, values: Floats) -> float:
    """Log likelihood of standardised results, but for a constant."""
    covariance = (1 - luck) * kernel + LEVEL + luck * np.eye(len(values))
    _, log_size = np.linalg.slogdet(covariance)
    return float(-0.5 * (values @ np.linalg.solve(covariance, values) + log_size))
