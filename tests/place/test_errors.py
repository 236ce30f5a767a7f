"""What is said of a fault, on the terminal and in public."""

from __future__ import annotations

from pathlib import Path

from tripleaim.place import InputError


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
