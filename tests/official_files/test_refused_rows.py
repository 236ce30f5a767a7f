"""A line that cannot be used is refused with its line, its value and what to do."""

from __future__ import annotations

from pathlib import Path

from tests.official_files.published import ae_months, extract, quinary, registers, write

from tripleaim.official_files import Publication, RefusedLine, publications

LISTS = {
    "L85001": {("male", "0-4"): 3, ("female", "0-4"): 4},
    "L85002": {("male", "0-4"): 5, ("female", "0-4"): 6},
}


def only(folder: Path) -> Publication:
    """The one publication of a folder."""
    (found,) = publications(folder)
    assert isinstance(found, Publication), found
    return found


def refused(found: Publication) -> RefusedLine:
    """The one line that was refused."""
    (row,) = found.refused
    return row


def test_a_suppressed_cell_leaves_the_practice_as_it_is(tmp_path: Path) -> None:
    rows = quinary(LISTS)
    rows[5][-1] = "*"
    write(tmp_path, "q.csv", rows)
    found = only(tmp_path)
    assert {row[0] for row in found.tables["ages"]} == {"L85002"}
    row = refused(found)
    assert (row.line, row.column, row.value) == (6, "NUMBER_OF_PATIENTS", "*")
    assert "suppressed or missing, which is not zero" in row.expected


def test_ages_that_are_not_the_total_are_refused(tmp_path: Path) -> None:
    rows = quinary(LISTS)
    rows[3][-1] = 99
    write(tmp_path, "q.csv", rows)
    found = only(tmp_path)
    assert {row[0] for row in found.tables["ages"]} == {"L85002"}
    assert refused(found).line == 4
    assert "the total of the practice's ages, which is 7" in refused(found).expected


def test_a_code_that_lost_its_zeros_is_named_whole(tmp_path: Path) -> None:
    lines = [("L85001", "AF", 1, "TOTAL", 9), ("Y73", "AF", 1, "TOTAL", 9)]
    rows = quinary({"L85001": LISTS["L85001"]})
    rows.append([*rows[-1][:3], "Y73", *rows[-1][4:]])
    write(tmp_path, "q.csv", rows)
    assert "it may be Y00073" in refused(only(tmp_path)).expected
    write(tmp_path / "qof", "PREVALENCE_2425.csv", registers(lines))
    assert refused(only(tmp_path / "qof")).line == 3


def test_a_second_day_in_a_file_is_refused(tmp_path: Path) -> None:
    rows = quinary(LISTS)
    rows[-1][1] = "2026-07-01"
    write(tmp_path, "q.csv", rows)
    found = only(tmp_path)
    assert "expected one day in a file, 2026-08-01" in found.refused[0].expected
    assert {row[0] for row in found.tables["ages"]} == {"L85001"}


def test_a_register_larger_than_its_list_is_refused(tmp_path: Path) -> None:
    lines = [("L85001", "AF", 5, "TOTAL", 4), ("L85001", "CHD", 5, "TOTAL", 40)]
    write(tmp_path, "PREVALENCE_2425.csv", registers(lines))
    found = only(tmp_path)
    assert found.tables["registers"] == [("L85001", "CHD", 0, 40, 5)]
    assert "no larger than its list of 4" in refused(found).expected


def test_weeks_that_are_not_their_total_are_refused(tmp_path: Path) -> None:
    rows = extract([("RH5", "11X", "Part_2", "C_320", {0: 10})] * 1, "February-2026")
    rows.append([*rows[1][:11], "C_300", *rows[1][12:-1], 11])
    write(tmp_path, "rtt.csv", rows)
    row = refused(only(tmp_path))
    assert (row.line, row.value, row.expected[:33]) == (
        3,
        "11",
        "expected the sum of its weeks, 10",
    )


def test_totals_that_are_not_their_treatment_functions_are_told(tmp_path: Path) -> None:
    lines = [
        ("RH5", "11X", "Part_2", "C_320", {0: 10}),
        ("RH5", "11X", "Part_2", "C_999", {0: 12}),
    ]
    write(tmp_path, "rtt.csv", extract(lines, "February-2026"))
    assert "line 3 (RH5 11X): 12 against 10" in only(tmp_path).notes[0]


def test_more_waits_than_attendances_are_refused(tmp_path: Path) -> None:
    good = ("RH5", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)
    bad = ("RXX", 1, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0)
    write(tmp_path, "ae.csv", ae_months([good, bad], "APRIL-2024", 171))
    found = only(tmp_path)
    assert [row[0] for row in found.tables["months"]] == ["RH5"]
    assert refused(found).line == 3
