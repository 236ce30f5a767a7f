"""Rows are worked off in pieces, each once, whatever the number of threads."""

from __future__ import annotations

import pytest

from tripleaim.core import Pieces
from tripleaim.core.threads import PIECE


@pytest.mark.parametrize("threads", [1, 2, 7])
@pytest.mark.parametrize("length", [0, 1, PIECE, 3 * PIECE + 1])
def test_every_row_is_processed_once(length: int, threads: int) -> None:
    rows = [0] * length

    def work(piece: slice) -> None:
        rows[piece] = [n + 1 for n in rows[piece]]

    with Pieces(length, threads) as pieces:
        pieces.each(work)
    assert rows == [1] * length


def test_a_fault_in_a_piece_is_raised() -> None:
    def work(piece: slice) -> None:
        if piece.start == PIECE:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Pieces(3 * PIECE, 2) as pieces:
        pieces.each(work)
