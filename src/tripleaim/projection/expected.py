"""What each person is expected to have in a year: contacts, late outcomes, years in good health and
quality-adjusted years, by product of factors, at the level that a place's people have them at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.activity import sums_by
from tripleaim.core import Pieces
from tripleaim.people import SEXES, Disease, People, RiskFactor, late_outcome_ids
from tripleaim.place import Draw, InputError, Place
from tripleaim.projection.contact_rates import fit_contacts
from tripleaim.projection.contact_tables import GROUPS, QUINTILES, contact_inputs
from tripleaim.projection.laws import Expected, Laws, levels_of
from tripleaim.projection.model import Trajectory
from tripleaim.projection.relative import CHUNK_ROWS, ConditionFactors
from tripleaim.projection.relatives import Relatives, relative_at
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]

GOOD_HEALTH, QALY = "good health", "qaly"

OLD = slice(60, 86)
"""Ages over which a risk factor's effect on a late outcome is averaged: when most of them come."""

BAND = 5
"""Years of age that share one mean of factors: single years hold too few people."""

GROWTH_SPREAD = 0.008
"""Standard deviation of a point of delivery's growth a year (see `uncertainty.contact-growth`)."""


def no_expected(years: int, relative: Relatives) -> Expected:
    """Nothing expected, of the right shape."""
    none = np.zeros((0,), dtype=np.float32)
    return Expected(
        names=(),
        rate=np.zeros((years, len(SEXES), QUINTILES, AGES, 0), dtype=np.float32),
        conditions=tuple(none.reshape(CHUNK_ROWS, 0) for _ in relative.conditions),
        risk=tuple(none.reshape(len(f.levels), 0) for f in relative.factors),
    )


def fit_expected(
    place: Place, laws: Laws, relative: Relatives, lives: Trajectory, draw: Draw
) -> Expected:
    """Expected quantities, at the level of the people of the base year; `lives` are those of the
    base year and the next.

    Contacts are as `fit_contacts` has them. Late outcomes and quality of life are the rates of an
    age and sex over the mean of their factors among its people, in good health is who has no
    limiting condition.
    """
    points = [p.id for p in place.points_of_delivery]
    names = (*points, *late_outcome_ids(place), GOOD_HEALTH, QALY)
    conditions, risk = factor_tables(names, relative.diseases, relative.factors, draw)
    steps = np.arange(laws.steps + 1)
    rate = np.ones((laws.steps + 1, len(SEXES), QUINTILES, AGES, len(names)))
    model = fit_contacts(contact_inputs(place), lives)
    grouped = model.healthy.reshape(len(SEXES), QUINTILES, GROUPS, len(points))
    drawn = np.exp(GROWTH_SPREAD * np.array([draw.of(f"growth/{p}") for p in points]))
    growth = (1 + model.trend) * drawn
    by_age = grouped[:, :, np.minimum(np.arange(AGES), GROUPS - 1)]
    rate[..., : len(points)] = by_age * (growth ** steps[:, None])[:, None, None, None, :]
    people = lives.people.take(np.flatnonzero(lives.present[0]))
    mean = mean_product(people, laws, conditions, risk)
    wanted = np.stack([*outcome_rates(place), quality_norms(place)], axis=-1)[:, None]
    others = [*range(len(points), len(names) - 2), len(names) - 1]
    rate[..., others] = wanted / mean[..., others]
    return Expected(
        names=names,
        rate=rate.astype(np.float32),
        conditions=conditions,
        risk=risk,
    )


def factor_tables(
    names: Sequence[str],
    diseases: Sequence[Disease],
    factors: Sequence[RiskFactor],
    draw: Draw,
) -> tuple[tuple[npt.NDArray[np.float32], ...], tuple[npt.NDArray[np.float32], ...]]:
    """What conditions and levels of risk factors multiply each quantity by, as in Expected."""
    of_conditions = np.ones((len(diseases), len(names)))
    for k, disease in enumerate(diseases):
        z = draw.of(f"contacts/{disease.id}")
        for e, name in enumerate(names):
            if name in disease.contacts:
                of_conditions[k, e] = disease.contacts[name].at(z)
            elif name in disease.outcomes:
                of_conditions[k, e] = disease.outcomes[name].at(draw.of(f"outcomes/{disease.id}"))
            elif name == QALY:
                of_conditions[k, e] = disease.quality.at(draw.of(f"quality/{disease.id}"))
            elif name == GOOD_HEALTH and disease.limiting:
                of_conditions[k, e] = 0.0
    risk = []
    for factor in factors:
        table = np.ones((len(factor.levels), len(names)))
        for target, effect in factor.effects.items():
            if target in names:
                relative = relative_at(factor, effect, draw)
                table[:, names.index(target)] = relative[:, :, OLD].mean(axis=(1, 2))
        risk.append(table.astype(np.float32))
    return ConditionFactors.of_each(of_conditions).tables, tuple(risk)


def mean_product(
    people: People,
    laws: Laws,
    conditions: Sequence[npt.NDArray[np.float32]],
    risk: Sequence[npt.NDArray[np.float32]],
) -> Floats:
    """The mean of everybody's factors in the base year, (2, 1, AGES, E), by bands of age.

    A band without people has that of everybody.
    """
    age, sex = np.clip(people.age_in(laws.years[0]), 0, AGES - 1).astype(np.intp), people.sex
    factors = ConditionFactors(tuple(conditions))
    product = np.empty((len(people), conditions[0].shape[1]), dtype=np.float32)

    def fill(rows: slice) -> None:
        levels = levels_of(people.ranks[:, rows], laws, 0, sex[rows].astype(np.intp), age[rows])
        some = factors.of(people.conditions[rows])
        for r, table in enumerate(risk):
            some *= table[levels[r]]
        product[rows] = some

    with Pieces(len(people)) as pieces:
        pieces.each(fill)
    bands = -(-AGES // BAND)
    band = sex.astype(np.intp) * bands + age // BAND
    heads = np.bincount(band, minlength=len(SEXES) * bands)
    mean = sums_by(band, product, len(heads)) / np.maximum(heads, 1)[:, None]
    mean[heads == 0] = product.mean(axis=0, dtype=np.float64) if len(people) else 1.0
    by_band = mean.reshape(len(SEXES), bands, -1)
    return np.asarray(by_band[:, np.arange(AGES) // BAND])[:, None]


def outcome_rates(place: Place) -> list[Floats]:
    """For each late outcome its rate a person a year, (2, AGES)."""
    path = place.path("outcome_rates.csv")
    outcomes = late_outcome_ids(place)
    table = np.full((len(outcomes), len(SEXES), AGES), np.nan)
    for row in place.rows("outcome_rates.csv"):
        ages = slice(row["age_from"], row["age_to"] + 1)
        which = outcomes.index(row["outcome"]), SEXES.index(row["sex"]), ages
        table[which] = row["per_100000"] / 1e5
    for o, s, age in np.argwhere(np.isnan(table)):
        raise InputError(
            f"expected the rate of {outcomes[o]} in {SEXES[s]} people of age {age}", file=path
        )
    return list(table)


def quality_norms(place: Place) -> Floats:
    """The mean quality of life of people of a sex and age, (2, AGES)."""
    path = place.path("quality_norms.csv")
    table = np.full((len(SEXES), AGES), np.nan)
    for row in place.rows("quality_norms.csv"):
        table[SEXES.index(row["sex"]), row["age_from"] : row["age_to"] + 1] = row["index"]
    for s, age in np.argwhere(np.isnan(table)):
        raise InputError(f"expected the index of {SEXES[s]} people of age {age}", file=path)
    return table
