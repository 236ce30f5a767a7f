"""The files of a place, read once by `load` and parsed once when they are asked for."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.place import Column, InputError, load

SHARES = "quintile_shares.csv"


@pytest.fixture
def shares(arden: Path) -> Path:
    """The table of a made-up place's people by quintile."""
    file = arden / SHARES
    file.write_text("quintile,share\n3,1\n", encoding="utf-8")
    return file


def test_later_changes_to_a_folder_do_not_matter(arden: Path, shares: Path) -> None:
    place = load(arden)
    shutil.rmtree(arden)
    (row,) = place.rows(SHARES)
    assert (row["quintile"], row["share"], row.file, row.line) == (3, 1.0, shares, 2)


def test_a_table_is_parsed_once_and_shared_by_a_place_with_other_figures(shares: Path) -> None:
    place = load(shares.parent)
    other = replace(place, figures={})
    assert other.rows(SHARES) is place.rows(SHARES)
    assert other.toml("payment_rules.toml") is place.toml("payment_rules.toml")


def test_other_columns_are_another_reading_of_the_same_table(shares: Path) -> None:
    place = load(shares.parent)
    texts = place.own.rows(SHARES, (Column("quintile"), Column("share")))
    assert (texts[0]["share"], place.rows(SHARES)[0]["share"]) == ("1", 1.0)


def test_a_place_that_goes_to_another_process_takes_its_files_and_parses_them_there(
    shares: Path,
) -> None:
    place = load(shares.parent)
    rows = place.rows(SHARES)
    there = pickle.loads(pickle.dumps(place))  # noqa: S301 - our own bytes
    assert there == place
    assert there.rows(SHARES) == rows
    assert there.rows(SHARES) is not rows


def test_a_missing_file_is_reported_with_the_nearest_name(
    shares: Path,
) -> None:
    with pytest.raises(InputError) as fault:
        load(shares.parent).text("quintile_share.csv")
    expected = 'this file is required but is missing. Did you mean "quintile_shares.csv"?'
    assert str(fault.value) == f'{shares.parent}: "quintile_share.csv": {expected}'


def test_a_file_that_is_no_text_is_a_fault_when_its_rows_are_asked_for(shares: Path) -> None:
    shares.write_bytes(b"quintile,share\ncaf\x81,1\n")
    place = load(shares.parent)
    with pytest.raises(InputError, match="expected UTF-8 or Windows-1252; this byte is") as fault:
        place.rows(SHARES)
    assert (fault.value.file, fault.value.line) == (str(shares), 2)


def test_a_file_that_cannot_be_read_is_a_fault_when_it_is_asked_for(
    shares: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == shares:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    place = load(shares.parent)
    with pytest.raises(InputError, match=r"shares\.csv: expected a file that can be read \(Perm"):
        place.rows(SHARES)


def test_hidden_files_and_folders_are_no_part_of_a_place(arden: Path) -> None:
    before = load(arden).sha256
    (arden / ".git").mkdir()
    (arden / ".git" / "config").write_text("x", encoding="utf-8")
    (arden / ".aims.csv.swp").write_text("x", encoding="utf-8")
    assert load(arden).sha256 == before


def test_what_depends_on_files_alone_is_made_once_for_a_place_and_its_variants(arden: Path) -> None:
    place = load(arden)
    variant = replace(place, figures={})
    made: list[str] = []
    for of in (place, variant):
        assert of.files.once("list", lambda: made.append("made") or "kept") == "kept"
    assert made == ["made"]
    assert load(arden).files.once("list", lambda: "made again") == "made again"
