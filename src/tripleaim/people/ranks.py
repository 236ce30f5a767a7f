"""A person's rank in each risk factor, for life, and the levels that ranks come to in a year.

Behind the ranks stand normal numbers, correlated between risk factors and raised or lowered with
deprivation (a Gaussian copula). A number becomes a rank by its place among people of its sex and
age band, so that ranks are uniform there and the shares of the levels are met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from tripleaim.core import Pieces
from tripleaim.people.ages import OLDEST
from tripleaim.people.disease import Floats, RiskFactor
from tripleaim.people.disease_files import QUINTILES
from tripleaim.people.luck import uniform
from tripleaim.people.model import SEXES, Bodies, People
from tripleaim.people.risk_files import correlation_matrix

BAND_STARTS = (0, 18, 35, 45, 55, 65, 75, 85)
HIGHEST = 65534
"""The highest rank: below the bar 65535, which nobody passes."""
_GRID = np.linspace(-7, 7, 2801)

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Copula:
    """What a person's ranks are drawn with; a pure function of the person, on any shard.

    root       (R, R) lower Cholesky root of the correlations; gradient (R, 5) by quintile
    quintiles  (2, OLDEST + 1, 5) the share of each quintile among people of a sex and age (band)
    """

    ids: tuple[str, ...]
    root: Floats
    gradient: Floats
    quintiles: Floats


def fit_copula(
    factors: Sequence[RiskFactor],
    sex: npt.NDArray[np.int8],
    age: npt.NDArray[np.int16],
    quintile: npt.NDArray[np.int8],
) -> Copula:
    """The copula of `factors` for people like those given, whole or a sample.

    Where a band of age and sex has nobody it takes the shares of everybody.
    """
    band = np.searchsorted(BAND_STARTS, np.arange(OLDEST + 1), side="right") - 1
    counts = np.zeros((len(SEXES), len(BAND_STARTS), QUINTILES))
    np.add.at(counts, (sex, band[age], quintile - 1), 1)
    everybody = counts.sum(axis=(0, 1)) if counts.any() else np.ones(QUINTILES)
    counts[counts.sum(axis=-1) == 0] = everybody
    shares = counts / counts.sum(axis=-1, keepdims=True)
    return Copula(
        ids=tuple(factor.id for factor in factors),
        root=np.asarray(np.linalg.cholesky(correlation_matrix(factors)), dtype=np.float64),
        gradient=np.array([factor.gradient for factor in factors]).reshape(-1, QUINTILES),
        quintiles=shares[:, band],
    )


def draw_ranks(copula: Copula, whose: Bodies, seed: int, year: int) -> npt.NDArray[np.uint16]:
    """Each person's ranks, (R, N), from 0 to HIGHEST; correlation and gradient as in `copula`.

    Of `whose` people only person, sex, age and quintile matter.
    """
    ranks = np.empty((len(copula.ids), len(whose.person)), dtype=np.uint16)
    if not copula.ids:
        return ranks
    own = np.empty(ranks.shape)
    band_of = np.searchsorted(BAND_STARTS, np.arange(OLDEST + 1), side="right") - 1
    group = whose.sex.astype(np.int64) * len(BAND_STARTS) + band_of[whose.age]

    def draw(rows: slice) -> None:
        for r, name in enumerate(copula.ids):
            number = uniform(seed, whose.person[rows], year, f"rank of {name}")
            own[r, rows] = ndtri(np.clip(number, 2.0**-53, None))

    with Pieces(len(whose.person)) as pieces:
        pieces.each(draw)
        normal = copula.root @ own
        below = [ndtr(_GRID[:, None] - pull) for pull in copula.gradient]  # by quintile

        def rank(rows: slice) -> None:
            members = _members(group[rows], len(SEXES) * len(BAND_STARTS))
            for r in range(len(copula.ids)):
                number = normal[r, rows] + copula.gradient[r][whose.quintile[rows] - 1]
                for g, some in enumerate(members):
                    s, band = divmod(g, len(BAND_STARTS))
                    heights = below[r] @ copula.quintiles[s, BAND_STARTS[band]]
                    place = np.interp(number[some], _GRID, heights)
                    number[some] = np.minimum(place * 65536, HIGHEST)
                ranks[r, rows] = number.astype(np.uint16)

        pieces.each(rank)
    return ranks


def _members(group: npt.NDArray[np.int64], groups: int) -> list[npt.NDArray[np.intp]]:
    """The rows of each group."""
    return [np.flatnonzero(group == g) for g in range(groups)]


def levels(people: People, factors: Sequence[RiskFactor], year: str) -> npt.NDArray[np.uint8]:
    """The level of each person in each of `factors` on 1 January inside `year`, (R, N).

    0 is the lowest level; `year` is a financial year such as "2015/16".
    """
    age = np.clip(people.age_in(year), 0, OLDEST)
    rows = [people.risk_ids.index(factor.id) for factor in factors]
    return levels_of(people.ranks[rows], people.sex, age, factors, calendar(year))


def level_columns(
    people: People, factors: Sequence[RiskFactor], year: str
) -> dict[str, npt.NDArray[np.str_]]:
    """The ids of people's levels in `year`, a column for each of `factors` that they have."""
    known = [factor for factor in factors if factor.id in people.risk_ids]
    by_factor = levels(people, known, year)
    return {f.id: np.array(f.levels)[by_factor[r]] for r, f in enumerate(known)}


def levels_of(
    ranks: npt.NDArray[np.uint16],
    sex: npt.NDArray[np.int8],
    age: npt.NDArray[np.int16],
    factors: Sequence[RiskFactor],
    year: int,
) -> npt.NDArray[np.uint8]:
    """The levels that `ranks` (R, N) come to on 1 January of a calendar `year`."""
    level = np.zeros(ranks.shape, dtype=np.uint8)
    for r, factor in enumerate(factors):
        bars = factor.thresholds(year)[sex, age]
        for k in range(bars.shape[1]):
            level[r] += ranks[r] >= bars[:, k]
    return level


def calendar(year: str) -> int:
    """The calendar year whose 1 January lies inside a financial year."""
    return int(year[:4]) + 1


def relative_by_quintile(factor: RiskFactor, target: str) -> Floats:
    """The mean relative risk of `target` by sex, age and quintile that the factor's spread gives.

    (2, OLDEST + 1, 5), for the base year's shares, each quintile as large as another.
    """
    relative = np.moveaxis(factor.effects[target].relative, 0, -1)
    above = 1 - np.cumsum(factor.base, axis=-1)[..., :-1]
    below = ndtr(_GRID[:, None] - factor.gradient).mean(axis=1)
    bar = np.interp(1 - np.clip(above, 0, 1), below, _GRID)
    over = 1 - ndtr(bar[..., None] - factor.gradient)  # (2, ages, levels - 1, quintiles)
    steps = np.diff(relative, axis=-1)
    return np.asarray(1 + np.einsum("sak,sakq->saq", steps, over))
