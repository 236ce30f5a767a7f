"""What a disk, a folder or a port refuses is told in a line, without a traceback."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from tripleaim.cli import main
from tripleaim.cli.app import app


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
        (MemoryError(), "there is not enough memory for this"),
    ],
)
def test_a_refusal_of_the_machine_is_one_line_and_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    refusal: Exception,
    told: str,
) -> None:
    def refuse() -> None:
        raise refusal

    monkeypatch.setattr(app.registered_commands[0], "callback", refuse)
    name = app.registered_commands[0].name
    assert left_with(monkeypatch, str(name)) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_a_data_folder_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert left_with(monkeypatch, "serve", "--data", str(tmp_path / "dta")) == 2
    assert "dta: expected a folder with plans" in capsys.readouterr().err
