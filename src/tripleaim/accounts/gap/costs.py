"""What a contact costs the commissioner, at the prices of a year."""

from __future__ import annotations

from tripleaim.accounts.gap.inputs import AccountInputs
from tripleaim.accounts.gap.model import Accounts
from tripleaim.activity import Activity
from tripleaim.place import InputError


def contact_costs(
    inputs: AccountInputs, activity: Activity, accounts: Accounts, year: str
) -> dict[str, float]:
    """Pounds per contact by point of delivery, at that year's prices; 0 where it is not NHS money.

    Contacts of one spend line share its spend in `accounts` in proportion to quantity x unit cost,
    so that quantity x cost adds up to the line. Raises InputError for a year outside the plan.
    """
    if year not in inputs.years:
        raise InputError("expected a year of the plan", value=year, valid=inputs.years)
    costs = dict.fromkeys(inputs.points_of_delivery, 0.0)
    for line in inputs.lines:
        weighted = sum(
            activity.contacts[point][year] * unit_cost
            for point, unit_cost in line.unit_costs.items()
        )
        if weighted:
            pounds = accounts.spend(line.id, year) * 1e6
            costs |= {p: pounds * unit_cost / weighted for p, unit_cost in line.unit_costs.items()}
    return costs


def costs_by_year(
    inputs: AccountInputs, activity: Activity, accounts: Accounts
) -> dict[str, dict[str, float]]:
    """What `contact_costs` gives for every year of the plan."""
    return {year: contact_costs(inputs, activity, accounts, year) for year in inputs.years}
