"""A number that a study or we ourselves leave uncertain, and one joint draw of all such numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from tripleaim.place.figures import Status

Z_95 = 1.959963984540054
"""Half the width of a 95% interval, in standard deviations."""

UNSTATED = 0.15
"""Standard deviation, on the log scale, of a ratio that comes without an interval: ours."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ratio (relative risk, hazard ratio, multiplier) with its 95% interval and its source.

    It is lognormal: `at(z)` is its value z standard deviations from the point. Where only one end
    of the interval is known the other mirrors it; where none is, UNSTATED stands in.
    """

    value: float
    low: float | None = None
    high: float | None = None
    status: Status = "assumed"
    source: str = "tripleaim"
    cause: str = ""

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm."""
        if self.value <= 0:
            return 0.0
        up = math.log(self.high / self.value) / Z_95 if self.high else None
        down = math.log(self.value / self.low) / Z_95 if self.low else None
        known = [side for side in (up, down) if side is not None]
        return sum(known) / len(known) if known else UNSTATED

    def at(self, z: float) -> float:
        """The value `z` standard deviations above the point, on the log scale; exact at 0."""
        return self.value if z == 0 else self.value * math.exp(z * self.spread)


@dataclass(frozen=True, slots=True)
class Draw:
    """One joint draw of the parameters: a standard normal number for each one that moves.

    `number` 0 is the central draw, in which nothing moves.
    """

    number: int = 0
    z: Mapping[str, float] = field(default_factory=dict)

    def of(self, parameter: str) -> float:
        """How many standard deviations `parameter` lies from its point in this draw."""
        return self.z.get(parameter, 0.0)


CENTRAL = Draw()


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something uncertain: its id, its estimate, and the cause that it shares with others.

    Parameters with the same `shares` are drawn with correlation; "" shares nothing.
    """

    id: str
    name: str
    estimate: Estimate
    shares: str = ""
