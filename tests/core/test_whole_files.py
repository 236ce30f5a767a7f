"""A file is there whole or not at all, whoever else reads or writes it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tripleaim.core import made_folder, whole_file, write_whole


def test_text_is_written_as_utf_8_and_bytes_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "text", "£1\n")
    write_whole(tmp_path / "bytes", b"\x00\xff")
    assert (tmp_path / "text").read_bytes() == b"\xc2\xa31\n"
    assert (tmp_path / "bytes").read_bytes() == b"\x00\xff"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bytes", "text"]


def test_an_interruption_leaves_the_last_good_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_whole(path, "good")

    def interrupted() -> None:
        with whole_file(path) as unfinished:
            unfinished.write_text("ha", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text(encoding="utf-8") == "good"
    assert list(tmp_path.iterdir()) == [path]


def test_the_unfinished_file_is_hidden_beside_it_and_names_its_process(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.draws") as unfinished:
        unfinished.write_text("", encoding="utf-8")
        assert unfinished.parent == tmp_path
        assert unfinished.name.startswith(".a.draws.")
        assert unfinished.name.rpartition(".")[2] == str(os.getpid())


def test_two_writers_of_one_file_do_not_write_into_each_other(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    texts = [str(k) * 200_000 for k in range(8)]
    writers = [threading.Thread(target=write_whole, args=(path, text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_text(encoding="utf-8") in texts
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "x", "")


def test_folders_made_for_a_block_stay_where_something_was_written(tmp_path: Path) -> None:
    with made_folder(tmp_path / "a" / "b"):
        (tmp_path / "a" / "file").write_text("", encoding="utf-8")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["file"]


def test_folders_made_for_a_block_that_fails_go_and_those_that_were_there_stay(
    tmp_path: Path,
) -> None:
    there = tmp_path / "there"
    there.mkdir()

    def refused() -> None:
        with made_folder(there / "a" / "b"):
            assert (there / "a" / "b").is_dir()
            raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        refused()
    assert list(tmp_path.rglob("*")) == [there]
    with made_folder(there):
        pass
    assert there.is_dir()


def test_a_folder_that_a_file_is_in_the_way_of_is_refused_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(OSError, match="file"), made_folder(tmp_path / "file" / "a"):
        pass
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
