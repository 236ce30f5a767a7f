"""What a disk, a folder or a port refuses is told in a line, without a traceback."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from tripleaim.cli import main
from tripleaim.cli.main import refusal_of_the_machine


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


def test_a_file_that_cannot_be_written_is_told_without_a_traceback(
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
