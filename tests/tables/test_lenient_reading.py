"""A table is read in whatever form people have it, and what was understood is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tripleaim.place import FolderFiles, columns_of, declared, load, shipped_places
from tripleaim.tables import Column, File, InputError, Row, number, read_csv, read_table, whole

COLUMNS = (
    Column("practice"),
    Column("sex", choices=("male", "female"), aliases=(("m", "male"), ("2", "female"))),
    Column("patients", whole, minimum=0, also=("number_of_patients", "population_*")),
    Column("share", number, maximum=1, may_be_empty=True),
)
PLAIN = "practice,sex,patients,share\nL1,male,10,0.5\nL2,female,1234,\n"
ROWS = [("L1", "male", 10, 0.5), ("L2", "female", 1234, None)]


def read(text: str | bytes) -> tuple[list[tuple[object, ...]], list[str]]:
    raw = text.encode() if isinstance(text, str) else text
    table = read_table(File.of(Path("lists.csv"), raw), COLUMNS)
    assert table.faults == ()
    return [tuple(row.values.values()) for row in table.rows], [str(note) for note in table.notes]


def faults(text: str | bytes, columns: Sequence[Column] = COLUMNS) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    try:
        table = read_table(File.of(Path("lists.csv"), raw), columns)
    except InputError as fault:
        return [str(one) for one in fault.all_faults]
    return [str(one) for one in table.faults]


def test_a_plain_table_needs_no_note() -> None:
    assert read(PLAIN) == (ROWS, [])


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (
            b"\xef\xbb\xbf" + PLAIN.encode(),
            ["lists.csv: the byte-order mark at its start is left out."],
        ),
        (PLAIN.replace(",", ";"), ["lists.csv: its columns are separated by semicolons."]),
        (PLAIN.replace(",", "\t"), ["lists.csv: its columns are separated by tabs."]),
        (PLAIN.replace("\n", "\r\n"), []),
        (
            PLAIN.replace("practice,sex,patients", "Practice,SEX,Number of Patients"),
            [
                "lists.csv, line 1: the columns Practice, SEX, Number of Patients are read as "
                "practice, sex, patients."
            ],
        ),
        (
            PLAIN.replace("patients", "population_2022"),
            ["lists.csv, line 1: the column population_2022 is read as patients."],
        ),
        (
            PLAIN.replace(",male,", ",M,").replace(",female,", ",2,"),
            ['lists.csv: in the column "sex" 2 lines are read so: M as male, 2 as female.'],
        ),
        (
            PLAIN.replace("1234", '"1,234"'),
            ['lists.csv: in the column "patients" 1 line is read so: 1,234 as 1234.'],
        ),
        (
            PLAIN.replace(",10,", ",10.0,"),
            ['lists.csv: in the column "patients" 1 line is read so: 10.0 as 10.'],
        ),
        (
            "Lists of practices,,,\n,,,\n" + PLAIN,
            ['lists.csv, line 1: "Lists of practices" is above the header and is not read.'],
        ),
        (
            "# Source: us.\nLists of practices; 2016\n" + PLAIN,
            ['lists.csv, line 2: "Lists of practices; 2016" is above the header and is not read.'],
        ),
        (PLAIN + ",,,\n,,,\n", ["lists.csv: empty and left out: lines 4 to 5."]),
        (PLAIN.replace("\n", ",,\n"), []),
        (
            PLAIN + "Source: NHS Digital,,,\n",
            ['lists.csv, line 4: "Source: NHS Digital" is below the table and is not read.'],
        ),
        (
            "area,practice,sex,patients,share\nS,L1,male,10,0.5\nS,L2,female,1234,\n",
            ["lists.csv, line 1: not used: the column area."],
        ),
    ],
)
def test_every_form_gives_the_same_rows_and_is_reported(
    text: str | bytes, notes: list[str]
) -> None:
    assert read(text) == (ROWS, notes)


def test_what_excel_saves_in_britain_is_read_and_reported_with_its_first_word() -> None:
    rows, notes = read(PLAIN.replace("L1", "£5 – Müller").encode("cp1252"))
    assert rows[0][0] == "£5 – Müller"
    assert notes == [
        'lists.csv, line 2: read as Windows-1252, because it is not UTF-8: "£5 – '
        'Müller,male,10,0.5".'
    ]


def test_a_column_within_two_letters_of_a_known_one_is_refused() -> None:
    assert faults(PLAIN.replace("share", "shaer")) == [
        'lists.csv, line 1, column "shaer": "shaer": unknown column; expected practice, sex, '
        'patients, share. Did you mean "share"?'
    ]
    assert len(faults(PLAIN.replace("\n", ",x\n").replace("share,x", "share,shares"))) == 1


def test_all_faults_are_reported_at_once_and_a_wrong_column_only_once() -> None:
    rows = "".join(f"L{n},male,x,2\n" for n in range(30))
    told = faults(f"practice,sex,patients,share\nL,mal,-1,3\n{rows}")
    assert [fault.partition(": ")[0] for fault in told[:3]] == [
        'lists.csv, line 2, column "sex"',
        'lists.csv, line 2, column "patients"',
        'lists.csv, line 2, column "share"',
    ]
    assert len(told) == 1 + 1 + 20 + 20 + 2
    assert told[-1].endswith("10 more lines like this, up to here.")
    with pytest.raises(InputError) as refusal:
        read_csv(
            File.of(Path("lists.csv"), f"practice,sex,patients,share\n{rows}".encode()), COLUMNS
        )
    assert str(refusal.value).count("\n") == 41


@pytest.mark.parametrize(
    ("header", "few"),
    [
        ("area," + ",".join(map(str, range(91))), "0, 1, 2 … 90"),
        ("sex,All,m_0_4,m_5_9,m_10_14,m_15_19,m_20_24", "m_0_4, m_5_9, m_10_14 … m_20_24"),
        ("practice,2011,2012,2013,2014,2015", "2011, 2012, 2013 … 2015"),
    ],
)
def test_a_wide_table_is_named_for_what_it_is(header: str, few: str) -> None:
    (told,) = faults(f"{header}\n" + ",".join("1" * header.count(",")) + "1\n")
    assert "this is a wide table" in told
    assert few in told


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.encode("utf-16-le"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0" + bytes(9), "an old Excel workbook"),
        (b"%PDF-1.4\n", "a PDF"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"PAR1" + bytes(9), "a Parquet file"),
        (b"PK\x03\x04" + bytes(30), "expected an Excel workbook (.xlsx) that opens"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(raw: bytes, what: str) -> None:
    (told,) = faults(raw)
    assert what in told


@pytest.mark.parametrize("mark", ["*", "c", ":", "[c]", "[x]", "..", "-", "<5", "Suppressed"])
def test_a_suppressed_cell_is_reported_and_is_not_zero(mark: str) -> None:
    (told,) = faults(PLAIN.replace(",10,", f",{mark},"))
    assert "suppressed or not available, which is not zero" in told


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    made = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    made.close()
    return path


SHEET = [["Lists", None], [None], ["Practice", "sex", "patients", "share"],
         ["L1", "male", 10, 0.5], ["L2", "female", 1234, None]]  # fmt: skip


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns(tmp_path: Path) -> None:
    file = book(tmp_path / "lists.xlsx", {"Notes": [["Read me", "first"]], "Lists": SHEET})
    table = read_table(file, COLUMNS)
    assert [tuple(row.values.values()) for row in table.rows] == ROWS
    assert [str(note).replace(str(file), "lists.xlsx") for note in table.notes] == [
        "lists.xlsx: read from the sheet Lists, not from Notes.",
        'lists.xlsx, line 1: "Lists" is above the header and is not read.',
        "lists.xlsx, line 3: the column Practice is read as practice.",
    ]


def test_a_fault_in_a_workbook_names_sheet_and_cell(tmp_path: Path) -> None:
    file = book(tmp_path / "lists.xlsx", {"Lists": [*SHEET, ["L3", "male", -4, 1]]})
    (fault,) = read_table(file, COLUMNS).faults
    assert (fault.column, fault.value) == ("Lists!C6", "-4")


def test_two_sheets_with_the_columns_are_asked_for_one(tmp_path: Path) -> None:
    file = book(tmp_path / "lists.xlsx", {"2015": SHEET, "2016": SHEET})
    with pytest.raises(InputError, match="2015, 2016 all look like it: keep one"):
        read_table(file, COLUMNS)


@cache
def tables() -> list[tuple[Path, str]]:
    """Every table that is shipped, by its file and name."""
    found = {}
    for place in ("england", *shipped_places()):
        folder = FolderFiles.read(load(place).folder)
        for name in folder.files:
            if name.endswith(".csv") and declared(name):
                found[folder.path / name] = name
    return list(found.items())


def test_every_shipped_table_is_read_without_a_note() -> None:
    told = []
    for path, name in tables():
        table = read_table(path, columns_of(name))
        told += [*map(str, table.notes), *map(str, table.faults)]
    assert told == []


@cache
def small_tables() -> list[tuple[Path, str]]:
    return [(path, name) for path, name in tables() if path.stat().st_size < 4000]


def values(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row.values) for row in rows]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_shipped_table_in_any_form_is_read_to_the_same_values(
    tmp_path: Path, data: st.DataObject
) -> None:
    path, name = data.draw(st.sampled_from(small_tables()))
    columns = columns_of(name)
    text = path.read_text("utf-8")
    records = list(csv.reader(line for line in io.StringIO(text) if not line.startswith("#")))
    expected = values(read_csv(path, columns))
    header, rows = records[0], records[1:]
    if data.draw(st.booleans(), "capitals"):
        header = [cell.upper() for cell in header]
    if data.draw(st.booleans(), "sexes as letters") and "sex" in records[0]:
        at = records[0].index("sex")
        letters = {"male": "M", "female": "F"}
        rows = [[*r[:at], letters.get(r[at], r[at]), *r[at + 1 :]] for r in rows]
    more = data.draw(st.integers(0, 2), "extra columns")
    header = [*header, *[f"of_our_own_{n}" for n in range(more)]]
    rows = [[*row, *["x"] * more] for row in rows]
    blanks = data.draw(st.integers(0, 2), "empty rows")
    titles = [["A title that says what it is"]] * data.draw(st.integers(0, 2), "titles")
    lines = [*titles, header, *[[""] * len(header)] * blanks, *rows]
    form = data.draw(st.sampled_from(["commas", "semicolons", "tabs", "workbook"]), "form")
    if form == "workbook":
        file = book(tmp_path / "t.xlsx", {"T": lines, "Other": [["nothing of it"]]})
    else:
        file = tmp_path / "t.csv"
        out = io.StringIO()
        separator = {"commas": ",", "semicolons": ";", "tabs": "\t"}[form]
        csv.writer(out, delimiter=separator).writerows(lines)
        encodings = ["utf-8", "utf-8-sig"]
        if all(ord(letter) < 256 for letter in out.getvalue()):
            encodings.append("cp1252")
        file.write_bytes(out.getvalue().encode(data.draw(st.sampled_from(encodings), "encoding")))
    assert values(read_csv(file, columns)) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=120)
    | st.text('practice,sexpatients;\t\n\r"#0-1.5émale *£', max_size=90).map(str.encode)
    | st.text('L1,\n"#-. male09\x00;', max_size=60).map(lambda t: PLAIN.encode() + t.encode())
)
def test_any_bytes_are_a_table_or_a_fault_of_input(raw: bytes) -> None:
    assert all("lists.csv" in fault for fault in faults(raw))
