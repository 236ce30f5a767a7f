"""The incentive table as data: frozen, in pounds, by organisation and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tripleaim.plan.basis import Basis
from tripleaim.wording import IncentivesFinding, WantedFinding

ByYear = Mapping[str, Decimal]
Funder = Literal["doers", "commissioner"]
Verdict = Literal["wanted", "not wanted", "divided", "indifferent", "nobody named"]

VERDICTS: Mapping[Verdict, str] = {
    "wanted": "Some organisations that carry it out gain, and no such organisation loses.",
    "not wanted": "Some organisations that carry it out lose, and no such organisation gains.",
    "divided": "Some organisations that carry it out gain, and others lose.",
    "indifferent": "No organisation that carries it out gains or loses.",
    "nobody named": "The solution names no organisation that carries it out.",
}


@dataclass(frozen=True, slots=True)
class OrganisationEffect:
    """The effect of one solution on one organisation, in pounds by year, against doing nothing.

    pays_less     what it pays others less (negative: more)
    loses_income  what others pay it less (negative: more)
    cost_falls    what of its own cost goes (negative: cost added)
    cost_stays    cost of work it no longer does that does not go, or not yet
    invests       its part of the investment
    net           pays_less - loses_income + cost_falls - invests; `total` over all years
    """

    organisation: str
    name: str
    does_it: bool
    pays_less: ByYear
    loses_income: ByYear
    cost_falls: ByYear
    cost_stays: ByYear
    invests: ByYear
    net: ByYear
    total: Decimal


@dataclass(frozen=True, slots=True)
class SolutionIncentive:
    """One solution under a payment method: its effect on every organisation concerned.

    `wanted_by` and `not_wanted_by` are the organisations carrying it out that gain and lose over
    the plan's years; `system` is the effect on all organisations together, by year.
    """

    solution: str
    name: str
    release: str
    organisations: tuple[OrganisationEffect, ...]
    wanted_by: tuple[str, ...]
    not_wanted_by: tuple[str, ...]
    verdict: Verdict
    system: ByYear
    finding: WantedFinding


@dataclass(frozen=True, slots=True)
class IncentiveTable:
    """Every solution under one payment method, and the total effect on each organisation.

    `system` is the effect of all solutions on all organisations, by year: the cost released less
    the investment, whatever the rule.
    """

    place: str
    rule: str
    rule_name: str
    rule_sentence: str
    basis: Basis
    funded_by: Funder
    years: tuple[str, ...]
    solutions: tuple[SolutionIncentive, ...]
    organisations: tuple[OrganisationEffect, ...]
    system: ByYear
    cost_released: ByYear
    notes: tuple[str, ...]
    finding: IncentivesFinding

    def of(self, solution: str) -> SolutionIncentive:
        """The row of one solution. Raises KeyError for another."""
        return {row.solution: row for row in self.solutions}[solution]
