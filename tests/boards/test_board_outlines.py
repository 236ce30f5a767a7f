"""Where the boards are: every board has its land, and no land has two boards."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import pytest

from tripleaim.boards import BoardOutline, OfficialTables, board_outlines, boards


def square_km(outline: BoardOutline) -> float:
    """The area within the rings, as on a sphere that is flat about each ring."""
    area = 0.0
    for ring in outline.rings:
        squeeze = math.cos(math.radians(ring[0][1]))
        pairs = itertools.pairwise(ring)
        area += abs(sum(x * b - a * y for (x, y), (a, b) in pairs)) / 2 * squeeze
    return area * 111.2**2


def test_every_board_has_an_outline_of_closed_rings(tables: OfficialTables) -> None:
    outlines = board_outlines(tables)
    assert list(outlines) == [board.code for board in boards(tables)]
    for one in outlines.values():
        assert one.rings
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in one.rings)


def test_the_land_is_that_of_england(tables: OfficialTables) -> None:
    outlines = board_outlines(tables)
    areas = {code: square_km(one) for code, one in outlines.items()}
    assert sum(areas.values()) == pytest.approx(130_400, rel=0.01)
    assert areas["QSL"] == pytest.approx(3_451, rel=0.01)


def test_neighbours_share_their_border_point_by_point(tables: OfficialTables) -> None:
    steps = Counter(
        frozenset(pair)
        for one in board_outlines(tables).values()
        for ring in one.rings
        for pair in itertools.pairwise(ring)
    )
    assert set(steps.values()) == {1, 2}, "a step of a border is of one board or of two"
    shared = sum(count == 2 for count in steps.values()) / len(steps)
    assert shared > 0.3
