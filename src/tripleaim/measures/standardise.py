"""Standardised rates: comparable between populations of different ages and sexes.

Direct: Dobson et al, Confidence intervals for weighted sums of Poisson parameters, Stat Med
1991;10:457. Indirect: Breslow and Day (IARC 1987), with Byar's limits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tripleaim.measures.intervals import Interval, byars


def directly_standardised_rate(
    events: Sequence[float],
    people: Sequence[float],
    standard: Sequence[float],
    per: float = 1000,
    confidence: float = 0.95,
) -> Interval:
    """The rate that a standard population would have at this place's rates, with Dobson's limits.

    `events`, `people` and `standard` are by the same groups of age (and sex). Raises ValueError if
    they differ in length, or if a group has nobody in it.
    """
    if not len(events) == len(people) == len(standard):
        raise ValueError("expected events, people and standard by the same groups")
    if min(people) <= 0 or sum(standard) <= 0:
        raise ValueError("expected people in every group")
    whole = sum(standard)
    weights = [s / whole / n for s, n in zip(standard, people, strict=True)]
    value = sum(w * o for w, o in zip(weights, events, strict=True))
    total = sum(events)
    if total == 0:
        return Interval(0.0, 0.0, max(weights) * byars(0, confidence).high * per)
    spread = math.sqrt(sum(w * w * o for w, o in zip(weights, events, strict=True)) / total)
    limits = byars(total, confidence)
    low = max(0.0, value + spread * (limits.low - total))
    high = value + spread * (limits.high - total)
    return Interval(value, low, high).times(per)


def indirectly_standardised_ratio(
    observed: float, expected: float, confidence: float = 0.95
) -> Interval:
    """Observed over expected events, 1 where they are equal, with Byar's limits.

    Raises ValueError unless `expected` is above 0.
    """
    if expected <= 0:
        raise ValueError(f"expected more than 0 events to be expected, found {expected}")
    return byars(observed, confidence).times(1 / expected)
