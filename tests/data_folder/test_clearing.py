"""What a kill leaves in a data folder is cleared at the next start, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.waiting import wait

from tripleaim.data_folder import RESULTS, clear_data_folder, locked
from tripleaim.doctor import check_data_folder

WRITER = """
import sys, time
from pathlib import Path
from tripleaim.core import whole_file
from tripleaim.data_folder import RunAbout, new_result
about = RunAbout(
    footprint="here", footprint_folder="", inputs_sha256="0" * 64, seed=7, version="1"
)
data = Path(sys.argv[1])
with (
    new_result(data / "here", about) as part,
    whole_file(data / "here" / "futures.json") as futures,
    whole_file(data / ".uploads" / ("0" * 64)) as upload,
):
    for path in (part / "plan.json", futures, upload):
        path.write_text("half", encoding="utf-8")
    print("writing", flush=True)
    time.sleep(600)
"""
"""A process in the middle of a plan, of futures and of an upload."""


@contextmanager
def writing(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is writing in a data folder; killed in the end, if it is not yet."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "writing\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a file of somebody's own."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / ".uploads").mkdir()
    return tmp_path


def of_an_earlier_version(data: Path) -> None:
    """A plan of an earlier version was killed."""
    (data / ".here-a1b2c3d4").mkdir()


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_what_a_killed_process_left_is_cleared(data: Path) -> None:
    before = names(data)
    with writing(data) as process:
        process.kill()
        process.wait()
        of_an_earlier_version(data)
        left = names(data) - before
        hidden = {Path(name).name for name in left if Path(name).name[0] == "."}
        assert {name[1:8] for name in hidden} == {
            "futures",
            "0000000",
            "unfinis",
            "writing",
            "here-a1",
        }
        assert any("/.unfinished-" in name for name in left)
        assert {path.name for path in clear_data_folder(data)} >= {".here-a1b2c3d4"}
    kept = {"here/.writing.lock", f"here/{RESULTS}"}
    assert names(data) - kept == {"here", "here/notes.txt", ".uploads"}
    assert clear_data_folder(data) == ()


def test_a_process_at_work_loses_nothing(data: Path) -> None:
    with writing(data):
        of_an_earlier_version(data)
        before = names(data)
        assert clear_data_folder(data) == ()
        assert names(data) == before


def test_a_place_in_the_making_is_left_for_an_hour(data: Path) -> None:
    fresh, old = (data / "footprints" / f".arden-{letter * 8}" for letter in "ab")
    for folder in (fresh, old):
        folder.mkdir(parents=True)
        (folder / "place.toml").touch()
    os.utime(old, (0, 0))
    assert old in clear_data_folder(data)
    assert fresh.is_dir()


def test_nothing_is_cleared_through_a_link_or_where_a_lock_is_one(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    left = elsewhere / ".plan.json.1a2b3c4d.4194305"
    left.touch()
    (data / "there").symlink_to(elsewhere)
    (data / "here" / ".writing.lock").symlink_to(elsewhere / "lock")
    assert clear_data_folder(data) == ()
    assert left.exists()


def test_doctor_says_that_the_next_start_clears_it(data: Path) -> None:
    of_an_earlier_version(data)
    (data / "here" / ".plan.json.1a2b3c4d.4194305").touch()
    told = {str(remark) for remark in check_data_folder(data).remarks}
    cleared = "the next start of serve or demo clears it"
    assert told == {
        f".here-a1b2c3d4: is left by a plan that was killed; {cleared}",
        "here/.plan.json.1a2b3c4d.4194305: is left half-written by a process that was killed; "
        + cleared,
    }
    clear_data_folder(data)
    assert check_data_folder(data).remarks == []


def test_serving_clears_it_first(data: Path) -> None:
    of_an_earlier_version(data)
    start = "from tripleaim.cli import main; main()"
    words = ["serve", "--data", str(data), "--no-runs", "--processes", "1"]
    with subprocess.Popen([sys.executable, "-c", start, *words], stderr=subprocess.DEVNULL) as one:
        try:
            wait(lambda: not (data / ".here-a1b2c3d4").exists())
        finally:
            one.terminate()


def test_a_lock_that_somebody_holds_keeps_the_folder_as_it_is(data: Path) -> None:
    of_an_earlier_version(data)
    with locked(data / "here" / ".writing.lock"):
        assert clear_data_folder(data) == ()
    assert [path.name for path in clear_data_folder(data)] == [".here-a1b2c3d4"]
