"""The parts that documents of uncertain results share: futures, prevention, back-test.

An interval is one number with its percentiles over the draws, a fan one such number a year. A
parameter is something that moves, a driver says how much of an interval depends on it, and a
decision what it would be worth to know it.
"""

from __future__ import annotations

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import Parameter, Status


class IntervalPart(Part):
    """One number: on the central draw, and its 10%, 50% and 90% over the draws.

    None where it cannot be worked out, such as a life expectancy of too few people.
    """

    central: float | None
    p10: float | None
    p50: float | None
    p90: float | None


class KnownIntervalPart(IntervalPart):
    """One number of which all four values are known."""

    central: float
    p10: float
    p50: float
    p90: float


IntervalByYear = dict[str, KnownIntervalPart]


class FanPart(Part):
    """One number a year, in the order of the document's `years`; None as in an interval."""

    central: list[float | None]
    p10: list[float | None]
    p50: list[float | None]
    p90: list[float | None]


class ParameterPart(Part):
    """An uncertain number: its value, its 95% range, and where they come from."""

    id: str
    name: str
    value: float
    low: float | None
    high: float | None
    status: Status
    source: str
    cause: str
    shares: str = Field(
        description="the cause that it shares with others; empty if it shares no cause"
    )


class DriverPart(Part):
    """How much of an interval depends on one parameter, or on all that share a cause."""

    id: str
    name: str
    parameters: list[str] = Field(description="ids of the document's parameters")
    share: float | None = Field(
        description=(
            "share of the variance that knowing it would remove, 0 to 1; null if too few draws "
            "tell it from chance"
        )
    )
    rank: float | None = Field(
        description="Spearman's correlation with the number, -1 to 1; null for several together"
    )


class UncertainNumberPart(Part):
    """A number that a result is judged by, its interval, and what the interval depends on."""

    id: str
    name: str
    unit: str
    interval: IntervalPart
    standard_deviation: float | None = Field(description="over the draws")
    drivers: list[DriverPart] = Field(description="at most ten, largest first")


class OptionPart(Part):
    """One option of a decision: its net benefit over doing nothing, £m."""

    id: str
    name: str
    expected_gbp_m: float
    interval: KnownIntervalPart
    best_in: float = Field(description="share of the draws in which no other option is better")


class WorthPart(Part):
    """The value to the decision of knowing one parameter, or all of one cause, £m."""

    id: str
    name: str
    gbp_m: float
    error_gbp_m: float = Field(description="standard error")
    excess_gbp_m: float = Field(description="by how much noise raises it on average")


class DecisionPart(Part):
    """A choice among options, and the value of information for it."""

    question: str
    options: list[OptionPart]
    best: str = Field(description="the id of the option that is best on average")
    perfect_information_gbp_m: float
    worth: list[WorthPart] = Field(description="of what changes the choice most")


def parameter_part(parameter: Parameter) -> ParameterPart:
    """A parameter as documents hold it."""
    estimate = parameter.estimate
    return ParameterPart(
        id=parameter.id,
        name=parameter.name,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        status=estimate.status,
        source=estimate.source,
        cause=estimate.cause,
        shares=parameter.shares,
    )
