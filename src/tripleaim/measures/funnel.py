"""Funnel limits: how far an area may differ from the rest within the usual spread.

Spiegelhalter, Stat Med 2005;24:1185 (funnel plots) and Qual Saf Health Care 2005;14:347
(over-dispersion): with many events chance is tiny and every area would be an outlier, so the spread
among areas, measured after winsorising, is added to chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tripleaim.measures.intervals import normal_deviate

Verdict = Literal["as expected", "high", "very high", "low", "very low"]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Limits about the ratio 1. `between` is the standard deviation among areas beyond chance.

    `dispersion` is the mean squared z-score before that is added: 1 if only chance were at work.
    """

    dispersion: float
    between: float

    def limits(self, expected: float, confidence: float) -> tuple[float, float]:
        """The ratios between which that share of areas should lie, at `expected` events."""
        reach = normal_deviate(confidence) * math.sqrt(1 / expected + self.between**2)
        return max(0.0, 1 - reach), 1 + reach

    def verdict(self, ratio: float, expected: float) -> Verdict:
        """Where a ratio lies: beyond the 95% limits is high or low, beyond 99.8% very."""
        for word, confidence in (("very ", 0.998), ("", 0.95)):
            low, high = self.limits(expected, confidence)
            if ratio > high:
                return "very high" if word else "high"
            if ratio < low:
                return "very low" if word else "low"
        return "as expected"


def funnel(observed: Sequence[float], expected: Sequence[float], winsorised: float = 0.1) -> Funnel:
    """The funnel of areas' observed over expected events.

    `winsorised` is the share of areas at each end whose z-scores are pulled in to the next one's.
    Raises ValueError with fewer than two areas, or if nothing is expected somewhere.
    """
    if len(observed) != len(expected) or len(expected) < 2 or min(expected) <= 0:
        raise ValueError("expected two areas or more, each with events expected")
    scores = sorted((o / e - 1) * math.sqrt(e) for o, e in zip(observed, expected, strict=True))
    count = len(scores)
    cut = int(winsorised * count)
    pulled = [min(max(z, scores[cut]), scores[count - 1 - cut]) for z in scores]
    dispersion = sum(z * z for z in pulled) / count
    precision = sum(expected)
    weight = precision - sum(e * e for e in expected) / precision
    variance = max(0.0, (count * dispersion - (count - 1)) / weight)
    return Funnel(dispersion, math.sqrt(variance))


def after(
    observed: Sequence[float], expected: Sequence[float], score: Sequence[float]
) -> tuple[float, ...]:
    """Expected events once a score, such as deprivation, is allowed for.

    The ratio of observed to expected is put on the score by least squares weighted by what is
    expected, so that observed and newly expected events have the same sum. Where the line falls
    to nothing or below, or the score does not vary, the old expectation scaled to the sum stays.
    """
    whole = sum(expected)
    centre = sum(e * s for e, s in zip(expected, score, strict=True)) / whole
    level = sum(observed) / whole
    width = sum(e * (s - centre) ** 2 for e, s in zip(expected, score, strict=True))
    if width == 0:
        return tuple(level * e for e in expected)
    slope = (
        sum(
            (s - centre) * (o - level * e)
            for o, e, s in zip(observed, expected, score, strict=True)
        )
        / width
    )
    fitted = [level + slope * (s - centre) for s in score]
    if min(fitted) <= 0:
        return tuple(level * e for e in expected)
    return tuple(e * f for e, f in zip(expected, fitted, strict=True))
