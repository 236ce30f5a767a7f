"""Activity and population in, the accounts of commissioner and providers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.accounts.gap.first_year import first_year_spend
from tripleaim.accounts.gap.indices import (
    compound,
    line_drivers,
    registered,
    tariff,
)
from tripleaim.accounts.gap.inputs import AccountInputs
from tripleaim.accounts.gap.limits import own_trusts_income
from tripleaim.accounts.gap.model import OUTSIDE, Accounts, ByYear, Driver, Line
from tripleaim.accounts.gap.parameters import Parameters
from tripleaim.activity import Activity
from tripleaim.place import InputError


@dataclass(frozen=True, slots=True)
class _Spend:
    """One spend line in the first year, £m, with what moves it and who pays and is paid."""

    id: str
    name: str
    funding: str
    amount: float
    to_own_trusts: float
    drivers: Mapping[Driver, ByYear]


def account(
    inputs: AccountInputs,
    activity: Activity,
    population: ByYear,
    parameters: Parameters | None = None,
) -> Accounts:
    """The do-nothing accounts of a place, in £m, for every year of the plan.

    `activity` has contacts of every NHS point of delivery in every year of the plan, recorded or
    projected; `population` is registered people by year, the base year among them; `parameters`
    are the uncalibrated ones unless given.

    Commissioner: spend of the first year is pounds a head x people registered then, or a stated
    total, carried from base-year to first-year prices; from there it grows with contacts (weighted
    by unit cost) and with price. The allocation of the first year is what leaves the stated
    opening, or it is stated and the opening is what it leaves (see `first_year_spend`); it grows at
    the stated rates.

    Providers: the place's commissioner pays them its share of each line, and others pay what the
    trusts' incomes hold beyond that, growing alike. Their cost of the first year is what leaves
    their opening; it grows with activity and inflation. They deliver no efficiency, so the
    tariff's falls to their deficit.

    Raises InputError for missing years or kinds of contact, and for negative or endless numbers.
    """
    parameters = parameters or inputs.parameters
    registered(population, inputs.base_year)
    first_year = first_year_spend(inputs, population, parameters)
    spends = []
    for line in inputs.lines:
        amount = first_year[line.id]
        drivers = line_drivers(inputs, line, activity, parameters)
        to_own_trusts = amount * line.own_share
        spends.append(_Spend(line.id, line.name, line.funding, amount, to_own_trusts, drivers))
    income = own_trusts_income(inputs, population, parameters)
    return Accounts(
        inputs.years,
        (
            *_commissioner(inputs.years, spends, parameters),
            *_providers(inputs, spends, income, parameters),
        ),
    )


def _commissioner(
    years: tuple[str, ...], spends: Sequence[_Spend], parameters: Parameters
) -> list[Line]:
    allocated = sum(spend.amount for spend in spends if spend.funding == "allocation")
    specialised = sum(spend.amount for spend in spends if spend.funding == "specialised")
    opening = parameters.openings["commissioner"]
    if opening is None:
        opening = parameters.opening_shares["commissioner"] * (allocated + specialised)
    rates = (parameters.allocation_growth, parameters.specialised_funding_growth)
    lines = [
        _income("allocation", "Allocation", allocated + opening, years, rates[0]),
        _income(
            "specialised-funding", "Funding of specialised services", specialised, years, rates[1]
        ),
    ]
    for spend in spends:
        paid = {"providers": spend.to_own_trusts, OUTSIDE: spend.amount - spend.to_own_trusts}
        lines.extend(
            Line("commissioner", spend.id, spend.name, "cost", payee, -amount, spend.drivers)
            for payee, amount in paid.items()
            if amount
        )
    return lines


def _income(line: str, name: str, amount: float, years: tuple[str, ...], growth: ByYear) -> Line:
    funding: dict[Driver, ByYear] = {"funding": compound(years, growth)}
    return Line("commissioner", line, name, "income", OUTSIDE, amount, funding)


def _providers(
    inputs: AccountInputs, spends: Sequence[_Spend], income: float | None, parameters: Parameters
) -> list[Line]:
    years = inputs.years
    paid = [spend for spend in spends if spend.to_own_trusts]
    from_place = sum(spend.to_own_trusts for spend in paid)
    if from_place <= 0:
        raise InputError(
            "expected the place's own trusts to be paid on some line; see own-trusts-share.*",
            file=inputs.folder,
        )
    elsewhere = _elsewhere(inputs, from_place, income)
    # What others buy is taken to grow as what the place's own commissioner buys does on average.
    volume = {
        year: sum(s.to_own_trusts * s.drivers["activity"][year] for s in paid) / from_place
        for year in years
    }
    lines = [
        Line("providers", s.id, s.name, "income", "commissioner", s.to_own_trusts, dict(s.drivers))
        for s in paid
    ]
    other: dict[Driver, ByYear] = {"activity": volume, **tariff(years, parameters)}
    lines.append(
        Line("providers", "elsewhere", "Paid by others", "income", OUTSIDE, elsewhere, other)
    )
    whole = from_place + elsewhere
    opening = parameters.openings["providers"]
    if opening is None:
        opening = parameters.opening_shares["providers"] * whole
    stf = parameters.stf[years[0]]
    cost = whole + stf - opening
    inflation = compound(years, parameters.provider_inflation)
    costs = [
        Line(
            "providers",
            line.line,
            line.name,
            "cost",
            OUTSIDE,
            -cost * line.base / whole,
            {"activity": line.drivers["activity"], "price": inflation},
        )
        for line in lines
    ]
    return [*lines, *_stf(years, parameters), *costs]


def _stf(years: tuple[str, ...], parameters: Parameters) -> list[Line]:
    amount = parameters.stf[years[0]]
    if not amount:
        return []
    kept: dict[Driver, ByYear] = {
        "funding": {year: parameters.stf[year] / amount for year in years}
    }
    name = "Sustainability and Transformation Fund"
    return [Line("providers", "stf", name, "income", OUTSIDE, amount, kept)]


def _elsewhere(inputs: AccountInputs, from_place: float, income: float | None) -> float:
    """What the trusts earn from others in the first year, £m; `income` is all that they earn."""
    if income is None:
        share = inputs.elsewhere_share
        if share is None:
            raise InputError(
                "expected the incomes of the place's own trusts, or the part that others pay",
                file=inputs.folder,
                value="elsewhere-share.providers",
            )
        return from_place * share / (1 - share)
    if income < from_place:
        raise InputError(
            f"the place's commissioner would pay its trusts £{from_place:.1f}m, more than their "
            f"whole income of £{income:.1f}m; expected lower shares own-trusts-share.*",
            file=inputs.folder,
        )
    return income - from_place
