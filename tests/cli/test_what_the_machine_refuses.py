"""What a disk, a folder or a port refuses is told in a line, without a traceback."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tripleaim.cli import main
from tripleaim.cli.main import refusal_of_the_machine

resource = pytest.importorskip("resource", reason="Windows limits no process's files")


def left_with(monkeypatch: pytest.MonkeyPatch, *words: str) -> object:
    monkeypatch.setattr(sys, "argv", ["tripleaim", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (OSError(errno.EADDRINUSE, "Address already in use"), "the port is in use by another"),
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "/data/x: No space left on"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "/data: Read-only file system"),
    ],
)
def test_a_refusal_of_the_machine_is_one_line(refusal: OSError, told: str) -> None:
    said = refusal_of_the_machine(refusal)
    assert said.startswith(told)
    assert "\n" not in said


def test_a_file_that_cannot_be_written_is_reported_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    book = str(tmp_path / "file" / "july.xlsx")
    words = ("return", "template", "northamptonshire", "RNQ", book)
    assert left_with(monkeypatch, *words) == 2
    said = capsys.readouterr().err.replace("\n", "")
    assert said.startswith("Error: ")
    assert "Traceback" not in said


def test_a_data_folder_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert left_with(monkeypatch, "serve", "--data", str(tmp_path / "dta")) == 2
    assert "dta: expected a folder with plans" in capsys.readouterr().err


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """Let no file grow over `size` bytes, as a disk that is nearly full does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "words",
    [
        ("place", "new", "{out}/arden", "--population", "{hamlet}/population.csv"),
        ("place", "export", "{hamlet}", "{out}/book.xlsx"),
        ("people", "{hamlet}", "--out", "{out}/people.parquet"),
        ("return", "template", "northamptonshire", "RNQ", "{out}/july.xlsx"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_half_written(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    hamlet: Path,
    words: tuple[str, ...],
) -> None:
    typed = [word.format(out=tmp_path, hamlet=hamlet) for word in words]
    with disk_with_room_for(1_000):
        assert left_with(monkeypatch, *typed) == 2
    said = capsys.readouterr().err
    (told,) = [line for line in said.splitlines() if line.startswith("Error: ")]
    assert "free some disk space and run it again" in told
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", [">&-", "| true"])
def test_output_that_nobody_reads_is_told_in_one_line(closed: str) -> None:
    start = f'{sys.executable} -c "from tripleaim.cli import main; main()" schema'
    told = subprocess.run(  # noqa: S602 - a pipe that is closed is the shell's
        f"set -o pipefail; {start} {closed}",
        shell=True,
        executable="/bin/bash",
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 2, told.stderr
    assert told.stderr.startswith("Error: ")
    assert told.stderr.count("\n") == 1


def test_people_refuses_a_file_that_cannot_be_written_before_it_builds_anybody(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    hamlet: Path,
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    out = str(tmp_path / "file" / "people.parquet")
    assert left_with(monkeypatch, "people", str(hamlet), "--out", out) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Error: {out}: expected a file that can be written")
    assert "Building the people" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [("--version",), ("place", "list")])
def test_output_to_a_full_disk_is_told_in_one_line(words: tuple[str, ...]) -> None:
    start = "from tripleaim.cli import main; main()"
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-c", start, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: No space left on device; free some disk space")
    assert ended.stderr.count("\n") == 1
