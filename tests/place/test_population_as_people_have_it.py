"""Populations in the shapes that publishers, analysts and Excel give them: read, or refused with
what is meant and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tripleaim.place import InputError, read_population
from tripleaim.place.population import people_with_faults
from tripleaim.tables import File

SEXES = ("male", "female")
AGES = (*map(str, range(90)), "90+")
HEAD = "age,sex,population"
ROWS = [(age, sex, "10") for age in AGES for sex in SEXES]
BANDS = [(first, first + 4) for first in range(0, 90, 5)]


def text(rows: Iterable[Iterable[str]], head: str = HEAD) -> str:
    return "\n".join([head, *(",".join(row) for row in rows), ""])


def outcome(content: str | bytes) -> tuple[float, list[str], list[str]]:
    """People in all, notes and faults."""
    raw = content.encode() if isinstance(content, str) else content
    try:
        population, faults = people_with_faults(File.of(Path("ages.csv"), raw))
    except InputError as fault:
        return 0, [], [str(one) for one in fault.all_faults]
    notes = [str(note) for note in population.notes]
    return round(sum(population.people.values()), 6), notes, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    "last",
    ["90+", "90 and over", "≥90", ">=90", ">89", "90 yrs+", "90 OVER", "90 and up", "Y_GE90",
     "age_90+", "90 - over", "90 upwards", "'90+", "90 years and older", "90-120"],
)  # fmt: skip
def test_the_last_age_is_read_as_people_write_it(last: str) -> None:
    rows = [(last if age == "90+" else age, sex, n) for age, sex, n in ROWS]
    assert outcome(text(rows))[::2] == (1820, [])


@pytest.mark.parametrize("last", ["over 89", "90-", "90 to 150", "very old", "90+5"])
def test_a_last_age_that_could_mean_two_is_refused(last: str) -> None:
    rows = [(last if age == "90+" else age, sex, n) for age, sex, n in ROWS]
    people, _, faults = outcome(text(rows))
    assert people == 0
    assert "expected years of age from 0 to 120" in faults[0]


@pytest.mark.parametrize(
    "form",
    ["age_{}", "A{}", "Y{}", "'{}", "age{}", "{} year olds", "{} years old", "\u00a0{}\u00a0"],
)
def test_single_ages_are_read_as_people_write_them(form: str) -> None:
    rows = [(age if age == "90+" else form.format(age), sex, n) for age, sex, n in ROWS]
    assert outcome(text(rows))[::2] == (1820, [])


@pytest.mark.parametrize("form", ["y{}_{}", "age_{}_{}", "{} to {}", "{:02}-{:02}", "{}–{} years"])
def test_bands_are_read_as_people_write_them_and_spread(form: str) -> None:
    rows = [(form.format(*band), sex, "50") for band in BANDS for sex in SEXES]
    people, notes, faults = outcome(text([*rows, ("90+", "male", "9"), ("90+", "female", "9")]))
    assert (people, faults) == (1818, [])
    assert "of the age bands 0-4, 5-9, 10-14 … 85-89 are spread" in notes[0]


@pytest.mark.parametrize(
    "made", ["05-Sep", "9-May", "5-Sep-24", "May-09", "2009-05-01", "01/05/2009", "5/9/09", "45905"]
)
def test_a_band_that_excel_made_a_date_is_reported_with_what_to_write(made: str) -> None:
    rows = [
        (made if band == (5, 9) else f"{band[0]}-{band[1]}", sex, "50")
        for band in BANDS
        for sex in SEXES
    ]
    _, _, faults = outcome(text(rows))
    assert "a spreadsheet seems to have turned an age band such as 5-9" in faults[0]
    assert "write it with 'to' (5 to 9)" in faults[0]


@pytest.mark.parametrize(
    "word", ["Total", "Totals", "Sum", "Sub-total", "Overall", "All ages", "AllAges", "Tot", "0+",
             "Total population", "All persons", "Grand Total"],
)  # fmt: skip
def test_a_total_by_any_name_is_compared_with_the_sum(word: str) -> None:
    totals = [(word, sex, "910") for sex in SEXES]
    people, notes, faults = outcome(text([*ROWS, *totals]))
    assert (people, faults) == (1820, [])
    assert "2 lines of totals equal the sum and are left out" in notes[-1]
    _, _, faults = outcome(text([*ROWS, (word, "male", "911")]))
    assert 'column "population": "911": expected 910, the sum of the 91 lines' in faults[0]


@pytest.mark.parametrize("word", ["P", "T", "Persons", "Males & females", "both sexes", "Total"])
def test_lines_of_both_sexes_are_compared_with_the_sum(word: str) -> None:
    both = [(age, word, "20") for age in AGES]
    assert outcome(text([*ROWS, *both]))[::2] == (1820, [])
    assert len(outcome(text([*ROWS, ("7", word, "21")]))[2]) == 1


@pytest.mark.parametrize("pair", [("1 - Male", "2 - Female"), ("1.0", "2.0"), ("Man", "Woman")])
def test_sexes_are_read_as_people_code_them(pair: tuple[str, str]) -> None:
    named = dict(zip(SEXES, pair, strict=True))
    assert outcome(text((age, named[sex], n) for age, sex, n in ROWS))[::2] == (1820, [])


@pytest.mark.parametrize("word", ["Unknown", "Indeterminate", "9", "U", "Not specified", "X"])
def test_people_of_no_known_sex_are_neither_dropped_nor_guessed(word: str) -> None:
    _, _, faults = outcome(text([*ROWS, ("30", word, "4"), ("31", word, "3")]))
    assert len(faults) == 1
    assert "7 people in 2 lines have neither: share them between the two in proportion" in faults[0]
    people, notes, faults = outcome(text([*ROWS, ("30", word, "0")]))
    assert (people, faults) == (1820, [])
    assert "1 lines of no known sex have nobody in them and are left out" in notes[-1]


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u2009", "\u202f"])
def test_spaces_between_thousands_are_read_and_reported(mark: str) -> None:
    rows = [(a, s, f"1{mark}234" if (a, s) == ("30", "male") else n) for a, s, n in ROWS]
    people, notes, faults = outcome(text(rows))
    assert (people, faults) == (1820 - 10 + 1234, [])
    assert "1 line is read so" in notes[0]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('"1.234,5"', "commas may stand between thousands only: type 12.5 for 12,5"),
        ('"12,5"', "commas may stand between thousands only: type 12.5 for 12,5"),
        ("12%", "a percentage: type the number as the column has it"),
        ("£12", "a sum of money"),
        ("(123)", "brackets mean a negative number in accounts"),
        ("–123", "expected 0 or more"),
        ("#REF!", "a spreadsheet formula failed"),
        ("#N/A", "suppressed or not available"),
        ("NaN", "suppressed or not available"),
        ("12k", "type the zeros"),
        ("nil", "type 0"),
        ("", "nothing (an empty cell): expected a value"),
        ("1,234", "expected 3 cells, found 4; put a text or a number that contains a comma in"),
        ("TRUE", "expected a number such as 1234.5"),
        ("1'234", "expected a number such as 1234.5"),
    ],
)
def test_a_cell_without_a_number_is_reported_with_what_it_seems_to_be(cell: str, told: str) -> None:
    rows = [(a, s, cell if (a, s) == ("30", "male") else n) for a, s, n in ROWS]
    people, _, faults = outcome(text(rows))
    assert people == 0
    assert len(faults) == 1
    assert told in faults[0]


def test_a_column_for_each_sex_is_read_as_lines() -> None:
    people, notes, faults = outcome(text(((a, "10", "11") for a in AGES), "Age,Males,Females"))
    assert (people, faults) == (91 * 21, [])
    assert "the columns Males and Females are read as one line for each sex" in notes[-1]
    with_total = text(((a, "10", "11", "21") for a in AGES), "Age,Male,Female,Persons")
    assert outcome(with_total)[::2] == (91 * 21, [])
    _, _, faults = outcome(with_total.replace("7,10,11,21", "7,10,11,22", 1))
    assert 'line 9, column "Persons": "22": expected 21, the sum' in faults[0]
    _, _, faults = outcome(with_total.replace("7,10,11,21", "7,10,-1,21", 1))
    assert 'line 9, column "Female": "-1": expected 0 or more' in faults[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            ",Males,Females\nAge,Number,Number\n0,1,1\n",
            "lines 1 and 2 are both headings: write one heading",
        ),
        ('{"age": [0, 1]}', "this is JSON"),
        ('[{"age": 0}]', "this is JSON"),
        ('<?xml version="1.0"?><a/>', "this is XML"),
        ("<table><tr><td>age</td></tr></table>", "this is a web page"),
        (b"\x1f\x8b\x08\x00aaaa", "a compressed file (.gz)"),
        (text(ROWS).encode("utf-32"), "UTF-16"),
        (
            "age sex population\n0 male 1\n",
            "this column is required; the file has age sex population",
        ),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(content: str | bytes, told: str) -> None:
    assert told in outcome(content)[2][0]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (text(ROWS).replace(",", "|"), "its columns are separated by bars"),
        (text(ROWS).replace(",", ";"), "its columns are separated by semicolons"),
        ("sep=;\n" + text(ROWS).replace(",", ";"), '"sep=" is above the header'),
        (text(ROWS[:90]) + text(ROWS[90:]), "the header is repeated and is left out: line 92"),
        (text(ROWS) + "\nSource: ONS, mid-2016, revised\n", "Source: ONS mid-2016 revised"),
        (text(ROWS) + "Notes,,\n1. Rounded,to ten,\n* suppressed,,\n", "1. Rounded to ten"),
        (text(ROWS) + "© Crown copyright 2016,,\n", "is below the table and is not read"),
    ],
)
def test_text_around_the_lines_is_reported_and_left_out(content: str, note: str) -> None:
    people, notes, faults = outcome(content)
    assert (people, faults) == (1820, [])
    assert any(note in told for told in notes)


def test_a_line_that_begins_like_a_note_and_has_an_age_is_a_line() -> None:
    _, _, faults = outcome(text([*ROWS, ("Notes", "male", "10")]))
    assert len(faults) == 1
    assert '"Notes": expected years of age' in faults[0]


def sheet(book: openpyxl.Workbook, first: int = 1) -> Worksheet:
    page = book.active
    assert isinstance(page, Worksheet)
    for column, name in enumerate(HEAD.split(","), start=1):
        page.cell(first, column, name)
    for at, (age, sex, n) in enumerate(ROWS, start=first + 1):
        for column, value in enumerate((int(age) if age.isdigit() else age, sex, int(n)), start=1):
            page.cell(at, column, value)
    return page


def merge_title(book: openpyxl.Workbook) -> None:
    page = sheet(book, 3)
    page["A1"] = "Mid-year estimates"
    page.merge_cells("A1:C1")


def hide_another(book: openpyxl.Workbook) -> None:
    sheet(book)
    book.create_sheet("lookup").sheet_state = "hidden"


def format_the_last_row(book: openpyxl.Workbook) -> None:
    sheet(book).cell(1_048_576, 1).number_format = "0"


def break_another(book: openpyxl.Workbook) -> None:
    sheet(book)
    broken = book.create_sheet("checks")
    broken["A1"] = "=1+2"


def type_as_text(book: openpyxl.Workbook) -> None:
    page = sheet(book)
    page["C5"], page["C6"] = "10", " 10 "


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (merge_title, '"Mid-year estimates" is above the header and is not read'),
        (hide_another, "the sheet lookup is hidden and is not read"),
        (format_the_last_row, ""),
        (break_another, "the sheet checks is not read (expected a value)"),
        (type_as_text, "read as 10 (2 cells in all are read so)"),
    ],
)
def test_a_workbook_is_read_whatever_is_around_its_table(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None], note: str
) -> None:
    book = openpyxl.Workbook()
    change(book)
    book.save(tmp_path / "ages.xlsx")
    population, faults = people_with_faults(tmp_path / "ages.xlsx")
    assert faults == []
    assert sum(population.people.values()) == 1820
    assert note in "\n".join(map(str, population.notes))


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("C5", "=1+2", "this formula has no stored value"),
        ("C5", True, "expected a number or a text"),
        ("A4", date(2009, 5, 1), "seems to have turned an age band"),
    ],
)
def test_a_cell_that_cannot_be_known_is_refused_by_its_name(
    tmp_path: Path, cell: str, value: object, told: str
) -> None:
    book = openpyxl.Workbook()
    sheet(book)[cell] = value
    book.save(tmp_path / "ages.xlsx")
    with pytest.raises(InputError) as refusal:
        read_population(tmp_path / "ages.xlsx")
    assert f"Sheet!{cell}" in str(refusal.value)
    assert told in str(refusal.value)


def test_cells_merged_over_lines_and_a_hidden_table_are_refused_with_what_to_do(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet(book).merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    with pytest.raises(InputError, match="unmerge them and write its value into each"):
        people_with_faults(tmp_path / "merged.xlsx")
    hidden = openpyxl.Workbook()
    sheet(hidden).sheet_state = "hidden"
    hidden.create_sheet("Read me")["A1"] = "look at the other sheet"
    hidden.save(tmp_path / "hidden.xlsx")
    with pytest.raises(InputError, match="expected the table on a visible sheet; Sheet is hid"):
        people_with_faults(tmp_path / "hidden.xlsx")


@given(st.text("0123456789 -–+to<>≥ageyd'_.SepTal\u00a0", max_size=14))
def test_any_text_is_an_age_or_one_fault_of_it(age: str) -> None:
    _, _, faults = outcome(text([*ROWS, (age.replace('"', ""), "male", "1")]))
    assert all("ages.csv" in fault for fault in faults)
