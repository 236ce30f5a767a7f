"""Care avoided counted at average cost, and the part of it that leaves providers' cost as cash.

A contact less saves its average cost only when rotas, wards and premises follow. What does, and
when, is in `cost_structure.csv`: variable parts at once, semi-variable ones after some years, fixed
ones never. The rule is that of `accounts.released`, as prevention and incentives have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import (
    Accounts,
    CostStructure,
    by_point_of_delivery,
    cost_structure,
    flow_inputs,
    flow_matrix,
    released,
)
from tripleaim.activity import Activity
from tripleaim.place import Place

Floats = npt.NDArray[np.float64]

ANYBODY = ""
"""Stands for a provider of whom nothing is known: the cost structure of any."""


@dataclass(frozen=True)
class Providers:
    """Who gives each kind of care, and how the cost of each behaves.

    `shares` of a point of delivery's cost by provider, adding up to 1; `structures` by provider.
    """

    shares: Mapping[str, Mapping[str, float]]
    structures: Mapping[str, CostStructure]


@dataclass(frozen=True)
class CashBeside:
    """By year of the plan, in £m a year: care avoided less care added, and what of it is cash.

    average_cost  at the average cost of a contact, as every saving of the plan counts it
    cash          what leaves providers' cost by then
    """

    average_cost: Floats
    cash: Floats


def read_providers(place: Place, accounts: Accounts, activity: Activity) -> Providers:
    """Who gives each kind of care in the first year of the plan, as flows of money have it.

    Where a place states no flows, anybody does. Raises InputError at a fault of what it states.
    """
    if not place.has("flows.csv"):
        return Providers({}, {ANYBODY: cost_structure(place, ANYBODY)})
    inputs = flow_inputs(place)
    cells = by_point_of_delivery(inputs, flow_matrix(inputs, accounts, place.years[0]), activity)
    shares: dict[str, dict[str, float]] = {}
    for point, amounts in cells.items():
        whole = float(sum(amounts.values()))
        if whole > 0:
            by_payee = shares.setdefault(point, {})
            for (_, payee), amount in amounts.items():
                by_payee[payee] = by_payee.get(payee, 0.0) + float(amount) / whole
    payees = {payee for by_payee in shares.values() for payee in by_payee}
    return Providers(shares, {p: cost_structure(place, p) for p in (*sorted(payees), ANYBODY)})


def cash_beside(
    providers: Providers,
    years: tuple[str, ...],
    avoided: Mapping[str, Floats],
) -> CashBeside:
    """The cash in care avoided. Pure.

    avoided  by point of delivery (Y,), £ a year at average cost: a level against doing nothing,
             negative where a solution adds care, which costs its variable parts at once
    """
    whole, cash = np.zeros(len(years)), np.zeros(len(years))
    by_provider: dict[str, Floats] = {}
    for point, level in avoided.items():
        whole += level
        for provider, share in providers.shares.get(point, {ANYBODY: 1.0}).items():
            kept = by_provider.setdefault(provider, np.zeros(len(years)))
            kept += share * level
    for provider, level in by_provider.items():
        pounds = {year: Decimal(f"{value:.2f}") for year, value in zip(years, level, strict=True)}
        out = released(providers.structures[provider], pounds)
        cash += np.array([float(out[year]) for year in years])
    return CashBeside(whole / 1e6, cash / 1e6)


def avoided_at_average_cost(
    nothing: Activity,
    remaining: Floats,
    points: tuple[str, ...],
    costs: Mapping[str, Mapping[str, float]],
) -> dict[str, Floats]:
    """£ a year by NHS point of delivery, (Y,): contacts of do nothing less those that remain.

    remaining  (P, Y) contacts under a basis; costs  £ a contact by year and point
    """
    return {
        point: np.array(
            [
                (nothing.contacts[point][year] - remaining[p, y]) * costs[year][point]
                for y, year in enumerate(costs)
            ]
        )
        for p, point in enumerate(points)
        if all(point in by_point for by_point in costs.values())
    }
