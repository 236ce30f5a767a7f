"""The life expectancies that the audit holds print against, made again from the deaths behind them.

Deaths and people stand in `deaths_2014_2015.csv` beside this file; what of them ships with the
back-test too (all deaths, those at 80 and over, people of mid-2015) must be the same there.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tripleaim.measures import BAND_STARTS, deaths_by_age_at_death, life_table
from tripleaim.place import Place

TABLE = Path(__file__).parent / "deaths_2014_2015.csv"
SEXES = ("male", "female")
MIDDLE = "2014"
"""The calendar year around the middle of the two years to mid-2015."""


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def counted(area: str, sex: str, *years: str) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and people, years added, in the nineteen bands from 0-4 to 90+."""
    kept = [
        row
        for row in rows_of(TABLE)
        if (row["area"], row["sex"]) == (area, sex) and row["year"] in years
    ]
    ages = list(dict.fromkeys(row["age_band"] for row in kept))
    assert [int(band.split("-")[0].rstrip("+")) for band in ages] == [0, *BAND_STARTS[2:]]
    return tuple(  # type: ignore[return-value]
        np.array(
            [sum(int(row[what]) for row in kept if row["age_band"] == band) for band in ages],
            dtype=np.float64,
        )
        for what in ("deaths", "people")
    )


def infants(place: Place, sex: str) -> tuple[float, float]:
    """Of those below 5 the share at 0: of deaths and of people, England and Wales."""
    path = place.files.folders[-1].path / "backtest" / "england_wales.csv"
    young = [
        (int(row["age"]), float(row["deaths"]), float(row["population"]))
        for row in rows_of(path)
        if (row["year"], row["sex"]) == (MIDDLE, sex) and int(row["age"]) < 5
    ]
    assert [age for age, *_ in young] == [0, 1, 2, 3, 4]
    return tuple(young[0][i] / sum(row[i] for row in young) for i in (1, 2))  # type: ignore[return-value]


def expectancy(
    place: Place, area: str, sex: str, *, moved: bool = True, mid_people: bool = False
) -> float:
    """At birth; `moved`: deaths put back to age at death; `mid_people`: twice those of mid-2014."""
    deaths, people = counted(area, sex, "2014", "2015")
    if mid_people:
        people = 2 * counted(area, sex, "2014")[1]
    of_deaths, of_people = infants(place, sex)
    deaths, people = (
        np.concatenate([[all_young[0] * share, all_young[0] * (1 - share)], all_young[1:]])
        for all_young, share in ((deaths, of_deaths), (people, of_people))
    )
    if moved:
        deaths = deaths_by_age_at_death(deaths, "end of year")
    return float(life_table(deaths, people).expectancy(0))


@pytest.mark.parametrize("area", ["somerset", "england"])
@pytest.mark.parametrize("sex", SEXES)
def test_each_life_expectancy_is_that_of_its_deaths_and_people(
    somerset: Place, area: str, sex: str
) -> None:
    figure = somerset.figures[f"life-table.{sex}.{area}"]
    assert (figure.source, figure.status) == ("deaths-districts-2014-2015", "public")
    assert figure.value == pytest.approx(expectancy(somerset, area, sex), abs=0.005)
    assert "age at death" in figure.cause


@pytest.mark.parametrize("area", ["somerset", "england"])
@pytest.mark.parametrize("sex", SEXES)
def test_with_the_people_of_the_years_end_it_would_be_too_long(
    somerset: Place, area: str, sex: str
) -> None:
    now = expectancy(somerset, area, sex)
    assert expectancy(somerset, area, sex, moved=False) - now == pytest.approx(0.15, abs=0.02)
    # What is known and left: people at each year's end are more and older than through it.
    left = f"{expectancy(somerset, area, sex, mid_people=True):.2f}"
    assert left in somerset.figures[f"life-table.{sex}.{area}"].cause
    assert 0.04 < now - float(left) < 0.14


def test_the_prevention_pages_hold_the_same_life_expectancy_of_somerset(somerset: Place) -> None:
    held = {
        row["sex"]: float(row["value"])
        for row in rows_of(somerset.path("life_expectancy.csv"))
        if row["period"] == "2013/15"
    }
    assert held == {sex: somerset.value(f"life-table.{sex}.somerset") for sex in SEXES}


def test_deaths_of_somerset_are_those_of_the_back_test(somerset: Place) -> None:
    shipped = {
        (row["series"], row["period"]): int(row["value"])
        for row in rows_of(somerset.path("backtest/deaths.csv"))
    }
    for year in ("2014", "2015"):
        found = {sex: counted("somerset", sex, year)[0] for sex in SEXES}
        assert sum(deaths.sum() for deaths in found.values()) == shipped["all", year]
        for sex, deaths in found.items():
            old = [shipped[f"{sex} {band}", year] for band in ("80-84", "85-89", "90+")]
            assert deaths[-3:].tolist() == old


def test_people_of_somerset_are_those_of_the_back_test(somerset: Place) -> None:
    shipped: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(19))
    for row in rows_of(somerset.path("backtest/population.csv")):
        if row["period"] == "2015":
            sex, age = row["series"].split(" ")
            shipped[sex][min(int(age.rstrip("+")) // 5, 18)] += int(row["value"])
    for sex in SEXES:
        assert counted("somerset", sex, "2015")[1].tolist() == shipped[sex].tolist()
