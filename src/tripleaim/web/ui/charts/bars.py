"""Plain bars: one a name, from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.web.ui.charts.picture import (
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    picture,
    rows_named,
)
from tripleaim.web.ui.charts.readings import READING
from tripleaim.web.ui.charts.vega_lite import Scale, channel, fixed

BLUE = "#005eb8"


def plain_bars(
    title: str, description: str, counts: Sequence[tuple[str, float]], colour: str = BLUE
) -> Picture:
    """One bar a name, from zero, with its value at its end."""

    def draw(narrow: bool) -> Spec:
        return _bars(title, counts, colour, narrow)

    return picture(title, description, draw)


def _bars(title: str, counts: Sequence[tuple[str, float]], colour: str, narrow: bool) -> Spec:
    size = 13 if narrow else 15
    rows = [
        {
            "name": n,
            "value": v,
            "text": words.plain(v),
            "from": 0,
            READING: f"{n}: {words.plain(v)}",
        }
        for n, v in counts
    ]
    unsaid = [{k: v for k, v in row.items() if k != READING} for row in rows]
    names = [n for n, _ in counts]
    most = max((v for _, v in counts), default=1) or 1
    x = channel("value:Q", scale=Scale(domain=[0, most * 1.15], nice=False), axis=None)
    y = rows_named(names, narrow, 320)
    down = 8 if narrow else 0
    layers: list[Any] = [
        marks(rows).mark_bar(color=colour, size=18, yOffset=down).encode(x=x, x2="from:Q", y=y),
        marks(unsaid)
        .mark_text(align="left", dx=8, dy=down, fontSize=size, fontWeight="bold")
        .encode(x=x, y=y, text="text:N"),
    ]
    if narrow:
        layers.append(
            marks(unsaid)
            .mark_text(align="left", baseline="bottom", dy=-4, dx=1, fontSize=13)
            .encode(x=fixed(0), y=y, text="name:N")
        )
    return layered(
        layers,
        size=size,
        width=NARROW - 30 if narrow else WIDE - 330,
        height={"step": 48 if narrow else 32},
        title=title,
    )
