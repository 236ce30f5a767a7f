"""Activity and population in, the accounts of commissioner and providers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.accounts.gap.indices import (
    Activity,
    compound,
    first_uplift,
    line_drivers,
    registered,
    tariff,
)
from tripleaim.accounts.gap.model import OUTSIDE, Accounts, ByYear, Driver, Line
from tripleaim.accounts.gap.parameters import Parameters, key, uncalibrated
from tripleaim.accounts.gap.spend_lines import read_spend_lines
from tripleaim.place import InputError, Place


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
    place: Place,
    activity: Activity,
    population: ByYear,
    parameters: Parameters | None = None,
) -> Accounts:
    """The do-nothing accounts of a place, in £m, for every year of the plan.

    `activity` is contacts by point of delivery and year, for every NHS point of delivery and every
    year of the plan; `population` is registered people by year, the base year among them;
    `parameters` are the uncalibrated ones unless given.

    Commissioner: spend of the first year is pounds a head x people registered then, or a stated
    total, carried from base-year to first-year prices; from there it grows with contacts (weighted
    by unit cost) and with price. The allocation of the first year is what leaves the stated
    opening; it grows at the stated rates.

    Providers: the place's commissioner pays them its share of each line, and others pay what the
    trusts' incomes hold beyond that, growing alike. Their cost of the first year is what leaves
    their opening; it grows with activity and inflation. They deliver no efficiency, so the
    tariff's falls to their deficit.

    Raises InputError for missing years or kinds of contact, and for negative or endless numbers.
    """
    parameters = parameters or uncalibrated(place)
    first = place.years[0]
    people = {year: registered(population, year) for year in (place.base_year, first)}
    spends = []
    for line in read_spend_lines(place):
        amount = line.base_spend(place, people[first]) * first_uplift(place, line, parameters)
        drivers = line_drivers(place, line, activity, parameters)
        to_own_trusts = amount * line.own_share(place)
        spends.append(_Spend(line.id, line.name, line.funding, amount, to_own_trusts, drivers))
    growth = people[first] / people[place.base_year]
    return Accounts(
        place.years,
        (
            *_commissioner(place, spends, parameters),
            *_providers(place, spends, growth, parameters),
        ),
    )


def _commissioner(place: Place, spends: Sequence[_Spend], parameters: Parameters) -> list[Line]:
    allocated = sum(spend.amount for spend in spends if spend.funding == "allocation")
    specialised = sum(spend.amount for spend in spends if spend.funding == "specialised")
    opening = parameters.openings["commissioner"]
    if opening is None:
        opening = parameters.opening_shares["commissioner"] * (allocated + specialised)
    rates = (parameters.allocation_growth, parameters.specialised_funding_growth)
    lines = [
        _income("allocation", "Allocation", allocated + opening, place, rates[0]),
        _income(
            "specialised-funding", "Funding of specialised services", specialised, place, rates[1]
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


def _income(line: str, name: str, amount: float, place: Place, growth: ByYear) -> Line:
    funding: dict[Driver, ByYear] = {"funding": compound(place.years, growth)}
    return Line("commissioner", line, name, "income", OUTSIDE, amount, funding)


def _providers(
    place: Place, spends: Sequence[_Spend], growth: float, parameters: Parameters
) -> list[Line]:
    paid = [spend for spend in spends if spend.to_own_trusts]
    from_place = sum(spend.to_own_trusts for spend in paid)
    if from_place <= 0:
        raise InputError(
            "expected the place's own trusts to be paid on some line; see own-trusts-share.*",
            file=place.folder,
        )
    elsewhere = _elsewhere(place, from_place, growth, parameters)
    # What others buy is taken to grow as what the place's own commissioner buys does on average.
    volume = {
        year: sum(s.to_own_trusts * s.drivers["activity"][year] for s in paid) / from_place
        for year in place.years
    }
    lines = [
        Line("providers", s.id, s.name, "income", "commissioner", s.to_own_trusts, dict(s.drivers))
        for s in paid
    ]
    other: dict[Driver, ByYear] = {"activity": volume, **tariff(place.years, parameters)}
    lines.append(
        Line("providers", "elsewhere", "Paid by others", "income", OUTSIDE, elsewhere, other)
    )
    income = from_place + elsewhere
    opening = parameters.openings["providers"]
    if opening is None:
        opening = parameters.opening_shares["providers"] * income
    stf = parameters.stf[place.years[0]]
    cost = income + stf - opening
    inflation = compound(place.years, parameters.provider_inflation)
    costs = [
        Line(
            "providers",
            line.line,
            line.name,
            "cost",
            OUTSIDE,
            -cost * line.base / income,
            {"activity": line.drivers["activity"], "price": inflation},
        )
        for line in lines
    ]
    return [*lines, *_stf(place, parameters), *costs]


def _stf(place: Place, parameters: Parameters) -> list[Line]:
    amount = parameters.stf[place.years[0]]
    if not amount:
        return []
    kept: dict[Driver, ByYear] = {
        "funding": {year: parameters.stf[year] / amount for year in place.years}
    }
    name = "Sustainability and Transformation Fund"
    return [Line("providers", "stf", name, "income", OUTSIDE, amount, kept)]


def _elsewhere(place: Place, from_place: float, growth: float, parameters: Parameters) -> float:
    """What the trusts earn from others in the first year, £m."""
    suffix = f".{key(place.base_year)}"
    incomes = [
        figure.value
        for figure in place.figures.values()
        if figure.id.startswith("trust-income.") and figure.id.endswith(suffix)
    ]
    if not incomes:
        share = place.value("elsewhere-share.providers") / 100
        return from_place * share / (1 - share)
    income = sum(incomes) * (1 + parameters.tariff(place.years[0])) * growth
    if income < from_place:
        raise InputError(
            f"the place's commissioner would pay its trusts £{from_place:.1f}m, more than their "
            f"whole income of £{income:.1f}m; expected lower shares own-trusts-share.*",
            file=place.folder,
        )
    return income - from_place
