"""What flows and organisations' books rest on, read and checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tripleaim.accounts.books.cost_structure import CostStructure, cost_structure
from tripleaim.accounts.books.flow_table import (
    FlowSeed,
    council_lines,
    own_trusts,
    read_flow_seeds,
    trust_incomes,
)
from tripleaim.accounts.books.ledger import MILLION, pounds
from tripleaim.accounts.books.positions import stated_positions
from tripleaim.accounts.control.control_totals import read_control_totals
from tripleaim.accounts.gap.inputs import AccountInputs, account_inputs
from tripleaim.place import Organisation, Place, year_in_id


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """A line on which the council spends: £m of the base year, growth a resident and year.

    `printed` is the grant, £, of years for which the plan prints it: that is spent, and no more.
    """

    spend: float
    growth: float
    printed: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class FlowInputs:
    """Who may pay whom on each line, beside the two-sided accounts.

    place, name         of the place
    organisations       its partners
    account             what the two-sided accounts rest on
    seeds               the flows before they are fitted
    trust_incomes       of its own trusts in the base year, £m; 1 each where none is known
    recorded_incomes    the same to the penny; empty where none is known
    council             the lines on which the council spends, by name
    """

    place: str
    name: str
    organisations: tuple[Organisation, ...]
    account: AccountInputs
    seeds: tuple[FlowSeed, ...]
    trust_incomes: Mapping[str, float]
    recorded_incomes: Mapping[str, Decimal]
    council: Mapping[str, CouncilLine]

    @property
    def trusts(self) -> tuple[str, ...]:
        """The place's own trusts."""
        return tuple(self.trust_incomes)

    @property
    def base_year(self) -> str:
        """The last recorded year."""
        return self.account.base_year

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the plan."""
        return self.account.years

    @property
    def commissioners(self) -> tuple[str, ...]:
        """The place's commissioners."""
        return tuple(o.id for o in self.organisations if o.side == "commissioner")


@dataclass(frozen=True)
class BookInputs:
    """What every organisation's book needs besides the flows and the two-sided accounts.

    stated           positions that organisations stated, £ by (period, organisation)
    fund_parts       each own trust's part of the fund (STF): what its control total of the first
                     year holds of it, in £, else its income
    structures       what the cost of each of the place's own trusts is made of
    council_growth   of the council's own funding, a year
    """

    flows: FlowInputs
    stated: Mapping[tuple[str, str], Decimal]
    fund_parts: Mapping[str, float]
    structures: Mapping[str, CostStructure]
    council_growth: float


def flow_inputs(place: Place) -> FlowInputs:
    """Read and check what flows rest on.

    Raises InputError where it is not known who pays whom, and at the first fault.
    """
    return FlowInputs(
        place=place.id,
        name=place.name,
        organisations=place.organisations,
        account=account_inputs(place),
        seeds=read_flow_seeds(place),
        trust_incomes=trust_incomes(place),
        recorded_incomes=_recorded_incomes(place),
        council={line: council_line(place, line) for line in council_lines(place)},
    )


def book_inputs(place: Place) -> BookInputs:
    """Read and check what organisations' books rest on. Raises InputError at the first fault."""
    flows = flow_inputs(place)
    funded = place.value("council-funding-growth") / 100 if flows.council else 0.0
    return BookInputs(
        flows=flows,
        stated=stated_positions(place),
        fund_parts=_fund_parts(place, flows),
        structures={trust: cost_structure(place, trust) for trust in flows.trusts},
        council_growth=funded,
    )


def _fund_parts(place: Place, flows: FlowInputs) -> dict[str, float]:
    first = place.years[0]
    fund_share = {t.organisation: t.stf for t in read_control_totals(place) if t.year == first}
    parts = {trust: float(fund_share.get(trust, 0)) for trust in flows.trusts}
    return parts if any(parts.values()) else dict(flows.trust_incomes)


def _recorded_incomes(place: Place) -> dict[str, Decimal]:
    names = {t: f"trust-income.{t}.{year_in_id(place.base_year)}" for t in own_trusts(place)}
    return {
        t: pounds(Decimal(str(place.value(n))) * MILLION)
        for t, n in names.items()
        if n in place.figures
    }


def council_line(place: Place, line: str) -> CouncilLine:
    """What is known of a line on which the council spends. Raises InputError for another."""
    growth = place.value(f"council-growth.{line}") / 100
    names = {year: f"{line}.grant.{year_in_id(year)}" for year in place.years}
    printed = {year: place.value(n) for year, n in names.items() if n in place.figures}
    return CouncilLine(place.value(f"council-spend.{line}"), growth, printed)
