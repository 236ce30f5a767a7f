"""Amounts of money at the prices of another year: the rise of NHS prices, `price_index.csv`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tripleaim.place.model import Place
from tripleaim.place.yearly_rates import rate
from tripleaim.tables import is_year, year_after

AFTER_THE_INDEX = "inflation.provider-cost"
"""What prices rise by in years of the plan that the index has no row of."""


def price_rises(place: Place) -> Mapping[str, float]:
    """The rise of prices on the year before, as a fraction, by the financial year it rises into.

    Raises InputError for a year listed twice, and for what is no financial year.
    """
    rises: dict[str, float] = {}
    for row in place.rows("price_index.csv") if place.has("price_index.csv") else ():
        if row["financial_year"] in rises:
            raise row.fault("financial_year", "the year is listed twice")
        if not is_year(row["financial_year"]):
            raise row.fault("financial_year", "expected a financial year such as 2016/17")
        rises[row["financial_year"]] = row["rise_pct"] / 100
    return rises


def price_factor(place: Place, year: str, to_year: str) -> float | None:
    """What an amount at the prices of `year` is multiplied by to be one at those of `to_year`.

    The product of the rises of the years between: those of the index, and after it, inside the
    plan, its own inflation of providers' cost. Exactly 1 from a year to itself. None where a year
    between has neither, and where either text is no financial year. Raises InputError for a year
    listed twice.
    """
    if year == to_year:
        return 1.0
    if not (is_year(year) and is_year(to_year)):
        return None
    first, last = sorted((year, to_year))
    between = [year_after(first, n) for n in range(1, int(last[:4]) - int(first[:4]) + 1)]
    known = rate(place, AFTER_THE_INDEX) | dict(price_rises(place))
    if any(each not in known for each in between):
        return None
    rise = math.prod(1 + known[each] for each in between)
    return rise if to_year == last else 1 / rise


def at_prices_of(place: Place, figure_id: str, to_year: str) -> float:
    """A figure's value at the prices of `to_year`; as it is where nothing carries it there."""
    figure = place.figure(figure_id)
    factor = price_factor(place, figure.year, to_year)
    return figure.value if factor is None else figure.value * factor
