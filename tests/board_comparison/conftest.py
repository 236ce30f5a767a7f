"""Two small boards, compared once for the session: stopped after the first, then gone on with."""

from __future__ import annotations

import pytest
from two_boards import SMALL, Compared, compare

from tripleaim.core import RunContext, Stopped


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder = tmp_path_factory.mktemp("comparison") / "boards"
    done: list[float] = []
    stopping = RunContext(SMALL.seed, lambda _what, share: done.append(share), lambda: done[-1] > 0)
    with pytest.raises(Stopped):
        compare(folder, stopping)
    left = frozenset(file.relative_to(folder).as_posix() for file in folder.rglob("*.*"))
    return Compared(folder, left, compare(folder, RunContext(SMALL.seed)))
