"""Files of a data folder are read as they were written, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from tripleaim.data_folder import (
    DamagedFileError,
    RunAbout,
    again,
    checked,
    read_about,
    read_arrays,
    read_bytes,
    read_json,
    write_hashed,
    write_manifest,
)

ABOUT = RunAbout(
    footprint="hamlet", footprint_folder="", inputs_sha256="0" * 64, seed=7, version="1"
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run with one file."""
    (tmp_path / "people.json").write_text('{"people": 3}', encoding="utf-8")
    write_manifest(tmp_path, ABOUT)
    (tmp_path / "run.json").write_text(ABOUT.model_dump_json(), encoding="utf-8")
    return tmp_path


def test_a_file_is_held_to_its_hash_in_the_manifest(run: Path) -> None:
    assert read_json(run / "people.json", "mend it") == {"people": 3}
    (run / "people.json").write_text('{"people": 4}', encoding="utf-8")
    with pytest.raises(DamagedFileError) as fault:
        read_json(run / "people.json", again(run))
    assert fault.value.in_public == (
        "people.json: this file has been changed since it was written; "
        f"run tripleaim plan {run.name} again."
    )


def test_a_file_that_is_replaced_with_the_same_time_and_size_is_seen(run: Path) -> None:
    path = run / "people.json"
    checked(path, "mend it")
    before = path.stat()
    other = run / "other"
    other.write_text('{"people": 4}', encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(DamagedFileError, match="has been changed"):
        checked(path, "mend it")


def test_nothing_is_read_through_a_link(run: Path) -> None:
    elsewhere = run / "elsewhere"
    (run / "people.json").replace(elsewhere)
    (run / "people.json").symlink_to(elsewhere)
    with pytest.raises(DamagedFileError, match="is a link"):
        read_bytes(run / "people.json", "mend it")
    with pytest.raises(DamagedFileError, match="is a link"):
        checked(run / "people.json", "mend it")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("seed", 8, "its seed is 8, that of the files beside it 7"), ("version", "2", '"2"')],
)
def test_a_run_that_says_other_than_its_files_is_told(
    run: Path, name: str, value: object, told: str
) -> None:
    assert read_about(run, "mend it") == ABOUT
    content = {**ABOUT.model_dump(), name: value}
    (run / "run.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DamagedFileError, match=told):
        read_about(run, "mend it")


@pytest.mark.parametrize("name", ["version", "footprint", "footprint_folder"])
def test_a_run_that_says_a_book_full_of_itself_is_damage(run: Path, name: str) -> None:
    content = {**ABOUT.model_dump(), name: "9" * 40_000}
    (run / "run.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DamagedFileError) as fault:
        read_about(run, "mend it")
    assert len(str(fault.value)) < 1_000


@pytest.mark.parametrize("text", ["[]", "{", "NaN", '{"people": NaN}', "[" * 100_000, ""])
def test_what_is_no_object_is_damage(tmp_path: Path, text: str) -> None:
    (tmp_path / "any.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedFileError, match="is damaged; mend it"):
        read_json(tmp_path / "any.json", "mend it")


def test_a_folder_or_nothing_in_the_place_of_a_file_is_damage(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DamagedFileError, match="cannot be read"):
        read_bytes(tmp_path / "folder", "mend it")
    with pytest.raises(DamagedFileError, match="is missing"):
        read_bytes(tmp_path / "nothing", "mend it")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DamagedFileError, match="cannot be read"):
        read_bytes(tmp_path / "pipe", "mend it")


def test_arrays_with_flipped_bytes_are_damage(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "some.npz", some=np.arange(1000))
    raw = bytearray((tmp_path / "some.npz").read_bytes())
    for at in range(len(raw) // 3, len(raw) // 3 + 40):
        raw[at] ^= 0xFF
    (tmp_path / "some.npz").write_bytes(raw)
    with pytest.raises(DamagedFileError, match="is damaged"):
        read_arrays(tmp_path / "some.npz", "mend it")


def test_a_kill_between_two_writes_leaves_a_content_with_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, replace = tmp_path / "futures.json", Path.replace
    write_hashed(path, "old")
    for last in range(3):
        done = iter(range(last))

        def stop(self: Path, to: Path, done: object = done) -> Path:
            if next(done, None) is None:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            return replace(self, to)

        monkeypatch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            write_hashed(path, f"new {last}")
        monkeypatch.setattr(Path, "replace", replace)
        assert read_bytes(path, "mend it") in (b"old", f"new {last}".encode())
        write_hashed(path, "old")
