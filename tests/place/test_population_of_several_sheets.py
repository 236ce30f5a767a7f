"""A workbook with a sheet for each year, or each area: one is chosen, or the sheets are named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tripleaim.place import InputError, areas_of, new_place, read_population, years_of


def book(path: Path, sheets: dict[str, int], years_inside: bool = False) -> Path:
    """A workbook of people of 91 ages and both sexes; each sheet has so many of each."""
    whole = openpyxl.Workbook()
    whole.remove(whole.active)
    whole.create_sheet("Contents")["A1"] = "What stands where"
    for name, people in sheets.items():
        page = whole.create_sheet(name)
        page.append(["age", "sex", "population", *(["year"] if years_inside else [])])
        for age in range(91):
            for sex in ("male", "female"):
                page.append([age, sex, people, *([int(name[-4:])] if years_inside else [])])
    whole.save(path)
    return path


def test_the_year_chooses_its_sheet_and_that_is_told(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"Mid-2014": 10, "Mid-2015": 20, "Mid-2016": 30})
    assert sum(read_population(file, year="2015").values()) == 20 * 182
    notes = new_place(tmp_path / "arden", file, year="2015").notes
    told = "read from the sheet Mid-2015, not from Mid-2014, Mid-2016, Contents."
    assert f"{file}: {told}" in map(str, notes)


def test_the_year_is_looked_for_in_the_lines_of_its_sheet_too(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"2015": 10, "2016": 20}, years_inside=True)
    assert sum(read_population(file, year="2016").values()) == 20 * 182


def test_a_financial_year_chooses_its_sheet_however_it_is_written(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"2014-15": 10, "2015-16": 20})
    assert sum(read_population(file, year="2015/16").values()) == 20 * 182


def test_without_a_year_the_sheets_are_named_with_how_to_choose(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"Mid-2015": 10, "Mid-2016": 20})
    with pytest.raises(InputError) as refusal:
        read_population(file)
    assert str(refusal.value) == (
        f"{file}: expected one sheet with the table; Mid-2015, Mid-2016 all look like it: choose "
        "one (--year 2016), or keep only one."
    )
    assert years_of(file) == ("Mid-2015", "Mid-2016")


def test_a_year_that_no_sheet_is_of_is_refused_with_the_sheets(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"2015": 10, "2016": 20})
    with pytest.raises(InputError, match="expected one of the sheets with a table of people: 2015"):
        read_population(file, year="2019")


def test_an_area_chooses_its_sheet(tmp_path: Path) -> None:
    file = book(tmp_path / "ages.xlsx", {"Taunton Deane": 10, "Mendip": 20})
    assert areas_of(file) == ("Taunton Deane", "Mendip")
    assert years_of(file) == ()
    assert sum(read_population(file, "mendip").values()) == 20 * 182
    with pytest.raises(InputError, match='choose one \\(--area "Mendip"\\), or keep only one'):
        read_population(file)
