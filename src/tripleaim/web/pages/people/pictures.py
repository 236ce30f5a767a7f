"""Who the people are: the age pyramid against England, and a map of deprivation."""

from __future__ import annotations

import hashlib
import html
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tripleaim import wording as words
from tripleaim.web.ui.charts.picture import (
    COLOURS,
    INK,
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    picture,
)
from tripleaim.web.ui.charts.readings import READING, readings
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel, in_order

WHO = {"male": "men", "female": "women"}
PYRAMID = "People by age and sex, per cent of all"
# From the most deprived fifth to the least; each differs from the next in lightness alone too.
QUINTILES = ("#00205b", "#1f5fa8", "#5b9bd5", "#a9cdea", "#e3eef8")


def pyramid(bands: Sequence[Mapping[str, Any]], description: str) -> Picture:
    """Bars for the registered, dots for residents, upright marks for England; men to the left."""

    def draw(narrow: bool) -> Spec:
        return _pyramid(bands, narrow)

    return picture(PYRAMID, description, draw).called(
        "pyramid",
        key=(("claimed", "Registered"), ("dot", "Resident"), ("upright", "England")),
    )


def _pyramid(bands: Sequence[Mapping[str, Any]], narrow: bool) -> Spec:
    size = 12 if narrow else 15
    order = list(dict.fromkeys(b["age_band"] for b in bands))[::-1]
    sign = {"male": -1, "female": 1}
    rows = [
        {
            "band": b["age_band"].replace("-", "–"),
            "from": 0,
            "registered": sign[b["sex"]] * b["registered_pct"],
            "resident": sign[b["sex"]] * b["resident_pct"],
            "england": sign[b["sex"]] * b["england_pct"],
            "who": f"{WHO[b['sex']]} {b['age_band'].replace('-', '–')}",
        }
        for b in bands
    ]

    def with_readings(of: str) -> list[dict[str, Any]]:
        return [{**row, READING: f"{row['who']}: {words.percent(abs(row[of]))}"} for row in rows]

    most = max(max(abs(r[k]) for k in ("registered", "resident", "england")) for r in rows)
    measure: dict[str, Any] = {
        "scale": Scale(domain=[-most * 1.08, most * 1.08], nice=False),
        "axis": Axis(title=None, labelExpr="format(abs(datum.value), '.0f') + '%'", tickCount=8),
    }
    top_down = [b.replace("-", "–") for b in order]
    y = in_order("band:N", top_down, axis=Axis(title=None, labelColor=INK, grid=False))
    step = 17 if narrow else 21
    layers: list[Any] = [
        marks(with_readings("registered"), "Registered")
        .mark_bar(color=COLOURS["as_claimed"][0], size=step - 5)
        .encode(x=channel("registered:Q", **measure), x2="from:Q", y=y),
        marks(with_readings("england"), "England")
        .mark_tick(color=INK, thickness=3, size=step)
        .encode(x=channel("england:Q", **measure), y=y),
        marks(with_readings("resident"), "Resident")
        .mark_point(filled=True, color=COLOURS["on_evidence"][0], size=30 if narrow else 40)
        .encode(x=channel("resident:Q", **measure), y=y),
        marks([{"x": 0}]).mark_rule(color=INK).encode(x="x:Q"),
    ]
    sides: tuple[tuple[str, float, Literal["left", "right"]], ...] = (
        ("Men", -most, "left"),
        ("Women", most, "right"),
    )
    for text, at, align in sides:
        layers.append(
            marks([{"x": at, "text": text, "band": top_down[0]}])
            .mark_text(align=align, fontWeight="bold", fontSize=size)
            .encode(x="x:Q", y=y, text="text:N")
        )
    return layered(
        layers,
        size=size,
        width=(NARROW if narrow else WIDE - 160) - 62,
        height={"step": step},
        title=PYRAMID,
    )


@dataclass(frozen=True)
class MapArea:
    """A small area on the map: its fifth of England's areas, and what is read of it."""

    quintile: int
    text: str


def deprivation_map(
    outlines: str, shown: Mapping[str, MapArea], title: str, description: str
) -> Picture:
    """The small areas of the place by code, each in the shade of its fifth of England's areas."""
    return Picture(
        title,
        description,
        _map(outlines, shown, title, description),
        narrow="",
        draws_title=False,
        name="deprivation-map",
        caption=(
            "Small areas (LSOAs) by their deprivation rank in England. Few people live in large "
            "areas: the map shows land, not people. Contains OS data © Crown copyright and "
            "database right."
        ),
        key=(
            ("q1", "Most deprived fifth"),
            ("q2", "Second"),
            ("q3", "Third"),
            ("q4", "Fourth"),
            ("q5", "Least deprived fifth"),
        ),
    )


def _map(outlines: str, shown: Mapping[str, MapArea], title: str, description: str) -> str:
    areas: dict[str, Any] = json.loads(outlines)["lsoas"]
    points = [p for rings in areas.values() for ring in rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    width = 760.0
    scale = width / ((east - west) * squeeze)
    height = (north - south) * scale

    def path(rings: Sequence[Sequence[Sequence[float]]]) -> str:
        return "".join(
            "M" + "L".join(
                f"{(x - west) * squeeze * scale:.1f},{(north - y) * scale:.1f}" for x, y in ring
            ) + "Z"
            for ring in rings
        )  # fmt: skip

    shapes = "".join(
        f'<path d="{path(rings)}" fill="{QUINTILES[shown[code].quintile - 1]}"/>'
        for code, rings in areas.items()
        if code in shown
    )
    values = readings("", [shown[code].text for code in areas if code in shown])
    key = "pmap" + hashlib.sha256((shapes + title).encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" focusable="false" '
        f'aria-labelledby="{key}-t {key}-d" width="{width + 2:.0f}" height="{height + 2:.0f}" '
        f'viewBox="-1 -1 {width + 2:.0f} {height + 2:.0f}"><title id="{key}-t">'
        f'{html.escape(title)}</title><desc id="{key}-d">{html.escape(description)}</desc>'
        f'<g stroke="#425563" stroke-width="0.5" stroke-linejoin="round" data-areas=""{values}>'
        f"{shapes}</g></svg>"
    )
