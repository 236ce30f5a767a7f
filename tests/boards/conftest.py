"""Places made of boards, once for the session: making one takes a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tripleaim.boards import MadePlace, OfficialTables, make_place


@pytest.fixture(scope="session")
def tables() -> Iterator[OfficialTables]:
    """The official tables that come with the product."""
    with OfficialTables() as opened:
        yield opened


@pytest.fixture(scope="session")
def one_county(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    """A board of one council and one trust."""
    return make_place(tmp_path_factory.mktemp("made") / "somerset-2026", "QSL")


@pytest.fixture(scope="session")
def many_trusts(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    """A board of two councils and six trusts, of which one has no published cost."""
    return make_place(tmp_path_factory.mktemp("made") / "kent-and-medway", "NHS Kent and Medway")


@pytest.fixture(scope="session")
def merged(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    """A board of 2026: a whole one of 2024 and a part of another."""
    return make_place(tmp_path_factory.mktemp("made") / "norfolk-and-suffolk", "T6Y0W")


@pytest.fixture(params=["one_county", "many_trusts", "merged"])
def made(request: pytest.FixtureRequest) -> MadePlace:
    """Each of the three."""
    place: MadePlace = request.getfixturevalue(request.param)
    return place


def lines(folder: Path, name: str) -> list[str]:
    """The lines of a place's table without its comments and header."""
    text = (folder / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]
