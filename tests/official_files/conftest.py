"""A place made of a board, for files to be put into."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tripleaim.boards import make_place


@pytest.fixture(scope="session")
def somerset_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place made of a board; not to be changed."""
    return make_place(tmp_path_factory.mktemp("made") / "somerset-2026", "QSL").folder


@pytest.fixture
def place(somerset_now: Path, tmp_path: Path) -> Path:
    """The same place, to be changed."""
    return Path(shutil.copytree(somerset_now, tmp_path / "somerset-2026"))
