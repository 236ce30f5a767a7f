"""Cells of a table are written over; all else stays as it was, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_workbooks import small_book
from tripleaim.tables import Column, File, InputError, number, read_table, with_cells

COLUMNS = (Column("place"), Column("beds", number, also=("number_of_beds",)))


def file(text: str, encoding: str = "utf-8") -> File:
    return File.of(Path("beds.csv"), text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_only_the_line_that_changes_is_written_again(
    encoding: str, end: str, separator: str
) -> None:
    lines = ["# Où", "place,number of beds", '"Café', 'Nord",12', "Sud,7", ""]
    text = end.join(lines).replace(",", separator)
    before = file(text, encoding)
    after = with_cells(before, COLUMNS, {3: {"beds": "13"}})
    assert after.raw.decode(encoding) == text.replace("12", "13")
    rows = read_table(after, COLUMNS).rows
    assert [(row.line, row["beds"]) for row in rows] == [(3, 13), (5, 7)]


def test_comments_come_below_and_are_no_rows() -> None:
    after = with_cells(file("place,beds\nSud,7"), COLUMNS, {2: {"beds": "8"}}, ["a\nb", "c"])
    assert after.raw == b"place,beds\nSud,8\n# a b\n# c\n"
    assert [row["beds"] for row in read_table(after, COLUMNS).rows] == [8]


def test_a_letter_that_the_encoding_lacks_makes_it_utf_8() -> None:
    after = with_cells(file("place,beds\nCafé,7\n", "cp1252"), COLUMNS, {2: {"place": "Ł"}})
    assert after.raw == "place,beds\nŁ,7\n".encode()


def test_a_workbook_is_refused(tmp_path: Path) -> None:
    book = small_book(tmp_path / "b.xlsx", {"A1": "place", "B1": "beds", "A2": "Sud", "B2": 7})
    with pytest.raises(InputError, match="expected a table in a text file"):
        with_cells(File.read(book), COLUMNS, {2: {"beds": "8"}})
