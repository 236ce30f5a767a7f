"""Workbooks that others made: refused by sheet and cell, or read and flagged."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_workbooks import edited, small_book, with_part
from tripleaim.place import InputError
from tripleaim.tables import as_cell, column_name, decimals_of, number_text, open_book
from tripleaim.tables import workbook as opening
from tripleaim.tables.archive import MOST_UNPACKED


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "july.xlsx", {"A1": "line", "B1": "actual", "A2": "pay", "B2": 5})


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as fault:
        open_book(path)
    assert fault.value.file == str(path)
    return fault.value


def test_a_plain_sheet_comes_out_as_texts(book: Path) -> None:
    read = open_book(book)
    assert read.sheet("July").rows == (("line", "actual"), ("pay", "5"))
    assert read.flags == ()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_by_name(book: Path, tmp_path: Path, state: str) -> None:
    def hide(opened: openpyxl.Workbook) -> None:
        opened.create_sheet("Adjustments").sheet_state = state

    assert refused(edited(book, tmp_path / "h.xlsx", hide)).column == "Adjustments!A1"


def test_merged_cells_are_refused_by_their_range(book: Path, tmp_path: Path) -> None:
    merged = edited(book, tmp_path / "m.xlsx", lambda b: b["July"].merge_cells("A2:B2"))
    assert refused(merged).column == "July!A2:B2"


def test_a_merge_of_the_whole_sheet_is_refused_without_being_laid_out(
    book: Path, tmp_path: Path
) -> None:
    ranges = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    bomb = with_part(
        book,
        tmp_path / "m.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</worksheet>", ranges),
    )
    assert refused(bomb).column == "July!A1:XFD1048576"


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_a_formula_error_is_refused_by_cell(tmp_path: Path, error: str) -> None:
    path = tmp_path / "e.xlsx"
    made = xlsxwriter.Workbook(str(path))
    made.add_worksheet("July").write_formula("B7", "=Gone!A1", None, error)
    made.close()
    fault = refused(path)
    assert (fault.column, fault.value) == ("July!B7", error)


def test_a_formula_without_a_stored_value_is_refused_and_never_zero(
    book: Path, tmp_path: Path
) -> None:
    def add(opened: openpyxl.Workbook) -> None:
        opened["July"]["B2"] = "=2+3"

    fault = refused(edited(book, tmp_path / "f.xlsx", add))
    assert (fault.column, fault.value) == ("July!B2", "=2+3")
    assert "no stored value" in fault.expected


def test_a_formula_with_its_value_is_taken_and_flagged(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    made = xlsxwriter.Workbook(str(path))
    made.add_worksheet("July").write_formula("A1", "=2+3", None, 5)
    made.close()
    read = open_book(path)
    assert read.sheet("July").rows == (("5",),)
    assert [str(flag) for flag in read.flags] == ["July!A1: a formula; its value 5 is used"]


def test_a_number_typed_as_text_and_a_date_are_taken_and_flagged(
    book: Path, tmp_path: Path
) -> None:
    def add(opened: openpyxl.Workbook) -> None:
        opened["July"]["B2"] = "12.50"
        opened["July"]["B3"] = date(2016, 7, 1)

    read = open_book(edited(book, tmp_path / "t.xlsx", add))
    assert read.sheet("July").rows[1:] == (("pay", "12.50"), ("", "2016-07-01"))
    assert [str(flag) for flag in read.flags] == [
        "July!B2: a number typed as text; read as 12.50",
        "July!B3: a date; read as 2016-07-01",
    ]


def test_hidden_rows_and_columns_are_read_and_flagged(book: Path, tmp_path: Path) -> None:
    def hide(opened: openpyxl.Workbook) -> None:
        opened["July"].row_dimensions[2].hidden = True

    read = open_book(edited(book, tmp_path / "h.xlsx", hide))
    assert read.sheet("July").rows[1] == ("pay", "5")
    assert [flag.message for flag in read.flags] == [
        "it has hidden rows or columns; they are read like the rest"
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "July!A1048576"),
        (b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "July!A1048577"),
        (b'<row r="3"><c r="XFD3"><v>1</v></c></row>', "July!A3"),
        (b'<row r="3"><c r="A3"><v>1e999</v></c></row>', "July!A3"),
    ],
)
def test_cells_without_end_and_numbers_without_end_are_refused(
    book: Path, tmp_path: Path, row: bytes, column: str
) -> None:
    path = with_part(
        book,
        tmp_path / "far.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"),
    )
    assert refused(path).column == column


def test_a_truth_value_is_refused(book: Path, tmp_path: Path) -> None:
    def add(opened: openpyxl.Workbook) -> None:
        opened["July"]["B2"] = True

    assert refused(edited(book, tmp_path / "t.xlsx", add)).column == "July!B2"


def test_macros_are_refused_by_extension_and_by_content(book: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "july.xlsm"
    renamed.write_bytes(book.read_bytes())
    assert "macros" in refused(renamed).expected
    hidden = with_part(book, tmp_path / "v.xlsx", "xl/vbaProject.bin", lambda _: b"Sub A()")
    assert "macros" in refused(hidden).expected


def test_a_workbook_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    fault = refused(path)
    assert (fault.value, fault.expected) == ("200 MB", "expected at most 20 MB")


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused_before_it_is_unpacked(
    book: Path, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(book.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(MOST_UNPACKED))
    assert bomb.stat().st_size < 1_000_000
    assert "unpacked" in refused(bomb).expected


def test_xml_that_defines_entities_is_refused(book: Path, tmp_path: Path) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = with_part(
        book,
        tmp_path / "x.xlsx",
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbook", entity + b"<workbook", 1),
    )
    assert refused(path).value == "xl/workbook.xml"


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE worksheet [<!ENTITY a "12">]>'


def in_another_part(book: Path, to: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of `book` whose sheet is in the part `part`, changed."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                name, content = f"xl/{part}", change(content)  # noqa: PLW2901
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"worksheets/sheet1.xml", part.encode())
            new.writestr(name, content)
    return to


@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "a.dat", "media/image1.png", "b"])
@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"<worksheet", ENTITY + b"<worksheet", 1),
        lambda xml: b"\n" * 500 + ENTITY + xml[xml.index(b"<worksheet") :],
        lambda xml: b"<!-- -->" * 50 + ENTITY + xml[xml.index(b"<worksheet") :],
        lambda xml: (ENTITY.decode() + xml[xml.index(b"<worksheet") :].decode()).encode("utf-16"),
        lambda xml: (ENTITY + xml[xml.index(b"<worksheet") :]).decode().encode("utf-16-le"),
        lambda xml: (ENTITY + xml[xml.index(b"<worksheet") :]).decode().encode("utf-16-be"),
        lambda xml: xml.replace(b'"UTF-8"', b'"UTF-16"', 1).decode().encode("utf-16"),
        lambda xml: xml.replace(b'"UTF-8"', b'"UTF-7"', 1),
    ],
    ids=["plain", "after lines", "after comments", "16", "16-le", "16-be", "16 alone", "7"],
)
def test_a_document_type_is_seen_in_any_part_and_in_any_encoding(
    book: Path, tmp_path: Path, part: str, change: Callable[[bytes], bytes]
) -> None:
    fault = refused(in_another_part(book, tmp_path / "x.xlsx", part, change))
    assert fault.value == f"xl/{part}"
    assert fault.expected.startswith("expected plain XML in UTF-8")


def test_a_sheet_in_a_part_of_another_name_is_read(book: Path, tmp_path: Path) -> None:
    path = in_another_part(book, tmp_path / "x.xlsx", "worksheets/sheet1.dat", lambda xml: xml)
    assert open_book(path).sheet("July").rows == (("line", "actual"), ("pay", "5"))


def test_a_merge_or_a_document_type_in_a_comment_or_a_text_is_none(
    book: Path, tmp_path: Path
) -> None:
    said = b'<mergeCell ref="A1:B9"/><!ENTITY a "b"><row hidden="1"/><!DOCTYPE a>'
    path = with_part(
        book,
        tmp_path / "c.xlsx",
        SHEET,
        lambda xml: xml.replace(b"</worksheet>", b"<!-- " + said + b" --></worksheet>"),
    )
    read = open_book(path)
    assert read.sheet("July").rows == (("line", "actual"), ("pay", "5"))
    assert read.flags == ()


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        (b"<a>" * 200 + b"</a>" * 200, "100 elements inside one another"),
        (b"<a>" * 2_000_000, "100 elements inside one another"),
        (b"<a/>" * 7_000_000, "6,000,000 elements"),
    ],
)
def test_a_sheet_that_unpacks_to_elements_without_end_is_refused_in_seconds(
    book: Path, tmp_path: Path, inside: bytes, word: str
) -> None:
    path = with_part(
        book,
        tmp_path / "d.xlsx",
        SHEET,
        lambda xml: xml.replace(b"</worksheet>", inside + b"</worksheet>"),
    )
    began = time.process_time()
    fault = refused(path)
    assert time.process_time() - began < 10
    assert (fault.value, word in fault.expected) == (SHEET, True)


def test_a_part_that_is_held_whole_may_have_fewer_elements(book: Path, tmp_path: Path) -> None:
    path = with_part(
        book,
        tmp_path / "w.xlsx",
        "xl/workbook.xml",
        lambda xml: xml.replace(b"</workbook>", b"<a/>" * 400_000 + b"</workbook>"),
    )
    assert "300,000 elements" in refused(path).expected


def test_a_cell_far_out_is_refused_by_its_name(book: Path, tmp_path: Path) -> None:
    def add(opened: openpyxl.Workbook) -> None:
        opened["July"].cell(row=2, column=300, value=1)

    assert refused(edited(book, tmp_path / "w.xlsx", add)).column == "July!KN2"


def test_more_rows_than_the_limit_are_refused_not_cut(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_ROWS", 1)
    assert refused(book).expected == "expected at most 1 rows"


@pytest.mark.parametrize("number", [b"1048576", b"1048577", b"9999999999", b"1.0E6"])
def test_a_row_numbered_a_million_is_refused_at_once(
    book: Path, tmp_path: Path, number: bytes
) -> None:
    row = b'<row r="' + number + b'"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = with_part(
        book, tmp_path / "f.xlsx", SHEET, lambda xml: xml.replace(b"</sheetData>", row)
    )
    began = time.process_time()
    assert refused(path).expected == "expected at most 100,000 rows"
    assert list(open_book(path, for_table=True).refused) == ["July"]
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("values", [True, False])
def test_an_empty_row_numbered_a_million_is_no_row(
    book: Path, tmp_path: Path, values: bool
) -> None:
    def add(xml: bytes) -> bytes:
        begins, ends = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        kept = xml[begins:ends] if values else b""
        return xml[:begins] + kept + b'<row r="1048576" ht="20"></row>' + xml[ends:]

    path = with_part(book, tmp_path / "e.xlsx", SHEET, add)
    began = time.process_time()
    rows = open_book(path).sheet("July").rows
    assert rows == ((("line", "actual"), ("pay", "5")) if values else ())
    assert time.process_time() - began < 0.5


def test_a_formula_below_the_last_value_is_not_lost(book: Path, tmp_path: Path) -> None:
    row = b'<row r="9"><c r="A9"><f>1+1</f></c></row></sheetData>'
    path = with_part(
        book, tmp_path / "g.xlsx", SHEET, lambda xml: xml.replace(b"</sheetData>", row)
    )
    assert refused(path).column == "July!A9"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Excel workbook"),
        (b"line,actual\n", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0old", "password"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(content)
    assert word in refused(path).expected


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    assert "can be read" in refused(tmp_path / "gone.xlsx").expected


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_random_bytes_are_refused_with_a_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuzz.xlsx"
    path.write_bytes(b"PK\x03\x04" + content)
    refused(path)


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path: Path, book: Path, at: int, flip: int
) -> None:
    content = bytearray(book.read_bytes())
    content[at % len(content)] ^= flip
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)
    try:
        read = open_book(path)
    except InputError:
        return
    assert all(isinstance(t, str) for s in read.sheets.values() for row in s.rows for t in row)


@given(st.from_regex(r"-?[0-9]{1,16}(\.[0-9]{1,6})?", fullmatch=True))
def test_a_number_comes_back_with_the_digits_that_were_printed(text: str) -> None:
    value, number_format = as_cell(text)
    back = value if isinstance(value, str) else number_text(value, decimals_of(number_format))
    assert back == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("37.000", (37.0, "0.000")),
        ("-9.8", (-9.8, "0.0")),
        ("562446", (562446.0, "0")),
        ("007", ("007", "General")),
        ("2016/17", ("2016/17", "General")),
        ("2016-10-21", ("2016-10-21", "@")),
        ("1e-5", ("1e-5", "General")),
        ("-0.0", ("-0.0", "General")),
    ],
)
def test_a_text_is_a_number_only_if_nothing_is_lost(text: str, cell: tuple[object, str]) -> None:
    assert as_cell(text) == cell


def test_a_value_typed_with_more_digits_than_the_format_keeps_them() -> None:
    assert number_text(38.12345, 3) == "38.12345"
    assert number_text(0.00001, 0) == "0.00001"


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_name(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
