"""The files of a place, read once by `load` and parsed once when they are asked for."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.place import Column, InputError, load, number

AIMS = (Column("aim"), Column("value", number))


@pytest.fixture
def aims(arden: Path) -> Path:
    """The table of a made-up place's aims."""
    file = arden / "aims.csv"
    file.write_text("aim,value\nhealth,2.5\n", encoding="utf-8")
    return file


def test_what_is_in_a_folder_after_load_is_of_no_account(arden: Path, aims: Path) -> None:
    place = load(arden)
    shutil.rmtree(arden)
    (row,) = place.rows("aims.csv", AIMS)
    assert (row["aim"], row["value"], row.file, row.line) == ("health", 2.5, aims, 2)


def test_a_table_is_parsed_once_and_shared_by_a_place_with_other_figures(aims: Path) -> None:
    place = load(aims.parent)
    other = replace(place, figures={})
    assert other.rows("aims.csv", AIMS) is place.rows("aims.csv", AIMS)
    assert other.toml("payment_rules.toml") is place.toml("payment_rules.toml")


def test_other_columns_are_another_reading_of_the_same_table(aims: Path) -> None:
    place = load(aims.parent)
    assert place.rows("aims.csv", (Column("aim"), Column("value")))[0]["value"] == "2.5"
    assert place.rows("aims.csv", AIMS)[0]["value"] == 2.5


def test_a_place_that_goes_to_another_process_takes_its_files_and_parses_them_there(
    aims: Path,
) -> None:
    place = load(aims.parent)
    rows = place.rows("aims.csv", AIMS)
    there = pickle.loads(pickle.dumps(place))  # noqa: S301 - our own bytes
    assert there == place
    assert there.rows("aims.csv", AIMS) == rows
    assert there.rows("aims.csv", AIMS) is not rows


def test_a_table_that_neither_the_place_nor_its_defaults_have_is_missed_by_its_nearest_name(
    aims: Path,
) -> None:
    with pytest.raises(InputError) as fault:
        load(aims.parent).rows("aim.csv", AIMS)
    expected = 'this file is needed and is not there. Did you mean "aims.csv"?'
    assert str(fault.value) == f'{aims.parent}: "aim.csv": {expected}'


def test_a_file_that_is_not_utf_8_is_a_fault_when_its_rows_are_asked_for(aims: Path) -> None:
    aims.write_bytes(b"aim,value\ncaf\xe9,1\n")
    place = load(aims.parent)
    with pytest.raises(InputError, match="expected UTF-8; this byte is not") as fault:
        place.rows("aims.csv", AIMS)
    assert (fault.value.file, fault.value.line) == (str(aims), 2)


def test_a_file_that_cannot_be_read_is_a_fault_when_it_is_asked_for(
    aims: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == aims:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    place = load(aims.parent)
    with pytest.raises(InputError, match=r"aims\.csv: expected a file that can be read \(Perm"):
        place.rows("aims.csv", AIMS)


def test_hidden_files_and_folders_are_no_part_of_a_place(arden: Path) -> None:
    before = load(arden).inputs_sha256
    (arden / ".git").mkdir()
    (arden / ".git" / "config").write_text("x")
    (arden / ".aims.csv.swp").write_text("x")
    assert load(arden).inputs_sha256 == before
