from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tripleaim.core import RunContext
from tripleaim.people import read, synthesise, write
from tripleaim.people.store import COLUMNS
from tripleaim.place import InputError, Place


def test_people_come_back_as_they_were(
    village: Callable[..., Place], thousand: str, tmp_path: Path
) -> None:
    people = synthesise(village(thousand), RunContext(7))
    write(people, tmp_path / "new" / "people.parquet")
    again = read(tmp_path / "new" / "people.parquet")
    for name, kind in COLUMNS.items():
        assert getattr(again, name).dtype == kind
        assert (getattr(again, name) == getattr(people, name)).all()
    assert again.areas.lsoas == people.areas.lsoas
    assert again.areas.district == people.areas.district
    assert again.areas.practices == people.areas.practices
    assert again.areas.locality == people.areas.locality
    assert (again.areas.quintile == people.areas.quintile).all()
    assert (again.seed, again.condition_ids, again.priority_ids) == (
        7,
        people.condition_ids,
        people.priority_ids,
    )


def test_the_same_seed_is_the_same_bytes(
    village: Callable[..., Place], thousand: str, tmp_path: Path
) -> None:
    place = village(thousand)
    files = [tmp_path / name for name in ("one.parquet", "two.parquet", "other.parquet")]
    for file, seed in zip(files, (7, 7, 8), strict=True):
        write(synthesise(place, RunContext(seed)), file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes() != files[2].read_bytes()


def test_a_write_that_fails_leaves_the_last_good_file_and_nothing_else(
    village: Callable[..., Place], thousand: str, tmp_path: Path
) -> None:
    people = synthesise(village(thousand), RunContext(7))
    folder = tmp_path / "out"
    write(people, folder / "people.parquet")
    before = (folder / "people.parquet").read_bytes()
    (folder / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write(people, folder / "taken")
    assert sorted(p.name for p in folder.iterdir()) == ["people.parquet", "taken"]
    assert (folder / "people.parquet").read_bytes() == before


def test_what_is_not_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the file is missing"):
        read(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("people", encoding="utf-8")
    with pytest.raises(InputError, match="expected a Parquet file"):
        read(tmp_path / "text.parquet")
    pq.write_table(pa.table({"person": np.arange(3)}), tmp_path / "other.parquet")
    with pytest.raises(InputError, match="expected stored people"):
        read(tmp_path / "other.parquet")
