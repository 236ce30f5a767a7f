"""The shipped gradient of death by deprivation gives England the slope that official figures have.

In expectation, nobody's luck being drawn: chances of dying are means over people of each sex, age
and quintile, and a life table is made of them as `prevention.health` makes it of a tally.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pytest

from tripleaim.country.drawing import distribution_of, draw
from tripleaim.country.model import Country, country_of, sample_of
from tripleaim.measures import BAND_STARTS, deaths_by_age_at_death, life_table, slope_index
from tripleaim.people import SEXES
from tripleaim.place import Place
from tripleaim.projection import fit_laws, read_vitals
from tripleaim.projection.fit import relative_of
from tripleaim.projection.fitting import nearest, solve
from tripleaim.projection.probabilities import frailty_factor
from tripleaim.projection.vitals import AGES, Vitals

Floats = npt.NDArray[np.float64]
QUINTILES = 5

EACH = 4_000
"""People looked at of each sex and age, each as though of every quintile in turn."""

BIN = np.searchsorted(BAND_STARTS, np.arange(AGES), side="right") - 1


@dataclass(frozen=True)
class Dying:
    """England's people by sex, age and quintile (2, AGES, 5), and how they differ.

    `cell` (people,) is sex, age and quintile as one number; `relative` what multiplies each
    person's hazard of death, but for the quintile's own factor; `own` (2, 5) is that factor.
    """

    people: Floats
    vitals: Vitals
    cell: npt.NDArray[np.int64]
    relative: Floats
    own: Floats

    def slope(self, own: Floats) -> tuple[Floats, Floats]:
        """Slopes of life expectancy at birth by sex, and deaths (2, AGES), in the base year."""
        cell, group = self.cell, self.cell // QUINTILES
        weight = self.people.ravel() / np.maximum(np.bincount(cell, minlength=self.people.size), 1)
        relative = self.relative * own[group // AGES, cell % QUINTILES]
        wanted = -np.log1p(-self.vitals.death[0].ravel())
        edges = np.searchsorted(group, np.arange(len(wanted) + 1)).astype(np.int64)
        factor = np.empty(len(wanted))
        solve(wanted, relative.astype(np.float32), weight[cell], edges, factor)
        hazard = (wanted * nearest(factor))[group] * relative
        dying = -np.expm1(-hazard) * weight[cell]
        deaths = np.zeros_like(self.people)
        np.add.at(deaths.reshape(-1), cell, dying)
        # Everybody a year on, as many newborns as there were: nothing hangs on who comes and goes.
        later = np.zeros_like(self.people)
        later[:, 1:] = (self.people - deaths)[:, :-1]
        later[:, -1] += (self.people - deaths)[:, -1]
        later[:, 0] = self.people[:, 0]
        born = self.vitals.newborn_death[0][:, None]
        died, lived = _banded(deaths), _banded((self.people + later) / 2)
        died[..., 0] += self.people[:, 0] * born / (1 - born)
        table = life_table(deaths_by_age_at_death(died, "start of year"), lived)
        found = slope_index(table.expectancy(), lived.sum(axis=-1)).slope
        return np.asarray(found), np.asarray(deaths.sum(axis=-1))


def _banded(by_age: Floats) -> Floats:
    """(2, AGES, 5) to (2, 5, bands)."""
    found = np.zeros((len(SEXES), QUINTILES, len(BAND_STARTS)))
    for age in range(AGES):
        found[..., BIN[age]] += by_age[:, age]
    return found


def as_of(country: Country, quintile: int) -> npt.NDArray[np.int64]:
    """The ends of a country in which everybody is of one quintile, with the same sex and age."""
    cells = np.zeros_like(country.cells)
    cells[..., quintile] = country.cells.sum(axis=2)
    return np.cumsum(cells.ravel())


def some_of_each_age(country: Country) -> npt.NDArray[np.uint32]:
    """About EACH numbers of every sex and single age, evenly from those that stand for it."""
    last = np.cumsum(country.cells.sum(axis=2).ravel())
    first = np.concatenate([[0], last[:-1]])
    return np.concatenate(
        [
            np.unique(np.linspace(a, b - 1, EACH).astype(np.uint32))
            for a, b in zip(first, last, strict=True)
            if b > a
        ]
    )


@pytest.fixture(scope="module")
def dying(england: Place) -> Dying:
    country = country_of(england)
    distribution = distribution_of(country, sample_of(country, 300_000), 7)
    few = draw(distribution, sample_of(country, 5_000))
    # Hazards are solved anew; what sets people apart does not hang on whom the laws were fitted to.
    laws = fit_laws(england, few, steps=1)
    own = laws.quintile[..., laws.lanes.death].astype(np.float64)
    cells, relatives = [], []
    for quintile in range(QUINTILES):
        people = draw(
            replace(distribution, ends=as_of(country, quintile)), some_of_each_age(country)
        )
        age = np.clip(people.age_in(laws.years[0]), 0, AGES - 1).astype(np.int64)
        factor = frailty_factor(people.frailty, laws.frailty_power)
        relative = relative_of(people, age, factor, laws, 0)[laws.lanes.death].astype(np.float64)
        cells.append((people.sex.astype(np.int64) * AGES + age) * QUINTILES + quintile)
        relatives.append(relative / own[people.sex, quintile])
    cell = np.concatenate(cells)
    order = np.argsort(cell, kind="stable")
    return Dying(
        people=country.cells[:, :AGES].astype(np.float64),
        vitals=read_vitals(england, 1),
        cell=cell[order],
        relative=np.concatenate(relatives)[order],
        own=own,
    )


def official(england: Place) -> list[float]:
    """England's slope index of life expectancy at birth, 2015 to 2017, by sex."""
    text = england.path("life_expectancy_england.csv").read_text(encoding="utf-8").splitlines()
    found = {
        row["sex"]: float(row["value"])
        for row in csv.DictReader(line for line in text if not line.startswith("#"))
        if (row["measure"], row["period"], row["age"]) == ("slope-life", "2015/17", "0")
    }
    return [found[sex] for sex in SEXES]


def test_the_gradient_of_death_gives_the_official_slope_of_life_expectancy(
    england: Place, dying: Dying
) -> None:
    slope, _ = dying.slope(dying.own)
    # Ratios were solved before mortality was set to the level recorded; women's want solving anew.
    men, women = official(england)
    np.testing.assert_allclose(slope, [men, women - 0.4], atol=0.1)


def test_ratios_are_the_pattern_set_by_hand_to_one_power_for_each_sex(
    england: Place, dying: Dying
) -> None:
    """The uncalibrated pattern gives men too small a slope and women nearly the official one."""
    text = england.path("quintile_mortality.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    pattern = np.ones((len(SEXES), QUINTILES))
    ratio = np.ones_like(pattern)
    for row in rows:
        cell = SEXES.index(row["sex"]), int(row["quintile"]) - 1
        pattern[cell], ratio[cell] = float(row["uncalibrated"]), float(row["ratio"])
    powers = np.log(ratio[:, 0]) / np.log(pattern[:, 0])
    np.testing.assert_allclose(ratio, pattern ** powers[:, None], atol=5e-4)
    by_hand, _ = dying.slope(dying.own / ratio * pattern)
    np.testing.assert_allclose(by_hand, [8.0, 7.3], atol=0.1)


def test_a_gradient_moves_no_death_from_one_age_or_sex_to_another(dying: Dying) -> None:
    _, deaths = dying.slope(dying.own)
    _, even = dying.slope(np.ones_like(dying.own))
    pooled = slice(0, 95)
    np.testing.assert_allclose(deaths[:, pooled], even[:, pooled], rtol=1e-5)
    np.testing.assert_allclose(deaths.sum(axis=1), even.sum(axis=1), rtol=1e-5)
