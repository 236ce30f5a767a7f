"""Tables that turn a number and its luck into a person, and the compiled drawing from them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from tripleaim.country.fast import (
    GRID_FROM,
    GRID_SIZE,
    GRID_STEPS,
    DrawingTables,
    PersonColumns,
    draw_people,
)
from tripleaim.country.model import Country, Numbers
from tripleaim.country.people_fit import PeopleFit, fit_people
from tripleaim.people import BAND_STARTS, EPOCH_YEAR, Areas, People

Floats = npt.NDArray[np.float64]

NEVER = 1 << 16
"""A threshold that no rank reaches."""


@dataclass(frozen=True)
class PeopleDistribution:
    """The tables that people are drawn from.

    There are K conditions and R risk factors of at most L levels; odds multiply.

    ends        (2 x AGES x 5,) the number after the last person of each sex, age and quintile
    odds        (K, 2, AGES, 5) of having a condition at frailty 0, all that follows being 1
    order       (K,) the conditions in the order of drawing
    links       (K, K) what having the second multiplies the odds of the first by
    thresholds  (R, 2, AGES, L - 1) ranks at which the next level of a risk factor begins
    levels      (R, L, 2, AGES, K) what a level multiplies the odds of a condition by
    ties        (R, R) Cholesky factor of the correlation between the normal numbers behind ranks
    pull        (R, 5) by how much a quintile's numbers lie higher
    band        (AGES,) age bands; places (R, 2, bands, GRID_SIZE) the share of people of a sex and
                band with a lower number, which is their rank
    """

    ends: npt.NDArray[np.int64]
    areas: Areas
    condition_ids: tuple[str, ...]
    priority_ids: tuple[str, ...]
    risk_ids: tuple[str, ...]
    seed: int
    year: int
    loading: float
    odds: Floats
    order: npt.NDArray[np.int64]
    links: Floats
    thresholds: npt.NDArray[np.int64]
    levels: Floats
    ties: Floats
    pull: Floats
    band: npt.NDArray[np.int64]
    places: Floats

    @property
    def first_month(self) -> int:
        """The last month before 1 January, as People counts months."""
        return (self.year - EPOCH_YEAR) * 12 - 1

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The names of the events that a person's luck decides, as `people` names them."""
        return (
            *("month of birth", "frailty, size", "frailty, direction"),
            *(f"rank of {name}" for name in self.risk_ids),
            *(f"has {name}" for name in self.condition_ids),
        )


def distribution_of(country: Country, sample: Numbers, seed: int) -> PeopleDistribution:
    """The tables for the people of a country, fitted to those numbered `sample`."""
    return tables_from(country, fit_people(country, sample, seed))


def tables_from(country: Country, fit: PeopleFit) -> PeopleDistribution:
    """The fit as tables that a compiled loop can follow."""
    illness, copula = fit.illness, fit.copula
    count, (_, ages, _) = len(illness.ids), country.cells.shape
    links = np.ones((count, count))
    for k, causes in illness.links.items():
        links[k, list(causes)] = np.exp(list(causes.values()))
    most = max((len(factor.levels) for factor in illness.risks), default=1)
    thresholds = np.full((len(illness.risks), 2, ages, most - 1), NEVER, dtype=np.int64)
    levels = np.ones((len(illness.risks), most, 2, ages, count))
    for r, factor in enumerate(illness.risks):
        own = len(factor.levels)
        thresholds[r, ..., : own - 1] = factor.thresholds(fit.year)
        for k, name in enumerate(illness.ids):
            if name in factor.effects:
                levels[r, :own, ..., k] = factor.effects[name].relative
    grid = GRID_FROM + np.arange(GRID_SIZE) / GRID_STEPS
    below = ndtr(grid[:, None, None] - copula.gradient)
    by_band = copula.quintiles[:, list(BAND_STARTS)]
    return PeopleDistribution(
        ends=country.ends,
        areas=country.areas,
        condition_ids=illness.ids,
        priority_ids=illness.priority_ids,
        risk_ids=copula.ids,
        seed=fit.seed,
        year=fit.year,
        loading=illness.frailty.loading,
        odds=np.exp(fit.log_odds)[..., None] * np.exp(illness.deprivation)[:, None, None],
        order=np.array(illness.order, dtype=np.int64),
        links=links,
        thresholds=thresholds,
        levels=levels,
        ties=copula.root,
        pull=copula.gradient,
        band=np.searchsorted(BAND_STARTS, np.arange(ages), side="right") - 1,
        places=np.ascontiguousarray(np.einsum("grq,sbq->rsbg", below, by_band)),
    )


def draw(distribution: PeopleDistribution, numbers: Numbers) -> People:
    """The people with these `numbers`: each is the same whoever else is drawn.

    Raises ValueError for a number beyond the last person's.
    """
    n = len(numbers)
    if n and int(numbers.max()) >= distribution.ends[-1]:
        raise ValueError(f"expected numbers below {distribution.ends[-1]}, found {numbers.max()}")
    columns = PersonColumns(
        birth=np.empty(n, dtype=np.int16),
        sex=np.empty(n, dtype=np.int8),
        lsoa=np.empty(n, dtype=np.int16),
        frailty=np.empty(n, dtype=np.float32),
        conditions=np.empty(n, dtype=np.uint32),
        ranks=np.empty((len(distribution.risk_ids), n), dtype=np.uint16),
    )
    draw_people(numbers, tables_of(distribution), columns)
    return people_of(distribution, numbers, columns)


def tables_of(distribution: PeopleDistribution) -> DrawingTables:
    """The same tables as the compiled loop reads them."""
    causes = [np.flatnonzero(row != 1) for row in distribution.links]
    factors = [row[cause] for row, cause in zip(distribution.links, causes, strict=True)]
    return DrawingTables(
        ends=distribution.ends,
        first_month=distribution.first_month,
        streams=streams(distribution),
        loading=distribution.loading,
        odds=distribution.odds,
        order=distribution.order,
        link_ends=np.cumsum([0, *map(len, causes)]),
        link_causes=np.concatenate([np.zeros(0, dtype=np.int64), *causes]),
        link_factors=np.concatenate([np.ones(0), *factors]),
        thresholds=distribution.thresholds,
        levels=distribution.levels,
        acts=np.any(distribution.levels != 1, axis=(1, 2, 3)),
        highest=highest(distribution),
        ties=distribution.ties,
        pull=distribution.pull,
        band=distribution.band,
        places=distribution.places,
    )


def people_of(distribution: PeopleDistribution, numbers: Numbers, columns: PersonColumns) -> People:
    """Columns that were drawn, as People: all on one list, and all living in the country."""
    return People(
        person=numbers.astype(np.uint64),
        practice=np.zeros(len(numbers), dtype=np.int16),
        resident=np.ones(len(numbers), dtype=np.bool_),
        areas=distribution.areas,
        condition_ids=distribution.condition_ids,
        priority_ids=distribution.priority_ids,
        risk_ids=distribution.risk_ids,
        seed=distribution.seed,
        **columns._asdict(),
    )


def streams(distribution: PeopleDistribution) -> npt.NDArray[np.uint64]:
    """What sets the luck of each of `events` apart (see `people.luck.uniform`)."""
    names = (
        f"{distribution.seed}|{distribution.year}|{event}".encode() for event in distribution.events
    )
    hashes = [hashlib.blake2b(name, digest_size=8).digest() for name in names]
    return np.array([int.from_bytes(one, "little") for one in hashes], dtype=np.uint64)


def highest(distribution: PeopleDistribution) -> Floats:
    """(K,) the most that risk factors and other conditions can multiply the odds of each by.

    A little more than that, so that rounding never excludes anybody.
    """
    by_links = np.prod(np.maximum(distribution.links, 1), axis=1)
    by_levels = np.prod(distribution.levels.max(axis=(1, 2, 3), initial=1.0), axis=0)
    return np.asarray(by_links * by_levels * (1 + 1e-9))
