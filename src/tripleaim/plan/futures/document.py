"""futures.json: how far the five-year plan may come out otherwise, and by what."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import InputError, Status

FUTURES_FILE = "futures.json"


class FanPart(Part):
    """One number: as the central run has it, and its 10%, 50% and 90% over the draws."""

    central: float
    p10: float
    p50: float
    p90: float


FanByYear = dict[str, FanPart]


class ParameterPart(Part):
    """Something that moves: its point, its 95% range, and whence."""

    id: str
    name: str
    value: float
    low: float | None
    high: float | None
    status: Status
    source: str
    cause: str
    shares: str = Field(description="the cause that it shares with others; empty for none")


class DriverPart(Part):
    """What one parameter, or all that share a cause, does to the spread of one headline."""

    id: str
    name: str
    parameters: list[str]
    share: float = Field(description="of the variance, that knowing it would take away; 0 to 1")
    rank: float | None = Field(
        description="Spearman's correlation with the headline, -1 to 1; none for several together"
    )


class HeadlinePart(Part):
    """A number that the plan is judged by, what its spread is due to, and how much is chance."""

    id: str
    name: str
    unit: str
    fan: FanPart
    standard_deviation: float
    drivers: list[DriverPart] = Field(description="the ten that drive it most")
    chance_share: float | None = Field(
        description="share of the variance that is people's luck; none where it was not split"
    )


class OptionPart(Part):
    """One option of a decision: its net benefit over doing nothing, £m over the plan's years."""

    id: str
    name: str
    expected_gbp_m: float
    fan: FanPart
    best_in: float = Field(description="share of the draws in which no other option is better")


class WorthPart(Part):
    """What knowing one parameter, or all of one cause, would be worth to the decision, £m."""

    id: str
    name: str
    gbp_m: float
    error_gbp_m: float = Field(description="standard error")
    excess_gbp_m: float = Field(description="how much too high noise makes it on average")


class DecisionPart(Part):
    """A choice among options, and the value of information for it."""

    question: str
    options: list[OptionPart]
    best: str
    perfect_information_gbp_m: float
    worth: list[WorthPart] = Field(description="of the ten that move it most")


class LivesPart(Part):
    """On how many of the place's people lives were drawn, and how chance was told apart."""

    people: int
    of: int
    chance_draws: int
    chance_seeds: int


class FuturesDocument(Part):
    """Draws of the five-year plan of one footprint; £m, negative is a deficit."""

    schema_version: Literal["1"] = "1"
    footprint: str
    name: str
    seed: int
    version: str
    inputs_sha256: str
    scenario: str = Field(description="the scenario's address; empty for the plan as printed")
    draws: int
    correlation: float = Field(description="of parameters that share a cause")
    years: list[str]
    position_gbp_m: dict[str, dict[str, FanByYear]] = Field(
        description="way of telling the gap; commissioner, providers or nhs; year or cumulative"
    )
    saving_gbp_m: dict[str, FanByYear] = Field(
        description="what each way of doing something adds to doing nothing in the same draw"
    )
    in_balance: dict[str, dict[str, float]] = Field(
        description="share of draws without a deficit, by way and year"
    )
    solutions_on_evidence_gbp_m: dict[str, FanByYear]
    contacts: dict[str, dict[str, FanByYear]]
    people: FanByYear
    headlines: list[HeadlinePart]
    decision: DecisionPart
    lives: LivesPart
    parameters: list[ParameterPart]
    notes: list[str]


def read_futures(folder: Path) -> FuturesDocument | None:
    """The futures kept in the folder of a run; None where none were drawn.

    Raises InputError for a file that is damaged or something else.
    """
    path = folder / FUTURES_FILE
    try:
        return FuturesDocument.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        raise InputError("expected futures of a plan; draw them again", file=path) from None
