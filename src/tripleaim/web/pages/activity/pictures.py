"""Twelve small multiples on one scale: what will be needed if nothing changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.plan import PlanDocument, PointOfDeliveryPart
from tripleaim.web.pages.activity.presenters import is_measured, is_printed
from tripleaim.web.ui.charts.picture import (
    COLOURS,
    INK,
    MUTED,
    NARROW,
    WIDE,
    Picture,
    Spec,
    grid,
    layered,
    marks,
    picture,
)
from tripleaim.web.ui.charts.readings import READING, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Channel, Scale, channel, in_order

NAMES = {"do_nothing": "calibrated", "do_nothing_uncalibrated": "uncalibrated"}

KEY = (
    ("line", "Calibrated to the printed plan"),
    ("dashes", "Before calibration"),
    ("ring", "Printed"),
)

KEY_OF_COUNTS = (
    ("line", "Calibrated to what was counted here, where it was"),
    ("dashes", "Before calibration"),
)

TITLE = "Contacts if nothing changes; the plan's first year is 100"


def small_multiples(document: PlanDocument, description: str) -> Picture:
    """Every point of delivery by year, printed points as open circles.

    All on one scale: each point of delivery's printed figure for its first year is 100 (where none
    is printed, the calibrated one), so that slopes can be compared by eye.
    """

    def draw(narrow: bool) -> Spec:
        return _grid(document, narrow)

    first, last = document.years[0], document.years[-1]
    return picture(TITLE, description, draw).called(
        "activity",
        "All charts have one scale, so you can compare slopes. The figure under each name is the "
        f"growth from {first} to {last}.",
        KEY if is_printed(document) else KEY_OF_COUNTS if is_measured(document) else (),
    )


def _grid(document: PlanDocument, narrow: bool) -> Spec:
    columns = 2 if narrow else 4
    width = (NARROW if narrow else WIDE) // columns - (44 if narrow else 58)
    points = document.points_of_delivery
    scaled = {p.id: indexed(document, p) for p in points}
    every = [
        v for series in scaled.values() for by_year in series.values() for v in by_year.values()
    ]
    domain = [min([*every, 100.0]) - 2, max([*every, 100.0]) + 2]
    widest = max(points, key=lambda p: _apart(scaled[p.id]), default=None)
    panels = [
        _panel(
            document,
            p,
            scaled[p.id],
            domain,
            width=width,
            narrow=narrow,
            labelled=p is widest,
        )
        for p in points
    ]
    return grid(panels, columns=columns, size=12 if narrow else 14, row=22, column=14)


def indexed(document: PlanDocument, point: PointOfDeliveryPart) -> dict[str, Mapping[str, float]]:
    """A point of delivery's three series by year, its first printed year being 100."""
    first = document.years[0]
    calibrated = document.activity.get("do_nothing", {}).get(point.id, {})
    plain = document.activity.get("do_nothing_uncalibrated", {}).get(point.id, {})
    base = point.printed.get(first) or calibrated.get(first) or plain.get(first) or 0.0
    if not base:
        return {"do_nothing_uncalibrated": {}, "do_nothing": {}, "printed": {}}

    def scaled(by_year: Mapping[str, float]) -> dict[str, float]:
        return {y: 100 * by_year[y] / base for y in document.years if y in by_year}

    return {
        "do_nothing_uncalibrated": scaled(plain),
        "do_nothing": scaled(calibrated),
        "printed": scaled(point.printed),
    }


def _panel(
    document: PlanDocument,
    point: PointOfDeliveryPart,
    series: Mapping[str, Mapping[str, float]],
    domain: Sequence[float],
    *,
    width: int,
    narrow: bool,
    labelled: bool,
) -> Spec:
    years = [y[2:] for y in document.years]
    x = in_order(
        "year:O",
        years,
        scale=Scale(type="point", padding=0.1),
        axis=Axis(title=None, labelAngle=0, grid=False, values=[years[0], years[-1]]),
    )
    y = channel(
        "value:Q",
        scale=Scale(domain=list(domain), nice=False, zero=False),
        axis=Axis(title=None, tickCount=4),
    )
    layers: list[Any] = [marks([{"value": 100}]).mark_rule(color=INK, strokeWidth=1).encode(y=y)]
    for scenario, dash in (("do_nothing_uncalibrated", [4, 3]), ("do_nothing", [1, 0])):
        layers.append(
            marks(_rows(series[scenario]), f"{point.name}, {NAMES[scenario]}")
            .mark_line(color=COLOURS[scenario][0], strokeWidth=2.5, strokeDash=dash)
            .encode(x=x, y=y)
        )
    layers.append(
        marks(_rows(series["printed"]), f"{point.name}, printed")
        .mark_point(shape="circle", filled=False, color=INK, size=70, strokeWidth=2)
        .encode(x=x, y=y)
    )
    if labelled:
        layers += _labels(series, years[-1], x, y, narrow)
    growth = (
        f"{words.percent(point.growth_pct)} more"
        if point.growth_pct >= 0
        else (f"{words.percent(-point.growth_pct)} less")
    )
    size = 12 if narrow else 15
    return layered(
        layers,
        width=width,
        height=110 if narrow else 130,
        title={
            "text": point.name,
            "subtitle": growth,
            "subtitleColor": MUTED,
            "subtitleFontSize": size - (not narrow),
            "fontSize": size,
        },
    )


def _rows(by_year: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        {"year": year[2:], "value": value, READING: f"{year}: {reading(value)}"}
        for year, value in by_year.items()
    ]


def _apart(series: Mapping[str, Mapping[str, float]]) -> float:
    """How far apart the two lines end: where there is most room for their names."""
    ends = [list(series[s].values())[-1:] for s in ("do_nothing", "do_nothing_uncalibrated")]
    return abs(ends[0][0] - ends[1][0]) if all(ends) else 0.0


def _labels(
    series: Mapping[str, Mapping[str, float]], last: str, x: Channel, y: Channel, narrow: bool
) -> list[Any]:
    if _apart(series) == 0:
        return []
    ends = {s: list(series[s].values())[-1] for s in ("do_nothing", "do_nothing_uncalibrated")}
    highest = max(ends, key=lambda s: ends[s])
    return [
        marks([{"year": last, "value": end, "text": NAMES[s]}])
        .mark_text(
            align="right",
            dx=-6,
            dy=-10 if s == highest else 14,
            fontSize=11 if narrow else 13,
            color=COLOURS[s][1],
        )
        .encode(x=x, y=y, text="text:N")
        for s, end in ends.items()
    ]
