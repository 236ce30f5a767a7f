"""Workbooks as published, with titles and totals, and sheets that count the same otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.official_files.published import book, write
from tests.official_files.workbooks import ae_workbook, kh03, kh03_long

from tripleaim.official_files import Publication, publications
from tripleaim.official_files.into_hospitals import board_months


def read(folder: Path) -> list[Publication]:
    """Every publication of a folder."""
    return [one for one in publications(folder) if isinstance(one, Publication)]


def test_the_month_of_a_workbook_is_its_period_not_when_it_was_published(tmp_path: Path) -> None:
    sheets = ae_workbook({"Provider Level Data": [("RH5", 100, 0, 50, 40)]}, "May 26")
    book(tmp_path / "AE-by-provider.xlsx", sheets)
    (found,) = read(tmp_path)
    assert (found.kind, found.edition, found.refused) == ("ae", "2026-05", ())
    assert found.tables["months"] == [("RH5", "2026-05", 150, 100, 40, 300, 400)]
    assert not found.notes


def test_sheets_of_an_ae_workbook_say_what_they_count(tmp_path: Path) -> None:
    line = [("RH5", 100, 0, 50, 40)]
    names = ("System Level Data", "Provider Level Data", "Non-Booked Data")
    others = ("Booked Appointments Data", "Acute Trust Footprint Data")
    book(tmp_path / "ae.xlsx", ae_workbook(dict.fromkeys((*names, *others), line), "June 2025"))
    found = read(tmp_path)
    assert [(one.kind, one.edition) for one in found] == [
        *[("ae", "2025-06")] * 3,
        *[("ae-other", "2025-06")] * 2,
    ]
    assert [one.tables["basis"][0][0] for one in found[:3]] == [
        "without booked",
        "with booked",
        "without booked",
    ]


def test_a_series_of_england_is_known_and_has_no_organisations(tmp_path: Path) -> None:
    sheet = [
        ["", "Published:", "10th July 2025"],
        ["", "", "A&E attendances"],
        ["", "Period", "Type 1 Departments - Major A&E", "Total Attendances"],
        ["", "2025-05-01", 1_400_000, 2_300_000],
        ["", "2025-06-01", 1_395_330, 2_267_068],
    ]
    book(tmp_path / "Monthly-AE-Time-Series-June-2025.xlsx", {"Activity": sheet})
    (found,) = read(tmp_path)
    assert (found.kind, found.edition, found.counted) == ("ae-england", "2025-06", 2)


@pytest.mark.parametrize(("year", "end"), [("2024-25", "September"), ("", "")])
def test_beds_of_a_quarter_come_with_titles_and_a_total(
    year: str, end: str, tmp_path: Path
) -> None:
    lines = [("RH5", 800.5, 760.25), ("RA7", 1_000, 990)]
    book(tmp_path / "beds.xlsx", {"NHS Trust by Sector": kh03(lines, year, end, 1800.5)})
    (found,) = read(tmp_path)
    assert (found.kind, found.edition, found.notes, found.refused) == ("beds", "2024/25 Q2", (), ())
    assert found.tables["beds"] == [
        ("RH5", "2024/25", "Q2", "general and acute", 800.5, 760.25),
        ("RA7", "2024/25", "Q2", "general and acute", 1000.0, 990.0),
    ]


def test_a_total_of_beds_over_a_part_is_told(tmp_path: Path) -> None:
    sheet = kh03([("RH5", 800, 760)], "2024-25", "September", 100_000)
    book(tmp_path / "beds.xlsx", {"NHS Trust by Sector": sheet})
    (found,) = read(tmp_path)
    told = "its total (line 6) is 100,000 general and acute beds available, its trusts have 800"
    assert told in found.notes[0]


def test_long_files_of_beds_have_one_side_each(tmp_path: Path) -> None:
    available = [
        ("RH5", "General & Acute", "1,079", "30/06/2024"),
        ("RH5", "Learning Disability", "", "30/06/2024"),
        ("RH5", "Total", "1,079", "30/06/2024"),
        ("RH5", "General & Acute", "1,080", "31/03/2024"),
    ]
    write(tmp_path, "KH03-Available-Overnight-only.csv", kh03_long(available))
    (found,) = read(tmp_path)
    assert (found.kind, found.edition) == ("beds", "2024/25 Q1")
    assert found.tables["side"] == [
        ("RH5", "2024/25", "Q1", "general and acute", "available", 1079.0),
        ("RH5", "2023/24", "Q4", "general and acute", "available", 1080.0),
    ]
    assert "lines without a number, which is not zero (1)" in found.notes[0]


def test_the_practice_file_may_have_headings(tmp_path: Path) -> None:
    header = (
        "OrgCode,Name,NationalGrouping,HighLevelHealthGeography,Address1,Postcode,OpenDate,"
        "CloseDate,StatusCode,OrgSubTypeCode,Commissioner,JoinProviderDate,PrescrSet"
    )
    lines = [
        ("L85001", "x", "Y58", "QSL", "a", "TA1 1NW", "19740401", "", "A", "B", "11X", "", "4"),
        (
            "L85002",
            "x",
            "Y58",
            "QSL",
            "a",
            "TA1 1NW",
            "19740401",
            "20221130",
            "C",
            "B",
            "11X",
            "",
            4,
        ),
    ]
    write(tmp_path, "epraccur.csv", [header.split(","), *lines])
    (found,) = read(tmp_path)
    assert (found.kind, found.edition) == ("practice-file", "2022-11-30")
    assert [(row[0], row[3], row[4], row[5]) for row in found.tables["practices"]] == [
        ("L85001", "11X", "active", ""),
        ("L85002", "11X", "closed", "2022-11-30"),
    ]


def test_a_map_without_a_day_takes_the_month_of_its_name(tmp_path: Path) -> None:
    header = ["PRACTICE_CODE", "PRACTICE_NAME", "PCN_CODE", "PCN_NAME", "CCG_CODE", "STP_CODE"]
    rows = [header, ["L85001", "x", "U1", "y", "11X", "QSL"]]
    book(tmp_path / "gp-reg-pat-prac-map-jul22.xlsx", {"gp-reg-pat-prac-map": rows})
    (found,) = read(tmp_path)
    assert (found.kind, found.edition) == ("practice-map", "2022-07-01")


def test_lists_of_regions_alone_are_known_and_have_no_practices(tmp_path: Path) -> None:
    header = ["EXTRACT_DATE", "ORG_TYPE", "ORG_CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"]
    rows = [
        ["2026-08-01", "Comm Region", "Y56", "ALL", "ALL", 1],
        ["2026-08-01", "PCN", "U1", "ALL", 1, 2],
    ]
    write(tmp_path, "gp-reg-pat-prac-sing-age-regions.csv", [header, *rows])
    (found,) = read(tmp_path)
    assert (found.kind, found.edition, found.counted) == ("lists-above", "2026-08-01", 2)


def test_boards_that_merged_are_added_up_and_what_one_lacks_is_unknown() -> None:
    rows = [("QMM", "2025-06", 10, 4, 2, 3, None), ("QXX", "2025-06", 5, 1, 1, 2, 6)]
    assert board_months("T1", rows) == [("T1", "2025-06", 15, 5, 3, 5, None)]


def test_a_sheet_of_other_counts_with_a_month_on_each_line_is_known(tmp_path: Path) -> None:
    heads = ["Period", "Org Code", "A&E attendances Type 1", "A&E attendances Type 2"]
    rows = [
        ["Acute Trust Footprint Data"],
        [*heads, "A&E attendances Other A&E Department"],
        ["MSitAE-MAY-2026", "RH5", 1, 2, 3],
    ]
    write(tmp_path, "footprint.csv", rows)
    (found,) = read(tmp_path)
    assert (found.kind, found.edition, found.counted) == ("ae-other", "2026-05", 1)
