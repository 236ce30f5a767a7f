"""CSV files are read as written, and what is wrong is told by file, line, column and value."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from faulty import outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.place import Column, InputError, number, read_csv, whole, yes_no

COLUMNS = (
    Column("practice"),
    Column("sex", choices=("male", "female")),
    Column("patients", whole, minimum=0),
    Column("share", number, maximum=1, may_be_empty=True),
    Column("open", yes_no, may_be_missing=True),
)
HEADER = "practice,sex,patients,share\n"


def fault_of(folder: Path, raw: str | bytes) -> str:
    file = folder / "registered.csv"
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with pytest.raises(InputError) as refusal:
        read_csv(file, COLUMNS)
    return str(refusal.value).replace(str(file), "registered.csv")


def test_rows_are_typed_and_know_their_line(tmp_path: Path) -> None:
    file = tmp_path / "registered.csv"
    file.write_text(
        f'# a, "comment\n{HEADER}\nL1,male,10,0.5\n# more\n"L\n#2",female, 0 ,\n', encoding="utf-8"
    )
    rows = read_csv(file, COLUMNS)
    assert [row.line for row in rows] == [4, 6]
    assert dict(rows[0].values) == {
        "practice": "L1",
        "sex": "male",
        "patients": 10,
        "share": 0.5,
        "open": "",
    }
    assert rows[1]["practice"] == "L\n#2"
    assert rows[1]["share"] is None


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            HEADER.replace("sex", "gender") + "L1,male,1,1\n",
            'registered.csv, line 1, column "sex": this column is required; '
            "the file has practice, gender, patients, share.",
        ),
        (
            HEADER.replace("patients", "patient") + "L1,male,1,1\n",
            'registered.csv, line 1, column "patient": "patient": unknown column; '
            'expected practice, sex, patients, share, open. Did you mean "patients"?',
        ),
        (
            "practice,sex,share\nL1,male,1\n",
            'registered.csv, line 1, column "patients": this column is required; '
            "the file has practice, sex, share.",
        ),
        (
            "practice,sex,sex,patients\nL1,male,male,1\n",
            'registered.csv, line 1, column "sex": "sex": the column appears twice.\n'
            'registered.csv, line 1, column "share": this column is required; '
            "the file has practice, sex, sex, patients.",
        ),
        (
            HEADER + "L1,male,-3,\n",
            'registered.csv, line 2, column "patients": "-3": expected 0 or more.',
        ),
        (
            HEADER + "L1,male,3,1.5\n",
            'registered.csv, line 2, column "share": "1.5": expected 1 or less.',
        ),
        (
            HEADER + "L1,mal,3,\n",
            'registered.csv, line 2, column "sex": "mal": expected one of male, female. '
            'Did you mean "male"?',
        ),
        (
            HEADER + "L1,male,,\n",
            'registered.csv, line 2, column "patients": nothing (an empty cell): expected a value.',
        ),
        (
            HEADER + 'L1,male,"12,34",\n',
            'registered.csv, line 2, column "patients": "12,34": '
            "expected a whole number such as 42; commas may stand between thousands only: type "
            "12.5 for 12,5.",
        ),
        (
            HEADER + "L1,male,12,nan\n",
            'registered.csv, line 2, column "share": "nan": expected a number; this mark says that '
            "it is suppressed or not available, which is not zero: ask who publishes it, or take "
            "a table with larger groups.",
        ),
        (
            HEADER + "L1,male,12,£1\n",
            'registered.csv, line 2, column "share": "£1": expected a number such as 1234.5, '
            "without a unit or a sign of money; a sum of money: type the number alone.",
        ),
        (
            HEADER + "L1,male\n",
            'registered.csv, line 2: "L1,male": expected 4 cells, found 2.',
        ),
        (HEADER, "registered.csv, line 1: expected at least one row below the header."),
        (
            "",
            "registered.csv, line 1: expected a header and at least one row; the file is empty.",
        ),
        ("# nothing\n", "registered.csv, line 1: expected a header line."),
        (
            (HEADER + "L1,male,1,\n").encode("utf-16"),
            "registered.csv: expected a text file; this is UTF-16 "
            "(what Excel calls Unicode Text); save it as CSV UTF-8.",
        ),
        (
            HEADER.encode() + b"Dr M\xfcller,male,1,\nS\xc3\xa3o,male,1,\n",
            'registered.csv, line 2: "\\xfc": expected one encoding; this byte is not UTF-8, and '
            "line 3 is UTF-8; save it again as CSV UTF-8.",
        ),
        (
            HEADER.encode() + b"Dr M\x81ller,male,1,\n",
            'registered.csv, line 2: "\\x81": expected UTF-8 or Windows-1252; this byte is '
            "neither; save it again as CSV UTF-8.",
        ),
        (
            HEADER + "L1,male,*,1\n",
            'registered.csv, line 2, column "patients": "*": expected a number; this mark says '
            "that it is suppressed or not available, which is not zero: ask who publishes it, or "
            "take a table with larger groups.",
        ),
        (
            HEADER + '"L1,male,1,\n',
            "registered.csv, line 2: not a CSV line (unexpected end of data).",
        ),
    ],
)
def test_a_fault_is_reported_with_line_column_value_and_what_was_expected(
    tmp_path: Path, raw: str | bytes, message: str
) -> None:
    assert fault_of(tmp_path, raw) == message


def test_a_missing_file_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "registerd.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_csv(tmp_path / "registered.csv", COLUMNS)
    assert str(refusal.value) == (
        f'{tmp_path}: "registered.csv": this file is required but is missing. Did you mean '
        '"registerd.csv"?'
    )


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected a file that can be read \(Is a directory\)"):
        read_csv(tmp_path, COLUMNS)


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=80)
    | st.text('practice,sex\n\r"#0-1.5émale ', max_size=60).map(str.encode)
    | st.text('L1,\n"#-. male09\x00', max_size=40).map(lambda t: (HEADER + t).encode())
)
def test_any_bytes_are_rows_or_a_fault_of_input(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(raw)
    found = outcome(lambda: read_csv(file, COLUMNS))
    if isinstance(found, InputError):
        assert str(found).startswith(str(file))
    else:
        assert all(1 < row.line <= 1 + raw.count(b"\n") + raw.count(b"\r") for row in found)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
            .map(str.strip)
            .filter(lambda t: t and not t.startswith("#")),
            st.sampled_from(["male", "female"]),
            st.integers(0, 10**15),
            st.floats(0, 1),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int, float]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "written.csv"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["practice", "sex", "patients", "share"])
    writer.writerows(rows)
    file.write_bytes(text.getvalue().encode())
    found = [tuple(row.values.values())[:4] for row in read_csv(file, COLUMNS)]
    assert found == rows


def test_a_line_of_cells_without_end_is_refused_by_its_line(tmp_path: Path) -> None:
    assert "expected at most 2,000 columns" in fault_of(tmp_path, "sex" + ",a" * 2_000 + "\n")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(InputError, match="expected at most 200 MB, found 300"):
        read_csv(path, COLUMNS)


def test_a_value_without_end_is_told_by_its_start() -> None:
    fault = InputError("expected a name", value="x" * 100_000, valid=["x" * 90_000, "y"])
    assert str(fault) == f'"{"x" * 300}…": expected a name.'
