"""plan.json: the plan as a document that others can read. Its JSON Schema is made from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import PrintedStatus, Status, Thing
from tripleaim.plan.basis import Basis, PeriodTotal
from tripleaim.plan.publish.evidence_parts import (
    EvidencePart,
    EvidenceShownPart,
    SolutionClassPart,
)
from tripleaim.plan.publish.plan_rows import plan_rows
from tripleaim.uncertainty import result_table
from tripleaim.wording import gap_not_known, most_serious_tag

if TYPE_CHECKING:
    import pyarrow as pa

ByYear = dict[str, float]

SCHEMA_VERSION = "3"


class MeasuredPart(Part):
    """What was counted of one kind of contact, and what the model had before calibration to it."""

    year: str = Field(description="the base year, in which contacts are calibrated to the count")
    contacts: float = Field(description="the count, carried to that year")
    uncalibrated: float
    error_pct: float = Field(description="uncalibrated against the count: above zero is too many")
    first_month: str
    last_month: str
    status: Status = Field(description="of the count; contacts set to it are calibrated")
    source: str
    includes: str = Field(description="what the count has and has not")


class PointOfDeliveryPart(Part):
    """One kind of contact, with how its activity grows over the plan and why."""

    id: str
    name: str
    unit: str
    printed: ByYear
    growth_pct: float
    growth_uncalibrated_pct: float
    size_and_age: float
    morbidity: float
    trend: float
    rest: float
    calibration_adds: float
    calibration_adds_pct_a_year: float
    by_luck: tuple[float, float] | None = Field(
        default=None,
        description=(
            "do nothing in the last year: 10% and 90% over other draws of the people; null if the "
            "number comes from 100 people alike or more"
        ),
    )
    measured: MeasuredPart | None = Field(
        default=None, description="what contacts of the base year are set to; null if not counted"
    )


class BeliefPart(Part):
    """What you would have to believe of one effect for the solution to save its claim alone."""

    sentence: str
    effect: str
    people: float
    change: float
    possible: bool


class PrintedPart(Part):
    """What the printed plan says about one part of a solution."""

    thing: Thing
    status: PrintedStatus = Field(
        description="published: used as printed; assumed: ours, wholly or in part"
    )
    says: str = Field(description="in our words; empty: not printed")
    where: str = Field(description="heading and line; empty: not printed")
    cause: str = Field(description="the reason for our value if it is not printed, or only in part")


class CostPerPersonPart(Part):
    """What a year of a solution costs for each person who takes part, £ at the prices of `year`."""

    value: float
    low: float
    high: float
    year: str
    status: Status
    source: str
    cause: str
    stated: float = Field(description="as its source states it, at the prices of stated_year")
    stated_year: str


class SolutionPart(Part):
    """A solution with its three results side by side, in £m a year."""

    id: str
    name: str
    summary: str
    priority: int
    owner: str
    organisations: list[str]
    maturity: str
    release: str
    who: str = Field(description="the people it reaches, as an expression")
    whom: str = Field(default="", description="the same in words")
    uptake: float
    start: str
    years_to_full: int
    reached: ByYear
    as_claimed_gbp_m: ByYear
    amount_known: bool = Field(
        default=True, description="whether the plan puts an amount on it; if not, 0 means unknown"
    )
    claim_status: Status
    claim_source: str
    claim_cause: str
    claim_tag: str = Field(
        description=(
            "the tag that any number of this claim must have: split assumed, if the plan prints "
            "totals and we split them by solution; otherwise claim assumed, or empty"
        )
    )
    investment_gbp_m: ByYear
    cost_per_person: CostPerPersonPart | None = Field(
        default=None, description="included in the investment for everybody who takes part"
    )
    after_overlap_gbp_m: ByYear
    on_evidence_gbp_m: ByYear
    on_evidence_low_gbp_m: ByYear
    on_evidence_high_gbp_m: ByYear
    beliefs: list[BeliefPart]
    evidence: list[EvidencePart]
    classes: list[SolutionClassPart]
    printed_source: str = Field(default="", description="the document that it was checked against")
    printed: list[PrintedPart] = Field(
        default=[], description="what that document says about it; empty if nobody has checked"
    )


class CalibratedPart(Part):
    """A value solved so that the model matches a published figure, with its credible range and what
    it adds.
    """

    parameter: str
    unit: str
    value: float
    uncalibrated: float
    low: float
    high: float
    credible: bool
    meets: str
    adds: float
    adds_unit: str


class ReconciliationPart(Part):
    """A figure as published and as computed here."""

    figure: str
    name: str
    unit: str
    published: float
    computed: float
    uncalibrated: float | None = Field(
        description="the same before calibration, if calibration changes it"
    )
    difference_pct: float
    status: Literal["met by calibration", "met", "not met"]
    part: str = Field(
        description="which part of this document it is compared with, as activity, gap"
    )
    basis: str = Field(description="the position it is compared with: do_nothing or a basis")
    year: str


class LinePart(Part):
    """One line of the do-nothing accounts, in £m: positive is income, negative is cost."""

    side: Literal["commissioner", "providers"]
    line: str
    kind: Literal["income", "cost"]
    uncalibrated: ByYear
    calibrated: ByYear


class AimPart(Part):
    """One measure of health or quality shown with the money."""

    aim: Literal["health", "quality", "money"]
    name: str
    value: float
    target: float | None
    unit: str
    year: str
    sentence: str
    figure: str
    target_figure: str = Field(
        default="", description="the figure that says who set the target; empty without a target"
    )


class ChoicePart(Part):
    """What a scenario chose for one solution, where it differs from the plan."""

    basis: Literal[Basis.AS_CLAIMED, Basis.ON_EVIDENCE, Basis.OWN_VALUE, Basis.OFF]
    uptake: float | None
    start: str | None
    own: float | None


class CashPart(Part):
    """Care avoided on one basis: at average cost, as savings count it, and as cash."""

    average_cost_gbp_m: ByYear = Field(
        description="NHS contacts avoided less contacts added, at the average cost of a contact"
    )
    cash_gbp_m: ByYear = Field(
        description=(
            "the part by which providers' cost falls by then; the other part is capacity for "
            "other patients"
        )
    )
    position_gbp_m: ByYear = Field(
        description="the position of the basis, with cash instead of average cost"
    )


class ScenarioPart(Part):
    """The scenario that this document answers for."""

    name: str
    sha256: str
    token: str
    period_total: PeriodTotal = Field(
        description="whether the printed saving over the period includes the first year's"
    )
    choices: dict[str, ChoicePart]
    assumptions: dict[str, float] = Field(
        default_factory=dict,
        description="values of the scenario that differ from the place's, by id",
    )


class AskedForPart(Part):
    """A figure that nobody has published, and that the place must enter before a gap is known."""

    id: str
    what: str
    unit: str
    who_would_know: str
    until_then: str


class PlanDocument(Part):
    """The plan of one footprint: doing nothing, doing something on each basis, and the sources."""

    schema_version: Literal["3"] = "3"
    footprint: str
    name: str
    seed: int
    version: str
    inputs_sha256: str
    scenario: ScenarioPart
    base_year: str
    years: list[str]
    population: ByYear = Field(description="registered people by year, the base year first")
    resident_population: ByYear
    aged_75_and_over_pct: ByYear
    deaths: ByYear = Field(
        default_factory=dict,
        description="registered people who die between the 1 January inside "
        "a year and the next 1 January",
    )
    people_with_condition: dict[str, ByYear] = Field(
        default_factory=dict, description="registered people with each condition, by year"
    )
    points_of_delivery: list[PointOfDeliveryPart]
    activity: dict[str, dict[str, ByYear]] = Field(
        description="do nothing or basis, point of delivery, year"
    )
    gap_gbp_m: dict[str, ByYear] = Field(
        description="do nothing or basis, year or cumulative; negative is a deficit"
    )
    gap_interval_gbp_m: dict[str, dict[str, tuple[float, float]]] = Field(
        description=(
            "10% and 90% of draws of the position by year; not_known_drawn: solutions that no "
            "controlled study measured save a random share of their claim"
        )
    )
    sides: dict[Literal["commissioner", "providers"], dict[str, ByYear]]
    lines: list[LinePart]
    solutions: list[SolutionPart]
    overlap_gbp_m: ByYear = Field(description="claimed savings less savings after overlap")
    impossible_gbp_m: ByYear = Field(
        description="the part of the overlap that no size of effect would save, even alone"
    )
    evidence: EvidenceShownPart | None = Field(
        description="null in a document written before version 3"
    )
    evidence_cap_gbp_m: ByYear = Field(
        description="taken off all solutions together on evidence: zero or negative"
    )
    cash: dict[str, CashPart] = Field(
        default_factory=dict,
        description="by basis with overlap removed; claims of partners are not split into contacts",
    )
    stf_gbp_m: ByYear = Field(description="conditional money, in addition to the position")
    calibrated: list[CalibratedPart]
    reconciliation: list[ReconciliationPart]
    aims: list[AimPart]
    notes: list[str]
    warnings: list[str] = Field(
        default_factory=list,
        description="where the scenario goes beyond the range of its numbers",
    )
    asked_for: list[AskedForPart] = Field(
        default_factory=list,
        description="figures to be entered; while there are any, no position is known and none is"
        " given",
    )
    care_gbp_m: ByYear = Field(
        default_factory=dict,
        description="where no position is known: the commissioner's care at first-year prices",
    )
    ready: list[SolutionPart] = Field(
        default_factory=list,
        description="solutions that are ready to choose and no part of this plan, as if all of them"
        " were done on evidence; what classes say is of each by itself",
    )
    files_read: list[str] = Field(
        default_factory=list,
        description="how the place's own files were read, if differently from how they are written",
    )

    @property
    def gap_known(self) -> bool:
        """Whether all is entered that a position follows from."""
        return not self.asked_for

    @property
    def why_no_gap(self) -> str:
        """Which figures are to be entered before a gap is known, in a sentence; "" if it is."""
        return gap_not_known([one.what for one in self.asked_for]) if self.asked_for else ""

    @property
    def claim_tag(self) -> str:
        """The tag of numbers of several solutions' claims: the most serious of their tags."""
        return most_serious_tag(solution.claim_tag for solution in self.solutions)

    def to_arrow(self) -> pa.Table:
        """Every number by year, in one table of RESULT_SCHEMA: see `plan_rows`."""
        return result_table(plan_rows(self))
