"""England's slope of life expectancy at birth, in exact expectation, and the power that meets it.

What deprivation adds to the hazard of death is one pattern set by hand, raised to a power for each
sex. Run `python -m tests.country.slope_of_life` after any change of who dies (levels of mortality,
hazard ratios of conditions, risk factors and their shares): it solves both powers anew and writes
them to England's quintile_mortality.csv. A commit of its own, and the plan's numbers after it.

Nobody's luck is drawn: chances of dying are means over people of each sex, age and quintile, and a
life table is made of them as `prevention.health` makes it of a tally.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim.country.drawing import distribution_of, draw
from tripleaim.country.model import Country, country_of, sample_of
from tripleaim.measures import BAND_STARTS, deaths_by_age_at_death, life_table, slope_index
from tripleaim.people import SEXES
from tripleaim.place import Place, load
from tripleaim.projection import fit_laws, read_vitals
from tripleaim.projection.fit import relative_of
from tripleaim.projection.fitting import nearest, solve
from tripleaim.projection.probabilities import frailty_factor
from tripleaim.projection.vitals import AGES, Vitals

Floats = npt.NDArray[np.float64]
QUINTILES = 5
TABLE = "quintile_mortality.csv"

ROUNDS = 3
"""Of the secant method; the last moves a power by less than a thousandth."""

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
        # Everybody a year on, as many newborns as there were: nothing depends on who comes and
        # goes.
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


def dying_in(england: Place) -> Dying:
    """England's people under the laws as they are, each as though of every quintile in turn."""
    country = country_of(england)
    distribution = distribution_of(country, sample_of(country, 300_000), 7)
    few = draw(distribution, sample_of(country, 5_000))
    # Hazards are solved anew; what sets people apart does not depend on whom the laws were fitted
    # to.
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
    found = {
        row["sex"]: float(row["value"])
        for row in rows_of(england.path("life_expectancy_england.csv"))
        if (row["measure"], row["period"], row["age"]) == ("slope-life", "2015/17", "0")
    }
    return [found[sex] for sex in SEXES]


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table as it stands, without its remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def ratios(england: Place) -> tuple[Floats, Floats]:
    """(2, 5) by sex and quintile: the pattern set by hand, and the ratios that are shipped."""
    pattern = np.ones((len(SEXES), QUINTILES))
    shipped = np.ones_like(pattern)
    for row in rows_of(england.path(TABLE)):
        cell = SEXES.index(row["sex"]), int(row["quintile"]) - 1
        pattern[cell], shipped[cell] = float(row["uncalibrated"]), float(row["ratio"])
    return pattern, shipped


def solved(dying: Dying, england: Place) -> tuple[Floats, Floats]:
    """By sex: the power, to two digits, that gives the official slope, and the slope without."""
    pattern, shipped = ratios(england)
    rest, wanted = dying.own / shipped, np.array(official(england))

    def slope(power: Floats) -> Floats:
        return dying.slope(rest * pattern ** power[:, None])[0]

    # A sex's slope depends on its own power alone, and nearly on a straight line.
    before, now = np.ones(2), np.full(2, 1.2)
    uncalibrated = earlier = slope(before)
    for _ in range(ROUNDS):
        here = slope(now)
        before, now = now, now + (wanted - here) * (now - before) / (here - earlier)
        earlier = here
    return np.round(now, 2), uncalibrated


def main() -> None:
    """Write the solved ratios, each with its cause."""
    england = load("england")
    power, without = solved(dying_in(england), england)
    path, wanted = england.path(TABLE), official(england)
    rows = rows_of(path)
    for row in rows:
        s = SEXES.index(row["sex"])
        row["ratio"] = f"{float(row['uncalibrated']) ** power[s]:.4f}"
        row["cause"] = (
            f"solved to England's slope index of life expectancy at birth, 2015 to 2017, "
            f"{wanted[s]:.1f} years: power {power[s]:.2f} of the pattern set by hand "
            f"(uncalibrated, power 1: {without[s]:.1f} years)"
        )
        print(row["sex"], row["quintile"], row["ratio"], row["cause"])
    remarks = [x for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("#")]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{remark}\n" for remark in remarks)
        table = csv.DictWriter(file, fieldnames=rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
