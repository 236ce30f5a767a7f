"""Bars to both sides of nothing: who gains and who loses, and a position step by step."""

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
from tripleaim.web.ui.charts.readings import READING, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel

WHOLE, BETTER, WORSE, NOW = "#6b7883", "#005eb8", "#7c2855", "#2b97d6"


@dataclass(frozen=True)
class Bar:
    """One bar from `start` to `end`, in a colour; `thin` ones lie on top of the thick."""

    name: str
    start: float
    end: float
    colour: str
    thin: bool = False
    reads: str = ""
    """What it shows of its name, where a name has several bars."""


@dataclass(frozen=True)
class BarLabel:
    """What is written beside a name's bars."""

    name: str
    text: str


def signed_bars(
    title: str,
    description: str,
    bars: Sequence[Bar],
    labels: Sequence[BarLabel],
    *,
    unit: str = "",
) -> Picture:
    """A row for each name, in the order of `labels`, its words to the right of its bars."""

    def draw(narrow: bool) -> Spec:
        return _draw(title, bars, labels, unit, narrow)

    return picture(title, description, draw)


def _draw(
    title: str, bars: Sequence[Bar], labels: Sequence[BarLabel], unit: str, narrow: bool
) -> Spec:
    size = 13 if narrow else 15
    names = [s.name for s in labels]
    ends = [v for bar in bars for v in (bar.start, bar.end)]
    low, high = min([*ends, 0.0]), max([*ends, 0.0])
    # Room on the right for words.
    room = (high - low or 1.0) * (0.5 if narrow else 0.3)
    measure: dict[str, Any] = {
        "scale": Scale(
            domain=[low if narrow and low == 0 else low - (high - low) * 0.02, high + room],
            nice=False,
        ),
        "axis": Axis(title=None, tickCount=4 if narrow else 6, orient="top"),
    }
    y = rows_named(names, narrow, 320)
    down = 8 if narrow else 0
    layers: list[Any] = []
    for thin in (False, True):
        rows = [
            {
                "name": b.name,
                "from": b.start,
                "to": b.end,
                "colour": b.colour,
                READING: f"{f'{b.name}, {b.reads}' if b.reads else b.name}: "
                f"{reading(b.end - b.start, unit)}",
            }
            for b in bars
            if b.thin == thin
        ]
        if rows:
            layers.append(
                marks(rows)
                .mark_bar(size=9 if thin else 20, yOffset=down)
                .encode(
                    x=channel("from:Q", **measure),
                    x2="to:Q",
                    y=y,
                    color=channel("colour:N", scale=None),
                )
            )
    layers.append(
        marks([{"value": 0}])
        .mark_rule(color=INK, strokeWidth=1.5)
        .encode(x=channel("value:Q", **measure))
    )
    far = {
        name: max([0.0, *(v for b in bars if b.name == name for v in (b.start, b.end))])
        for name in names
    }
    layers.append(
        marks([{"name": s.name, "value": far[s.name], "text": s.text} for s in labels])
        .mark_text(align="left", dx=8, dy=down, fontSize=size - 1, color=MUTED)
        .encode(x=channel("value:Q", **measure), y=y, text="text:N")
    )
    if narrow:
        layers += names_above(names, y, BESIDE_AXIS if low == 0 else 1)
    width = (NARROW - 20) if narrow else WIDE - 350
    step = 50 if narrow else 34
    return layered(layers, size=size, width=width, height={"step": step}, title=title)
