"""Amounts of solutions that state the year of their prices, at the prices of their own years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tripleaim.place.model import Place, Solution
from tripleaim.place.price_index import price_factor
from tripleaim.place.toml import Toml


def with_prices_of_each_year(place: Place) -> Place:
    """The place with its solutions' claims and investments at the prices of each year.

    A solution that states no year of prices stays as it is. Raises InputError for a year from which
    the index of prices does not lead to a year of an amount.
    """
    if not any(one.claim_prices or one.investment_prices for one in place.solutions):
        return place
    return replace(place, solutions=tuple(_carried(place, one) for one in place.solutions))


def _carried(place: Place, one: Solution) -> Solution:
    claim, investment = one.claim_prices, one.investment_prices
    if claim:
        one = replace(
            one,
            claim={
                side: _by_year(place, one, "claim", claim, amounts)
                for side, amounts in one.claim.items()
            },
            claim_cause=_said(one.claim_cause, claim),
        )
    if investment:
        one = replace(
            one,
            recurrent=_by_year(place, one, "investment", investment, one.recurrent),
            double_running=_by_year(place, one, "investment", investment, one.double_running),
            investment_cause=_said(one.investment_cause, investment),
        )
    return one


def _by_year(
    place: Place, one: Solution, table: str, prices: str, amounts: Mapping[str, float]
) -> dict[str, float]:
    carried = {}
    for year, amount in amounts.items():
        factor = price_factor(place, prices, year) if amount else 1.0
        if factor is None:
            raise Toml(one.file).fault(
                f"expected a year from which price_index.csv has every rise to {year}",
                *(table, "prices"),
                value=prices,
            )
        carried[year] = amount * factor
    return carried


def _said(cause: str, prices: str) -> str:
    said = f"stated at the prices of {prices}, carried to each year by the rise of NHS prices"
    return f"{cause}; {said}" if cause else said
