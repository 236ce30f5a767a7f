"""How volume and price of a spend line move: indices that are 1 in the first year."""

from __future__ import annotations

import math
from itertools import pairwise

from tripleaim.accounts.gap.inputs import AccountInputs, LineInputs
from tripleaim.accounts.gap.model import ByYear, Driver
from tripleaim.accounts.gap.parameters import Parameters
from tripleaim.activity import Activity
from tripleaim.place import InputError


def compound(years: tuple[str, ...], rates: ByYear) -> dict[str, float]:
    """Yearly rates (fractions) as an index that is 1 in the first of `years`."""
    index = {years[0]: 1.0}
    for before, year in pairwise(years):
        index[year] = index[before] * (1 + rates[year])
    return index


def tariff(years: tuple[str, ...], parameters: Parameters) -> dict[Driver, ByYear]:
    """The tariff as inflation times what efficiency leaves of it, to tell the two apart."""
    inflation = compound(years, parameters.provider_inflation)
    whole = compound(years, {year: parameters.tariff(year) for year in years})
    return {"price": inflation, "efficiency": {y: whole[y] / inflation[y] for y in years}}


def line_drivers(
    inputs: AccountInputs, line: LineInputs, activity: Activity, parameters: Parameters
) -> dict[Driver, ByYear]:
    """The activity and price indices of a spend line.

    Volume is contacts weighted by unit cost; a line that states the growth of its spend has the
    volume that this growth leaves after price. Raises InputError for contacts that are missing,
    negative or not finite, and for a line without contacts in the first year.
    """
    years = inputs.years
    price: dict[Driver, ByYear] = (
        tariff(years, parameters) if line.price is None else {"price": compound(years, line.price)}
    )
    if line.growth is None:
        return {"activity": _contact_volume(years, line, activity), **price}
    spend = compound(years, line.growth)
    volume = {
        year: spend[year] / math.prod(index[year] for index in price.values()) for year in years
    }
    return {"activity": volume, **price}


def first_uplift(inputs: AccountInputs, line: LineInputs, parameters: Parameters) -> float:
    """From base-year to first-year prices; for a stated total, the line's whole growth."""
    first = inputs.years[0]
    if line.growth is not None and line.total is not None:
        return 1 + line.growth[first]
    return 1 + (parameters.tariff(first) if line.price is None else line.price[first])


def registered(population: ByYear, year: str) -> float:
    """Registered people in `year`. Raises InputError unless there are any."""
    people = _checked(population, year, "registered people")
    if not people:
        raise InputError(f"expected registered people in {year}", value=people)
    return people


def _contact_volume(
    years: tuple[str, ...], line: LineInputs, activity: Activity
) -> dict[str, float]:
    weighted = dict.fromkeys(years, 0.0)
    for point, unit_cost in line.unit_costs.items():
        if point not in activity.contacts:
            raise InputError(
                "expected contacts for this point of delivery",
                value=point,
                valid=activity.contacts,
            )
        for year in years:
            contacts = _checked(activity.contacts[point], year, f"contacts of {point}")
            weighted[year] += contacts * unit_cost
    first = weighted[years[0]]
    if not first:
        raise InputError(f"expected contacts on the line {line.id} in {years[0]}", value=0)
    return {year: value / first for year, value in weighted.items()}


def _checked(values: ByYear, year: str, what: str) -> float:
    if year not in values:
        raise InputError(f"expected {what} for this year", value=year, valid=values)
    value = float(values[year])
    if not math.isfinite(value) or value < 0:
        raise InputError(f"expected {what} to be 0 or more", value=value)
    return value
