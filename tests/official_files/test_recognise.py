"""A file is known by its headings, whatever it is called, and says its edition."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.official_files.published import (
    ae_months,
    book,
    extract,
    practice_map,
    quinary,
    registers,
    single_years,
    write,
)

from tripleaim.official_files import Publication, Unread, publications
from tripleaim.tables import InputError

LISTS = {"L85001": {("male", "0-4"): 3, ("female", "0-4"): 4, ("female", "95+"): 1}}


def only(folder: Path) -> Publication:
    """The one publication of a folder, whatever sheets its file has beside."""
    (found,) = [one for one in publications(folder) if isinstance(one, Publication)]
    return found


def unread(folder: Path) -> Unread:
    """The one file of a folder, which is no publication."""
    (found,) = publications(folder)
    assert isinstance(found, Unread), found
    return found


@pytest.mark.parametrize("day", ["2026-08-01", "01Aug2026", "01AUG2026", "01/08/2026"])
def test_lists_by_five_years_are_those_of_practices_alone(day: str, tmp_path: Path) -> None:
    write(tmp_path, "download (3).csv", quinary(LISTS, day))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("lists-by-age", "2026-08-01")
    assert sorted(found.tables["ages"]) == [
        ("L85001", "female", 0, 4),
        ("L85001", "female", 95, 1),
        ("L85001", "male", 0, 3),
    ]
    assert "Comm Region (1), PCN (1)" in found.notes[0]


def test_single_years_come_as_bands_of_five(tmp_path: Path) -> None:
    write(tmp_path, "f.csv", single_years(LISTS, "female", "01APR2024"))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("lists-by-age", "2024-04-01")
    assert sorted(found.tables["ages"]) == [("L85001", "female", 0, 4), ("L85001", "female", 95, 1)]


def test_totals_alone_are_lists_without_ages(tmp_path: Path) -> None:
    header = "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE"
    rows = [[*header.split(","), "CODE", "POSTCODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"]]
    rows.append(["x", "2026-06-01", "GP", "11X", "E38", "L85001", "TA1", "ALL", "ALL", "8"])
    write(tmp_path, "all.csv", rows)
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("lists", "2026-06-01")
    assert found.tables["totals"] == [("L85001", 8, "11X")]


@pytest.mark.parametrize("column", ["NUMBER_OF_PATIENTS", "Number of Patients"])
def test_practices_by_small_area_have_people_without_an_area(column: str, tmp_path: Path) -> None:
    header = ["PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "LSOA_CODE", "SEX"]
    start = ["x", "04JAN2021", "L85001", "x"]
    lines = [[*start, "E01029018", "ALL", 7], [*start, "CLOSED", "ALL", 2]]
    write(tmp_path, "lsoa.csv", [[*header, column], *lines])
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("lists-by-area", "2021-01-04")
    assert found.tables["practices"] == [("L85001", 9)]
    assert found.notes == ("2 patients have the area CLOSED, which is no small area",)


def test_the_map_has_networks_and_boards(tmp_path: Path) -> None:
    practice = ("L85001", "FRENCH WEIR", "TA1 1NW", "U1", "TAUNTON PCN", "QSL")
    write(tmp_path, "map.csv", practice_map([practice]))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("practice-map", "2026-08-01")
    assert found.tables["practices"] == [(*practice[:5], "11X", "QSL")]


def test_the_practice_file_has_no_headings(tmp_path: Path) -> None:
    start = ["L85001", "FRENCH WEIR", "Y58", "QSL", "a", "b", "c", "d", "", "TA1 1NW"]
    rest = ["", "", "0", "", "", "", "", "", "", "4", ""]
    rows = [
        [*start, "19740401", "", "A", "B", "11X", "20130401", *rest],
        ["L85002", *start[1:], "19740401", "20250930", "C", "B", "11X", "20130401", *rest],
        ["L85003", *start[1:], "19740401", "", "A", "B", "11X", "20130401", *rest[:-2], "8", ""],
    ]
    write(tmp_path, "epraccur.csv", rows)
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("practice-file", "2025-09-30")
    assert [(row[0], row[4], row[5]) for row in found.tables["practices"]] == [
        ("L85001", "active", ""),
        ("L85002", "closed", "2025-09-30"),
    ]


@pytest.mark.parametrize(
    ("name", "column", "year"),
    [("PREVALENCE_2425.csv", "REGISTER", "2024/25"), ("p_2526.csv", "REGISTER_SIZE", "2025/26")],
)
def test_registers_have_ages_and_a_year_in_their_name(
    name: str, column: str, year: str, tmp_path: Path
) -> None:
    lines = [("L85001", "AST", "872.0", "06OV", 9287), ("L85001", "AF", "362.0", "TOTAL", 9628)]
    write(tmp_path, name, registers(lines, column))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("registers", year)
    assert found.tables["registers"] == [
        ("L85001", "AF", 0, 9628, 362),
        ("L85001", "AST", 6, 9287, 872),
    ]


def test_a_full_extract_in_a_zip_is_the_waiting_list_without_totals(tmp_path: Path) -> None:
    lines = [
        ("RH5", "11X", "Part_2", "C_320", {0: 10, 104: 2}),
        ("RH5", "11X", "Part_2", "C_999", {0: 10, 104: 2}),
        ("RH5", "11X", "Part_2A", "C_320", {0: 9}),
    ]
    inside = write(tmp_path / "made", "RTT-full-extract.csv", extract(lines, "February-2026"))
    (tmp_path / "given").mkdir()
    with zipfile.ZipFile(tmp_path / "given" / "Full-CSV.zip", "w") as archive:
        archive.write(inside, "folder/RTT-full-extract.csv")
    found = only(tmp_path / "given")
    assert (found.kind, found.edition) == ("waiting", "2026-02")
    assert found.file == "Full-CSV.zip: RTT-full-extract.csv"
    assert [row[:4] for row in found.tables["waiting"]] == [("RH5", "11X", "C_320", 10)]
    assert found.tables["waiting"][0][-1] == 2


AE_OF_A_TRUST = ("RH5", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)


def test_a_month_of_ae_leaves_booked_appointments_and_the_total_out(tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([AE_OF_A_TRUST], "APRIL-2024", 170))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("ae", "2024-04")
    assert found.tables["months"] == [("RH5", "2024-04", 170, 100, 41, 32, 40)]


def test_a_total_of_england_over_a_part_is_told(tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([AE_OF_A_TRUST], "APRIL-2024", 2_000))
    told = "its total (line 3) is 2,000 attendances, its organisations have 170"
    assert told in only(tmp_path).notes[0]


def test_a_workbook_of_ae_has_titles_and_headings_in_two_lines(tmp_path: Path) -> None:
    types = ["Type 1 Departments - Major A&E", "Type 2 Departments - Single Specialty"]
    types.append("Type 3 Departments - Other A&E/Minor Injury Unit")
    rows: list[list[object]] = [
        ["", "Title:", "A&E Attendances and Emergency Admissions"],
        ["", "Period:", "September 2024"],
        [],
        ["", "", "", "", "A&E attendances", "", "", "", "A&E attendances greater than 4 hours"],
        [
            *("", "Code", "Region", "Name", *types, "Total attendances", *types),
            *("Total Attendances > 4 hours", "Total Emergency Admissions via A&E"),
            "Other Emergency admissions (i.e not via A&E)",
        ],
        ["", "-", "", "Total", 100, 20, 50, 170, 40, 1, 0, 41, 32, 8],
        ["", "RH5", "South West", "Somerset", 100, 20, 50, 170, 40, 1, 0, 41, 32, 8],
    ]
    book(tmp_path / "ae.xlsx", {"Notes": [["See"]], "Provider Level Data": rows})
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("ae", "2024-09")
    assert found.tables["months"] == [("RH5", "2024-09", 170, 100, 41, 32, 40)]


def test_beds_have_their_groups_over_the_headings(tmp_path: Path) -> None:
    kinds = ["Total", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"]
    rows: list[list[object]] = [
        ["", "Title:", "Average daily number of available and occupied beds open overnight"],
        ["", "", "", "", "", "Available", "", "", "", "", "Occupied"],
        ["", "Year", "Period End", "Org Code", "Org Name", *kinds, *kinds],
        ["", "2025-26", "June", "", "England", 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
        ["", "2025-26", "June", "RH5", "x", 130, 100.5, 0, 20, 10, 105, 90.25, 0, 8, 7],
    ]
    book(tmp_path / "Beds.xlsx", {"NHS Trust by Sector": rows})
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("beds", "2025/26 Q1")
    assert sorted(found.tables["beds"]) == [
        ("RH5", "2025/26", "Q1", "general and acute", 100.5, 90.25),
        ("RH5", "2025/26", "Q1", "maternity", 20.0, 8.0),
        ("RH5", "2025/26", "Q1", "mental illness", 10.0, 7.0),
    ]


def test_sickness_gives_staff_as_days_in_the_days_of_the_month(tmp_path: Path) -> None:
    header = ["DATE", "ORG_CODE", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"]
    write(tmp_path, "s.csv", [header, ["30/06/2024", "RH5", "1500.5", "30000"]])
    found = only(tmp_path)
    assert (found.kind, found.tables["staff"]) == ("sickness", [("RH5", "2024-06", 1000.0)])


def test_a_full_stop_is_missing_and_a_column_may_stand_twice(tmp_path: Path) -> None:
    header = ["Year", "Month", "Region", "Org Code", "Org Name", "A0", "A5", "A5", "A7"]
    rows = [header, [2024, 1, "Y59", "R1F", "x", 3429, 1, 1, "."]]
    write(tmp_path, "AmbSYS.csv", rows)
    found = only(tmp_path)
    assert found.tables["ambulances"] == [("R1F", "2024-01", 3429, None)]
    assert found.notes == (
        "the column A5 appears twice: the first is read",
        "1 cells with a full stop are missing numbers, not zeros",
    )


def test_sites_are_latin_1_with_words_for_no_number(tmp_path: Path) -> None:
    header = "Trust Code,Trust Name,Site Code,Site Name,Gross internal floor area (m²)\r\n"
    text = header + "RH5,x,RH501,Café,1083\r\nRH5,x,RH502,Unit,Not Applicable\r\n"
    (tmp_path / "ERIC - 2024_25 - Site data.csv").write_bytes(text.encode("latin-1"))
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("sites", "2024/25")
    assert [row[3] for row in found.tables["sites"]] == [1083.0, None]


def test_allocations_have_a_sheet_a_stream(tmp_path: Path) -> None:
    header = ["R23", "Region", "ICB23", "Integrated Care Board (ICB)"]
    core = [
        "2026/27 Recurrent allocation (£k)",
        "2026/27 Post-convergence distance from target (%)",
    ]
    sheets: dict[str, list[list[object]]] = {
        "Core": [
            ["Allocations (ICB core services)"],
            [*header, "2025/26 Adjusted recurrent baseline (£k)", *core],
            ["Y58", "South West", "QSL", "NHS Somerset ICB", 1_000_000, 1_200_000.5, 0.02],
            ["", "", "R23", "Region"],
        ],
        "Running": [
            ["Allocations (running cost allowance)"],
            [*header, "2026/27 (£k)"],
            ["Y58", "South West", "QSL", "NHS Somerset ICB", 8_000],
        ],
    }
    book(tmp_path / "allocations.xlsx", sheets)
    found = [one for one in publications(tmp_path) if isinstance(one, Publication)]
    assert [one.tables["allocations"] for one in found] == [
        [("core services", "QSL", "2026/27", 1_200_000_500, 0.02)],
        [("running cost", "QSL", "2026/27", 8_000_000, None)],
    ]


def test_projections_add_ages_up(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2022-based subnational population projections"],
        ["Persons by 5 year age groups"],
        ["CODE", "AREA", "AGE GROUP", 2022, 2023],
        ["E38000150", "NHS Somerset", "0-4", 10, 11],
        ["E38000150", "NHS Somerset", "5-9", 20.4, 21],
        ["E38000150", "NHS Somerset", "All ages", 30.4, 32],
    ]
    book(tmp_path / "p.xlsx", {"Cover sheet": [["Population projections"]], "Persons": rows})
    found = only(tmp_path)
    assert (found.kind, found.edition) == ("projections", "2022")
    assert found.tables["people"] == [
        ("E38000150", "all", 0, "2022", 10.0),
        ("E38000150", "all", 0, "2023", 11.0),
        ("E38000150", "all", 5, "2022", 20.4),
        ("E38000150", "all", 5, "2023", 21.0),
    ]


def test_a_zip_of_another_thing_says_what_is_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("letter.docx", "x")
    assert unread(tmp_path) == Unread(
        "data.zip",
        "expected a zip with a CSV file or a workbook; this one has letter.docx: it is another "
        "download than the table",
    )


def test_a_zip_names_what_it_has_beside_a_known_table(tmp_path: Path) -> None:
    inside = write(tmp_path / "made", "p.csv", registers([("L85001", "AF", 1, "TOTAL", 9)]))
    (tmp_path / "given").mkdir()
    with zipfile.ZipFile(tmp_path / "given" / "QOF2425.zip", "w") as archive:
        archive.write(inside, "PREVALENCE.csv")
        archive.writestr("ACHIEVEMENT.csv", "a,b\n1,2\n")
        archive.writestr("readme.pdf", "x")
    found = list(publications(tmp_path / "given"))
    assert [one.edition for one in found if isinstance(one, Publication)] == ["2024/25"]
    assert [one.message for one in found if isinstance(one, Unread)] == [
        "also has 1 files that are no tables: readme.pdf",
        "also has ACHIEVEMENT.csv, which are none of the known publications",
    ]


def test_a_zip_that_claims_too_much_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "big.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.csv", b"0" * 401_000_000)
    assert "expected a zip of at most 500 files and 400 MB unpacked" in unread(tmp_path).message


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.csv", b"<!DOCTYPE html><html>", "this is a web page"),
        ("saved.xls", b"<html><table><tr><td>RH5", "this is a web page"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "expected a workbook without a password",
        ),
        ("other.csv", b"a,b\n1,2\n", 'not one of the known publications: it starts with "a, b"'),
        ("empty.csv", b"", "the file is empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "expected a workbook that opens"),
        ("cut.zip", b"PK\x03\x04cut", "expected a zip that opens"),
    ],
)
def test_what_is_no_publication_says_what_it_is(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert told in unread(tmp_path).message


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a folder with the official files"):
        list(publications(tmp_path / "none"))
