"""The boards' outlines as paths of an SVG: England, and London larger in the corner of the sea."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tripleaim.boards import BoardOutline, OfficialTables, board_outlines

WIDTH = 1120
"""Units of the map across; paths are in whole units."""
EDGE = 6
"""Units around the map that stay empty, so that borders are whole."""

CAPITAL = "Y56"
"""The region whose boards are drawn a second time, larger: they are England's smallest."""
INSET_TIMES = 2.7
"""How many times larger."""

Path = str


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns longitude and latitude into units of the map, its north-west corner at (left, top)."""

    west: float
    north: float
    scale: float
    squeeze: float
    left: float = EDGE
    top: float = EDGE

    def at(self, point: tuple[float, float]) -> tuple[int, int]:
        """The nearest whole units: a border that two boards share stays one line."""
        lon, lat = point
        return (
            round(self.left + (lon - self.west) * self.squeeze * self.scale),
            round(self.top + (self.north - lat) * self.scale),
        )


@dataclass(frozen=True, slots=True)
class BoardShapes:
    """The map's size in units, each board's path by code, and the inset: its box (left, top,
    width, height) and the paths in it."""

    width: int
    height: int
    names: Mapping[str, str]
    paths: Mapping[str, Path]
    inset: tuple[int, int, int, int]
    inset_paths: Mapping[str, Path]


@cache
def board_shapes() -> BoardShapes:
    """The shapes of all boards, made once a process."""
    with OfficialTables() as tables:
        return shapes_of(board_outlines(tables))


def shapes_of(outlines: Mapping[str, BoardOutline]) -> BoardShapes:
    """The shapes of these outlines. At a latitude a degree of longitude is squeezed by its cosine
    (equirectangular), which is within 6% of true proportions anywhere in England."""
    west, south, east, north = _box(outlines.values())
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * EDGE) / ((east - west) * squeeze)
    frame = Frame(west, north, scale, squeeze)
    capital = {code: one for code, one in outlines.items() if one.region == CAPITAL}
    box, inset = _inset(capital.values(), frame)
    return BoardShapes(
        WIDTH,
        math.ceil((north - south) * scale) + 2 * EDGE,
        {code: one.name for code, one in outlines.items()},
        {code: _path(one, frame) for code, one in outlines.items()},
        box,
        {code: _path(one, inset) for code, one in capital.items()},
    )


def _inset(
    capital: Iterable[BoardOutline], frame: Frame
) -> tuple[tuple[int, int, int, int], Frame]:
    """The box at the right edge, north of East Anglia where there is sea, and its frame."""
    west, south, east, north = _box(capital)
    scale = frame.scale * INSET_TIMES
    width = math.ceil((east - west) * frame.squeeze * scale) + 4 * EDGE
    height = math.ceil((north - south) * scale) + 4 * EDGE
    left = WIDTH - EDGE - width
    box = (left, EDGE, width, height)
    return box, Frame(west, north, scale, frame.squeeze, left + 2 * EDGE, 3 * EDGE)


def _box(outlines: Iterable[BoardOutline]) -> tuple[float, float, float, float]:
    """West, south, east and north end of them all."""
    points = [point for one in outlines for ring in one.rings for point in ring]
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def _path(outline: BoardOutline, frame: Frame) -> Path:
    """All rings that are large enough to be seen, in steps from point to point."""
    return "".join(
        _ring(units)
        for units in ([frame.at(point) for point in ring] for ring in outline.rings)
        if len(set(units)) > 2
    )


def _ring(units: Sequence[tuple[int, int]]) -> Path:
    """One closed ring: where it begins, and the steps; points on top of each other are one."""
    (x, y), *rest = units
    steps = []
    text = f"M{x} {y}"
    for right, below in rest[:-1]:
        across, down = right - x, below - y
        if across or down:
            steps.append(f"{across} {down}")
            x, y = right, below
    return f"{text}l{' '.join(steps)}z".replace(" -", "-")
