"""Beside each basis on which effects meet, what of the care avoided is cash."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.plan.basis import OF_RESULTS
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.overlap.cash import Providers, avoided_at_average_cost, cash_beside
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.plan.publish.document import CashPart


def cash_parts(
    providers: Providers | None,
    nothing: DoNothing,
    money: Money,
    outcome: Outcome,
    gap: Mapping[str, Mapping[str, float]],
) -> dict[str, CashPart]:
    """By basis: care avoided at average cost, as cash, and the position with cash in its place.

    `gap` is the position by basis and year, £m. Empty without providers.
    """
    if providers is None:
        return {}
    parts = {}
    for basis in OF_RESULTS:
        result = outcome.on(basis)
        if result.combined is None:
            continue
        avoided = avoided_at_average_cost(
            nothing.activity, result.activity, outcome.points_of_delivery, money.costs
        )
        beside = cash_beside(providers, outcome.years, avoided)
        kept = beside.average_cost - beside.cash
        parts[basis.value] = CashPart(
            average_cost_gbp_m=outcome.by_year(beside.average_cost),
            cash_gbp_m=outcome.by_year(beside.cash),
            position_gbp_m={
                year: gap[basis.value][year] - float(capacity)
                for year, capacity in zip(outcome.years, kept, strict=True)
            },
        )
    return parts
