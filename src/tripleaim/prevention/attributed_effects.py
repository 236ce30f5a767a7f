"""Programmes' shares in what all of them do together, on the central draw.

A programme's share is what it adds on average when programmes come one after the other in every
order (Shapley 1953). Where no more than two programmes meet in a person, that is exactly the mean
of what it adds as the first and as the last of all:

    share = (v(alone) - v(none) + v(all) - v(all others)) / 2

since each meeting of two is halved between them. Every set of programmes is a projection of the
same people with the same luck, so this is exact given these lives but for what three or more do to
each other, which is printed (`corrected`) and spread evenly. How luck moves it shows over seeds.
A programme that changes nothing has no share in health; in money its share is its own cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.prevention.assemble_money import MILLION, Results, cost_by_programme
from tripleaim.prevention.consequences import QALYS
from tripleaim.prevention.document import AttributionPart, Share
from tripleaim.prevention.health import lost_name, outcome_names
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER, WITHOUT

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AttributedOutcome:
    """One outcome that is attributed to programmes, summed over the horizon."""

    id: str
    name: str
    unit: str


def attributed_outcomes(
    conditions: Sequence[str], late: Sequence[str], counted: Sequence[str]
) -> tuple[AttributedOutcome, ...]:
    """What is attributed: health, then money; `counted` are late outcomes that take QALYs."""
    return (
        AttributedOutcome("qalys", "QALYs", "QALYs"),
        AttributedOutcome("deaths", "Deaths", "deaths"),
        *(AttributedOutcome(c, f"New: {c}", "people") for c in conditions),
        *(AttributedOutcome(o, o, "events") for o in late),
        *(
            AttributedOutcome(f"qalys-{o}", lost_name(n), "QALYs")
            for o, n in outcome_names(tuple(counted)).items()
        ),
        AttributedOutcome("avoided", "Cost avoided", "£m"),
        AttributedOutcome("net", "Net cost", "£m"),
    )


@dataclass(frozen=True)
class Shares:
    """Shares of one seed, (programmes, outcomes); nothing, something, corrected are (outcomes,)."""

    nothing: Floats
    something: Floats
    alone: Floats
    value: Floats
    corrected: Floats


def shares_of(results: Results) -> Shares:
    """Shares from the central draw of one seed, whose arrays hold what all others do too."""
    acts = np.array([p.acts for p in results.programmes])
    sums = _sums(results.arrays, results)
    others = _sums(
        {
            name.removeprefix(WITHOUT): values
            for name, values in results.arrays.items()
            if name.startswith(WITHOUT)
        },
        results,
    )
    cost = np.array([part[0].sum() for part in cost_by_programme(results, together=True)]) / MILLION
    own = np.array([part[0].sum() for part in cost_by_programme(results, together=False)]) / MILLION
    nothing, something = sums[NOTHING], sums[TOGETHER].copy()
    alone = sums[FIRST_ALONE:] - nothing
    alone[:, -1] += own
    something[-1] += cost.sum()
    others[:, -1] += cost.sum() - cost
    value = first_and_last(alone, something - others) * acts[:, None]
    value[:, -1] = np.where(acts, value[:, -1], alone[:, -1])
    rest = something - nothing - value.sum(axis=0)
    takers = acts if acts.any() else ~acts
    value[takers] += rest / max(int(takers.sum()), 1)
    return Shares(nothing, something, alone, value, rest)


def first_and_last(first: Floats, last: Floats) -> Floats:
    """Shares (programmes, outcomes) from what each adds as the first and as the last of all."""
    return np.asarray((first + last) / 2)


def attribution(
    by_seed: Sequence[Results], outcomes: Sequence[AttributedOutcome], people: int
) -> list[AttributionPart]:
    """Every outcome attributed, the mean over seeds, with its standard error over them."""
    seeds = [shares_of(results) for results in by_seed]
    programmes = by_seed[0].programmes

    def mean(name: str) -> Floats:
        return np.asarray(np.mean([getattr(one, name) for one in seeds], axis=0))

    errors = np.zeros_like(seeds[0].value)
    if len(seeds) > 1:
        errors = np.std([one.value for one in seeds], axis=0, ddof=1) / len(seeds) ** 0.5
    nothing, something, alone, value = map(mean, ("nothing", "something", "alone", "value"))
    corrected = mean("corrected")
    return [
        AttributionPart(
            id=outcome.id,
            name=outcome.name,
            unit=outcome.unit,
            nothing=float(nothing[o]),
            something=float(something[o]),
            total=float(something[o] - nothing[o]),
            shares=[
                Share(
                    programme=programme.id,
                    value=float(value[k, o]),
                    error=float(errors[k, o]),
                    alone=float(alone[k, o]),
                    way="exact",
                )
                for k, programme in enumerate(programmes)
            ],
            coalitions=2 + 2 * len(programmes),
            permutations=0,
            people=people,
            corrected=float(corrected[o]),
        )
        for o, outcome in enumerate(outcomes)
    ]


def _sums(arrays: Mapping[str, Floats], results: Results) -> Floats:
    """(S, outcomes) over the horizon; `avoided` is minus the price of contacts, and so is `net`,
    to which the programmes' cost is added."""
    contacts = arrays["contacts"][0].sum(axis=2)[:, 1:] * results.prices.factor[1:]
    priced = (contacts * results.prices.unit_cost).sum(axis=(1, 2)) / MILLION
    lost = arrays["lost"][0][QALYS].sum(axis=(1, 2))
    return np.column_stack(
        [
            arrays["qalys"][0].sum(axis=(1, 2)),
            arrays["deaths"][0].sum(axis=(1, 2)),
            arrays["onsets"][0].sum(axis=1),
            arrays["outcomes"][0][:, 1:].sum(axis=(1, 2)),
            lost,
            -priced,
            priced,
        ]
    )
