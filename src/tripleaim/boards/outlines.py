"""Where the boards are: their outlines, for maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from tripleaim.boards.official import OfficialTables

Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS84)."""


@dataclass(frozen=True, slots=True)
class BoardOutline:
    """The land of one board: its closed rings, the code of its region of the NHS (Y..)."""

    code: str
    name: str
    region: str
    rings: tuple[tuple[Point, ...], ...]


def board_outlines(tables: OfficialTables) -> Mapping[str, BoardOutline]:
    """The outline of every board of April 2026, by code.

    They were joined from generalised small areas and simplified together, so that neighbours share
    their border: made for maps of England, and not the official boundary file.
    """
    rows = tables.records(
        "SELECT board, polygon, ring, lon, lat FROM board_outlines "
        "ORDER BY board, polygon, ring, step"
    )
    rings: dict[str, list[tuple[Point, ...]]] = {}
    for (board, _, _), points in groupby(
        rows, key=lambda row: (row["board"], row["polygon"], row["ring"])
    ):
        rings.setdefault(board, []).append(tuple((row["lon"], row["lat"]) for row in points))
    named = tables.records(
        "SELECT DISTINCT icb26 AS code, name26 AS name, region26 AS region FROM boards ORDER BY 1"
    )
    return {
        row["code"]: BoardOutline(
            row["code"],
            row["name"].removesuffix(" Integrated Care Board"),
            row["region"],
            tuple(rings[row["code"]]),
        )
        for row in named
    }
