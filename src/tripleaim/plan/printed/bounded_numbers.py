"""Interval arithmetic on printed numbers: each may be any number that rounds to it.

Moore, Interval Analysis, 1966. Each operation gives bounds that hold the result for every choice of
inputs within their bounds; where one figure occurs twice in an expression the bounds are wider than
necessary, never narrower.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundedNumber:
    """A value with the bounds within which the number behind it lies: low <= value <= high."""

    value: float
    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> BoundedNumber:
        """A number that is known to its last digit."""
        return cls(float(value), float(value), float(value))

    @classmethod
    def rounded(cls, value: float, step: float) -> BoundedNumber:
        """A number printed to the nearest `step`: half a step each way."""
        return cls(value, value - step / 2, value + step / 2)

    def meets(self, other: BoundedNumber, slack: float = 0.0) -> bool:
        """Whether some number lies in both, bounds included and widened by `slack`."""
        return self.low <= other.high + slack and other.low <= self.high + slack

    def __add__(self, other: BoundedNumber | float) -> BoundedNumber:
        other = _of(other)
        return BoundedNumber(self.value + other.value, self.low + other.low, self.high + other.high)

    def __neg__(self) -> BoundedNumber:
        return BoundedNumber(-self.value, -self.high, -self.low)

    def __sub__(self, other: BoundedNumber | float) -> BoundedNumber:
        return self + (-_of(other))

    def __mul__(self, other: BoundedNumber | float) -> BoundedNumber:
        other = _of(other)
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _around(self.value * other.value, corners)

    def __truediv__(self, other: BoundedNumber | float) -> BoundedNumber:
        """The quotient; unbounded where the divisor may be zero.

        Raises ZeroDivisionError where the divisor's value is zero.
        """
        other = _of(other)
        value = self.value / other.value
        if other.low <= 0 <= other.high:
            return BoundedNumber(value, -math.inf, math.inf)
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _around(value, corners)

    def __radd__(self, other: float) -> BoundedNumber:
        return _of(other) + self

    def __rsub__(self, other: float) -> BoundedNumber:
        return _of(other) - self

    def __rmul__(self, other: float) -> BoundedNumber:
        return _of(other) * self

    def __rtruediv__(self, other: float) -> BoundedNumber:
        return _of(other) / self


def _of(number: BoundedNumber | float) -> BoundedNumber:
    return number if isinstance(number, BoundedNumber) else BoundedNumber.exactly(number)


def _around(value: float, corners: list[float]) -> BoundedNumber:
    return BoundedNumber(value, min(*corners, value), max(*corners, value))
