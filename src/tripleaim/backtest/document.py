"""The back-test as a document that others can read. Its JSON Schema is made from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tripleaim.backtest.backtest_rows import backtest_rows
from tripleaim.core import Part
from tripleaim.uncertainty import KnownIntervalPart, result_table

if TYPE_CHECKING:
    import pyarrow as pa


class ForecastPart(Part):
    """One series in one period: what was forecast, what the naive forecasts say, what happened."""

    group: str = Field(
        description="the group by which scores are summarised: people, deaths, A&E ..."
    )
    body: str = Field(description="whose series: a place, CCG, trust or England")
    series: str = Field(description="as in the tables: 'male 0-4', 'CHD', 'occupied'")
    base: str = Field(description="the last financial year known to the forecast")
    period: str = Field(description="a mid-year (2015) or a financial year (2015/16)")
    steps: int = Field(description="years ahead")
    interval: KnownIntervalPart = Field(
        description="the forecast, and its 10%, 50% and 90% over draws"
    )
    last_value: float = Field(description="naive: the last known value")
    straight_line: float | None = Field(
        description="naive: a line through the last five known values; "
        "null if only one value is known"
    )
    printed: float | None = Field(
        default=None,
        description="the last known value, with the growth that the "
        "plan prints; null if it prints none",
    )
    plan: float | None = Field(
        default=None, description="the projection of the plan's own run, if it has one"
    )
    actual: float | None = Field(description="what happened; null if not known")
    inside: bool | None = Field(description="whether it fell within the interval")


class ScorePart(Part):
    """How a group of forecasts did. Errors are in per cent of what happened."""

    group: str
    series: int = Field(description="series with at least one value to compare with")
    forecasts: int = Field(description="series and periods with such a value")
    error_pct: float = Field(description="mean absolute error")
    bias_pct: float = Field(description="mean error; above 0: forecast too high")
    last_value_error_pct: float = Field(description="mean absolute error of the last value")
    straight_line_error_pct: float | None = Field(
        description="mean absolute error of the straight line, where there is one"
    )
    coverage_pct: float = Field(
        description="share of forecasts whose 80% interval contains what happened"
    )
    smaller_than_last_value: int = Field(
        description="series with a smaller mean absolute error than the last value"
    )
    straight_lines: int = Field(description="series that have a straight line")
    smaller_than_straight_line: int = Field(description="series with a smaller error than that")
    smaller_than_both: int = Field(
        description="of the series with both naive forecasts, those with a smaller error than both"
    )


class RegisterRulePart(Part):
    """One rule for how registers grow, judged on the last year before the plan's base."""

    year: str = Field(description="the financial year whose registers were forecast")
    kept: float = Field(description="share of the growth beyond ageing that continues")
    most_pct_a_year: float | None = Field(
        description="the largest change either way; null: no bound"
    )
    used: bool = Field(description="whether the plan and the back-test use it")
    own_error_pct: float = Field(description="mean absolute error over the place's registers")
    own_registers: int
    elsewhere_error_pct: float = Field(description="the same over every other CCG's registers")
    elsewhere_registers: int


class PlanScorePart(Part):
    """The plan's own run compared with the back-test's rule, over the values that both have."""

    group: str
    forecasts: int
    plan_error_pct: float = Field(description="mean absolute error of the plan's own run")
    rule_error_pct: float = Field(description="mean absolute error of the back-test's rule")


class LaterPart(Part):
    """Official figures of later years, compared with forecasts from the plan's base year."""

    base: str
    printed_growth_pct_a_year: dict[str, float] = Field(
        description="by point of delivery, from the plan's first to its last year"
    )
    forecasts: tuple[ForecastPart, ...]
    scores: tuple[ScorePart, ...]
    printed_error_pct: float | None = Field(
        description="mean absolute error of the printed growth, if figures are known"
    )
    plan_scores: tuple[PlanScorePart, ...] = Field(
        default=(), description="by group, if the plan's own run was given"
    )
    unused: tuple[str, ...] = Field(description="given rows without a forecast, and why")


class Backtest(Part):
    """A projection started in an early year and compared with what has happened since."""

    schema_version: Literal["2"] = "2"
    place: str
    name: str
    base: str
    last: str
    seed: int
    draws: int
    version: str
    inputs_sha256: str
    body_names: dict[str, str] = Field(description="names of bodies, by their codes")
    forecasts: tuple[ForecastPart, ...] = Field(
        description="the place's, its trusts' and England's"
    )
    scores: tuple[ScorePart, ...] = Field(description="by group; the last is of them all")
    elsewhere: tuple[ScorePart, ...] = Field(
        description="the same methods for every other CCG and trust; no single forecasts"
    )
    verdict: tuple[str, ...] = Field(description="the result, in sentences")
    method: tuple[str, ...] = Field(description="the method of the forecasts, in sentences")
    limits: tuple[str, ...] = Field(description="limits of the test, in sentences")
    register_rules: tuple[RegisterRulePart, ...] = Field(
        default=(), description="rules for the growth of registers, judged before the plan's base"
    )
    later: LaterPart | None = None

    def to_arrow(self) -> pa.Table:
        """Every forecast, and what came, in one table of RESULT_SCHEMA: see `backtest_rows`."""
        return result_table(backtest_rows(self))
