"""Official rates, read and brought to the place's level."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from tripleaim.people import SEXES
from tripleaim.place import InputError, Place, load
from tripleaim.projection import read_vitals


def rows_of(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
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
    vitals = read_vitals(somerset)
    for index, start in enumerate((2015, 2016, 2017, 2018, 2019)):
        expected = (table["female", 80, start] + table["female", 80, start + 1]) / 2e5 * local
        assert vitals.death[index, SEXES.index("female"), 80] == pytest.approx(expected, rel=1e-12)


def test_mortality_rises_with_age_and_falls_with_time(somerset: Place) -> None:
    death = read_vitals(somerset).death
    assert np.all(np.diff(death[:, :, 45:100:5], axis=2) > 0)
    assert np.all(np.diff(death[:, :, 40:100], axis=0) < 0)


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
    folder = copytree(hamlet, tmp_path / "late")
    toml = folder / "place.toml"
    text = toml.read_text()
    for old, new in (("2020/21", "2040/41"), ("2019/20", "2039/40"), ("2018/19", "2038/39")):
        text = text.replace(old, new)
    for old, new in (("2017/18", "2037/38"), ("2016/17", "2036/37"), ("2015/16", "2035/36")):
        text = text.replace(old, new)
    toml.write_text(text)
    with pytest.raises(InputError, match=r"mortality\.csv: expected the mortality of male people"):
        read_vitals(load(str(folder)))
