"""Money and QALYs on one basis: over the horizon, and over the lifetimes of the first joiners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.prevention.assemble_money import (
    MILLION,
    Results,
    cost_by_programme,
    first_rate,
    flows_of,
)
from tripleaim.prevention.document_numbers import interval, number
from tripleaim.prevention.document_value import (
    AcceptabilityRow,
    Basis,
    CostPerQaly,
    ValuePart,
    ValueRow,
)
from tripleaim.prevention.lifetime import STEPS
from tripleaim.prevention.money import (
    Reached,
    break_even,
    discount,
    discount_rates,
    price_multiples,
    programme_cost,
)
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER
from tripleaim.projection import horizon

Floats = npt.NDArray[np.float64]

ALL: Basis = "all joiners, horizon"
FIRST: Basis = "first joiners, horizon"
LIFETIME: Basis = "first joiners, lifetime"
BUNDLE, ACTING = "together", "acting"

THRESHOLDS = (0.0, *(1000.0 * k for k in (2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100)))
"""What a QALY may be taken to be worth, £: where curves of acceptability are read."""


@dataclass(frozen=True)
class Stream:
    """What one scenario costs and gains by year: (draws, years) £, £ and QALYs; joined (draws,)."""

    id: str
    name: str
    basis: Basis
    joined: Floats
    cost: Floats
    avoided: Floats
    qalys: Floats


def value_part(results: Results) -> ValuePart:
    """Every programme, all together, and all that have an effect, on every basis and rate."""
    streams = list(_over_horizon(results))
    lives = "life_qalys" in results.arrays
    if lives:
        whole = over_lifetimes(results)
        streams += [_until(one, len(results.years)) for one in whole] + whole
    rates = discount_rates(results.place)
    first = first_rate(results.place)
    worth = results.place.value("prevention.qaly-value")
    return ValuePart(
        lifetime_years=STEPS if lives else None,
        joining_years=list(results.place.years),
        rows=[_row(one, rate, worth) for one in streams for rate in rates],
        thresholds_gbp=list(THRESHOLDS),
        acceptability=[
            AcceptabilityRow(
                id=one.id,
                name=one.name,
                basis=one.basis,
                rate_pct=first,
                pct=acceptability(*_sums(one, first), THRESHOLDS),
            )
            for one in streams
        ],
        without_effect=[p.id for p in results.programmes if not p.acts],
    )


def cost_per_qaly(net: Floats, qalys: Floats, worth: float) -> CostPerQaly:
    """Net cost over QALYs, (1 + D,) each, £; a draw that gains none is dearer than any."""
    gains = qalys > 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(gains, net / qalys, np.inf)
    drawn = slice(1, None) if len(net) > 1 else slice(None)
    # Percentiles of the lower of two draws, so that none lies between a number and never.
    low, middle, high = np.quantile(ratio[drawn], (0.1, 0.5, 0.9), method="inverted_cdf")
    return CostPerQaly(
        central=number(float(ratio[0])),
        p10=number(float(low)),
        p50=number(float(middle)),
        p90=number(float(high)),
        gains_pct=_pct(gains[drawn]),
        worth_it_pct=_pct((worth * qalys > net)[drawn]),
    )


def acceptability(net: Floats, qalys: Floats, thresholds: Sequence[float]) -> list[float]:
    """In what share of the draws, %, QALYs at each threshold are worth more than net cost."""
    drawn = slice(1, None) if len(net) > 1 else slice(None)
    return [_pct((one * qalys > net)[drawn]) for one in thresholds]


def _pct(holds: npt.NDArray[np.bool_]) -> float:
    return round(100 * float(np.mean(holds)), 1)


def _row(one: Stream, rate: float, worth: float) -> ValueRow:
    by_year = discount(one.cost.shape[1], rate / 100)
    net, qalys = _sums(one, rate)
    never = one.cost.shape[1]
    even = break_even(one.cost - one.avoided, rate / 100)
    opening = int(np.argmax(one.cost[0] > 0))
    return ValueRow(
        id=one.id,
        name=one.name,
        basis=one.basis,
        rate_pct=rate,
        joined=interval(one.joined),
        programme_cost=interval((one.cost * by_year).sum(axis=1) / MILLION),
        avoided=interval((one.avoided * by_year).sum(axis=1) / MILLION),
        net_cost=interval(net / MILLION),
        qalys=interval(qalys),
        gbp_per_qaly=cost_per_qaly(net, qalys, worth),
        breaks_even_pct=_pct((even[1:] if len(even) > 1 else even) < never),
        pays_back_after=int(even[0]) - opening + 1 if even[0] < never else None,
    )


def _sums(one: Stream, rate: float) -> tuple[Floats, Floats]:
    by_year = discount(one.cost.shape[1], rate / 100)
    net = ((one.cost - one.avoided) * by_year).sum(axis=1)
    return net, (one.qalys * by_year).sum(axis=1)


def _over_horizon(results: Results) -> list[Stream]:
    qalys = results.arrays["qalys"].sum(axis=-1)
    joined = results.arrays["joined"][:, :, 1:].sum(axis=(2, 3))

    def one(key: str, name: str, scenario: int, heads: Floats) -> Stream:
        flows = flows_of(results, scenario)
        gained = qalys[:, scenario] - qalys[:, NOTHING]
        avoided = flows.avoided.sum(axis=-1)
        return Stream(key, name, ALL, heads, flows.cost.sum(axis=-1), avoided, gained)

    bundle = one(BUNDLE, "All together", TOGETHER, joined[:, 0].sum(axis=-1))
    costs = cost_by_programme(results, together=True)
    return [
        *(
            one(p.id, p.name, FIRST_ALONE + j, joined[:, 1, j])
            for j, p in enumerate(results.programmes)
        ),
        bundle,
        _acting(results, bundle, [c.sum(axis=-1) for c in costs], joined[:, 0]),
    ]


def over_lifetimes(results: Results) -> list[Stream]:
    """Who joins in the plan's years, to their end: each programme, all, and all with an effect."""
    arrays, prices = results.arrays, results.prices
    factor = np.concatenate(
        [prices.factor[1:], np.repeat(prices.factor[-1:], STEPS - len(results.years), axis=0)]
    )
    worth = prices.unit_cost * price_multiples(results.place, results.draws)
    avoided = np.einsum("dslp,lp,dp->dsl", arrays["life_avoided"], factor, worth)
    joined = arrays["life_joined"].sum(axis=2)
    together, alone = (_lifetime_costs(results, way) for way in (0, 1))
    qalys = arrays["life_qalys"]
    bundle = Stream(
        BUNDLE,
        "All together",
        LIFETIME,
        joined[:, 0].sum(axis=-1),
        np.sum(together, axis=0),
        avoided[:, 0],
        qalys[:, 0],
    )
    return [
        *(
            Stream(
                p.id,
                p.name,
                LIFETIME,
                joined[:, 1, j],
                alone[j],
                avoided[:, 1 + j],
                qalys[:, 1 + j],
            )
            for j, p in enumerate(results.programmes)
        ),
        bundle,
        _acting(results, bundle, together, joined[:, 0]),
    ]


def _lifetime_costs(results: Results, way: int) -> list[Floats]:
    """(draws, L) for each programme: its running costs end with the years in which people join."""
    place, arrays = results.place, results.arrays
    years = horizon(place, STEPS)[1:]
    joining = len(place.years)
    registered = np.zeros((len(results.draws), STEPS))
    registered[:, :joining] = arrays["registered"][:, NOTHING, 1 : joining + 1]
    costs = []
    for j, programme in enumerate(results.programmes):
        reached = Reached(
            joined=arrays["life_joined"][:, way, :, j],
            members=arrays["life_members"][:, way, :, j],
            registered=registered,
            cost_multiple=np.array([programme.cost_at(draw) for draw in results.draws]),
        )
        cost = programme_cost(place, programme, years, reached, results.prices.payers)
        costs.append(cost.sum(axis=-1))
    return costs


def _acting(results: Results, bundle: Stream, costs: Sequence[Floats], joined: Floats) -> Stream:
    """All together without the programmes that have a cost and no effect."""
    acts = [j for j, p in enumerate(results.programmes) if p.acts]
    cost = np.sum([costs[j] for j in acts], axis=0) if acts else np.zeros_like(bundle.cost)
    return replace(
        bundle,
        id=ACTING,
        name="All that have an effect",
        joined=joined[:, acts].sum(axis=-1),
        cost=cost,
    )


def _until(one: Stream, years: int) -> Stream:
    """The same people, no further than the horizon."""
    return replace(
        one,
        basis=FIRST,
        cost=one.cost[:, :years],
        avoided=one.avoided[:, :years],
        qalys=one.qalys[:, :years],
    )
