"""prevention.json: twenty years of prevention as a document. Its JSON Schema is made from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import Status
from tripleaim.prevention.document_risks import AllCausePart
from tripleaim.prevention.document_value import (
    CostPerQaly,
    LuckyInterval,
    PublishedRow,
    ValuePart,
)
from tripleaim.prevention.prevention_rows import prevention_rows
from tripleaim.uncertainty import (
    DecisionPart,
    FanPart,
    ParameterPart,
    UncertainNumberPart,
    result_table,
)

if TYPE_CHECKING:
    import pyarrow as pa

Way = Literal["exact", "sampled", "alone"]


class BreakEven(Part):
    """The first year from which the cumulative discounted net cost stays below zero.

    None if that is never so within the horizon. A percentile counts "never" as later than any
    year: p90 None means that more than one draw in ten never breaks even.
    """

    central: str | None
    p10: str | None
    p50: str | None
    p90: str | None
    ever_pct: float = Field(description="share of draws that break even within the horizon, %")


class Discounted(Part):
    """Sums over the horizon at one rate; £m at the prices of the price year, cost is positive."""

    rate_pct: float = Field(description="0 is undiscounted; the first year is not discounted")
    programme_cost: LuckyInterval
    avoided: LuckyInterval = Field(
        description="contacts avoided x unit cost, gross; positive is less"
    )
    released: LuckyInterval = Field(description="the part by which organisations' cost falls")
    net_cost: LuckyInterval = Field(description="programme cost less what is avoided, gross")
    net_cash: LuckyInterval = Field(description="programme cost less what is released")
    qalys: LuckyInterval
    qaly_value: LuckyInterval = Field(
        description="QALYs at the stated value: shown with the money, never added to it"
    )
    break_even: BreakEven = Field(description="of the gross net cost")
    break_even_cash: BreakEven = Field(description="of the net cost that counts only cash")


class InsidePlan(Part):
    """What falls inside the years of the five-year plan, undiscounted £m."""

    years: list[str]
    programme_cost: LuckyInterval
    avoided: LuckyInterval
    released: LuckyInterval
    net_cost: LuckyInterval
    avoided_share_pct: LuckyInterval = Field(
        description="of what is avoided in the whole horizon, %"
    )
    qalys_share_pct: LuckyInterval = Field(description="of the QALYs of the whole horizon, %")


class MoneyPart(Part):
    """Money by year, £m undiscounted, by who pays; cost is positive, a saving negative in net."""

    programme_cost: FanPart
    avoided: FanPart
    released: FanPart
    net_cost: FanPart
    net_cash: FanPart
    cumulative_net_cost: FanPart = Field(description="discounted at the first rate above 0")
    cumulative_net_cash: FanPart = Field(description="discounted at the first rate above 0")
    programme_cost_by_payer: dict[str, FanPart]
    avoided_by_payer: dict[str, FanPart]
    net_cost_by_payer: dict[str, FanPart] = Field(description="adds up to net_cost in each draw")
    avoided_by_point_of_delivery: dict[str, FanPart]
    contacts_avoided: dict[str, FanPart] = Field(
        description="by point of delivery, in its own unit"
    )
    sums: list[Discounted]
    inside_plan: InsidePlan


class EvidenceRow(Part):
    """The evidence on one effect, from its programme file."""

    effect: str = Field(description="in words: what changes, by how much, of what")
    value: float
    low: float
    high: float
    unit: str
    used: float = Field(description="after shrinking, where it was shrunk")
    half_life_years: float | None = Field(description="None: it lasts")
    design: str
    status: Status
    source: str
    where: str
    cause: str


class CostRow(Part):
    """One cost of a programme, from its file."""

    kind: Literal["per person reached", "per member a year", "set-up", "recurrent"]
    value: float
    low: float
    high: float
    unit: str
    payer: str
    status: Status
    source: str
    cause: str


class ConsequenceRow(Part):
    """One number on what happens after a late outcome, from late_outcomes.csv."""

    outcome: str
    effect: str = Field(description="in words")
    value: float | None = Field(description="None: a condition carries it, see `carried_by`")
    low: float | None = Field(description="of the 95% interval; None: no interval is known")
    high: float | None
    unit: str
    carried_by: str | None = Field(
        description="the condition whose deaths and quality of life include it"
    )
    status: Status
    source: str
    where: str
    cause: str


class SparedPart(Part):
    """What late outcomes that do not happen would have cost: part of QALYs and deaths averted."""

    outcome: str
    name: str
    averted: LuckyInterval = Field(description="late outcomes that do not happen over the horizon")
    qalys: LuckyInterval = Field(description="undiscounted; no year after the horizon counts")
    life_years: LuckyInterval = Field(
        description=(
            "years of life; the people who live them are not in the projection, so they cost no "
            "care"
        )
    )
    deaths_averted: LuckyInterval = Field(
        description="by the end of the horizon, without people who would have died later within it"
    )


class ProgrammePart(Part):
    """One programme, alone against do nothing."""

    id: str
    name: str
    summary: str
    solution: str | None = Field(description="the plan's solution of the same id, if it has one")
    who: str = Field(description="the people it reaches, as an expression")
    whom: str = Field(default="", description="the same in words")
    start: str
    years_to_full: int
    supported: bool = Field(description="False: no controlled evidence, all effects are 0")
    evidence: list[EvidenceRow]
    costs: list[CostRow]
    coverage_pct: list[list[float]] = Field(
        description="(years, 5): share of the eligible reached so far by quintile, %; central draw"
    )
    joined: FanPart = Field(description="people who join in each year")
    joined_by_quintile: list[list[float]] = Field(description="(years, 5), central draw")
    joined_total: LuckyInterval
    money: MoneyPart
    qalys: FanPart = Field(description="gained in each year, undiscounted")
    deaths_averted: LuckyInterval = Field(
        description="over the horizon; people who survive die later"
    )
    spared: list[SparedPart] = Field(description="part of qalys and deaths_averted, by outcome")


class HealthRow(Part):
    """One measure of health in one group: do nothing, do something, and the difference."""

    measure: str = Field(description="an id from `measures`")
    sex: Literal["persons", "male", "female"]
    quintile: int = Field(description="1 the most deprived to 5; 0 all")
    nothing: FanPart
    something: FanPart
    difference: FanPart = Field(
        description="draw by draw, so not the difference of the percentiles"
    )


class MeasurePart(Part):
    """A measure of health in words."""

    id: str
    name: str
    unit: str
    kind: Literal["expectancy", "inequality", "events", "years"]
    better: Literal["higher", "lower"]


class OfficialRow(Part):
    """A computed value of the first year, compared with a printed or official one."""

    measure: str = Field(description="an id from `measures`")
    name: str
    sex: Literal["persons", "male", "female"]
    unit: str
    computed: float
    computed_year: str
    published: float
    published_year: str = Field(description="2009/11 is the three years 2009 to 2011")
    area: str = Field(description="whose number it is")
    basis: str
    status: Status
    source: str
    figure: str = Field(description="the id of the figure; empty if it is not a figure")


class HealthPart(Part):
    """Health of the place, do nothing against all programmes together."""

    measures: list[MeasurePart]
    rows: list[HealthRow]
    totals: dict[str, LuckyInterval] = Field(
        description="difference summed over the horizon, for measures of kind events and years"
    )
    beside_official: list[OfficialRow]


class LeadingMeasure(Part):
    """One measure that moves before the outcome does."""

    id: str = Field(description="as programme/falls-prevention, risk/smoking or condition/stroke")
    kind: Literal["programme", "risk", "condition"]
    name: str
    unit: str
    generation: int = Field(
        description="the number of steps of the chain before it; 0 changes first"
    )
    acts_on: list[str]
    lag_years: int = Field(description="the least years from a change in it to the outcome")
    moves: FanPart = Field(description="difference between do something and do nothing, by year")
    explains_pct: list[float | None] = Field(
        description=(
            "by year: share of the total effect that it explains over the draws, %; null if it "
            "has no share, for example because it changes in the opposite direction"
        )
    )


class Prediction(Part):
    """The outcome's total effect, predicted from its leading measures after some years."""

    after_years: int
    predicted: float | None = Field(description="from the central draw's measures of that year")
    low: float | None = Field(description="80% interval of the prediction")
    high: float | None
    narrowed_pct: float | None = Field(
        description="by how much the interval is narrower than without any measure, %"
    )
    explained_pct: float | None = Field(
        description="share of the variance between draws that is predicted, leave one out, %"
    )


class Chain(Part):
    """The measures that change before one late outcome, in order. Needs eight draws or more."""

    id: str
    name: str
    unit: str
    effect: LuckyInterval = Field(description="do something less do nothing over the whole horizon")
    measures: list[LeadingMeasure] = Field(description="in the order in which they move")
    rest_pct: list[float | None] = Field(
        description=(
            "by year: the share that no measure shows yet; with the measures' shares it adds up "
            "to 100, if none of them is null"
        )
    )
    predictions: list[Prediction]


class UncertaintyPart(UncertainNumberPart):
    """A headline, what drives its interval, and how much chance adds to it."""

    interval: LuckyInterval
    chance_standard_deviation: float | None = Field(
        description="of chance with fixed parameters, with the "
        "people simulated once; None: one seed"
    )
    draw_error: float | None = Field(
        default=None,
        description=(
            "standard error of a draw's deviation from the central value, because of chance in "
            "its sample of people; None: no draws, or too few seeds to measure chance"
        ),
    )
    spread_error: float | None = Field(
        default=None,
        description=(
            "standard error of the standard deviation over draws, because of the choice of "
            "simulated draws and chance in them; None: too few draws"
        ),
    )


class Share(Part):
    """One programme's share of an outcome."""

    programme: str
    value: float
    error: float = Field(description="standard error over random seeds; 0 with one seed")
    alone: float = Field(description="its effect when it is the only programme")
    way: Way


class AttributionPart(Part):
    """An outcome of all programmes together, attributed so that the shares add up (Shapley)."""

    id: str
    name: str
    unit: str
    nothing: float
    something: float
    total: float = Field(description="something - nothing, and the sum of the shares' values")
    shares: list[Share]
    coalitions: int = Field(description="different sets of programmes that were simulated")
    permutations: int
    people: int = Field(description="people simulated; results are scaled to all registered")
    corrected: float = Field(
        description="the joint effect of three or more programmes, shared evenly"
    )


class QuintileBenefit(Part):
    """What all programmes together gain in one deprivation quintile over the horizon."""

    quintile: int
    people: int
    joined: LuckyInterval
    qalys: LuckyInterval
    qalys_per_1000: LuckyInterval
    deaths_averted: LuckyInterval
    avoided_gbp_m: LuckyInterval


class Headline(Part):
    """What the first sentence of the page says; money discounted at the first rate above 0."""

    programme_cost_gbp_m: LuckyInterval
    avoided_gbp_m: LuckyInterval
    net_cost_gbp_m: LuckyInterval
    net_cash_gbp_m: LuckyInterval
    break_even: BreakEven
    inside_plan_gbp_m: LuckyInterval = Field(description="avoided inside the plan, undiscounted")
    inside_plan_pct: LuckyInterval
    qalys: LuckyInterval = Field(description="undiscounted")
    qalys_discounted: LuckyInterval | None = Field(
        default=None, description="at the rate of the money; None: made before version 4"
    )
    gbp_per_qaly: CostPerQaly | None = Field(
        default=None, description="net cost over QALYs, both discounted at the rate of the money"
    )
    gbp_per_qaly_acting: CostPerQaly | None = Field(
        default=None, description="the same without the programmes that have no effect"
    )
    deaths_averted: LuckyInterval
    onsets_averted: dict[str, LuckyInterval] = Field(description="by condition, over the horizon")
    outcomes_averted: dict[str, LuckyInterval] = Field(
        description="late outcomes, over the horizon"
    )
    life_expectancy_gained: dict[str, LuckyInterval] = Field(description="by sex, last year, years")


class RunPart(Part):
    """How the numbers were made."""

    registered: int
    simulated: int = Field(description="people simulated; results are scaled by registered / this")
    draws: int = Field(description="joint draws done, besides the central one")
    draws_asked: int
    complete: bool = Field(description="False: stopped early; a rerun continues")
    seeds: int = Field(default=1, description="random seeds; central values are the mean over them")
    draws_simulated: int = Field(
        default=0, description="draws simulated; a regression on them gives the other draws"
    )


class PreventionDocument(Part):
    """Prevention in one place over the horizon: each programme alone, and all together."""

    schema_version: Literal["4"] = "4"
    footprint: str
    name: str
    seed: int
    version: str
    inputs_sha256: str
    run: RunPart
    base_year: str
    years: list[str] = Field(
        description="the years of the horizon: contacts and joiners are those of the 1 January in"
        " a year (nobody joins on the last), events those of the twelve months that lead up to it"
    )
    plan_years: list[str]
    price_year: str
    discount_rates_pct: list[float]
    qaly_value_gbp: float
    conditions: dict[str, str] = Field(description="id to name")
    payers: dict[str, str] = Field(description="id to name")
    points_of_delivery: dict[str, str] = Field(description="id to name")
    headline: Headline
    programmes: list[ProgrammePart]
    together: MoneyPart
    meeting: LuckyInterval = Field(
        description="avoided by each alone, added up, less avoided together: £m undiscounted"
    )
    health: HealthPart
    spared: list[SparedPart] = Field(
        description="by all programmes together: part of the headline's QALYs and deaths"
    )
    consequences: list[ConsequenceRow] = Field(description="what happens after each late outcome")
    all_cause: list[AllCausePart] = Field(
        default=[],
        description=(
            "deaths by level of each risk factor, published and solved; empty in documents of "
            "older versions"
        ),
    )
    leading: list[Chain]
    uncertainty: list[UncertaintyPart] = Field(description="empty with fewer than two draws")
    parameters: list[ParameterPart] = Field(description="the parameters that drivers name")
    decision: DecisionPart | None = Field(
        description="what to fund, by QALYs at their value less "
        "net cost, both discounted at the same rate"
    )
    attribution: list[AttributionPart]
    by_quintile: list[QuintileBenefit]
    value: ValuePart | None = Field(
        default=None, description="money and QALYs on one basis; None: made before version 4"
    )
    published: list[PublishedRow] = Field(
        default_factory=list, description="published evaluations compared with ours"
    )
    notes: list[str]

    def to_arrow(self) -> pa.Table:
        """Every number with its interval, in one table of RESULT_SCHEMA: see `prevention_rows`."""
        return result_table(prevention_rows(self))
