"""futures.json: how far the result of the five-year plan may differ, and what makes it differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tripleaim.core import Part
from tripleaim.plan.futures.futures_rows import futures_rows
from tripleaim.uncertainty import (
    DecisionPart,
    IntervalByYear,
    KnownIntervalPart,
    ParameterPart,
    UncertainNumberPart,
    read_result,
    result_table,
)

if TYPE_CHECKING:
    import pyarrow as pa

FUTURES_FILE = "futures.json"


class HeadlinePart(UncertainNumberPart):
    """A main result of the plan, and how much of its interval is chance."""

    interval: KnownIntervalPart
    standard_deviation: float
    chance_share: float | None = Field(
        description="share of the variance that is chance in people's "
        "lives; null if it was not measured"
    )


class SolutionWorthPart(Part):
    """The value of knowing what one solution saves before the decision on it; £m, all years."""

    id: str
    name: str
    expected_gbp_m: float = Field(description="net of investment, the mean of the draws")
    pays_in: float = Field(description="share of draws in which it saves more than it costs")
    worth_gbp_m: float = Field(
        description="expected value of perfect information on this solution only"
    )


class LivesPart(Part):
    """The number of people whose lives were drawn, and how chance was separated."""

    people: int
    of: int
    chance_draws: int
    chance_seeds: int


class LimitPart(Part):
    """A limit that drawn figures cannot break, and in how many draws it applied."""

    id: str
    draws: int


class FuturesDocument(Part):
    """Draws of the five-year plan of one footprint; £m, negative is a deficit."""

    schema_version: Literal["3"] = "3"
    footprint: str
    name: str
    seed: int
    version: str
    inputs_sha256: str
    scenario: str = Field(description="the scenario's address; empty for the plan as printed")
    draws: int
    correlation: float = Field(description="of parameters that share a cause")
    years: list[str]
    position_gbp_m: dict[str, dict[str, IntervalByYear]] = Field(
        description="do nothing or basis; commissioner, providers or nhs; year or cumulative"
    )
    saving_gbp_m: dict[str, IntervalByYear] = Field(
        description="what doing something on each basis adds to doing nothing in the same draw"
    )
    in_balance: dict[str, dict[str, float]] = Field(
        description="share of draws without a deficit, by position and year"
    )
    solutions_on_evidence_gbp_m: dict[str, IntervalByYear]
    contacts: dict[str, dict[str, IntervalByYear]]
    people: IntervalByYear
    headlines: list[HeadlinePart]
    decision: DecisionPart
    worth_of_solutions: list[SolutionWorthPart]
    lives: LivesPart
    limits: list[LimitPart] = Field(
        description=(
            "limits that figures cannot break together, each with the number of draws that were "
            "adjusted"
        )
    )
    parameters: list[ParameterPart]
    notes: list[str]

    def to_arrow(self) -> pa.Table:
        """Every number with its interval, in one table of RESULT_SCHEMA: see `futures_rows`."""
        return result_table(futures_rows(self))


def read_futures(folder: Path) -> FuturesDocument | None:
    """The futures kept in the folder of a run; None where none were drawn.

    Raises InputError for a file that is damaged, something else, or of another version.
    """
    try:
        return read_result(
            folder / FUTURES_FILE, FuturesDocument, "draw them again: tripleaim futures"
        )
    except FileNotFoundError:
        return None
