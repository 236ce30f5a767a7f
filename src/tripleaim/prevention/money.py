"""What prevention costs and avoids, by year and by who pays, and when it breaks even.

Contacts of years after the plan are calibrated with the factor of its last year: the plan prints
no later one. Prices are those of the price year throughout, so discount rates are real. A contact
avoided is worth its average cost to who pays for it; only the part of a provider's cost that varies
or follows later is released as cash (`cost_structure.csv`).
Arrays run along (draws, years, ...) and are in pounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import (
    CostStructure,
    account,
    by_point_of_delivery,
    contact_costs,
    cost_structure,
    flow_inputs,
    flow_matrix,
)
from tripleaim.activity import Activity, measured_contacts
from tripleaim.place import Draw, Estimate, InputError, Parameter, Place, at_prices_of
from tripleaim.prevention.programmes import PayerRole, Prevention

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RATES = ("health.discount-rate", "health.discount-rate.lower")
"""Figures of the discount rates, % a year: that of headlines first."""

MOST_LAG = 10

_ROLES: dict[PayerRole, tuple[str, str]] = {
    "council": ("side", "council"),
    "commissioner": ("kind", "clinical commissioning group"),
    "national commissioner": ("kind", "national commissioner"),
}


@dataclass(frozen=True)
class Prices:
    """What a contact is worth, to whom, and how its cost is released; P points of delivery.

    unit_cost    (P,) pounds a contact at the prices of `year`
    factor       (years + 1, P) what simulated contacts are multiplied by to meet the printed ones
    payers       ids of organisations
    payer_share  (P, payers) who pays for a contact; rows add up to 1
    release      (P, MOST_LAG + 1) share of a contact's cost that is released after so many years
    """

    year: str
    points: tuple[str, ...]
    unit_cost: Floats
    factor: Floats
    payers: tuple[str, ...]
    payer_share: Floats
    release: Floats


def prices(place: Place, years: Sequence[str], contacts: Floats, registered: Floats) -> Prices:
    """Prices from the do-nothing contacts (years + 1, P) and registered people (years + 1,).

    `years` begins with the base year and holds every year of the plan.
    """
    points = tuple(p.id for p in place.points_of_delivery)
    factor = calibration(place, years, contacts)
    met = contacts * factor
    activity = Activity.of_totals(
        {
            point: {year: float(met[y, p]) for y, year in enumerate(years)}
            for p, point in enumerate(points)
        }
    )
    people = {year: float(registered[y]) for y, year in enumerate(years)}
    year = place.years[0]
    inputs = flow_inputs(place)
    accounts = account(inputs.account, activity, people)
    costs = contact_costs(inputs.account, activity, accounts, year)
    cells = by_point_of_delivery(inputs, flow_matrix(inputs, accounts, year), activity)
    payers = _payers(place, [payer for flows in cells.values() for payer, _ in flows])
    share, release = np.zeros((len(points), len(payers))), np.zeros((len(points), MOST_LAG + 1))
    unit_cost = np.array([costs[p.id] if p.nhs else at_prices_of(place, p.unit_cost, year)
                          for p in place.points_of_delivery])  # fmt: skip
    council = payers.index(payer_of(place, "council"))
    for p, point in enumerate(points):
        flows = {cell: float(amount) for cell, amount in cells.get(point, {}).items()}
        whole = sum(flows.values())
        if whole <= 0:
            # What the NHS does not pay for the council does; who is paid is nobody in particular.
            share[p, council] = 1.0
            release[p] = _released_by_lag(cost_structure(place, ""))
            continue
        for (payer, payee), amount in flows.items():
            share[p, payers.index(payer)] += amount / whole
            release[p] += amount / whole * _released_by_lag(cost_structure(place, payee))
    return Prices(year, points, unit_cost, factor, payers, share, release)


def calibration(place: Place, years: Sequence[str], contacts: Floats) -> Floats:
    """(years + 1, P) printed contacts over simulated ones: geometric from the first to the last
    year of the plan, the first year's before it and the last year's after it. Where none is
    printed, contacts counted in the base year over simulated ones, in every year; else 1."""
    counted = measured_contacts(place)
    factor = np.ones_like(contacts)
    first, last = years.index(place.years[0]), years.index(place.last_year)
    way = np.clip((np.arange(len(years)) - first) / max(last - first, 1), 0, 1)
    for p, point in enumerate(place.points_of_delivery):
        if not point.printed_base and point.id in counted and contacts[0, p] > 0:
            factor[:, p] = counted[point.id].contacts / contacts[0, p]
        if point.printed_base and contacts[first, p] > 0:
            start = place.value(point.printed_base) / contacts[first, p]
            end = start
            if point.printed_last and contacts[last, p] > 0:
                end = place.value(point.printed_last) / contacts[last, p]
            factor[:, p] = start * (end / start) ** way
    return factor


def price_parameters(place: Place) -> tuple[Parameter, ...]:
    """What is uncertain of prices: the unit cost of each point of delivery, as a multiple."""
    uncertain = []
    for point in place.points_of_delivery:
        figure = place.figure(point.unit_cost)
        low, high = (b / figure.value if b else None for b in (figure.low, figure.high))
        estimate = Estimate(1.0, low, high, figure.status, figure.source, figure.cause)
        uncertain.append(Parameter(f"price/{point.id}", f"{point.name}: unit cost", estimate))
    return tuple(uncertain)


def price_multiples(place: Place, draws: Sequence[Draw]) -> Floats:
    """(draws, P) what unit costs are multiplied by in each draw."""
    uncertain = price_parameters(place)
    return np.array([[p.estimate.at(draw.of(p.id)) for p in uncertain] for draw in draws])


@dataclass(frozen=True)
class Flows:
    """Money of one set of programmes against do nothing, pounds; D draws, Y years, O payers.

    cost      (D, Y, O) of the programmes, by who pays
    avoided   (D, Y, P) contacts avoided x unit cost, by point of delivery
    released  (D, Y) the part of it that leaves providers' cost, at once or later
    contacts  (D, Y, P) contacts avoided
    """

    payers: tuple[str, ...]
    payer_share: Floats
    cost: Floats
    avoided: Floats
    released: Floats
    contacts: Floats

    @property
    def avoided_by_payer(self) -> Floats:
        """(D, Y, O) what is avoided, by who would have paid."""
        return self.avoided @ self.payer_share

    @property
    def net_by_payer(self) -> Floats:
        """(D, Y, O) cost less what is avoided: a saving is below zero."""
        return self.cost - self.avoided_by_payer

    @property
    def net(self) -> Floats:
        """(D, Y) cost less what is avoided, all payers together."""
        return np.asarray(self.cost.sum(axis=-1) - self.avoided.sum(axis=-1))

    @property
    def net_cash(self) -> Floats:
        """(D, Y) cost less what is released."""
        return np.asarray(self.cost.sum(axis=-1) - self.released)


def flows(priced: Prices, avoided: Floats, cost: Floats, multiples: Floats) -> Flows:
    """The money of contacts avoided, (draws, years, P) uncalibrated, and of programme cost.

    `cost` is (draws, years, payers) and `multiples` (draws, P) of unit costs.
    """
    contacts = avoided * priced.factor[1:]
    money = contacts * priced.unit_cost * multiples[:, None, :]
    return Flows(
        priced.payers, priced.payer_share, cost, money, released(money, priced.release), contacts
    )


def released(avoided: Floats, release: Floats) -> Floats:
    """(draws, years) cost that leaves providers when work worth `avoided` (draws, years, P) goes.

    The rule of `accounts.released`: a part with a lag of n years falls by the least that was
    avoided in those years; where work is added, whatever varies comes at once.
    """
    total = np.zeros(avoided.shape[:2])
    for lag in range(release.shape[1]):
        part = avoided * release[:, lag]
        least = part.copy()
        for back in range(1, lag + 1):
            least[:, back:] = np.minimum(least[:, back:], part[:, :-back])
        least[:, :lag] = np.minimum(least[:, :lag], 0)
        total += np.where(part > 0, np.maximum(least, 0), part).sum(axis=-1)
    return total


@dataclass(frozen=True)
class Reached:
    """Whom a programme reaches: (draws, years) who join, and members times the effect left;
    (draws, years) registered people, and (draws,) what its costs are multiplied by."""

    joined: Floats
    members: Floats
    registered: Floats
    cost_multiple: Floats


def programme_cost(
    place: Place,
    programme: Prevention,
    years: Sequence[str],
    reached: Reached,
    payers: Sequence[str],
) -> Floats:
    """(draws, years, payers) what a programme costs; `years` are those of the horizon."""
    started = np.array([year >= programme.start for year in years], dtype=np.float64)
    opening = np.array([year == programme.start for year in years], dtype=np.float64)
    amount = np.zeros((*reached.joined.shape, len(payers)))
    for cost in programme.costs:
        by_kind = {
            "per person reached": reached.joined,
            "per member a year": reached.members,
            "set-up": opening * reached.registered,
            "recurrent": started * reached.registered,
        }
        payer = list(payers).index(payer_of(place, cost.payer))
        amount[..., payer] += cost.value * by_kind[cost.kind]
    return np.asarray(amount * reached.cost_multiple[:, None, None])


def discount_rates(place: Place) -> tuple[float, ...]:
    """Discount rates, % a year: none, that of headlines, and the lower one, from the figures.

    Raises InputError where that of headlines is not above 0.
    """
    first = place.figure(RATES[0])
    if first.value <= 0:
        raise InputError(f"expected {first.id} to be above 0", value=first.value)
    return tuple(dict.fromkeys((0.0, first.value, *(place.value(r) for r in RATES[1:]))))


def discount(years: int, rate: float) -> Floats:
    """(years,) what a pound of each year is worth today; the first year is not discounted."""
    return np.asarray((1 + rate) ** -np.arange(years, dtype=np.float64))


def break_even(net: Floats, rate: float) -> Ints:
    """(draws,) the first year from which the cumulative discounted net cost (draws, years) stays
    below zero, counted from 0; the number of years where it never does."""
    cumulative = np.cumsum(net * discount(net.shape[1], rate), axis=1)
    not_below = cumulative >= 0
    years = net.shape[1]
    after_last = years - np.argmax(not_below[:, ::-1], axis=1)
    return np.where(not_below.any(axis=1), after_last, 0).astype(np.int64)


def payer_of(place: Place, role: PayerRole) -> str:
    """The organisation of the place that has this role; the role itself where it has none."""
    field, wanted = _ROLES[role]
    for organisation in place.organisations:
        if getattr(organisation, field) == wanted:
            return organisation.id
    for organisation in place.organisations:
        if role == "commissioner" and organisation.side == "commissioner":
            return organisation.id
    return role


def _payers(place: Place, others: Sequence[str]) -> tuple[str, ...]:
    roles = [payer_of(place, role) for role in _ROLES]
    return tuple(dict.fromkeys([*roles, *others]))


def _released_by_lag(structure: CostStructure) -> Floats:
    shares = np.zeros(MOST_LAG + 1)
    for part in structure.parts:
        if part.lag is not None:
            shares[part.lag] += part.share / 100
    return shares
