"""Back-tests of every board, once for the session: one takes a few seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tripleaim.board_backtest import BoardBacktest, backtest_boards
from tripleaim.boards import OfficialTables

START, TO = date(2024, 3, 31), date(2026, 3, 31)


@pytest.fixture(scope="session")
def official() -> Iterator[OfficialTables]:
    """The official tables that come with the product."""
    with OfficialTables() as opened:
        yield opened


@pytest.fixture(scope="session")
def from_2024(official: OfficialTables) -> BoardBacktest:
    """Two years from the end of March 2024."""
    return backtest_boards(START, TO, tables=official)
