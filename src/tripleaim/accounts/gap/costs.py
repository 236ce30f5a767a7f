"""What a contact costs the commissioner, at the prices of a year."""

from __future__ import annotations

from tripleaim.accounts.gap.account import account
from tripleaim.accounts.gap.indices import Activity
from tripleaim.accounts.gap.model import Accounts, ByYear
from tripleaim.place import InputError, Place


def contact_costs(
    place: Place,
    activity: Activity,
    year: str,
    *,
    population: ByYear | None = None,
    accounts: Accounts | None = None,
) -> dict[str, float]:
    """Pounds per contact by point of delivery, at that year's prices; 0 where it is not NHS money.

    Contacts of one spend line share its spend in proportion to quantity x unit cost, so that
    quantity x cost adds up to the line. Spend comes from `accounts` if they are given; else they
    are made from `activity` and `population` (registered people by year; by default the plan's
    own rounded number in every year). Raises InputError for a year outside the plan.
    """
    if year not in place.years:
        raise InputError("expected a year of the plan", value=year, valid=place.years)
    if accounts is None:
        people = population or dict.fromkeys(
            (place.base_year, *place.years), place.value("population.plan")
        )
        accounts = account(place, activity, people)
    weighted: dict[str, float] = {}
    for point in place.points_of_delivery:
        if point.nhs:
            share = activity[point.id][year] * place.value(point.unit_cost)
            weighted[point.spend_line] = weighted.get(point.spend_line, 0.0) + share
    costs: dict[str, float] = {}
    for point in place.points_of_delivery:
        costs[point.id] = 0.0
        if point.nhs and weighted[point.spend_line]:
            pounds = accounts.spend(point.spend_line, year) * 1e6
            costs[point.id] = pounds * place.value(point.unit_cost) / weighted[point.spend_line]
    return costs
