"""Confidence intervals, each named as public health names it.

Byar's method: Breslow and Day, Statistical methods in cancer research II (IARC 1987). Wilson's
score method: Wilson, JASA 1927;22:209; Newcombe and Altman in Statistics with confidence (2000).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between two limits, all in the same unit."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Interval:
        """The same in another unit; `factor` is above 0."""
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def normal_deviate(confidence: float) -> float:
    """The standard normal deviate of a two-sided interval; 1.96 for 0.95.

    Raises ValueError unless `confidence` is between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"expected a confidence between 0 and 1, found {confidence}")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def byars(count: float, confidence: float = 0.95) -> Interval:
    """Byar's approximate Poisson limits of a count of events.

    The approximation is good from about ten events; below, the lower limit is held at 0.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"expected a count of 0 or more, found {count}")
    z = normal_deviate(confidence)
    low = 0.0
    if count > 0:
        low = count * max(0.0, 1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return Interval(count, low, high)


def wilson(count: float, people: float, confidence: float = 0.95) -> Interval:
    """Wilson's score limits of a proportion, 0 to 1.

    Raises ValueError unless 0 <= count <= people and people > 0.
    """
    if people <= 0 or not 0 <= count <= people:
        raise ValueError(f"expected a count from 0 to its people, found {count} of {people}")
    square = normal_deviate(confidence) ** 2
    share = count / people
    middle = 2 * count + square
    reach = math.sqrt(square * (square + 4 * count * (1 - share)))
    below = 2 * (people + square)
    low = (middle - reach) / below if count else 0.0
    high = (middle + reach) / below if count < people else 1.0
    return Interval(share, low, high)


def rate(count: float, people: float, per: float = 1000, confidence: float = 0.95) -> Interval:
    """Events per `per` people with Byar's limits. Raises ValueError unless people > 0."""
    if people <= 0:
        raise ValueError(f"expected people above 0, found {people}")
    return byars(count, confidence).times(per / people)
