"""Totals of a file that are not the sum of its rows, and names that say another period."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.official_files.published import ae_months, book, quinary, registers, write
from tests.official_files.workbooks import ae_workbook, kh03, kh03_long

from tripleaim.official_files import Publication, publications
from tripleaim.official_files.named_periods import named_in

RH5 = ("RH5", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)
RA7 = ("RA7", 60, 0, 0, 0, 0, 0, 10, 0, 0, 20, 0, 0, 5)
LISTS = {"L85001": {("male", "0-4"): 3, ("female", "0-4"): 4}}
BOOK = ["R23", "Region", "ICB26", "Integrated Care Board (ICB)"]
MONEY = "2026/27 Recurrent allocation (£k)"


def only(folder: Path) -> Publication:
    """The one publication of a folder."""
    (found,) = [one for one in publications(folder) if isinstance(one, Publication)]
    return found


def test_each_total_of_a_month_is_compared(tmp_path: Path) -> None:
    rows = ae_months([RH5, RA7], "APRIL-2024", 230)
    rows[-1][10] = 55
    write(tmp_path, "ae.csv", rows)
    told = "its total (line 4) is 56 over four hours, its organisations have 51: lines are missing"
    assert told in only(tmp_path).notes[0]


def test_totals_that_are_the_sums_are_not_told(tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([RH5, RA7], "APRIL-2024", 230))
    assert not [note for note in only(tmp_path).notes if "total" in note]


def test_a_sheet_names_itself_with_its_total(tmp_path: Path) -> None:
    sheets = ae_workbook({"Provider Level Data": [("RH5", 100, 0, 50, 40)]}, "May 26")
    sheets["Provider Level Data"][8][7] = 151
    book(tmp_path / "ae.xlsx", sheets)
    found = only(tmp_path)
    assert found.file == "ae.xlsx: Provider Level Data"
    assert "its total (line 9) is 151 attendances, its organisations have 150" in found.notes[0]


def test_beds_occupied_are_compared_too(tmp_path: Path) -> None:
    sheet = kh03([("RH5", 800, 760), ("RA7", 100, 90)], "2024-25", "September", 900)
    sheet[5][13] = 853
    book(tmp_path / "beds.xlsx", {"NHS Trust by Sector": sheet})
    told = "its total (line 6) is 853 general and acute beds occupied, its trusts have 850"
    assert told in only(tmp_path).notes[0]


def test_a_long_file_of_beds_has_a_total_a_quarter(tmp_path: Path) -> None:
    lines = [("ENG", "General & Acute", 95, "30/06/2024")]
    lines += [("RH5", "General & Acute", 80, "30/06/2024")]
    lines += [("RA7", "General & Acute", 12, "30/06/2024")]
    write(tmp_path, "KH03-Occupied-Overnight-only.csv", kh03_long(lines))
    told = "its total (line 2) is 95 general and acute beds, its trusts have 92"
    assert told in only(tmp_path).notes[0]


def test_days_of_staff_are_compared_with_england_s(tmp_path: Path) -> None:
    header = ["DATE", "ORG_CODE", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"]
    rows = [["30/06/2024", "RH5", 1, 30000], ["30/06/2024", "England", 1, 90000]]
    write(tmp_path, "s.csv", [header, *rows])
    found = only(tmp_path)
    assert found.tables["staff"] == [("RH5", "2024-06", 1000.0)]
    assert (
        "its total (line 3) is 90,000 days available, its organisations have 30,000"
        in (found.notes[0])
    )


def test_practices_are_compared_with_the_regions(tmp_path: Path) -> None:
    write(tmp_path, "lists.csv", quinary(LISTS))
    told = "its regions (lines 2) have 6,000,000 people, its practices that are used 7"
    assert told in only(tmp_path).notes[1]


def test_all_ages_of_a_projection_are_compared(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2022-based subnational population projections"],
        ["CODE", "AREA", "AGE GROUP", 2022],
        ["E38000150", "NHS Somerset", "0-4", 10],
        ["E38000150", "NHS Somerset", "All ages", 30.4],
    ]
    book(tmp_path / "p.xlsx", {"Persons": rows})
    assert "line 4 (E38000150, 2022): 30.4, its ages 10.0" in only(tmp_path).notes[0]


def allocations(folder: Path, header: list[str], rows: list[list[object]]) -> Publication:
    """What is read of a sheet with these rows."""
    sheet: list[list[object]] = [["Allocations (ICB core services)"], [*header, MONEY], *rows]
    book(folder / "allocations.xlsx", {"Core": sheet})
    return only(folder)


def test_boards_are_compared_with_regions_and_england(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Y58", "South West", "QSL", "NHS Somerset ICB", 1_000],
        ["Y58", "South West", "QUY", "NHS Bristol ICB", 2_000],
        ["Eng", "NHS England", "Y58", "South West", 50],
        ["", "", "R23", "Region", "x"],
        ["", "", "Y58", "South West", 3_050],
        ["", "", "Total", "ENGLAND", 3_500],
    ]
    notes = allocations(tmp_path, BOOK, rows).notes
    assert [note for note in notes if "its total" in note] == [
        "its total (line 8) is 3,500 thousand pounds of England in 2026/27, its boards have 3,050: "
        "lines are missing from it or refused, so that it is a part of the published file"
    ]


def test_a_board_is_compared_with_its_parts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Y61", "East", "T6Y0W", "NHS Norfolk and Suffolk ICB", "", 1_000],
        ["Y61", "East", "T6Y0W", "NHS Norfolk and Suffolk ICB", "26A", 700],
        ["Y61", "East", "T6Y0W", "NHS Norfolk and Suffolk ICB", "06L", 200],
        ["Y58", "South West", "QSL", "NHS Somerset ICB", "11X", 400],
        ["Y58", "South West", "QSL", "NHS Somerset ICB", "11Y", 100],
        ["Y58", "South West", "QUY", "NHS Bristol ICB", "15C", "*"],
        ["Y58", "South West", "QUY", "NHS Bristol ICB", "15D", 100],
    ]
    found = allocations(tmp_path, [*BOOK, "Sub-ICB location"], rows)
    assert [row[1:4] for row in found.tables["allocations"]] == [
        ("T6Y0W", "2026/27", 1_000_000),
        ("QSL", "2026/27", 500_000),
    ]
    assert "line 3 (T6Y0W, 2026/27): 1,000 thousand pounds, its parts 900" in " ".join(found.notes)
    assert [(row.line, row.value) for row in found.refused] == [(8, "*")]


def test_a_board_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    line: list[object] = ["Y58", "South West", "QSL", "NHS Somerset ICB"]
    found = allocations(tmp_path, BOOK, [[*line, 1_000], [*line, 900]])
    assert [row[3] for row in found.tables["allocations"]] == [1_000_000]
    assert [(row.line, row.expected) for row in found.refused] == [
        (4, "expected each board once in a sheet")
    ]


@pytest.mark.parametrize(
    ("name", "periods"),
    [
        ("20260131-RTT-January-2026-full-extract.csv", ["2026-01"]),
        ("May-26-AE-by-provider-QVPHP.xls", ["2026-05"]),
        ("ECDS_Activity_Provisional_May_26_2026-06-05_132550_G619UC.xlsx", ["2026-05"]),
        ("Beds-Open-Overnight-Web_File-Q1-2024-25-Final-DE5WC.xlsx", ["2024/25 Q1"]),
        ("nhs_allocations_2023_2025.xlsx", ["2023", "2025"]),
        ("PREVALENCE_2425.csv", ["2024/25"]),
        ("lists 2026-08-01.csv", ["2026-08"]),
        ("gp-reg-pat-prac-all (3).csv", []),
    ],
)
def test_names_have_periods(name: str, periods: list[str]) -> None:
    assert named_in(name) == periods


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("April-2024-AE.csv", ""),
        ("AE 2024-25.csv", ""),
        ("AE-April-2024-revised-June-2024.csv", ""),
        ("May-2024-AE.csv", '"May-2024-AE.csv" says May 2024, its content is of April 2024'),
        ("AE 2023-24.csv", '"AE 2023-24.csv" says 2023/24, its content is of April 2024'),
        ("AE_2023.csv", '"AE_2023.csv" says 2023, its content is of April 2024'),
    ],
)
def test_a_name_of_another_period_is_asked_about(name: str, asked: str, tmp_path: Path) -> None:
    write(tmp_path, name, ae_months([RH5], "APRIL-2024", 170))
    found = only(tmp_path)
    assert found.edition == "2024-04"
    questions = [note for note in found.notes if note.endswith("?")]
    end = ": the content counts. Is it the right file?"
    assert questions == ([asked + end] if asked else [])


def test_a_year_of_a_zip_and_another_of_its_part_are_asked_about(tmp_path: Path) -> None:
    inside = write(tmp_path / "made", "p.csv", registers([("L85001", "AF", 1, "TOTAL", 9)]))
    (tmp_path / "given").mkdir()
    with zipfile.ZipFile(tmp_path / "given" / "QOF2324.zip", "w") as archive:
        archive.write(inside, "PREVALENCE_2425.csv")
    found = only(tmp_path / "given")
    assert found.edition == "2024/25"
    assert found.notes == (
        '"QOF2324.zip" says 2023/24, its content is of 2024/25: the content counts. Is it the '
        "right file?",
    )
