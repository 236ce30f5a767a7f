"""Twelve small multiples on one scale: what will be needed if nothing changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from tripleaim.plan.document import PlanDocument, PointOfDeliveryPart
from tripleaim.web.charts.picture import (
    COLOURS,
    INK,
    MUTED,
    NARROW,
    WIDE,
    Picture,
    Spec,
    grid,
    layered,
    picture,
)
from tripleaim.web.presenters import words

APART = 5  # index points between two lines that leave room for a label between them
TITLE = "Contacts if nothing changes; the plan's first year is 100"


def small_multiples(document: PlanDocument, description: str) -> Picture:
    """Every point of delivery by year, printed points as open circles.

    All on one scale: each point of delivery's printed figure for its first year is 100 (where none
    is printed, the calibrated one), so that slopes can be compared by eye.
    """

    def draw(narrow: bool) -> Spec:
        return _grid(document, narrow)

    return picture(TITLE, description, draw)


def _grid(document: PlanDocument, narrow: bool) -> Spec:
    columns = 2 if narrow else 4
    width = (NARROW if narrow else WIDE) // columns - (44 if narrow else 58)
    points = document.points_of_delivery
    scaled = {p.id: indexed(document, p) for p in points}
    every = [v for series in scaled.values() for by_year in series.values() for v in by_year.values()]
    domain = [min([*every, 100.0]) - 2, max([*every, 100.0]) + 2]
    panels = [
        _panel(document, p, scaled[p.id], domain, width, narrow, labelled=i == 0)
        for i, p in enumerate(points)
    ]
    return grid(panels, columns=columns, size=12 if narrow else 14, row=22, column=14)


def indexed(
    document: PlanDocument, point: PointOfDeliveryPart
) -> dict[str, Mapping[str, float]]:
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
    width: int,
    narrow: bool,
    *,
    labelled: bool,
) -> Spec:
    years = [y[2:] for y in document.years]
    x = alt.X(
        "year:O",
        sort=years,
        scale=alt.Scale(type="point", padding=0.1),
        axis=alt.Axis(title=None, labelAngle=0, grid=False, values=[years[0], years[-1]]),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(domain), nice=False, zero=False),
        axis=alt.Axis(title=None, tickCount=4),
    )
    layers: list[Any] = [
        alt.Chart(alt.Data(values=[{"value": 100}]))
        .mark_rule(color=INK, strokeWidth=1)
        .encode(y=y)
    ]
    for scenario, dash in (("do_nothing_uncalibrated", [4, 3]), ("do_nothing", [1, 0])):
        layers.append(
            alt.Chart(alt.Data(values=_rows(series[scenario])))
            .mark_line(color=COLOURS[scenario][0], strokeWidth=2.5, strokeDash=dash)
            .encode(x=x, y=y)
        )
    layers.append(
        alt.Chart(alt.Data(values=_rows(series["printed"])))
        .mark_point(shape="circle", filled=False, color=INK, size=70, strokeWidth=2)
        .encode(x=x, y=y)
    )
    if labelled:
        layers += _labels(series, years[-1], x, y, narrow)
    growth = f"{words.percent(point.growth_pct)} more" if point.growth_pct >= 0 else (
        f"{words.percent(-point.growth_pct)} less"
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
    return [{"year": year[2:], "value": value} for year, value in by_year.items()]


def _labels(
    series: Mapping[str, Mapping[str, float]], last: str, x: alt.X, y: alt.Y, narrow: bool
) -> list[Any]:
    said = {"do_nothing_uncalibrated": "uncalibrated", "do_nothing": "calibrated"}
    full = next((k for k in series["do_nothing"] if k[2:] == last), "")
    if not full:
        return []
    gap = series["do_nothing"][full] - series["do_nothing_uncalibrated"].get(full, 100)
    above = {"do_nothing": gap >= 0, "do_nothing_uncalibrated": gap < 0 or gap > APART}
    return [
        alt.Chart(alt.Data(values=[{"year": last, "value": series[s].get(full, 100), "text": t}]))
        .mark_text(
            align="right",
            dx=-4,
            dy=-9 if above[s] else 13,
            fontSize=11 if narrow else 13,
            color=COLOURS[s][1],
        )
        .encode(x=x, y=y, text="text:N")
        for s, t in said.items()
    ]
