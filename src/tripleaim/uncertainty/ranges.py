"""A value inside its stated range."""

from __future__ import annotations

from tripleaim.place import Z_95

Z_80 = 1.2815515655446004
"""Half the width of an 80% interval, 10% to 90%, in standard deviations."""


def between(z: float, value: float, low: float | None, high: float | None) -> float:
    """The value `z` standard deviations from `value`, whose 95% range is `low` to `high`.

    Two halves of normal distributions joined at the value, each as wide as its own side of the
    range (two-piece normal; Wallis, Statistical Science 2014;29:106), so that `value` is the
    median and z of -1.96 and 1.96 give `low` and `high`. A side without an end does not move.
    """
    end = high if z > 0 else low
    return value if end is None or z == 0 else value + abs(z) / Z_95 * (end - value)
