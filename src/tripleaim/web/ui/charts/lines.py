"""Money by year: lines with their names at their ends, the interval as a band."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    spread,
)
from tripleaim.web.ui.charts.readings import READING
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel, in_order

YearlyValues = Mapping[str, Mapping[str, float]]
Band = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class PrintedPoint:
    """A figure that the plan prints, to be drawn where it stands."""

    scenario: str
    year: str
    value: float


@dataclass(frozen=True, slots=True)
class BandLabels:
    """The labels of the two ends of a band in the last year: at its low and its high end."""

    low: str
    high: str


DASHED = {"do_nothing_uncalibrated": [6, 4], "as_claimed_after_stf": [2, 3]}


def line_picture(
    title: str,
    description: str,
    series: YearlyValues,
    years: Sequence[str],
    band: Band,
    *,
    printed: Sequence[PrintedPoint] = (),
    labels: BandLabels | None = None,
    drawn: Band | None = None,
) -> Picture:
    """Lines by year, each with its name and last value at its end; printed points open circles.

    `labels` name the ends of the band; `drawn` is an interval in each year, a thin upright line.
    """

    def draw(narrow: bool) -> Spec:
        return _lines(
            title, series, years, band, printed, labels=labels, drawn=drawn or {}, narrow=narrow
        )

    return picture(title, description, draw)


def _lines(
    title: str,
    series: YearlyValues,
    years: Sequence[str],
    band: Band,
    printed: Sequence[PrintedPoint],
    *,
    labels: BandLabels | None,
    drawn: Band,
    narrow: bool,
) -> Spec:
    size = 13 if narrow else 15
    room = 118 if narrow else 130
    width, height = (NARROW - room - 48, 330) if narrow else (WIDE - room - 50, 380)
    ends = [v for by_year in series.values() for y, v in by_year.items() if y in years]
    ends += [v for shown in (band, drawn) for y in shown for v in shown[y] if y in years]
    ends += [point.value for point in printed]
    low, high = min([*ends, 0.0]), max([*ends, 0.0])
    margin = (high - low) * 0.06 or 1.0
    domain = [low - (margin if low < 0 else 0), high + (margin if high > 0 else 0)]
    shown = [y[2:] if narrow else y for y in years]
    x = in_order(
        "year:O",
        shown,
        scale=Scale(type="point", padding=0.08),
        axis=Axis(title=None, labelAngle=0, grid=False, values=shown[:: 2 if narrow else 1]),
    )
    measure: dict[str, Any] = {
        "scale": Scale(domain=domain, nice=False, zero=False),
        "axis": Axis(title=None, tickCount=6),
    }
    y = channel("value:Q", **measure)
    layers: list[Any] = []
    if any(year in band for year in years):
        rows = [
            {
                "year": s,
                "low": band[year][0],
                "high": band[year][1],
                READING: f"{year}: {_interval_text(title, *band[year])}",
            }
            for year, s in zip(years, shown, strict=True)
            if year in band
        ]
        layers.append(
            marks(rows, "Range on evidence")
            .mark_area(color=COLOURS["on_evidence"][0], opacity=0.14)
            .encode(x=x, y=channel("low:Q", **measure), y2="high:Q")
        )
    if drawn:
        rows = [
            {
                "year": s,
                "low": drawn[year][0],
                "high": drawn[year][1],
                READING: f"{year}: {_interval_text(title, *drawn[year])}",
            }
            for year, s in zip(years, shown, strict=True)
            if year in drawn
        ]
        for end in ("low", "high"):
            layers.append(
                marks([{k: v for k, v in row.items() if k != READING} for row in rows])
                .mark_tick(color=INK, thickness=2, size=14, orient="horizontal")
                .encode(x=x, y=channel(f"{end}:Q", **measure))
            )
        layers.append(
            marks(rows, "10% to 90% of draws")
            .mark_rule(color=INK, strokeWidth=1.5, strokeDash=[3, 2])
            .encode(x=x, y=channel("low:Q", **measure), y2="high:Q")
        )
    layers.append(marks([{"value": 0}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=y))
    for scenario, by_year in series.items():
        rows = [
            {
                "year": s,
                "value": by_year[year],
                READING: f"{year}: {_amount_text(title, by_year[year])}",
            }
            for year, s in zip(years, shown, strict=True)
            if year in by_year
        ]
        layers.append(
            marks(rows, words.position_name(scenario))
            .mark_line(
                color=COLOURS[scenario][0],
                strokeWidth=3,
                strokeDash=DASHED.get(scenario, [1, 0]),
                point={"color": COLOURS[scenario][0], "size": 42, "filled": True},
            )
            .encode(x=x, y=y)
        )
    short = dict(zip(years, shown, strict=True))
    layers += [
        marks(
            [
                {
                    "year": short[point.year],
                    "value": point.value,
                    READING: f"{point.year}: {_amount_text(title, point.value)}",
                }
            ],
            f"Printed, {words.inside(words.position_name(point.scenario))}",
        )
        .mark_point(color=COLOURS[point.scenario][0], size=150, strokeWidth=2.5, filled=False)
        .encode(x=x, y=y)
        for point in printed
    ]
    apart = (domain[1] - domain[0]) * (2.5 * size) / height
    last = years[-1]
    texts = [_end_label(title, scenario, by_year[last]) for scenario, by_year in series.items()]
    heights = [by_year[last] for by_year in series.values()]
    colours = [COLOURS[scenario][1] for scenario in series]
    if labels and last in band:
        texts += [[labels.low, words.position(band[last][0])]]
        texts += [[labels.high, words.position(band[last][1])]]
        heights += list(band[last])
        colours += [COLOURS["on_evidence"][1]] * 2
    at = spread(heights, apart, domain[0] + apart / 3, domain[1] - apart / 3)
    for text, colour, where in zip(texts, colours, at, strict=True):
        rows = [{"year": shown[-1], "value": where, "text": text}]
        layers.append(
            marks(rows)
            .mark_text(
                align="left",
                baseline="middle",
                dx=12,
                dy=-size * 0.6,
                lineHeight=size * 1.2,
                fontSize=size,
                fontWeight="bold",
                color=colour,
            )
            .encode(x=x, y=y, text="text:N")
        )
    return layered(layers, size=size, width=width, height=height, title=title)


def _end_label(title: str, scenario: str, value: float) -> list[str]:
    """A line's name and its last value; of a long name, the part before a comma or bracket."""
    return [re.split(r",| \(", words.position_name(scenario))[0], _amount_text(title, value)]


def _amount_text(title: str, value: float) -> str:
    """A value: an amount saved, or a position with its direction."""
    return words.signed(value) if title.startswith("Savings") else words.position(value)


def _interval_text(title: str, low: float, high: float) -> str:
    """An interval of amounts saved, or of positions."""
    saved = title.startswith("Savings")
    return words.money_range(low, high) if saved else words.between(low, high)
