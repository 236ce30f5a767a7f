"""What drives the intervals of headlines, and what it is worth to know more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.place import Parameter
from tripleaim.prevention.assemble_money import MILLION, Results, first_rate, flows_of
from tripleaim.prevention.document import Driver, UncertaintyPart
from tripleaim.prevention.money import discount
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER
from tripleaim.prevention.spreads import number, spread
from tripleaim.uncertainty import (
    as_matrix,
    best_option,
    drivers,
    partial_information,
    perfect_information,
    standing_out,
)

Floats = npt.NDArray[np.float64]

WIDEST = 10


def uncertainty_parts(
    results: Results, parameters: Sequence[Parameter], chance: dict[str, float]
) -> list[UncertaintyPart]:
    """What drives the spread of QALYs and of net cost. Empty with fewer than two draws.

    `chance` is the standard deviation of luck by outcome, where it was run. The choice that
    information is worth something for is to fund nothing, each programme alone or all of them, by
    QALYs at their stated value less net cost, discounted alike.
    """
    if len(results.draws) < 3:
        return []
    known = {p.id: p for p in parameters}
    ids = [p.id for p in parameters]
    matrix = as_matrix(results.draws[1:], ids)
    benefit, options = net_benefit(results)
    worth = {w.parameter: w.value for w in partial_information(benefit[1:], matrix, ids)}
    perfect = perfect_information(benefit[1:])
    best = options[best_option(benefit[1:])]
    found = []
    for outcome, (name, unit, values) in headline_values(results).items():
        certain = standing_out(matrix, ids, values[1:])
        told = {one.parameter: one for one in certain}
        others = sorted(
            (d for d in drivers(matrix, ids, values[1:]) if d.parameter not in told),
            key=lambda d: -abs(d.rank),
        )
        found.append(
            UncertaintyPart(
                outcome=outcome,
                name=name,
                unit=unit,
                spread=spread(values),
                parameter_sd=number(float(values[1:].std(ddof=1))),
                chance_sd=number(chance[outcome]) if outcome in chance else None,
                perfect_information_gbp_m=perfect / MILLION,
                best_option=best,
                drivers=[
                    Driver(
                        parameter=one.parameter,
                        name=known[one.parameter].name,
                        value=known[one.parameter].estimate.value,
                        low=known[one.parameter].estimate.low,
                        high=known[one.parameter].estimate.high,
                        status=known[one.parameter].estimate.status,
                        source=known[one.parameter].estimate.source,
                        variance_share_pct=round(100 * one.share, 2)
                        if one.parameter in told
                        else None,
                        rank_correlation=round(one.rank, 3),
                        value_of_information_gbp_m=worth[one.parameter] / MILLION,
                    )
                    for one in (*certain, *others)[:WIDEST]
                ],
            )
        )
    return found


def headline_values(results: Results) -> dict[str, tuple[str, str, Floats]]:
    """The outcomes whose spread is explained: by id, (name, unit, (1 + D,) values)."""
    worth = discount(len(results.years), first_rate(results.place) / 100)
    qalys = results.arrays["qalys"].sum(axis=-1)
    gained = (qalys[:, TOGETHER] - qalys[:, NOTHING]).sum(axis=1)
    net = (flows_of(results, TOGETHER).net * worth).sum(axis=1) / MILLION
    return {
        "qalys": ("QALYs gained over the horizon", "QALYs", gained),
        "net_cost": ("Net cost over the horizon, discounted", "£m", net),
    }


def net_benefit(results: Results) -> tuple[Floats, tuple[str, ...]]:
    """(1 + D, options) pounds, and the options: none, all, each programme alone."""
    worth = discount(len(results.years), first_rate(results.place) / 100)
    value = results.place.value("prevention.qaly-value")
    qalys = results.arrays["qalys"].sum(axis=-1)
    columns = [np.zeros(len(qalys))]
    for scenario in (TOGETHER, *range(FIRST_ALONE, qalys.shape[1])):
        gained = ((qalys[:, scenario] - qalys[:, NOTHING]) * worth).sum(axis=1)
        net = (flows_of(results, scenario).net * worth).sum(axis=1)
        columns.append(value * gained - net)
    options = ("none", "all", *(p.id for p in results.programmes))
    return np.stack(columns, axis=1), options
