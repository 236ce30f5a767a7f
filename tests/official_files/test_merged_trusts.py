"""Rows of a trust that has merged are those of the trust that took over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.official_files.published import ae_months, extract, rows_of, write
from tests.official_files.workbooks import kh03_long

from tripleaim.boards import OfficialTables, make_place
from tripleaim.official_files import Publication, publications, refresh_place
from tripleaim.official_files.draft import Draft
from tripleaim.official_files.into_hospitals import put_beds, put_months, put_staff
from tripleaim.official_files.merged_trusts import trust_changes, under_successors
from tripleaim.place import FolderFiles, read_outline

BRISTOL = ("RA7", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)
NORTH_BRISTOL = ("RVJ", 60, 0, 0, 0, 0, 0, 10, 0, 0, 20, 0, 0, 5)
SOMERSET = ("RH5", 9, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 5)
SINCE = "RVJ became part of RA7 on 1 July 2026"


@pytest.fixture(scope="module")
def bristol(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place whose trust took another over on 1 July 2026; not to be changed."""
    return make_place(tmp_path_factory.mktemp("made") / "bristol", "QUY").folder


@pytest.fixture
def draft(bristol: Path) -> Iterator[Draft]:
    """The same place while it is refreshed."""
    with OfficialTables() as official:
        yield Draft(bristol, official)


def read(draft: Draft, folder: Path) -> list[Publication]:
    """The publications of a folder under the codes of today."""
    found = [one for one in publications(folder) if isinstance(one, Publication)]
    files = read_outline(FolderFiles.read(draft.folder)).files
    return under_successors(draft, found, trust_changes(files, draft.official))


def said(draft: Draft) -> str:
    """What is told of all files."""
    return "\n".join(line for lines in draft.said.values() for line in lines)


@pytest.mark.parametrize("month", ["AUGUST-2026", "MAY-2026"])
def test_a_merged_trust_is_added_to_its_successor(month: str, draft: Draft, tmp_path: Path) -> None:
    lines = [BRISTOL, NORTH_BRISTOL, SOMERSET]
    write(tmp_path, "ae.csv", ae_months(lines, month, 239))
    (one,) = read(draft, tmp_path)
    when = {"AUGUST-2026": "2026-08", "MAY-2026": "2026-05"}[month]
    assert list(one.tables["months"]) == [
        ("RA7", when, 230, 160, 51, 52, 65),
        ("RH5", when, 9, 9, 1, 2, 7),
    ]
    assert f"{SINCE}: its rows are added to those of RA7 (rows: 1)" in said(draft)
    put_months(draft, [one])
    assert "not used: 1 rows, 1 codes" in said(draft)


def test_a_trust_that_still_returns_under_its_old_code_counts(draft: Draft, tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([NORTH_BRISTOL], "AUGUST-2026", 60))
    (one,) = read(draft, tmp_path)
    assert [row[:3] for row in one.tables["months"]] == [("RA7", "2026-08", 60)]


def test_a_part_of_a_trust_before_its_merger_is_not_used(draft: Draft, tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([NORTH_BRISTOL], "MAY-2026", 60))
    (one,) = read(draft, tmp_path)
    assert not one.tables["months"]
    assert f"{SINCE}; it is not used (rows: 1): the file has it before the merger" in said(draft)


def test_the_other_part_before_the_merger_is_asked_for(draft: Draft, tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([BRISTOL], "MAY-2026", 170))
    (one,) = read(draft, tmp_path)
    assert len(one.tables["months"]) == 1
    assert f"{SINCE}, which is later, and is not in the file: has RA7 all its lines?" in said(draft)


def test_a_refused_line_of_a_part_leaves_the_trust_as_it_is(draft: Draft, tmp_path: Path) -> None:
    lines = [BRISTOL, ("RVJ", "*", *NORTH_BRISTOL[2:])]
    write(tmp_path, "ae.csv", ae_months(lines, "AUGUST-2026", 230))
    (one,) = read(draft, tmp_path)
    assert not one.tables["months"]
    assert "RA7 is not used (rows: 1): a line of RVJ, of the same trust now, was" in said(draft)


def test_beds_and_staff_are_added_up_too(draft: Draft, tmp_path: Path) -> None:
    for side, beds in (("Available", 800.5), ("Occupied", 700.25)):
        lines = [(code, "General & Acute", beds, "30/06/2026") for code in ("RVJ", "RA7", "RH5")]
        write(tmp_path / "beds", f"KH03-{side}-Overnight.csv", kh03_long(lines))
    header = ["DATE", "ORG_CODE", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"]
    rows = [["31/08/2026", code, "1", "310000"] for code in ("RVJ", "RA7", "RH5")]
    write(tmp_path / "staff", "s.csv", [header, *rows])
    (*beds_of, staff) = read(draft, tmp_path)
    put_beds(draft, beds_of)
    put_staff(draft, [staff])
    table = draft.table("beds.csv")
    assert table is not None
    row = table.row("RA7", "2026/27", "Q1", "general and acute")
    assert row is not None
    assert (row["available"], row["occupied"]) == ("1601", "1400.5")
    assert list(staff.tables["staff"]) == [
        ("RA7", "2026-08", 20000.0),
        ("RH5", "2026-08", 10000.0),
    ]
    assert said(draft).count("not used: 1 rows, 1 codes") == 2


def test_a_trust_that_was_divided_is_told(draft: Draft, tmp_path: Path) -> None:
    write(tmp_path, "ae.csv", ae_months([("RW6", *SOMERSET[1:])], "MAY-2021", 9))
    found = [one for one in publications(tmp_path) if isinstance(one, Publication)]
    files = read_outline(FolderFiles.read(draft.folder)).files
    changes = trust_changes(files, draft.official)
    assert changes.divided["RW6"] == ("R0A", "RM3")
    table = draft.table("organisations.csv")
    assert table is not None
    table.put({"id": "RM3", "name": "x", "kind": "acute trust"})
    under_successors(draft, found, changes)
    assert "RW6 was divided between R0A and RM3: it is not used (rows: 1)" in said(draft)


def test_the_report_of_a_refresh_has_the_merger(bristol: Path, tmp_path: Path) -> None:
    lines = [
        ("RVJ", "15C", "Part_2", "C_320", {0: 10}),
        ("RA7", "15C", "Part_2", "C_320", {0: 5}),
        ("RNK", "15C", "Part_2", "C_320", {0: 3}),
    ]
    write(tmp_path / "data", "rtt.csv", extract(lines, "February-2026"))
    result = refresh_place(bristol, tmp_path / "data", dry_run=True)
    (file,) = result.files
    assert f"{SINCE}: its rows are added to those of RA7 (rows: 1)" in file.lines
    assert (
        "RNK became part of G6V2S on 1 April 2026: its rows are added to those of G6V2S (rows: 1)"
    ) in file.lines
    put = {
        change.key: change.after for change in result.changes if change.file == "waiting_list.csv"
    }
    assert put["RA7 Cardiology Service 0"] == "15"
    assert "RVJ" not in {row["provider"] for row in rows_of(bristol / "waiting_list.csv")}
