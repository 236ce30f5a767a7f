"""The parts of plan.json on evidence: studies, four classes, and the range that they leave."""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, ConfigDict, Field

from tripleaim.core import Part
from tripleaim.place import Design, Directness, RiskOfBias
from tripleaim.plan.overlap.classes import EvidenceClass


class EvidencePart(Part):
    """What studies say about one effect of a solution."""

    effect: str
    value: float
    low: float
    high: float
    design: Design
    used: float
    source: str
    where: str
    measured: bool = Field(description="false: no study measured this effect; its value is unknown")
    studies: int | None = Field(description="how many; null if the source does not say")
    directness: Directness
    risk_of_bias: RiskOfBias


class SolutionClassPart(Part):
    """Effects of a solution that are of one class of evidence, in the last year; £m a year."""

    model_config = ConfigDict(serialize_by_alias=True)

    evidence_class: EvidenceClass = Field(
        validation_alias=AliasChoices("class", "evidence_class"), serialization_alias="class"
    )
    effects: list[str]
    share: float = Field(description="0 to 1, of the solution's claim and investment")
    claim_gbp_m: float
    investment_gbp_m: float
    net_gbp_m: float | None = Field(description="if it is done alone; null if not known")
    net_range_gbp_m: tuple[float, float] = Field(
        description="95%; if not known, from no saving to the whole claim"
    )


class EvidenceClassPart(Part):
    """One of the four classes of evidence, in the last year of the plan; £m a year.

    A solution whose effects have different evidence is in several classes.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    evidence_class: EvidenceClass = Field(
        validation_alias=AliasChoices("class", "evidence_class"), serialization_alias="class"
    )
    solutions: list[str]
    claim_gbp_m: float = Field(description="net of investment, as partners claim")
    investment_gbp_m: float
    net_gbp_m: float | None = Field(
        description="saved on evidence, after overlap, less investment; null if not known"
    )
    net_range_gbp_m: tuple[float, float] = Field(
        description="10% and 90%; if not known, from no saving to the whole claim"
    )


class DeliveryRecordPart(Part):
    """The share of planned savings that was delivered elsewhere: a figure of the place."""

    figure: str
    value: float
    unit: str
    year: str
    of: str
    source: str
    where: str


class ManagementPart(Part):
    """Savings by management of one side, which nobody will test in a trial; not known."""

    side: Literal["commissioner", "providers"]
    name: str
    solutions: list[str]
    claim_gbp_m: float
    investment_gbp_m: float
    record: list[DeliveryRecordPart]


class EvidenceShownPart(Part):
    """What evidence shows of all solutions, and the range that it leaves, in the last year; £m."""

    year: str
    margin: float = Field(
        description="a fall smaller than this share of what an effect acts on counts as no effect"
    )
    classes: list[EvidenceClassPart] = Field(
        description="all four, those that show something first"
    )
    management: list[ManagementPart]
    range_gbp_m: tuple[float, float] = Field(
        description=(
            "the NHS position at the two ends: no untested solution works and its investment is "
            "spent; every untested solution saves its claim after overlap, limited by studies of "
            "whole populations"
        )
    )
    range_by_year_gbp_m: dict[str, tuple[float, float]]
    range_before_cap_gbp_m: tuple[float, float] = Field(
        description="the same without the limit from studies of whole populations"
    )
    range_before_overlap_gbp_m: tuple[float, float] = Field(
        description="the same with claims added up, without removing overlap"
    )
    studied_alone_gbp_m: float = Field(
        description="on evidence, without the solutions that no "
        "study measured and without their cost"
    )
