"""Fans: a line on the central draw in the band of 10% to 90%, named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from tripleaim.uncertainty import FanPart
from tripleaim.web.ui.charts.picture import (
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
    spread,
)
from tripleaim.web.ui.charts.readings import READING, with_between
from tripleaim.web.ui.charts.vega_lite import Axis, Channel, Marks, Scale, channel, in_order

DARK, MID, LIGHT, PLUM = "#00205b", "#005eb8", "#2b97d6", "#7c2855"
GREY, GREEN, BROWN = "#6b7883", "#00703c", "#8a4b08"
SEVEN = (DARK, LIGHT, PLUM, GREEN, BROWN, MID, GREY)
NOTHING = "\N{NO-BREAK SPACE}"
# Words in a colour need 4.5:1 on white, lines need 3:1.
WORDS = {LIGHT: "#1a6ea3", GREY: "#4c6272"}


@dataclass(frozen=True)
class FanLine:
    """One fan with its name, in lines, as it stands at its end."""

    label: tuple[str, ...]
    colour: str
    fan: FanPart


@dataclass(frozen=True)
class Panel:
    """One fan among small multiples, with its name and what it comes to."""

    name: str
    under: tuple[str, ...]
    fan: FanPart
    colour: str = DARK

    @property
    def label(self) -> str:
        """What it comes to, in a line."""
        return " ".join(self.under)


def fans(
    title: str,
    description: str,
    series: Sequence[FanLine],
    years: Sequence[str],
    until: str = "",
    *,
    unit: str = "",
) -> Picture:
    """Fans on one scale with nothing drawn as a line; `until` is the last year of the plan."""

    def draw(narrow: bool) -> Spec:
        return _draw(title, series, years, until, unit=unit, narrow=narrow)

    return picture(title, description, draw)


def fan_panels(
    title: str,
    description: str,
    panels: Sequence[Panel],
    years: Sequence[str],
    across: int,
    *,
    unit: str = "",
    apart: bool = False,
) -> Picture:
    """Small multiples of fans on one scale; each on its own where they count unlike things."""

    def draw(narrow: bool) -> Spec:
        charts = _panels(panels, years, 2 if narrow else across, unit, narrow=narrow, apart=apart)
        return {**charts, "title": {**_title(title, narrow), "offset": 18}}

    return picture(title, description, draw)


def _draw(
    title: str,
    series: Sequence[FanLine],
    years: Sequence[str],
    until: str,
    *,
    unit: str,
    narrow: bool,
) -> Spec:
    size = 13 if narrow else 15
    room = 112 if narrow else 190
    width, height = (NARROW - room - 52, 330) if narrow else (WIDE - room - 70, 380)
    domain = _domain([s.fan for s in series])
    x = _along(years, years[:: 6 if narrow else 3], shown=narrow)
    measure = _measure(domain, 6)
    y = channel("value:Q", **measure)
    layers: list[Any] = []
    if until in years:
        layers += _until(until, domain[1], x, measure, size)
    layers += [_band(s.fan, years, s.colour, x, measure) for s in series]
    layers.append(marks([{"value": 0}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=y))
    layers += [
        _central(s.fan, years, unit, " ".join(s.label))
        .mark_line(color=s.colour, strokeWidth=3)
        .encode(x=x, y=y)
        for s in series
    ]
    lines = max((len(s.label) for s in series), default=1)
    apart = (domain[1] - domain[0]) * 1.3 * lines * size / height
    ends = [next((v for v in reversed(s.fan.central) if v is not None), 0.0) for s in series]
    placed = spread(ends, apart, domain[0] + apart / 3, domain[1] - apart / 3)
    for one, where in zip(series, placed, strict=True):
        layers.append(
            marks([{"at": years[-1], "value": where, "text": list(one.label)}])
            .mark_text(
                align="left", baseline="middle", dx=12, dy=-size * 0.6 * (len(one.label) - 1),
                lineHeight=size * 1.2, fontSize=size, fontWeight="bold",
                color=WORDS.get(one.colour, one.colour),
            )
            .encode(x=x, y=y, text="text:N")
        )  # fmt: skip
    return layered(layers, size=size, width=width, height=height, title=_title(title, narrow))


def _panels(
    panels: Sequence[Panel],
    years: Sequence[str],
    across: int,
    unit: str,
    *,
    narrow: bool,
    apart: bool,
) -> Spec:
    one = _domain([p.fan for p in panels])
    across = min(across, max(len(panels), 1))
    size = 12 if narrow else 15
    width = (NARROW - 20 if narrow else WIDE) // max(across, 2) - (46 if narrow else 52)
    x = _along(years, (years[0], years[-1]), shown=True)
    measures = [_measure(_domain([p.fan]) if apart else one, 4) for p in panels]
    names = [wrap(p.name, int((width + 40) / (0.56 * size))) for p in panels]
    rows = [range(k, min(k + across, len(panels))) for k in range(0, len(panels), across)]
    deep = {k: max(len(names[j]) for j in row) for row in rows for k in row}
    under = max((len(p.under) for p in panels), default=1)
    charts = [
        layered(
            [
                _band(p.fan, years, p.colour, x, measures[k]),
                marks([{"value": 0}])
                .mark_rule(color=INK, strokeWidth=1)
                .encode(y=channel("value:Q", **measures[k])),
                _central(p.fan, years, unit, p.name)
                .mark_line(color=p.colour, strokeWidth=2.5)
                .encode(x=x, y=channel("value:Q", **measures[k])),
            ],
            width=width,
            height=110 if narrow else 130,
            title={
                # Panels of a row have as many lines above them, so that they stand level.
                "text": [*names[k], *[NOTHING] * (deep[k] - len(names[k]))],
                "subtitle": [*p.under, *[NOTHING] * (under - len(p.under))],
                "subtitleColor": MUTED,
                "subtitleFontSize": size - (1 if narrow else 2),
                "fontSize": size,
            },
        )
        for k, p in enumerate(panels)
    ]
    return grid(charts, columns=across, size=12 if narrow else 14, row=24, column=16)


def _title(title: str, narrow: bool) -> dict[str, Any]:
    """The title, in lines where the page is narrow."""
    return {"text": wrap(title, 46) if narrow else title, "fontSize": 13 if narrow else 15}


def _domain(fans: Sequence[FanPart]) -> list[float]:
    every = [v for f in fans for one in (f.central, f.p10, f.p90) for v in one if v is not None]
    low, high = min([*every, 0.0]), max([*every, 0.0])
    margin = (high - low) * 0.06 or 1.0
    return [low - (margin if low else 0.0), high + (margin if high else 0.0)]


def _along(years: Sequence[str], labels: Sequence[str], *, shown: bool) -> Channel:
    """The years; as 16/17 where `shown` short."""
    axis = Axis(title=None, labelAngle=0, grid=False, values=list(labels))
    if shown:
        axis["labelExpr"] = "slice(datum.label, 2)"
    return in_order("at:O", years, scale=Scale(type="point", padding=0.08), axis=axis)


def _measure(domain: Sequence[float], ticks: int) -> dict[str, Any]:
    return {
        "scale": Scale(domain=list(domain), nice=False, zero=False),
        "axis": Axis(title=None, tickCount=ticks),
    }


def _band(
    fan: FanPart, years: Sequence[str], colour: str, x: Channel, measure: dict[str, Any]
) -> Any:
    rows = [
        {"at": year, "low": low, "high": high}
        for year, low, high in zip(years, fan.p10, fan.p90, strict=True)
        if low is not None and high is not None
    ]
    area = marks(rows).mark_area(color=colour, opacity=0.18)
    return area.encode(x=x, y=channel("low:Q", **measure), y2="high:Q")


def _central(fan: FanPart, years: Sequence[str], unit: str, name: str) -> Marks:
    """The central values, each read with its interval."""
    rows = [
        {"at": year, "value": value, READING: f"{year}: {with_between(value, low, high, unit)}"}
        for year, value, low, high in zip(years, fan.central, fan.p10, fan.p90, strict=True)
        if value is not None
    ]
    return marks(rows, name)


def _until(until: str, top: float, x: Channel, measure: dict[str, Any], size: int) -> list[Any]:
    """An upright line where the plan ends."""
    here = marks([{"at": until, "value": top, "text": "the plan ends"}])
    text = here.mark_text(align="left", baseline="top", dx=6, fontSize=size - 1, color=MUTED)
    return [
        here.mark_rule(color=MUTED, strokeDash=[4, 4]).encode(x=x),
        text.encode(x=x, y=channel("value:Q", **measure), text="text:N"),
    ]
