"""Areas in a funnel: how far from what is expected, against how much is expected."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tripleaim.measures import Funnel, FunnelPoint
from tripleaim.web.ui.charts.picture import (
    INK,
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    picture,
)
from tripleaim.web.ui.charts.readings import READING, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel

STEPS = 40
LIMITS = ((0.95, [1, 0]), (0.998, [6, 4]))
OTHER, PEER, OWN = "#aeb7bd", "#005eb8", "#7c2855"


def funnel_picture(
    title: str, description: str, funnel: Funnel, points: Sequence[FunnelPoint]
) -> Picture:
    """Every area as a point: the place filled and named, its peers as circles, others small."""

    def draw(narrow: bool) -> Spec:
        return _draw(title, funnel, points, narrow)

    return picture(title, description, draw)


def _draw(title: str, funnel: Funnel, points: Sequence[FunnelPoint], narrow: bool) -> Spec:
    size = 13 if narrow else 15
    least, most = min(p.expected for p in points), max(p.expected for p in points)
    ratios = [p.ratio for p in points]
    x: dict[str, Any] = {
        "scale": Scale(type="log", domain=[least * 0.9, most * 1.1], nice=False),
        "axis": Axis(
            title="Expected a year", grid=False, tickCount=3 if narrow else 6, format=",.0f",
            labelAngle=0, labelOverlap=True,
        ),
    }  # fmt: skip
    y: dict[str, Any] = {
        "scale": Scale(
            domain=[min([*ratios, 0.7]) - 0.03, max([*ratios, 1.3]) + 0.03],
            nice=False,
            zero=False,
            clamp=True,
        ),
        "axis": Axis(title=None, tickCount=6, format=".1f"),
    }
    layers: list[Any] = []
    rows: list[dict[str, Any]]
    for confidence, dash in LIMITS:
        for side in (0, 1):
            rows = []
            for i in range(STEPS + 1):
                at = math.exp(
                    math.log(least * 0.9) + i / STEPS * (math.log(most * 1.1 / (least * 0.9)))
                )
                rows.append({"x": at, "y": funnel.limits(at, confidence)[side]})
            layers.append(
                marks(rows)
                .mark_line(color="#4c6272", strokeWidth=1.5, strokeDash=dash, clip=True)
                .encode(x=channel("x:Q", **x), y=channel("y:Q", **y))
            )
    layers.append(
        marks([{"y": 1}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=channel("y:Q", **y))
    )
    looks: dict[str, dict[str, Any]] = {
        "other": {"color": OTHER, "size": 26, "filled": True, "opacity": 1},
        "peer": {"color": PEER, "size": 60, "filled": False, "strokeWidth": 2},
        "place": {"color": OWN, "size": 130, "filled": True, "opacity": 1},
    }
    for kind, look in looks.items():
        rows = [
            {"x": p.expected, "y": p.ratio, READING: f"{p.name}: {reading(p.ratio)}"}
            for p in points
            if p.kind == kind
        ]
        if rows:
            layers.append(
                marks(rows).mark_point(**look).encode(x=channel("x:Q", **x), y=channel("y:Q", **y))
            )
    own = [{"x": p.expected, "y": p.ratio, "name": p.name} for p in points if p.kind == "place"]
    layers.append(
        marks(own)
        .mark_text(align="left", dx=10, dy=-12, fontSize=size, fontWeight="bold", color=OWN)
        .encode(x=channel("x:Q", **x), y=channel("y:Q", **y), text="name:N")
    )
    width, height = (NARROW - 60, 320) if narrow else (WIDE - 80, 360)
    return layered(layers, size=size, width=width, height=height, title=title)
