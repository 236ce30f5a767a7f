"""Parameters that share a cause, taken together: one unit of what drives a result.

Correlated parameters each carry what the others do, so a list of them one by one says the same
thing many times. Units are independent of each other, and their shares do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Parameter
from tripleaim.uncertainty.driver_shares import first_order, rank_correlation
from tripleaim.uncertainty.smoothing import smooth

Floats = npt.NDArray[np.float64]

_FOLDS = 8
_SWEEPS = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A parameter alone, or all that share a cause; `columns` are theirs among the parameters."""

    id: str
    name: str
    columns: tuple[int, ...]


def units(parameters: Sequence[Parameter]) -> tuple[Unit, ...]:
    """The independent units of these parameters, in the order of each one's first parameter.

    A cause that one parameter alone has is that parameter.
    """
    members: dict[str, list[int]] = {}
    for k, parameter in enumerate(parameters):
        members.setdefault(parameter.shares or f"alone {parameter.id}", []).append(k)
    units = []
    for columns in members.values():
        first = parameters[columns[0]]
        if len(columns) == 1:
            units.append(Unit(first.id, first.name, tuple(columns)))
        else:
            name = f"{first.shares[:1].upper()}{first.shares[1:]}: {len(columns)} together"
            units.append(Unit(f"cause/{first.shares}", name, tuple(columns)))
    return tuple(units)


def index_of(unit: Unit, z: Floats, result: Floats) -> Floats:
    """(draws,) one number a draw that stands for the unit in a `result` (draws,).

    Of a parameter its own normal number, of a row of `z` (draws, parameters). Of several what they
    predict of the result by linear regression, each eighth of the draws by coefficients of the
    others, so that the number knows nothing of the result of its own draw.
    """
    own = z[:, unit.columns]
    if len(unit.columns) == 1:
        return np.asarray(own[:, 0])
    fold = np.arange(len(own)) % _FOLDS
    index = np.zeros(len(own))
    for f in range(_FOLDS):
        away, here = fold != f, fold == f
        if away.any() and here.any():
            centre, mean = own[away].mean(axis=0), result[away].mean()
            slope, *_ = np.linalg.lstsq(own[away] - centre, result[away] - mean, rcond=None)
            index[here] = (own[here] - centre) @ slope
    return index


@dataclass(frozen=True)
class UnitShare:
    """What a unit does to a result.

    share  of the result's variance that knowing the unit would take away: its first-order Sobol
           index, 0 to 1; shares of units do not overlap
    rank   Spearman's rank correlation of a parameter with the result; None for several together
    index  (draws,) what stands for the unit
    """

    unit: Unit
    share: float
    rank: float | None
    index: Floats


def driving_units(units: Sequence[Unit], z: Floats, result: Floats) -> tuple[UnitShare, ...]:
    """Each unit's part in the spread of `result` (draws,), the largest first.

    All units are fitted together as a sum of smooth curves, one a unit, by backfitting (Hastie and
    Tibshirani, Generalized additive models, 1990): what the others do is taken off before a unit's
    own curve is drawn, so that a small part is not lost in the noise of large ones.
    """
    variance = float(result.var(ddof=1)) if len(result) > 1 else 0.0
    if variance == 0:
        zero = np.zeros(len(result))
        return tuple(UnitShare(unit, 0.0, None, zero) for unit in units)
    alone = [first_order(index_of(unit, z, result), result) for unit in units]
    order = sorted(range(len(units)), key=lambda k: (-alone[k], units[k].id))
    fitted = np.zeros((len(result), len(units)))
    index, share = np.zeros_like(fitted), np.zeros(len(units))
    left = result - result.mean()
    for _ in range(_SWEEPS):
        for k in order:
            own = left + fitted[:, k]
            index[:, k] = index_of(units[k], z, own)
            curve = smooth(index[:, k], own[:, None])
            fitted[:, k] = curve.fitted[:, 0] - curve.fitted[:, 0].mean()
            left = own - fitted[:, k]
            share[k] = (own.var(ddof=1) - float(curve.residual[0])) / variance
    parts = [
        UnitShare(
            unit,
            min(1.0, max(0.0, float(share[k]))),
            rank_correlation(z[:, unit.columns[0]], result) if len(unit.columns) == 1 else None,
            index[:, k],
        )
        for k, unit in enumerate(units)
    ]
    return tuple(sorted(parts, key=lambda part: (-part.share, part.unit.id)))
