"""How volume and price of a spend line move: indices that are 1 in the first year."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

from tripleaim.accounts.gap.model import ByYear, Driver
from tripleaim.accounts.gap.parameters import Parameters, rate
from tripleaim.accounts.gap.spend_lines import TARIFF, SpendLine
from tripleaim.place import InputError, Place

Activity = Mapping[str, ByYear]


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
    place: Place, line: SpendLine, activity: Activity, parameters: Parameters
) -> dict[Driver, ByYear]:
    """The activity and price indices of a spend line.

    Volume is contacts weighted by unit cost; a line that states the growth of its spend has the
    volume that this growth leaves after price. Raises InputError for contacts that are missing,
    negative or not finite, and for a line without contacts in the first year.
    """
    years = place.years
    price: dict[Driver, ByYear] = (
        tariff(years, parameters)
        if line.price == TARIFF
        else {"price": compound(years, rate(place, line.price))}
    )
    if not line.growth:
        return {"activity": _contact_volume(place, line, activity), **price}
    spend = compound(years, rate(place, line.growth))
    volume = {
        year: spend[year] / math.prod(index[year] for index in price.values()) for year in years
    }
    return {"activity": volume, **price}


def first_uplift(place: Place, line: SpendLine, parameters: Parameters) -> float:
    """From base-year to first-year prices; for a stated total, the line's whole growth."""
    first = place.years[0]
    if line.growth and line.total in place.figures:
        return 1 + rate(place, line.growth)[first]
    if line.price == TARIFF:
        return 1 + parameters.tariff(first)
    return 1 + rate(place, line.price)[first]


def registered(population: ByYear, year: str) -> float:
    """Registered people in `year`. Raises InputError unless there are any."""
    people = _checked(population, year, "registered people")
    if not people:
        raise InputError(f"expected registered people in {year}", value=people)
    return people


def _contact_volume(place: Place, line: SpendLine, activity: Activity) -> dict[str, float]:
    weighted = dict.fromkeys(place.years, 0.0)
    for point in place.points_of_delivery:
        if not point.nhs or point.spend_line != line.id:
            continue
        if point.id not in activity:
            raise InputError(
                "expected contacts for this point of delivery", value=point.id, valid=activity
            )
        for year in place.years:
            contacts = _checked(activity[point.id], year, f"contacts of {point.id}")
            weighted[year] += contacts * place.value(point.unit_cost)
    first = weighted[place.years[0]]
    if not first:
        raise InputError(f"expected contacts on the line {line.id} in {place.years[0]}", value=0)
    return {year: value / first for year, value in weighted.items()}


def _checked(values: ByYear, year: str, what: str) -> float:
    if year not in values:
        raise InputError(f"expected {what} for this year", value=year, valid=values)
    value = float(values[year])
    if not math.isfinite(value) or value < 0:
        raise InputError(f"expected {what} to be 0 or more", value=value)
    return value
