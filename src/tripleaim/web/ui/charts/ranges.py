"""Dots with their intervals, row by row, against one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tripleaim.web.ui.charts.picture import (
    BESIDE_AXIS,
    INK,
    MUTED,
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    names_above,
    picture,
    rows_named,
)
from tripleaim.web.ui.charts.readings import READING, between, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel

BAND, DOT = "#a9cdea", "#00205b"


@dataclass(frozen=True)
class RangeRow:
    """A value as a dot, the band it is compared with, and what is written at its end."""

    name: str
    value: float
    low: float | None
    high: float | None
    text: str
    other: float | None = None


def ranges(
    title: str,
    description: str,
    rows: Sequence[RangeRow],
    line: float,
    *,
    unit: str = "",
    ring: str = "",
) -> Picture:
    """Rows on one scale, with an upright line at `line`; `other` is an open circle.

    `unit` is that of the values, `ring` what an open circle shows.
    """

    def draw(narrow: bool) -> Spec:
        return _draw(title, rows, line, unit=unit, ring=ring, narrow=narrow)

    return picture(title, description, draw)


def _draw(
    title: str, rows: Sequence[RangeRow], line: float, *, unit: str, ring: str, narrow: bool
) -> Spec:
    size = 13 if narrow else 15
    names = [r.name for r in rows]
    values = [line] + [v for r in rows for v in (r.value, r.low, r.high, r.other) if v is not None]
    low, high = min(values), max(values)
    wide = high - low or 1.0
    measure: dict[str, Any] = {
        "scale": Scale(
            # Where nothing lies below the line it is the left edge, and names are next to it.
            domain=[
                low if narrow and low == line else low - wide * 0.04,
                high + wide * (0.3 if narrow else 0.2),
            ],
            nice=False,
            zero=False,
        ),
        "axis": Axis(title=None, tickCount=4 if narrow else 6, orient="top"),
    }
    y = rows_named(names, narrow, 360)
    down = 8 if narrow else 0
    banded = [
        {"name": r.name, "low": r.low, "high": r.high}
        for r in rows
        if r.low is not None and r.high is not None
    ]
    layers: list[Any] = []
    if banded:
        layers.append(
            marks(banded)
            .mark_bar(size=14, color=BAND, yOffset=down)
            .encode(x=channel("low:Q", **measure), x2="high:Q", y=y)
        )
    layers.append(
        marks([{"value": line}])
        .mark_rule(color=INK, strokeWidth=1.5)
        .encode(x=channel("value:Q", **measure))
    )
    others = [
        {"name": r.name, "value": r.other, READING: f"{r.name}: {reading(r.other, unit)}"}
        for r in rows
        if r.other is not None
    ]
    if others:
        layers.append(
            marks(others, ring)
            .mark_point(size=70, color=INK, strokeWidth=2, filled=False, yOffset=down)
            .encode(x=channel("value:Q", **measure), y=y)
        )
    layers.append(
        marks([{"name": r.name, "value": r.value, READING: _reading_of(r, unit)} for r in rows])
        .mark_point(size=90, color=DOT, filled=True, opacity=1, yOffset=down)
        .encode(x=channel("value:Q", **measure), y=y)
    )
    layers.append(
        marks([{"name": r.name, "value": high, "text": r.text} for r in rows])
        .mark_text(align="left", dx=12, dy=down, fontSize=size - 1, color=MUTED)
        .encode(x=channel("value:Q", **measure), y=y, text="text:N")
    )
    if narrow:
        layers += names_above(names, y, BESIDE_AXIS if low == line else 1)
    width = (NARROW - 20) if narrow else WIDE - 390
    step = 48 if narrow else 30
    return layered(layers, size=size, width=width, height={"step": step}, title=title)


def _reading_of(row: RangeRow, unit: str) -> str:
    """A row as it is read: its name, its value, and the band if it has one."""
    band = between(row.low, row.high, unit)
    return f"{row.name}: {reading(row.value, unit)}{f' (band {band})' if band else ''}"
