"""Lines along years or months, named at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tripleaim.web.ui.charts.picture import (
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
from tripleaim.web.ui.charts.readings import READING, between, reading
from tripleaim.web.ui.charts.vega_lite import Axis, Channel, Scale, channel, in_order


@dataclass(frozen=True)
class ChartLine:
    """One line: its points by label of the axis, and what stands at its end."""

    label: tuple[str, ...]
    colour: str
    points: Mapping[str, float]
    dashed: bool = False


def series_picture(
    title: str,
    description: str,
    series: Sequence[ChartLine],
    along: Sequence[str],
    band: Mapping[str, tuple[float, float]] | None = None,
    *,
    unit: str = "",
    from_zero: bool = True,
) -> Picture:
    """Lines over the labels `along`, in a unit; `band` is an interval by label."""

    def draw(narrow: bool) -> Spec:
        return _draw(title, series, along, band or {}, unit, from_zero=from_zero, narrow=narrow)

    return picture(title, description, draw)


def _draw(
    title: str,
    series: Sequence[ChartLine],
    along: Sequence[str],
    band: Mapping[str, tuple[float, float]],
    unit: str,
    *,
    from_zero: bool,
    narrow: bool,
) -> Spec:
    size = 13 if narrow else 15
    room = 124 if narrow else 190
    width, height = (NARROW - room - 48, 330) if narrow else (WIDE - room - 60, 360)
    every = [v for s in series for v in s.points.values()] + [v for b in band.values() for v in b]
    every += [0.0] if from_zero else []
    low, high = min(every), max(every)
    margin = (high - low) * 0.06 or 1.0
    domain = [low - (0 if low == 0 else margin), high + (0 if high == 0 else margin)]
    x = in_order(
        "at:O",
        along,
        scale=Scale(type="point", padding=0.08),
        axis=Axis(
            title=None, labelAngle=0, grid=False, values=list(along)[:: _every(along, narrow)]
        ),
    )
    measure: dict[str, Any] = {
        "scale": Scale(domain=domain, nice=False, zero=False),
        "axis": Axis(title=None, tickCount=6),
    }
    y = channel("value:Q", **measure)
    layers: list[Any] = []
    if band:
        layers.append(
            marks(
                [
                    {
                        "at": at,
                        "low": ends[0],
                        "high": ends[1],
                        READING: f"{at}: {between(*ends, unit)}",
                    }
                    for at, ends in band.items()
                ],
                "Range",
            )
            .mark_area(color=INK, opacity=0.12)
            .encode(x=x, y=channel("low:Q", **measure), y2="high:Q")
        )
    if from_zero:
        layers.append(marks([{"value": 0}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=y))
    for one in series:
        layers.append(
            marks(
                [
                    {"at": at, "value": v, READING: f"{at}: {reading(v, unit)}"}
                    for at, v in one.points.items()
                ],
                " ".join(one.label),
            )
            .mark_line(
                color=one.colour,
                strokeWidth=3,
                strokeDash=[6, 4] if one.dashed else [1, 0],
                point={"color": one.colour, "size": 36, "filled": True},
            )
            .encode(x=x, y=y)
        )
    lines = max(len(s.label) for s in series)
    apart = (domain[1] - domain[0]) * (1.25 * lines * size) / height
    ending = [s for s in series if along[-1] in s.points]
    last = [s.points[along[-1]] for s in ending]
    at = spread(last, apart, domain[0] + apart / 3, domain[1] - apart / 3)
    for one in series:
        if one not in ending:
            layers.append(_at_its_end(one, size, measure, x))
    for one, where in zip(ending, at, strict=True):
        layers.append(
            marks([{"at": along[-1], "value": where, "text": list(one.label)}])
            .mark_text(
                align="left", baseline="middle", dx=12, dy=-size * 0.6 * (len(one.label) - 1),
                lineHeight=size * 1.2, fontSize=size, fontWeight="bold", color=one.colour,
            )
            .encode(x=x, y=y, text="text:N")
        )  # fmt: skip
    return layered(layers, size=size, width=width, height=height, title=title)


def _every(along: Sequence[str], narrow: bool) -> int:
    """Every how many labels one is written: a dozen at most, four on a narrow page."""
    return max(1, -(-len(along) // 12)) * (3 if narrow else 1)


def _at_its_end(one: ChartLine, size: int, measure: dict[str, Any], x: Channel) -> Any:
    """The name of a line that ends before the others, above its last point."""
    at, value = list(one.points.items())[-1]
    rows = [{"at": at, "value": value, "text": " ".join(one.label)}]
    return (
        marks(rows)
        .mark_text(
            align="left", baseline="bottom", dx=2, dy=-8, fontSize=size, fontWeight="bold",
            color=one.colour,
        )
        .encode(x=x, y=channel("value:Q", **measure), text="text:N")
    )  # fmt: skip
