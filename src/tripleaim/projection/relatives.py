"""How people of one age and sex differ, as the tables of the laws: by condition, quintile, level of
each risk factor and frailty, at the point estimates or at those of a draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tripleaim.people import (
    DEATH,
    SEXES,
    Disease,
    RiskEffect,
    RiskFactor,
    read_diseases,
    read_frailty,
    read_risk_factors,
    relative_by_quintile,
)
from tripleaim.place import Draw, InputError, Place
from tripleaim.projection.contact_tables import QUINTILES
from tripleaim.projection.lanes import Lanes
from tripleaim.projection.relative import ConditionFactors

Floats = npt.NDArray[np.float64]
Tables = tuple[npt.NDArray[np.float32], ...]

DYING = slice(60, 90)
"""Ages over which deaths by quintile are averaged: when most people die."""


@dataclass(frozen=True)
class Relatives:
    """Tables as in Laws (see there), with what they were read from."""

    lanes: Lanes
    diseases: tuple[Disease, ...]
    factors: tuple[RiskFactor, ...]
    conditions: Tables
    quintile: npt.NDArray[np.float32]
    risk: Tables
    frail: npt.NDArray[np.float32]
    frailty_power: float


@dataclass(frozen=True)
class Sources:
    """What the tables are made from: the same for every draw.

    by_quintile  (2, 5) hazard ratios of death, what levels of risk factors carry among them
    clustering          the power of a propensity that gives the relative risk of an onset
    """

    diseases: tuple[Disease, ...]
    factors: tuple[RiskFactor, ...]
    by_quintile: Floats
    clustering: float
    loading: float

    @cached_property
    def quintile_mortality(self) -> Floats:
        """(2, 5) hazard ratios of death beyond what levels of risk factors carry."""
        return self.by_quintile / _carried(self.factors)

    def with_deaths(self, direct: Mapping[str, RiskEffect]) -> Sources:
        """The same with other direct effects on death, by risk factor."""
        factors = tuple(
            replace(f, effects={**f.effects, DEATH: direct[f.id]}) if f.id in direct else f
            for f in self.factors
        )
        return replace(self, factors=factors)


def read_sources(place: Place, conditions: tuple[str, ...], risks: tuple[str, ...]) -> Sources:
    """The relative risks of a place for people made with these `conditions` and `risks`.

    Raises InputError if the people were made with other diseases or risk factors, and at a fault in
    the table of deaths by quintile.
    """
    diseases, factors = read_diseases(place), read_risk_factors(place)
    for kind, had, known in (
        ("diseases", conditions, tuple(d.id for d in diseases)),
        ("risk factors", risks, tuple(f.id for f in factors)),
    ):
        if had != known:
            raise InputError(
                f"expected people made with the current {kind} of the place",
                file=place.folder / kind.replace(" ", "_"),
                value=", ".join(sorted(set(had) ^ set(known))),
            )
    return Sources(
        diseases=diseases,
        factors=factors,
        by_quintile=_by_quintile(place),
        clustering=place.value("onset.clustering"),
        loading=read_frailty(place).loading,
    )


def relatives_under(sources: Sources, draw: Draw) -> Relatives:
    """The tables of a draw.

    A propensity to have a condition is raised to the power of clustering to give the relative risk
    of getting it: death takes those with several conditions first, so what keeps conditions
    together must pull harder than it shows in those alive. The relative risks of risk factors are
    incidences already and stand as they are.
    """
    ids, power = [d.id for d in sources.diseases], sources.clustering
    lanes = Lanes(tuple(ids))
    of_conditions = np.ones((len(ids), lanes.size))
    of_quintile = np.ones((len(SEXES), QUINTILES, lanes.size))
    of_quintile[..., lanes.death] = sources.quintile_mortality
    frail = np.zeros(lanes.size, dtype=np.float32)
    for k, disease in enumerate(sources.diseases):
        of_conditions[k, lanes.death] = disease.death.at(draw.of(f"death/{disease.id}"))
        of_quintile[..., k] = disease.deprivation**power
        frail[k] = 1
        for link in disease.raised_by:
            odds = link.odds_ratio.at(draw.of(f"link/{link.condition}/{disease.id}"))
            of_conditions[ids.index(link.condition), k] = odds**power
    return Relatives(
        lanes=lanes,
        diseases=sources.diseases,
        factors=sources.factors,
        conditions=ConditionFactors.of_each(of_conditions).tables,
        quintile=of_quintile.astype(np.float32),
        risk=tuple(_risk_table(factor, lanes, draw) for factor in sources.factors),
        frail=frail,
        frailty_power=power * sources.loading,
    )


def _carried(factors: Sequence[RiskFactor]) -> Floats:
    """(5,) what levels of risk factors alone make of each quintile's deaths, around a mean of 1."""
    product = np.ones(QUINTILES)
    for factor in factors:
        if DEATH in factor.effects:
            product *= relative_by_quintile(factor, DEATH)[:, DYING].mean(axis=(0, 1))
    return np.asarray(product / product.mean())


def relative_at(factor: RiskFactor, effect: RiskEffect, draw: Draw) -> Floats:
    """(levels, 2, AGES) the effect's relative risks under a draw."""
    z = draw.of(f"risk/{factor.id}/{effect.target}")
    return np.asarray(effect.relative ** (1 + z * effect.spread))


def _risk_table(factor: RiskFactor, lanes: Lanes, draw: Draw) -> npt.NDArray[np.float32]:
    targets = (*lanes.conditions, DEATH)
    table = np.ones((len(factor.levels), *factor.base.shape[:2], lanes.size), dtype=np.float32)
    for target, effect in factor.effects.items():
        if target in targets:
            table[..., targets.index(target)] = relative_at(factor, effect, draw)
    return table


def ranks_of_newborns(factors: Sequence[RiskFactor]) -> tuple[Floats, Floats]:
    """The gradient by quintile (R, 5) and the Cholesky factor of the correlations (R, R)."""
    ties = np.eye(len(factors))
    ids = [f.id for f in factors]
    for r, factor in enumerate(factors):
        for other, value in factor.correlation.items():
            ties[r, ids.index(other)] = ties[ids.index(other), r] = value
    gradient = np.array([f.gradient for f in factors], dtype=np.float64).reshape(len(ids), 5)
    return gradient, np.asarray(np.linalg.cholesky(ties) if ids else ties, dtype=np.float64)


def _by_quintile(place: Place) -> Floats:
    """(2, 5) hazard ratios of death by sex and quintile, what risk factors carry among them."""
    path = place.path("quintile_mortality.csv")
    ratios = np.full((len(SEXES), QUINTILES), np.nan)
    for row in place.rows("quintile_mortality.csv"):
        cell = SEXES.index(row["sex"]), row["quintile"] - 1
        if np.isfinite(ratios[cell]):
            raise row.fault("quintile", f"this quintile is listed twice for {row['sex']} people")
        ratios[cell] = row["ratio"]
    for s, q in np.argwhere(np.isnan(ratios)):
        raise InputError(f"expected a ratio for {SEXES[s]} people of quintile {q + 1}", file=path)
    return ratios
