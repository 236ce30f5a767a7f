"""What is said of a fault, on the terminal and in public."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import InputError, refuse


def test_a_fault_names_file_line_column_value_and_the_nearest_name() -> None:
    fault = InputError(
        "expected a status",
        file=Path("/home/ann/somerset/figures.csv"),
        line=12,
        column="status",
        value="publshed",
        valid=("published", "public"),
    )
    assert str(fault) == (
        '/home/ann/somerset/figures.csv, line 12, column "status": "publshed": expected a status. '
        'Did you mean "published"?'
    )


def test_a_public_fault_leaves_out_the_folders_of_the_machine() -> None:
    fault = InputError("expected a folder", file=Path("/home/ann/somerset/figures.csv"), line=1)
    assert fault.in_public == "figures.csv, line 1: expected a folder."
    assert InputError("no file at all").in_public == "no file at all."


def test_of_many_faults_a_hundred_are_told_and_all_are_there() -> None:
    with pytest.raises(InputError) as told:
        refuse(InputError("expected a number", line=n) for n in range(1, 2_001))
    lines = str(told.value).split("\n")
    assert (len(lines), lines[-1]) == (101, "and 1,900 more like these")
    assert told.value.in_public == str(told.value)
    assert len(told.value.all_faults) == 2_000


def test_a_column_of_a_book_full_is_told_by_its_start() -> None:
    fault = InputError("expected a column", column="people" * 10_000)
    assert len(str(fault)) < 400
    assert "people…" in str(fault)
