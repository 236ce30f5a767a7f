"""What leading measures say early about an outcome twenty years away.

Across joint draws of the parameters, an outcome's whole effect is regressed on how far each leading
measure has moved by a year (do something less do nothing). The line goes through the means, so

    mean effect = sum over measures of (coefficient x mean movement) + rest

adds up exactly: each term is what that measure's movement explains with the others held, which
leaves to a measure what acts through no later one; `rest` is what none of them shows by then. This
is mediation by product of coefficients with all mediators in one model (VanderWeele, Explanation in
causal inference, 2015, chapter 5). Measures that move together are separated by a ridge penalty
(Hoerl and Kennard, Technometrics 1970;12:55), chosen by leave-one-out error (Allen, Technometrics
1974;16:125), none and "measures say nothing" among the choices.

Draws differ by parameters and not by luck, so a prediction's error here is that of not knowing the
parameters; a contract on counted events also has the luck of who falls ill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEWEST_DRAWS = 8
KNOWN_AFTER = (1, 3, 5)
PENALTIES = (0.0, *(10.0**power for power in range(-6, 5)), float("inf"))


@dataclass(frozen=True)
class RidgeFit:
    """A fitted line: value = intercept + moves @ coefficients.

    left_out  (D,) what each draw's effect is above its prediction from the other draws
    penalty   ridge penalty on measures of unit variance, per draw; inf: the mean alone
    """

    intercept: float
    coefficients: Floats
    left_out: Floats
    penalty: float


@dataclass(frozen=True)
class Explained:
    """How much of the mean effect each measure's movement by a year explains; shares of 1.

    share  (Y, M); it may be below 0, where a measure moved against the effect
    rest   (Y,) what no measure shows; the year's shares and its rest add up to 1
    known  (Y,) share of the variance between draws that the year's measures predict, leave one out
    """

    share: Floats
    rest: Floats
    known: Floats


@dataclass(frozen=True)
class Foretold:
    """A prediction of the whole effect from measures some years in.

    low, high      what is added to a prediction for its interval
    width          high - low
    unconditional  the same width with no measure known
    narrowed       1 - width / unconditional: what a contract would know; 0 is nothing
    known          share of the variance between draws that is predicted, leave one out
    """

    after_years: int
    line: RidgeFit
    low: float
    high: float
    width: float
    unconditional: float
    narrowed: float
    known: float

    def predicted(self, moves: npt.ArrayLike) -> Floats:
        """The effect predicted from movements in that year, (..., M)."""
        return np.asarray(
            self.line.intercept + np.asarray(moves, dtype=np.float64) @ self.line.coefficients,
            dtype=np.float64,
        )


def explained_by_year(moves: npt.ArrayLike, effect: npt.ArrayLike) -> Explained:
    """What each measure explains of the whole effect, by the year in which it is looked at.

    `moves` (draws, years, measures) are do something less do nothing, `effect` (draws,) is the
    outcome's difference over the whole horizon. A measure that does not differ between draws
    explains nothing that can be separated from the rest. Shares are nan where the mean effect is 0.
    Raises ValueError for fewer than 8 draws, other shapes and numbers that are not finite.
    """
    moved, whole = _checked(moves, effect)
    years, measures = moved.shape[1:]
    share, rest, known = np.zeros((years, measures)), np.zeros(years), np.zeros(years)
    mean = whole.mean()
    for y in range(years):
        line = fit_line(moved[:, y], whole)
        with np.errstate(divide="ignore", invalid="ignore"):
            share[y] = line.coefficients * moved[:, y].mean(axis=0) / mean
            rest[y] = line.intercept / mean
        known[y] = _foretold_share(line, whole)
    if mean == 0:
        share[:], rest[:] = np.nan, np.nan
    return Explained(share, rest, known)


def predict(
    moves: npt.ArrayLike,
    effect: npt.ArrayLike,
    after_years: Sequence[int] = KNOWN_AFTER,
    confidence: float = 0.8,
) -> tuple[Foretold, ...]:
    """Predictions of the whole effect from the measures known after some years.

    Arguments as `explained_by_year`. The interval is that of leave-one-out errors: each draw is
    predicted from the other draws, and the errors' quantiles are its ends. Raises ValueError also
    for a year outside the horizon and a confidence outside 0 to 1.
    """
    moved, whole = _checked(moves, effect)
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, found {confidence}")
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]
    lowest, highest = np.quantile(_from_the_others(whole), ends)
    predictions = []
    for years in after_years:
        if not 1 <= years <= moved.shape[1]:
            raise ValueError(f"expected a year from 1 to {moved.shape[1]}, found {years}")
        line = fit_line(moved[:, years - 1], whole)
        low, high = np.quantile(line.left_out, ends)
        wide = float(highest - lowest)
        predictions.append(
            Foretold(
                after_years=years,
                line=line,
                low=float(low),
                high=float(high),
                width=float(high - low),
                unconditional=wide,
                narrowed=1 - float(high - low) / wide if wide else 0.0,
                known=_foretold_share(line, whole),
            )
        )
    return tuple(predictions)


def fit_line(moved: Floats, whole: Floats) -> RidgeFit:
    """The line of (D,) effects on (D, M) movements whose leave-one-out error is least."""
    draws = len(whole)
    middle, spread = moved.mean(axis=0), moved.std(axis=0)
    # A difference of rounding alone is no difference between draws.
    varies = spread > 1e-12 * np.maximum(np.abs(middle), 1e-300)
    scaled = (moved[:, varies] - middle[varies]) / spread[varies]
    away = whole - whole.mean()
    left, sizes, right = np.linalg.svd(scaled, full_matrices=False)
    large = sizes > 1e-9 * sizes.max(initial=0.0)
    left, sizes, right = left[:, large], sizes[large], right[large]
    best = RidgeFit(float(whole.mean()), np.zeros(moved.shape[1]), _from_the_others(whole), np.inf)
    for penalty in reversed(PENALTIES):
        if np.isinf(penalty) or not len(sizes):
            continue
        shrunk = sizes**2 / (sizes**2 + penalty * draws)
        leverage = 1 / draws + (left**2 * shrunk).sum(axis=1)
        if (leverage > 1 - 1e-9).any():
            continue
        projected = left.T @ away
        errors = (away - left @ (shrunk * projected)) / (1 - leverage)
        if (errors**2).sum() < (best.left_out**2).sum():
            coefficients = np.zeros(moved.shape[1])
            coefficients[varies] = right.T @ (shrunk / sizes * projected) / spread[varies]
            intercept = float(whole.mean() - coefficients @ middle)
            best = RidgeFit(intercept, coefficients, errors, penalty)
    return best


def _from_the_others(whole: Floats) -> Floats:
    """What each effect is above the mean of the other draws' effects."""
    return np.asarray((whole - whole.mean()) * len(whole) / (len(whole) - 1), dtype=np.float64)


def _foretold_share(line: RidgeFit, whole: Floats) -> float:
    without = float((_from_the_others(whole) ** 2).sum())
    return 1 - float((line.left_out**2).sum()) / without if without else 0.0


def _checked(moves: npt.ArrayLike, effect: npt.ArrayLike) -> tuple[Floats, Floats]:
    moved, whole = np.asarray(moves, dtype=np.float64), np.asarray(effect, dtype=np.float64)
    if moved.ndim != 3 or whole.shape != moved.shape[:1]:
        raise ValueError(
            "expected movements by draw, year and measure and one effect a draw, found "
            f"{moved.shape} and {whole.shape}"
        )
    if len(whole) < FEWEST_DRAWS:
        raise ValueError(f"expected {FEWEST_DRAWS} draws or more, found {len(whole)}")
    if not (np.isfinite(moved).all() and np.isfinite(whole).all()):
        raise ValueError("expected finite movements and effects")
    return moved, whole
