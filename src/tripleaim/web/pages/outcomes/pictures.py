"""Errors of the back-test beside naive ones, forecasts beside what happened, prevention's cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.backtest import ALL, Backtest, ForecastPart, ScorePart
from tripleaim.prevention import MoneyPart, PreventionDocument
from tripleaim.web.pages.outcomes.presenters import backtest as words_of
from tripleaim.web.pages.outcomes.presenters import prevention
from tripleaim.web.ui.charts.fan import fans
from tripleaim.web.ui.charts.picture import (
    MUTED,
    NARROW,
    RULE,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    names_above,
    picture,
    rows_named,
)
from tripleaim.web.ui.charts.ranges import RangeRow, ranges
from tripleaim.web.ui.charts.readings import READING, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel, fixed

FORECASTS = {"ours": "Ours", "last": "Last known value", "line": "Straight line"}
OURS, LAST, LINE = "#00205b", "#6b7883", "#7c2855"


def errors(document: Backtest) -> Picture:
    """The mean error of each group: ours, the last value's, the straight line's."""
    parts = [p for p in document.scores if p.group != ALL]
    title = "Mean error, % of what happened: nearer to the left is better"

    def draw(narrow: bool) -> Spec:
        return _errors(title, parts, narrow)

    return picture(title, words_of.description(document), draw).called(
        "errors",
        "Mean absolute error over everything that can be compared. Registers of the first base "
        "have only one earlier value, so they have no line. The 80% interval should contain about "
        "80% of values.",
        (
            ("dot", "this model"),
            ("ring-grey", "the last value, unchanged"),
            ("diamond", "a straight line through the last five"),
        ),
    )


def series_of_group(document: Backtest, group: str) -> Picture:
    """Each series of a group: forecast, interval, and what happened as an open circle."""
    parts = words_of.last_of_each(document, group)

    def change(value: float, f: ForecastPart) -> float:
        return 100 * (value / f.last_value - 1)

    rows = [
        RangeRow(
            name=words_of.name_of(document, f),
            value=change(f.interval.central, f),
            low=change(f.interval.p10, f),
            high=change(f.interval.p90, f),
            text="" if f.inside else "outside",
            other=change(f.actual or 0.0, f),
        )
        for f in parts
    ]
    return ranges(
        f"{words.capital(group)}: change since the last known value, %",
        words_of.series_description(parts),
        rows,
        0.0,
        unit="%",
        ring="What happened",
    ).called(
        "series",
        "The line at zero is the last value known at the base date. Each row is the longest "
        "forecast of its series that can be compared with what happened.",
        (("dot", "forecast"), ("band", "its 80% interval"), ("ring", "what happened")),
    )


def _errors(title: str, parts: Sequence[ScorePart], narrow: bool) -> Spec:
    size = 13 if narrow else 15
    names = [words.capital(p.group) for p in parts]
    rows: list[dict[str, Any]] = [
        {
            "name": words.capital(p.group),
            "ours": p.error_pct,
            "last": p.last_value_error_pct,
            "line": p.straight_line_error_pct,
        }
        for p in parts
    ]
    most = max((v for r in rows for v in r.values() if isinstance(v, float)), default=1.0)
    measure: dict[str, Any] = {
        "scale": Scale(domain=[0, most * 1.05], nice=False),
        "axis": Axis(title=None, tickCount=4 if narrow else 6, orient="top"),
    }
    width = (NARROW - 20) if narrow else WIDE - 330
    y = rows_named(names, narrow, 300)
    down = 8 if narrow else 0
    layers: list[Any] = [
        marks([{"name": n, "from": 0, "to": most} for n in names])
        .mark_rule(color=RULE, yOffset=down)
        .encode(x=channel("from:Q", **measure), x2="to:Q", y=y)
    ]
    shapes = (("last", LAST, "circle", False), ("line", LINE, "diamond", False))
    for key, colour, shape, filled in (*shapes, ("ours", OURS, "circle", True)):
        shown = [
            {
                "name": r["name"],
                "value": r[key],
                READING: f"{r['name']}: {reading(r[key], '%')}",
            }
            for r in rows
            if r[key] is not None
        ]
        layers.append(
            marks(shown, FORECASTS[key])
            .mark_point(
                size=110, color=colour, shape=shape, filled=filled, strokeWidth=2.5, opacity=1,
                yOffset=down,
            )
            .encode(x=channel("value:Q", **measure), y=y)
        )  # fmt: skip
    if narrow:
        layers += names_above(names, y)
    else:
        layers.append(
            marks(
                [
                    {
                        "name": words.capital(p.group),
                        "text": f"interval contains {words.percent(p.coverage_pct, 0)}",
                    }
                    for p in parts
                ]
            )
            .mark_text(align="left", fontSize=size - 1, color=MUTED)
            .encode(x=fixed(width + 16), y=y, text="text:N")
        )
    return layered(
        layers, size=size, width=width, height={"step": 48 if narrow else 36}, title=title
    )


def net_cost(
    document: PreventionDocument, money: MoneyPart, description: str, *, alone: bool
) -> Picture:
    """Net cost so far by year, of all programmes, or of one that is `alone`."""
    rate = prevention.headline_rate(document)
    return fans(
        f"Net cost so far, £m discounted at {rate:g}%; below zero it has paid for itself",
        description,
        prevention.cumulative(money),
        document.years,
        document.plan_years[-1],
        unit="£m",
    ).called(
        "net-cost",
        ("Each alone, compared with doing nothing. " if alone else "")
        + (
            "Bands are 10% to 90%. Dark: a contact avoided counts at its average cost. Light: we "
            "count only the cost that organisations no longer have."
        ),
    )
