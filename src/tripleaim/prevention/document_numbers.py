"""Numbers over draws as the document holds them. Axis 0 is the central draw, then the others."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.core import Part
from tripleaim.prevention.document import BreakEven
from tripleaim.prevention.document_value import LuckyInterval
from tripleaim.prevention.money import break_even
from tripleaim.uncertainty import FanPart, IntervalPart, KnownIntervalPart
from tripleaim.uncertainty import fan as fan_of

Floats = npt.NDArray[np.float64]

DIGITS = 6
"""Digits that a number in the document keeps: more would only make it longer."""


def interval(values: Floats) -> LuckyInterval:
    """One number from (1 + D,). Without draws the percentiles are the central value."""
    low, middle, high = _percentiles(values)
    return LuckyInterval(
        central=number(float(values[0])),
        p10=number(float(low)),
        p50=number(float(middle)),
        p90=number(float(high)),
    )


def known_interval(values: Floats) -> KnownIntervalPart:
    """One number from (1 + D,) finite ones."""
    low, middle, high = _percentiles(values)
    return KnownIntervalPart(
        central=rounded(float(values[0])),
        p10=rounded(float(low)),
        p50=rounded(float(middle)),
        p90=rounded(float(high)),
    )


def fan(values: Floats) -> FanPart:
    """One number a year from (1 + D, Y)."""
    low, middle, high = _percentiles(values)
    return FanPart(
        central=numbers(values[0]), p10=numbers(low), p50=numbers(middle), p90=numbers(high)
    )


def breaking_even(net: Floats, rate: float, years: Sequence[str]) -> BreakEven:
    """When net cost (1 + D, Y) breaks even; a draw that never does is later than any year."""
    first = break_even(net, rate)
    drawn = np.sort(first[1:] if len(first) > 1 else first)

    def label(at: int) -> str | None:
        return years[at] if at < len(years) else None

    def at_share(share: float) -> str | None:
        return label(int(drawn[min(int(share * len(drawn)), len(drawn) - 1)]))

    return BreakEven(
        central=label(int(first[0])),
        p10=at_share(0.1),
        p50=at_share(0.5),
        p90=at_share(0.9),
        ever_pct=round(100 * float(np.mean(drawn < len(years))), 1),
    )


def outside(part: object) -> tuple[int, int]:
    """How many numbers of a document lie outside their own interval, and how many have one.

    The years of a fan are counted one by one.
    """
    if isinstance(part, IntervalPart):
        return _outside(part.central, part.p10, part.p90)
    if isinstance(part, FanPart):
        years = [_outside(*each) for each in zip(part.central, part.p10, part.p90, strict=True)]
        return sum(out for out, _ in years), sum(known for _, known in years)
    if isinstance(part, Part):
        parts = [getattr(part, name) for name in type(part).model_fields]
    elif isinstance(part, dict | list | tuple):
        parts = list(part.values() if isinstance(part, dict) else part)
    else:
        return 0, 0
    found = [outside(one) for one in parts]
    return sum(out for out, _ in found), sum(known for _, known in found)


def _outside(central: float | None, low: float | None, high: float | None) -> tuple[int, int]:
    if central is None or low is None or high is None or low == high:
        return 0, 0
    return int(not low <= central <= high), 1


def number(value: float) -> float | None:
    """A number of the document: rounded to DIGITS digits, None where there is none."""
    return rounded(value) if math.isfinite(value) else None


def rounded(value: float) -> float:
    """A finite number with DIGITS digits, and never minus zero."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def numbers(values: npt.ArrayLike) -> list[float | None]:
    """A list of numbers of the document."""
    return [number(value) for value in np.asarray(values, dtype=np.float64)]


def shares_pct(shares: npt.ArrayLike) -> list[float | None]:
    """Shares of 1 as per cent, None for a number that is no share: below zero or above all.

    A hundredth of a per cent beyond either end is rounding.
    """
    pct = 100 * np.asarray(shares, dtype=np.float64)
    possible = (pct >= -0.01) & (pct <= 100.01)
    return numbers(np.where(possible, np.clip(pct, 0.0, 100.0), np.nan))


def _percentiles(values: Floats) -> tuple[Floats, Floats, Floats]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    quantiles = fan_of(values[1:])
    return quantiles.p10, quantiles.p50, quantiles.p90
