"""A place's official projection of residents: read, put on 1 January, refused with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from tripleaim.people import RESIDENTS_TO_COME, read_residents_to_come
from tripleaim.place import InputError, load
from tripleaim.plan import check_footprint

HEADER = "year,sex,age_band,residents,status,source"
BANDS = ("0-4", "5-64", "65+")


def rows(years: range) -> list[str]:
    """100 people in every band in the first year, one more each year."""
    return [
        f"{year},{sex},{band},{100 + year - years[0]},public,ons-snpp-2018"
        for year in years
        for sex in ("male", "female")
        for band in BANDS
    ]


@pytest.fixture
def with_rows(hamlet: Path, tmp_path: Path) -> Callable[[list[str]], Path]:
    """The hamlet with these rows of residents to come."""

    def write(lines: list[str]) -> Path:
        folder = tmp_path / "hamlet"
        copytree(hamlet, folder, dirs_exist_ok=True)
        text = "\n".join([HEADER, *lines]) + "\n"
        (folder / RESIDENTS_TO_COME).write_text(text, encoding="utf-8")
        return folder

    return write


def test_the_middle_of_winter_lies_between_two_middles_of_years(
    with_rows: Callable[[list[str]], Path],
) -> None:
    place = load(with_rows(rows(range(2015, 2023))))
    official = read_residents_to_come(place)
    assert official is not None
    assert (official.first, official.last) == (2015, 2022)
    assert official.bands == ((0, 4), (5, 64), (65, 105))
    assert official.on_1_january("2015/16") == pytest.approx(np.full((2, 3), 100.5))
    assert official.on_1_january("2021/22") == pytest.approx(np.full((2, 3), 106.5))
    assert official.on_1_january("2022/23") is None
    assert official.on_1_january("2014/15") is None


def test_a_place_without_the_file_has_no_official_projection(hamlet: Path) -> None:
    assert read_residents_to_come(load(hamlet)) is None


def test_those_in_their_first_year_lie_on_a_line_through_two_bands(
    with_rows: Callable[[list[str]], Path],
) -> None:
    official = read_residents_to_come(load(with_rows(rows(range(2015, 2023)))))
    assert official is not None
    # 20 a year of age at 2.5, 10 at 35: at half a year 20 + 2 x 10 / 32.5.
    now = np.array([[100.0, 600.0, 50.0]] * 2)
    assert official.in_first_year(now) == pytest.approx(20 + 20 / 32.5)
    assert official.in_first_year(now * [1, 1000, 1]) == pytest.approx(10)


def test_residents_are_brought_to_the_official_number_in_each_band(
    with_rows: Callable[[list[str]], Path],
) -> None:
    official = read_residents_to_come(load(with_rows(rows(range(2015, 2023)))))
    assert official is not None
    there = np.arange(212.0).reshape(2, 106)
    levelled = official.levelled(there, "2015/16")
    assert official.in_bands(levelled) == pytest.approx(np.full((2, 3), 100.5))
    assert levelled[1, 70] / levelled[1, 71] == pytest.approx(there[1, 70] / there[1, 71])


GOOD = rows(range(2015, 2023))
"""Line 2 is the first; six lines a year."""


@pytest.mark.parametrize(
    ("lines", "line", "column", "said"),
    [
        ([x for x in GOOD if not x.startswith("2018")], 20, "year", "expected 2018"),
        (GOOD[6:], 2, "year", "expected years from 2015 to"),
        (GOOD[:18], 14, "year", "expected years from 2015 to"),
        (GOOD[:7] + GOOD[8:], 12, "age_band", "also the male people of 5-64 in 2016"),
        ([*GOOD, GOOD[4]], 50, "age_band", "listed twice"),
        ([x.replace("65+", "65-90") for x in GOOD], 4, "age_band", "to be open, such as 65+"),
        ([x.replace("5-64", "6-64") for x in GOOD], 3, "age_band", "a band from 5 on"),
        ([x.replace("5-64", "4-64") for x in GOOD], 3, "age_band", "a band from 5 on"),
        ([x.replace("5-64", "grown up") for x in GOOD], 3, "age_band", "an age band such as"),
        ([GOOD[0].replace(",100,", ",-100,"), *GOOD[1:]], 2, "residents", "expected 0 or more"),
        ([GOOD[0].replace(",100,", ",many,"), *GOOD[1:]], 2, "residents", "expected a number"),
        ([GOOD[0].replace(",100,", ",,"), *GOOD[1:]], 2, "residents", "expected a value"),
        ([GOOD[0].replace("2015", "mid-2015"), *GOOD[1:]], 2, "year", "expected a whole number"),
        ([x.replace(",102,", ",0,") for x in GOOD], 14, "residents", "residents in 2017"),
    ],
)
def test_a_fault_is_named_with_its_line_and_column(
    with_rows: Callable[[list[str]], Path], lines: list[str], line: int, column: str, said: str
) -> None:
    folder = with_rows(lines)
    with pytest.raises(InputError, match=said) as refused:
        read_residents_to_come(load(folder))
    assert f'{RESIDENTS_TO_COME}, line {line}, column "{column}"' in str(refused.value)
    assert f"{RESIDENTS_TO_COME}, line {line}," in str(check_footprint(folder).faults)


def test_a_file_without_rows_is_refused(with_rows: Callable[[list[str]], Path]) -> None:
    with pytest.raises(InputError, match="expected at least one row"):
        read_residents_to_come(load(with_rows([])))
