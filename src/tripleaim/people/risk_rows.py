"""How people are spread over the levels of their risk factors, beside the table they are from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.people.ages import OLDEST
from tripleaim.people.disease_files import QUINTILES
from tripleaim.people.model import SEXES, People
from tripleaim.people.ranks import calendar, levels
from tripleaim.people.risk_files import read_risk_factors
from tripleaim.place import Place

ADULT = 16


@dataclass(frozen=True, slots=True)
class RiskRow:
    """People of ADULT age and over at one level of a risk factor, in the base year.

    `expected` is what the table's shares by sex and age make of these people; shares in per cent.
    `lowest` is the level that nothing is raised at.
    """

    id: str
    name: str
    level: str
    level_name: str
    lowest: bool
    people: int
    pct: float
    expected: float
    expected_pct: float
    most_deprived_pct: float
    least_deprived_pct: float
    source: str


def risk_rows(people: People, place: Place) -> tuple[RiskRow, ...]:
    """A row for each level of each risk factor that the people have ranks in."""
    factors = [f for f in read_risk_factors(place) if f.id in people.risk_ids]
    age = np.clip(people.age_in(place.base_year), 0, OLDEST)
    adult = age >= ADULT
    cell = people.sex.astype(np.int64) * (OLDEST + 1) + age
    heads = np.bincount(cell[adult], minlength=len(SEXES) * (OLDEST + 1))
    everybody = max(1, int(heads.sum()))
    quintile = people.quintile[adult]
    of = np.maximum(np.bincount(quintile, minlength=QUINTILES + 1), 1)
    adult_levels = levels(people, factors, place.base_year)[:, adult]
    rows = []
    for r, factor in enumerate(factors):
        shares = factor.shares(calendar(place.base_year)).reshape(-1, len(factor.levels))
        for k, level in enumerate(factor.levels):
            at = adult_levels[r] == k
            most, least = (100 * float(at[quintile == q].sum()) / of[q] for q in (1, QUINTILES))
            expected = float(heads @ shares[:, k])
            rows.append(
                RiskRow(
                    id=factor.id,
                    name=factor.name,
                    level=level,
                    level_name=factor.level_names[k],
                    lowest=k == 0,
                    people=int(at.sum()),
                    pct=100 * float(at.sum()) / everybody,
                    expected=expected,
                    expected_pct=100 * expected / everybody,
                    most_deprived_pct=most,
                    least_deprived_pct=least,
                    source=factor.source,
                )
            )
    return tuple(rows)
