"""The ratios of all deaths that laws lead to, beside those published: what is solved for each level
of a risk factor, and what would be without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from tripleaim.people import DEATH, SEXES, AllCause, AllCauseRow, People, RiskFactor
from tripleaim.place import Place, Status
from tripleaim.projection.direct_excess import (
    CELLS,
    carried_by_conditions,
    with_direct_excess_of,
)
from tripleaim.projection.laws import Laws, levels_of
from tripleaim.projection.relatives import read_sources
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]

BANDS = ((25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84), (85, 105))
"""Ages told together, both ends included; before 25 few die and no study looks."""


@dataclass(frozen=True, slots=True)
class AllCauseFit:
    """How much likelier people of a sex and age at a level die, against those at the lowest.

    people         at the level on the first 1 January
    published      of all deaths, with its 95% interval where one is known, its source and where it
                   stands; the mean over the ages where rows differ
    through        what conditions of the model carry: the ratio without anything direct
    direct         what is solved: the rest
    uncalibrated_direct, uncalibrated   what was set by hand, and all deaths with it
    achieved       all deaths with what is solved, others of like age, sex and deprivation
    unadjusted     the same as people are, other risk factors and deprivation among it
    """

    risk: str
    name: str
    level: str
    level_name: str
    sex: str
    age_from: int
    age_to: int
    people: int
    published: float
    low: float | None
    high: float | None
    status: Status
    source: str
    where: str
    through: float
    direct: float
    uncalibrated_direct: float
    uncalibrated: float
    achieved: float
    unadjusted: float


def all_cause_fit(place: Place, people: People, laws: Laws) -> tuple[AllCauseFit, ...]:
    """A row for each level above the lowest, sex and band of age, of each risk factor that has
    published ratios; expected hazards of the first year, no luck.

    `laws` are fitted to these `people`, at the central values. A band in which nobody is at the
    level, or nobody at the lowest, has no row.
    """
    before = read_sources(place, people.condition_ids, people.risk_ids)
    solved = with_direct_excess_of(before, laws)
    now = people.take(np.flatnonzero(people.age_in(laws.years[0]) >= 0))
    carried = carried_by_conditions(before.diseases, now, laws.years[0])
    sex, age = np.divmod(carried.cell, AGES)
    level = levels_of(now.ranks, laws, 0, sex, age)
    death = laws.lanes.death
    whole = carried.plain * laws.quintile[sex, now.quintile.astype(np.int64) - 1, death]
    for r, table in enumerate(laws.risk):
        whole *= table[level[r], sex, age, death]
    deaths = carried.heads * laws.hazard[0, :, :, death].astype(np.float64).ravel()
    rows: list[AllCauseFit] = []
    for by_hand, factor in zip(before.factors, solved.factors, strict=True):
        if factor.all_cause is not None:
            own = level[people.risk_ids.index(factor.id)]
            hand, solution = by_hand.effects[DEATH].relative, factor.effects[DEATH].relative
            at = own * CELLS + carried.cell
            size = len(factor.levels) * CELLS
            tables = _Tables(
                heads=np.bincount(at, minlength=size).reshape(-1, CELLS),
                through=_sums(at, carried.of_each, size),
                by_hand=_sums(at, carried.of_each * hand[own, sex, age], size),
                solved=_sums(at, carried.of_each * solution[own, sex, age], size),
                whole=_sums(at, whole, size),
                deaths=deaths,
            )
            rows += _rows_of(factor, factor.all_cause, hand, tables)
    return tuple(rows)


@dataclass(frozen=True)
class _Tables:
    """By level and cell of sex and age (levels, CELLS): people, and sums over them of their hazards
    of death against others of like age, sex and quintile, by conditions alone, with what is set by
    hand, with what is solved, and as they are in all. `deaths` (CELLS,) are those expected."""

    heads: npt.NDArray[np.int64]
    through: Floats
    by_hand: Floats
    solved: Floats
    whole: Floats
    deaths: Floats

    def ratio(self, sums: Floats, level: int, cells: npt.NDArray[np.int64]) -> float:
        """The mean at a level over that at the lowest, ages as they die; nan where one of both has
        nobody."""
        heads = self.heads[:, cells]
        both = (heads[level] > 0) & (heads[0] > 0)
        weight = self.deaths[cells] * both
        if not weight.any():
            return float("nan")
        means = sums[:, cells] / np.maximum(heads, 1)
        return float((weight @ means[level]) / (weight @ means[0]))


def _rows_of(
    factor: RiskFactor, published: AllCause, by_hand: Floats, tables: _Tables
) -> list[AllCauseFit]:
    solved = factor.effects[DEATH].relative
    rows = []
    for k, (level, name) in enumerate(zip(factor.levels, factor.level_names, strict=True)):
        for (s, sex), (first, last) in product(enumerate(SEXES), BANDS):
            cells = s * AGES + np.arange(first, last + 1)
            through = tables.ratio(tables.through, k, cells)
            if k == 0 or np.isnan(through):
                continue
            row = _row_at(published.rows, level, sex, first)
            ages = slice(first, last + 1)
            weight = tables.deaths[cells] / tables.deaths[cells].sum()
            rows.append(
                AllCauseFit(
                    risk=factor.id,
                    name=factor.name,
                    level=level,
                    level_name=name,
                    sex=sex,
                    age_from=first,
                    age_to=last,
                    people=int(tables.heads[k, cells].sum()),
                    published=float(weight @ published.relative[k, s, ages]),
                    low=row.ratio.low,
                    high=row.ratio.high,
                    status=row.ratio.status,
                    source=row.ratio.source,
                    where=row.where,
                    through=through,
                    direct=float(weight @ solved[k, s, ages]),
                    uncalibrated_direct=float(weight @ by_hand[k, s, ages]),
                    uncalibrated=tables.ratio(tables.by_hand, k, cells),
                    achieved=tables.ratio(tables.solved, k, cells),
                    unadjusted=tables.ratio(tables.whole, k, cells),
                )
            )
    return rows


def _sums(at: npt.NDArray[np.int64], values: Floats, size: int) -> Floats:
    return np.bincount(at, weights=values, minlength=size).reshape(-1, CELLS).astype(np.float64)


def _row_at(rows: Sequence[AllCauseRow], level: str, sex: str, age: int) -> AllCauseRow:
    """The published row of a level, sex and age."""
    return next(
        row
        for row in rows
        if row.level == level and row.sex in (sex, "both") and row.age_from <= age <= row.age_to
    )
