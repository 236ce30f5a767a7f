"""What drives the intervals of headlines, and what it is worth to know more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Parameter
from tripleaim.prevention.assemble_money import MILLION, Results, first_rate, flows_of
from tripleaim.prevention.document import UncertaintyPart
from tripleaim.prevention.document_numbers import interval, known_interval, number, rounded
from tripleaim.prevention.money import discount
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER
from tripleaim.uncertainty import (
    DecisionPart,
    DriverPart,
    OptionPart,
    ParameterPart,
    WorthPart,
    as_matrix,
    best_option,
    parameter_part,
    partial_information,
    perfect_information,
    rank_correlation,
    significant_drivers,
)

Floats = npt.NDArray[np.float64]

WIDEST = 10


@dataclass(frozen=True)
class Luck:
    """By headline outcome: the standard deviation over seeds of the central value, the standard
    error that the sample's luck leaves in a draw's deviation from it, and that of the standard
    deviation over draws."""

    chance: Mapping[str, float]
    draw_error: Mapping[str, float]
    spread_error: Mapping[str, float]


@dataclass(frozen=True)
class UncertaintyParts:
    """What the document says of uncertainty; nothing with fewer than two draws."""

    headlines: list[UncertaintyPart]
    parameters: list[ParameterPart]
    decision: DecisionPart | None


def uncertainty_parts(
    results: Results, parameters: Sequence[Parameter], luck: Luck
) -> UncertaintyParts:
    """What drives the intervals of QALYs and of net cost, and what knowing more is worth."""
    if len(results.draws) < 3:
        return UncertaintyParts([], [], None)
    by_id = {p.id: p for p in parameters}
    matrix = as_matrix(results.draws[1:], list(by_id))
    headlines = [
        UncertaintyPart(
            id=outcome,
            name=name,
            unit=unit,
            interval=interval(values),
            standard_deviation=number(float(values[1:].std(ddof=1))),
            chance_standard_deviation=_known(luck.chance, outcome),
            draw_error=_known(luck.draw_error, outcome),
            spread_error=_known(luck.spread_error, outcome),
            drivers=_drivers(by_id, matrix, values[1:]),
        )
        for outcome, (name, unit, values) in headline_values(results).items()
    ]
    named = [key for part in headlines for driver in part.drivers for key in driver.parameters]
    shown = [by_id[key] for key in dict.fromkeys(named)]
    return UncertaintyParts(
        headlines, [parameter_part(p) for p in shown], _decision(results, shown)
    )


def _known(values: Mapping[str, float], outcome: str) -> float | None:
    return number(values[outcome]) if outcome in values else None


def _drivers(by_id: Mapping[str, Parameter], matrix: Floats, values: Floats) -> list[DriverPart]:
    """Those that chance does not explain, then others by rank correlation; ten at most."""
    certain = significant_drivers(matrix, list(by_id), values)
    certain_ids = {driver.parameter for driver in certain}
    ranks = {key: rank_correlation(matrix[:, k], values) for k, key in enumerate(by_id)}
    others = sorted(set(ranks) - certain_ids, key=lambda key: (-abs(ranks[key]), key))
    shown = [
        *((driver.parameter, round(driver.share, 4)) for driver in certain),
        *((key, None) for key in others),
    ]
    return [
        DriverPart(
            id=key,
            name=by_id[key].name,
            parameters=[key],
            share=share,
            rank=round(ranks[key], 3),
        )
        for key, share in shown[:WIDEST]
    ]


def _decision(results: Results, parameters: Sequence[Parameter]) -> DecisionPart:
    """The decision that information would improve: to fund nothing, each programme alone
    or all of them, by QALYs at their stated value less net cost, discounted alike."""
    benefit, ids = net_benefit(results)
    benefit = benefit / MILLION
    drawn = benefit[1:]
    best = drawn.max(axis=1)
    names = {"none": "Fund none", "all": "Fund all", **{p.id: p.name for p in results.programmes}}
    known = {p.id: p.name for p in parameters}
    worth = partial_information(drawn, as_matrix(results.draws[1:], list(known)), list(known))
    return DecisionPart(
        question=f"What is it best to fund over {len(results.years)} years?",
        options=[
            OptionPart(
                id=key,
                name=names[key],
                expected_gbp_m=rounded(float(drawn[:, k].mean())),
                interval=known_interval(benefit[:, k]),
                best_in=rounded(float((drawn[:, k] >= best).mean())),
            )
            for k, key in enumerate(ids)
        ],
        best=ids[best_option(drawn)],
        perfect_information_gbp_m=rounded(perfect_information(drawn)),
        worth=[
            WorthPart(
                id=w.parameter,
                name=known[w.parameter],
                gbp_m=rounded(w.value),
                error_gbp_m=rounded(w.error),
                excess_gbp_m=rounded(w.excess),
            )
            for w in worth
        ],
    )


def headline_values(results: Results) -> dict[str, tuple[str, str, Floats]]:
    """The outcomes whose interval is explained: by id, (name, unit, (1 + D,) values)."""
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
