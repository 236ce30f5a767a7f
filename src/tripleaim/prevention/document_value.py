"""The parts of prevention.json that set money and health on one basis."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import Status
from tripleaim.uncertainty import IntervalPart

Basis = Literal["all joiners, horizon", "first joiners, horizon", "first joiners, lifetime"]
"""Who joins, and how long they are followed."""


class LuckyInterval(IntervalPart):
    """One number with its percentiles over draws, and the standard error of its central value."""

    luck: float | None = Field(
        default=None,
        description=(
            "standard error of the central value over random seeds; None: only one seed, or no "
            "value in some seed"
        ),
    )


class CostPerQaly(LuckyInterval):
    """Net cost over QALYs gained, £, both discounted at the rate of the row.

    Below 0 it saves money and gains health. None where no QALY is gained; a percentile counts that
    as dearer than any number.
    """

    gains_pct: float = Field(description="share of draws that gain any QALY, %")
    worth_it_pct: float = Field(description="share of draws worth it at the stated value, %")


class ValueRow(Part):
    """What one programme, or several together, cost and gain, money and QALYs on one basis."""

    id: str = Field(
        description='a programme, "together", or "acting": all but those without effect'
    )
    name: str
    basis: Basis
    rate_pct: float = Field(description="of discounting, money and QALYs alike; 0: undiscounted")
    joined: LuckyInterval
    programme_cost: LuckyInterval = Field(description="£m")
    avoided: LuckyInterval = Field(
        description="£m of care, gross; care in the years of life gained is taken off"
    )
    net_cost: LuckyInterval = Field(description="£m, programme cost less care avoided")
    qalys: LuckyInterval
    gbp_per_qaly: CostPerQaly
    breaks_even_pct: float = Field(description="share of draws that break even within the time, %")
    pays_back_after: int | None = Field(
        description="years from the first joiner until the cumulative net cost stays below zero,"
        " on the central draw; None: never"
    )


class AcceptabilityRow(Part):
    """The share of draws in which a programme is worth its cost, by the value of a QALY."""

    id: str
    name: str
    basis: Basis
    rate_pct: float
    pct: list[float] = Field(description="in the order of `thresholds_gbp`")


class ValuePart(Part):
    """Money and QALYs on one basis, over the horizon and over lifetimes."""

    lifetime_years: int | None = Field(
        description="None: people were not followed over their lifetimes"
    )
    joining_years: list[str] = Field(description="in which the first joiners join")
    rows: list[ValueRow]
    thresholds_gbp: list[float]
    acceptability: list[AcceptabilityRow]
    without_effect: list[str] = Field(description="programmes with a cost and no effect, by id")


Counted = Literal["net cost", "programme cost"]
"""Programme cost less care avoided, or programme cost alone."""


class PublishedRow(Part):
    """A published evaluation compared with ours on its own basis, and why the two differ.

    Ours are the people who join in the plan's years, followed for as many years from the one in
    which they join on average, discounted to that year.
    """

    programme: str
    evaluation: str
    setting: str = Field(description="whom, against what, over how long, whose money")
    per: Literal["QALY", "life year"]
    gbp_per: float | None = Field(
        description="£ at its own prices; None: it found a saving, see `finding`"
    )
    low: float | None
    high: float | None
    finding: str = Field(description="in words, such as cost-saving; empty if the number says it")
    pays_back_after: float | None = Field(description="years")
    qalys_per_person: float | None
    ours_basis: Basis | None = Field(
        description="None: people were not followed over their lifetimes"
    )
    ours_years: int | None = Field(
        default=None, description="years for which ours are followed, as in theirs; None: lifetime"
    )
    ours_counts: Counted = Field(default="net cost", description="as theirs")
    ours_rate_pct: float = Field(description="the rate of the evaluation, if it gives one")
    ours_gbp_per: float | None = Field(
        description="£ for each unit of `per`; below 0 it saves; None: no unit is gained"
    )
    ours_p10: float | None = None
    ours_p90: float | None = None
    ours_qalys_per_person: float | None
    ours_pays_back_after: int | None
    ratio: float | None = Field(description="ours divided by theirs, if both are above 0")
    within_twice: bool | None = Field(description="None: there are not two numbers to compare")
    both_save: bool | None = Field(
        default=None, description="whether ours also saves, if theirs does; otherwise None"
    )
    why: str = Field(description="why ours differs")
    status: Status
    source: str
    where: str
