"""Chains from what moves first to each late outcome, from stored results into the document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.people import Disease, RiskFactor
from tripleaim.place import Place
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.document import Chain, LeadingMeasure, Prediction
from tripleaim.prevention.document_numbers import fan, interval, number, shares_pct
from tripleaim.prevention.health import outcome_names
from tripleaim.prevention.leading_fit import (
    FEWEST_DRAWS,
    KNOWN_AFTER,
    Foretold,
    explained_by_year,
    predict,
)
from tripleaim.prevention.leading_measures import Leading, chain, movements
from tripleaim.prevention.programmes import weight_of
from tripleaim.prevention.scenarios import NOTHING, TOGETHER

Floats = npt.NDArray[np.float64]

FILE = "early_signs.csv"
DEATHS = "deaths"
UNITS = {
    "programme": "members, as far as the effect is left",
    "risk": "people",
    "condition": "people",
}


def chains_of(
    results: Results,
    diseases: Sequence[Disease],
    risks: Sequence[RiskFactor],
    outcomes: tuple[str, ...],
    onsets: Sequence[str],
) -> list[Chain]:
    """A chain for deaths, for each late outcome, and for the onsets of the named conditions.

    None with fewer draws than a line can be fitted to.
    """
    if len(results.draws) - 1 < FEWEST_DRAWS:
        return []
    conditions = [d.id for d in diseases]
    names = {
        DEATHS: "Deaths",
        **outcome_names(outcomes),
        **{d.id: f"New: {d.name}" for d in diseases},
    }
    chains = []
    for outcome in (DEATHS, *outcomes, *onsets):
        measures = chain(outcome, diseases, risks, results.programmes)
        # Of an onset, the people who have it are the outcome itself and lead to nothing.
        measures = tuple(m for m in measures if m.key != f"condition/{outcome}")
        if measures:
            effect = _effect(results, outcome, conditions, outcomes)
            moves = _moves(results, measures, conditions)
            chains.append(_chain(outcome, names[outcome], measures, moves, effect))
    return chains


def conditions_with_early_signs(place: Place, conditions: Sequence[str]) -> list[str]:
    """Those that `early_signs.csv` lists. Raises InputError for one that the place lacks."""
    if not place.has(FILE):
        return []
    rows = place.rows(FILE)
    for row in rows:
        if row["condition"] not in conditions:
            raise row.fault("condition", "expected the id of a condition", conditions)
    return [row["condition"] for row in rows]


def _chain(
    outcome: str, name: str, measures: Sequence[Leading], moves: Floats, effect: Floats
) -> Chain:
    explained = explained_by_year(moves[1:], effect[1:])
    after = [year for year in KNOWN_AFTER if year <= moves.shape[1]]
    return Chain(
        id=outcome,
        name=name,
        unit="people over the horizon",
        effect=interval(effect),
        measures=[
            LeadingMeasure(
                id=m.key,
                kind=m.kind,
                name=m.name,
                unit=UNITS[m.kind],
                generation=m.generation,
                acts_on=list(m.acts_on),
                lag_years=m.lag_years,
                moves=fan(moves[..., k]),
                explains_pct=shares_pct(explained.share[:, k]),
            )
            for k, m in enumerate(measures)
        ],
        rest_pct=shares_pct(explained.rest),
        predictions=[_prediction(one, moves[0]) for one in predict(moves[1:], effect[1:], after)],
    )


def _prediction(one: Foretold, central: Floats) -> Prediction:
    predicted = float(one.predicted(central[one.after_years - 1]))
    return Prediction(
        after_years=one.after_years,
        predicted=number(predicted),
        low=number(predicted + one.low),
        high=number(predicted + one.high),
        narrowed_pct=number(100 * one.narrowed),
        explained_pct=number(100 * one.known),
    )


def _effect(
    results: Results, outcome: str, conditions: Sequence[str], outcomes: tuple[str, ...]
) -> Floats:
    arrays = results.arrays
    if outcome == DEATHS:
        counts = arrays["deaths"].sum(axis=-1)
    elif outcome in outcomes:
        counts = arrays["outcomes"][:, :, 1:, :, outcomes.index(outcome)].sum(axis=-1)
    else:
        counts = arrays["onsets"][..., conditions.index(outcome)]
    return np.asarray((counts[:, TOGETHER] - counts[:, NOTHING]).sum(axis=1))


def _moves(results: Results, measures: Sequence[Leading], conditions: Sequence[str]) -> Floats:
    members = results.arrays["members"][:, 0, 1:]
    having = results.arrays["with"][:, 1] - results.arrays["with"][:, 0]
    return movements(
        measures,
        {p.id: members[..., j] for j, p in enumerate(results.programmes)},
        _moved(results),
        {c: having[..., k] for k, c in enumerate(conditions)},
    )


def _moved(results: Results) -> dict[str, dict[str, float | Floats]]:
    """By risk factor and programme, what share of a member moves a level down in each draw."""
    shares: dict[str, dict[str, float | Floats]] = {}
    for programme in results.programmes:
        for effect in programme.effects:
            if not effect.acts or effect.changes not in ("risk level", "risk shift"):
                continue
            weight = weight_of(results.place, effect)
            z = [draw.of(f"programme/{programme.id}/effect") for draw in results.draws]
            values = np.array([effect.at(one, weight) for one in z])
            if effect.changes == "risk shift":
                values = -values / float(np.mean(effect.level_widths))
            by_programme = shares.setdefault(effect.target, {})
            by_programme[programme.id] = by_programme.get(programme.id, 0.0) + values
    return shares
