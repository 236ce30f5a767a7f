"""Official rates, read and brought to the place's level."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray

from tripleaim.people import SEXES
from tripleaim.place import InputError, Place, load
from tripleaim.projection import read_vitals


def rows_of(path: Path) -> list[dict[str, str]]:
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return list(csv.DictReader(lines))


def test_a_step_from_january_to_january_takes_the_mean_of_two_projection_years(
    somerset: Place,
) -> None:
    table = {
        (row["sex"], int(row["age"]), int(row["year"])): float(row["deaths_per_100000"])
        for row in rows_of(somerset.path("mortality.csv"))
    }
    local = next(
        float(row["ratio"])
        for row in rows_of(somerset.path("local_levels.csv"))
        if row["event"] == "death" and int(row["age_from"]) <= 80 <= int(row["age_to"])
    )
    level = next(
        float(row["ratio"])
        for row in rows_of(somerset.path("mortality_level.csv"))
        if row["sex"] == "female" and int(row["age_from"]) <= 80 <= int(row["age_to"])
    )
    vitals = read_vitals(somerset)
    for index, start in enumerate((2015, 2016, 2017, 2018, 2019)):
        projected = (table["female", 80, start] + table["female", 80, start + 1]) / 2e5
        expected = projected * level * local
        assert vitals.death[index, SEXES.index("female"), 80] == pytest.approx(expected, rel=1e-12)


def test_mortality_rises_with_age_and_falls_with_time(somerset: Place) -> None:
    death = read_vitals(somerset).death
    assert np.all(np.diff(death[:, :, 45:100:5], axis=2) > 0)
    assert np.all(np.diff(death[:, :, 40:100], axis=0) < 0)


@pytest.mark.parametrize("sex", SEXES)
def test_the_base_year_has_the_official_life_expectancy_within_a_quarter_of_a_year(
    somerset: Place, sex: str
) -> None:
    official = next(
        float(row["value"])
        for row in rows_of(somerset.path("life_expectancy.csv"))
        if (row["period"], row["sex"], row["measure"]) == ("2013/15", sex, "life")
    )
    vitals = read_vitals(somerset)
    s = SEXES.index(sex)
    assert years_of_life(vitals.death[0, s], vitals.newborn_death[0, s]) == pytest.approx(
        official, abs=0.25
    )


def years_of_life(death: NDArray[np.float64], newborn: float) -> float:
    """Of a period, by the complete table: half a year as newborn, then from age to age."""
    survivors = np.cumprod(np.concatenate([[1.0, 1 - newborn], 1 - death[:-1]]))
    dying = np.concatenate([[newborn], death]) * survivors
    width = np.concatenate([[0.5], np.ones(len(death))])
    return float((width * (survivors - dying / 2)).sum()) + float(
        (survivors[-1] - dying[-1]) / death[-1]
    )


@pytest.mark.parametrize("sex", SEXES)
def test_rates_of_death_from_80_to_100_are_those_recorded_before_the_base_year(sex: str) -> None:
    """England and Wales in 2013 and 2014; margins: 4%, beyond 95 8%, at 100 15% (1,800 men)."""
    died, there = np.zeros((2, 106))
    england = load("england")
    for row in rows_of(england.folder / "backtest" / "england_wales.csv"):
        if row["sex"] == sex and row["year"] in {"2013", "2014"}:
            died[int(row["age"])] += float(row["deaths"])
            there[int(row["age"])] += float(row["population"])
    recorded = died / there
    model = -np.log1p(-read_vitals(england).death[0, SEXES.index(sex)])
    # Who is 80 at the start of a year is 81 on average in its middle: between two ages recorded.
    beside = model[80:101] / np.sqrt(recorded[80:101] * recorded[81:102])
    assert beside[:15] == pytest.approx(1, abs=0.04)
    assert beside[15:20] == pytest.approx(1, abs=0.08)
    assert beside[20] == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("sex", SEXES)
@pytest.mark.parametrize("band", ["80-84", "85-89", "90+"])
def test_the_place_expects_the_deaths_at_80_and_over_that_it_recorded(
    somerset: Place, sex: str, band: str
) -> None:
    """Of the years to mid-2014 and mid-2015, within 10%: three standard errors of 1,000 deaths."""
    own = somerset.folder / "backtest"

    def two_years(name: str) -> float:
        return sum(
            float(row["value"])
            for row in rows_of(own / name)
            if row["series"] == f"{sex} {band}" and row["period"] in {"2014", "2015"}
        )

    low = int(band[:2])
    ages = np.arange(low, 106 if band == "90+" else low + 5)
    people = {
        (row["sex"], int(row["age"])): float(row["population"])
        for row in rows_of(somerset.path("oldest.csv"))
    }
    weight = np.array([people[sex, age] for age in ages])
    # Counted by age at the year's end, over those who are still there.
    death = read_vitals(somerset).death[0, SEXES.index(sex)][ages - 1]
    expected = two_years("population_80_and_over.csv") * np.average(
        death / (1 - death), weights=weight
    )
    assert expected == pytest.approx(two_years("deaths.csv"), rel=0.10)


def test_only_women_of_15_to_46_give_birth(somerset: Place) -> None:
    birth = read_vitals(somerset).birth
    assert np.all(birth[:, 15:47] > 0)
    assert not birth[:, :15].any()
    assert not birth[:, 47:].any()


def test_the_net_migration_of_somerset_is_what_the_components_of_change_had(
    somerset: Place,
) -> None:
    residents = np.zeros((2, 106))
    for row in rows_of(somerset.path("residents.csv")):
        residents[SEXES.index(row["sex"]), int(row["age"])] += float(row["residents"])
    net = read_vitals(somerset).net_migration
    assert (residents * net).sum() == pytest.approx(3406, rel=0.01)


def test_a_year_without_mortality_is_refused_by_name(hamlet: Path, tmp_path: Path) -> None:
    folder = copytree(hamlet, tmp_path / "early")
    toml = folder / "place.toml"
    text = toml.read_text(encoding="utf-8")
    for old, new in (("2015/16", "2005/06"), ("2016/17", "2006/07"), ("2017/18", "2007/08")):
        text = text.replace(old, new)
    for old, new in (("2018/19", "2008/09"), ("2019/20", "2009/10"), ("2020/21", "2010/11")):
        text = text.replace(old, new)
    toml.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"mortality\.csv: expected the mortality of male people"):
        read_vitals(load(str(folder)))
