"""What it is worth to know more before deciding.

A decision is a choice among options by net benefit: of each draw one number an option, in pounds
or any other unit, more being better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.uncertainty.smoothing import smooth

Floats = npt.NDArray[np.float64]

_REPEATS = 500
_SEED = 20160


@dataclass(frozen=True, slots=True)
class Worth:
    """The value of knowing one parameter exactly, in the unit of net benefit.

    `error` is its standard error, `excess` how much too high noise in the draws makes `value` on
    average; both from the spread of the fitted curves.
    """

    parameter: str
    value: float
    error: float
    excess: float


def best_option(net_benefit: Floats) -> int:
    """The option with the highest mean net benefit; `net_benefit` is (draws, options)."""
    return int(np.argmax(net_benefit.mean(axis=0)))


def perfect_information(net_benefit: Floats) -> float:
    """The expected value of perfect information: E max - max E, never below 0.

    `net_benefit` is (draws, options). (Claxton, J Health Economics 1999;18:341.)
    """
    best_each = float(net_benefit.max(axis=1).mean())
    return max(0.0, best_each - float(net_benefit.mean(axis=0).max()))


def partial_information(
    net_benefit: Floats, parameters: Floats, ids: Sequence[str]
) -> tuple[Worth, ...]:
    """The expected value of perfect information on each parameter alone, the largest first.

    `net_benefit` is (draws, options), `parameters` (draws, ids). What is expected of an option
    given a parameter is found by regression through the draws (Strong, Oakley and Brennan,
    Medical Decision Making 2014;34:311), of its advantage over the option that is best on
    average; its error and excess as in their appendix, by curves drawn about the fitted one.
    """
    others = np.delete(np.arange(net_benefit.shape[1]), best_option(net_benefit))
    over = net_benefit[:, others] - net_benefit[:, [best_option(net_benefit)]]
    worths = [_worth(key, over, parameters[:, k]) for k, key in enumerate(ids)]
    return tuple(sorted(worths, key=lambda worth: (-worth.value, worth.parameter)))


def _worth(key: str, over: Floats, x: Floats) -> Worth:
    if not over.shape[1]:
        return Worth(key, 0.0, 0.0, 0.0)
    curves = smooth(x, over)
    value = float(_gain(curves.fitted[None])[0])
    noise = np.random.default_rng(_SEED).standard_normal(
        (_REPEATS, curves.factor.shape[1], over.shape[1])
    )
    about = np.einsum("nk,rko->rno", curves.factor, noise) * np.sqrt(curves.residual)
    repeats = _gain(curves.fitted + about)
    return Worth(key, value, float(repeats.std(ddof=1)), max(0.0, float(repeats.mean()) - value))


def _gain(advantage: Floats) -> Floats:
    """(repeats,) E max(0, f) - max(0, E f) over draws; `advantage` is (repeats, draws, options)."""
    at_best = np.maximum(advantage.max(axis=2), 0.0).mean(axis=1)
    settled = np.maximum(advantage.mean(axis=1).max(axis=1), 0.0)
    gain: Floats = np.maximum(at_best - settled, 0.0)
    return gain
