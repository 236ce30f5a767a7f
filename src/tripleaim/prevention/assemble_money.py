"""Money of each set of programmes, from stored results into the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tripleaim.place import Draw, Place
from tripleaim.prevention.document import Discounted, InsidePlan, MoneyPart
from tripleaim.prevention.document_numbers import breaking_even, fan, interval
from tripleaim.prevention.money import (
    Flows,
    Prices,
    Reached,
    discount,
    discount_rates,
    flows,
    price_multiples,
    programme_cost,
)
from tripleaim.prevention.programmes import Prevention
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER, Arrays

Floats = npt.NDArray[np.float64]

MILLION = 1e6


@dataclass(frozen=True)
class Results:
    """Stored arrays, the central draw first, with the draws and prices they are read with.

    `years` are those of the horizon; arrays begin with the axis of draws, then scenarios.
    """

    place: Place
    programmes: tuple[Prevention, ...]
    years: tuple[str, ...]
    arrays: Arrays
    draws: tuple[Draw, ...]
    prices: Prices

    @cached_property
    def price_multiples(self) -> Floats:
        """(draws, P) what unit costs are multiplied by."""
        return price_multiples(self.place, self.draws)

    @cached_property
    def cost_multiples(self) -> Floats:
        """(draws, J) what each programme's costs are multiplied by."""
        multiples = [[p.cost_at(draw) for p in self.programmes] for draw in self.draws]
        return np.array(multiples).reshape(len(self.draws), len(self.programmes))


def flows_of(results: Results, scenario: int, quintile: int | None = None) -> Flows:
    """The money of one scenario against do nothing; of one quintile's contacts if given."""
    contacts = results.arrays["contacts"]
    counted_contacts = contacts.sum(axis=3) if quintile is None else contacts[:, :, :, quintile]
    avoided = counted_contacts[:, NOTHING, 1:] - counted_contacts[:, scenario, 1:]
    return flows(results.prices, avoided, cost_of(results, scenario), results.price_multiples)


def cost_of(results: Results, scenario: int) -> Floats:
    """(draws, years, payers) what the programmes of one scenario cost, pounds."""
    registered = results.arrays["registered"][:, scenario, 1:]
    total = np.zeros((*registered.shape, len(results.prices.payers)))
    if scenario == NOTHING:
        return total
    if scenario == TOGETHER:
        return sum(cost_by_programme(results, together=True), total)
    return cost_by_programme(results, together=False)[scenario - FIRST_ALONE]


def cost_by_programme(results: Results, *, together: bool) -> list[Floats]:
    """(draws, years, payers) for each programme, in all together or when it is alone, pounds."""
    alone = int(not together)
    costs = []
    for j, programme in enumerate(results.programmes):
        scenario = TOGETHER if together else FIRST_ALONE + j
        reached = Reached(
            joined=results.arrays["joined"][:, alone, 1:, :, j].sum(axis=-1),
            members=results.arrays["members"][:, alone, 1:, j],
            registered=results.arrays["registered"][:, scenario, 1:],
            cost_multiple=results.cost_multiples[:, j],
        )
        payers = results.prices.payers
        costs.append(programme_cost(results.place, programme, results.years, reached, payers))
    return costs


def money_part(results: Results, scenario: int) -> MoneyPart:
    """The money of one scenario as the document holds it, £m."""
    flows = flows_of(results, scenario)
    years, rate = results.years, first_rate(results.place)
    worth = discount(len(years), rate / 100)
    qalys = results.arrays["qalys"].sum(axis=-1)
    gained = qalys[:, scenario] - qalys[:, NOTHING]

    def m(values: Floats) -> Floats:
        return values / MILLION

    by_payer = range(len(flows.payers))
    avoided_by_payer = flows.avoided_by_payer
    return MoneyPart(
        programme_cost=fan(m(flows.cost.sum(axis=-1))),
        avoided=fan(m(flows.avoided.sum(axis=-1))),
        released=fan(m(flows.released)),
        net_cost=fan(m(flows.net)),
        net_cash=fan(m(flows.net_cash)),
        cumulative_net_cost=fan(m(np.cumsum(flows.net * worth, axis=1))),
        cumulative_net_cash=fan(m(np.cumsum(flows.net_cash * worth, axis=1))),
        programme_cost_by_payer={flows.payers[o]: fan(m(flows.cost[..., o])) for o in by_payer},
        avoided_by_payer={flows.payers[o]: fan(m(avoided_by_payer[..., o])) for o in by_payer},
        net_cost_by_payer={flows.payers[o]: fan(m(flows.net_by_payer[..., o])) for o in by_payer},
        avoided_by_point_of_delivery={
            point: fan(m(flows.avoided[..., p])) for p, point in enumerate(results.prices.points)
        },
        contacts_avoided={
            point: fan(flows.contacts[..., p]) for p, point in enumerate(results.prices.points)
        },
        sums=[_sums(results, flows, gained, rate) for rate in discount_rates(results.place)],
        inside_plan=_inside_plan(results, flows, gained),
    )


def first_rate(place: Place) -> float:
    """The discount rate of headlines, % a year: the first above 0."""
    return discount_rates(place)[1]


def _sums(results: Results, flows: Flows, gained: Floats, rate: float) -> Discounted:
    worth = discount(len(results.years), rate / 100)

    def total(values: Floats) -> Floats:
        return np.asarray((values * worth).sum(axis=1))

    cost, avoided = flows.cost.sum(axis=-1), flows.avoided.sum(axis=-1)
    qalys = total(gained)
    return Discounted(
        rate_pct=rate,
        programme_cost=interval(total(cost) / MILLION),
        avoided=interval(total(avoided) / MILLION),
        released=interval(total(flows.released) / MILLION),
        net_cost=interval(total(flows.net) / MILLION),
        net_cash=interval(total(flows.net_cash) / MILLION),
        qalys=interval(qalys),
        qaly_value=interval(qalys * results.place.value("prevention.qaly-value") / MILLION),
        break_even=breaking_even(flows.net, rate / 100, results.years),
        break_even_cash=breaking_even(flows.net_cash, rate / 100, results.years),
    )


def _inside_plan(results: Results, flows: Flows, gained: Floats) -> InsidePlan:
    inside = np.array([year in results.place.years for year in results.years])

    def part(values: Floats) -> Floats:
        return np.asarray(values[:, inside].sum(axis=1))

    avoided = flows.avoided.sum(axis=-1)
    return InsidePlan(
        years=[year for year in results.years if year in results.place.years],
        programme_cost=interval(part(flows.cost.sum(axis=-1)) / MILLION),
        avoided=interval(part(avoided) / MILLION),
        released=interval(part(flows.released) / MILLION),
        net_cost=interval(part(flows.net) / MILLION),
        avoided_share_pct=interval(share_pct(part(avoided), avoided.sum(axis=1))),
        qalys_share_pct=interval(share_pct(part(gained), gained.sum(axis=1))),
    )


def share_pct(part: Floats, whole: Floats) -> Floats:
    """What per cent a part is of the whole; nan where there is no whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole != 0, 100 * part / whole, np.nan))


def names_of(place: Place, payers: Sequence[str]) -> dict[str, str]:
    """Payers by id, with their names; a role that the place has nobody for is its own name."""
    known = {o.id: o.name for o in place.organisations}
    return {payer: known.get(payer, payer.capitalize()) for payer in payers}
