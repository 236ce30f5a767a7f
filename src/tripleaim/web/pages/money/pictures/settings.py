"""Pence of a pound by setting: the first and the last year, do nothing beside a basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.plan import PoundBySetting
from tripleaim.web.pages.money.presenters import settings as words_of
from tripleaim.web.ui.charts.picture import (
    COLOURS,
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
from tripleaim.web.ui.charts.readings import READING
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel


def pence_by_setting(pound: PoundBySetting, basis: str) -> Picture:
    """Two lines a row, from a ring (first year) to a dot (last): grey above, the basis below.

    One line where `basis` is do nothing itself.
    """
    ends = (pound.years[0], pound.years[-1])
    title = f"Pence of each pound by setting, {ends[0]} and {ends[1]}"
    rows = words_of.rows(pound, basis)

    def draw(narrow: bool) -> Spec:
        return _draw(title, rows, basis, ends, narrow)

    drawn = picture(title, words_of.description(pound, basis), draw)
    return drawn.called("settings", words_of.caption(pound, basis))


def _draw(
    title: str, rows: Sequence[words_of.Ends], basis: str, ends: tuple[str, str], narrow: bool
) -> Spec:
    size = 13 if narrow else 15
    names = [name for name, _, _ in rows]
    values = [v for _, nothing, done in rows for v in (*nothing, *done)]
    low, high = min([*values, 0.0]), max([*values, 1.0])
    room = (high - low) * (0.6 if narrow else 0.34)
    measure: dict[str, Any] = {
        "scale": Scale(domain=[low - (high - low) * 0.03, high + room], nice=False),
        "axis": Axis(
            title=None,
            values=[v for v in range(0, int(high) + 6, 5) if v <= high],
            labelExpr="datum.value + 'p'",
            orient="top",
        ),
    }
    y = rows_named(names, narrow, 320)
    down = 8 if narrow else 0
    grey, colour = COLOURS["do_nothing"][0], COLOURS.get(basis, COLOURS["as_chosen"])[0]
    layers: list[Any] = [
        marks([{"value": 0}])
        .mark_rule(color=INK, strokeWidth=1.5)
        .encode(x=channel("value:Q", **measure))
    ]
    alone = basis == "do_nothing"
    for which, ink, offset in ((1, grey, -6), (2, colour, 6))[: 1 if alone else 2]:
        data: list[dict[str, Any]] = [
            {"name": r[0], "first": r[which][0], "last": r[which][1]} for r in rows
        ]
        at = down + offset
        name = words.position_name("do_nothing" if which == 1 else basis)
        first, last = (
            [{**row, READING: f"{row['name']}, {year}: {words.pence(row[end])}"} for row in data]
            for year, end in zip(ends, ("first", "last"), strict=True)
        )
        layers += [
            marks(data)
            .mark_bar(size=3, color=ink, yOffset=at)
            .encode(x=channel("first:Q", **measure), x2="last:Q", y=y),
            marks(first, name)
            .mark_point(size=60, color=ink, strokeWidth=2, filled=False, opacity=1, yOffset=at)
            .encode(x=channel("first:Q", **measure), y=y),
            marks(last, name)
            .mark_point(size=70, color=ink, filled=True, opacity=1, yOffset=at)
            .encode(x=channel("last:Q", **measure), y=y),
        ]
    labels = [
        {
            "name": name,
            "value": max(*nothing, *done),
            "text": ", ".join(
                words.pence(v[1]) for v in ((nothing,) if alone else (nothing, done))
            ),
        }
        for name, nothing, done in rows
    ]
    layers.append(
        marks(labels)
        .mark_text(align="left", dx=12, dy=down, fontSize=size - 1, color=MUTED)
        .encode(x=channel("value:Q", **measure), y=y, text="text:N")
    )
    if narrow:
        layers += names_above(names, y)
    width = (NARROW - 20) if narrow else WIDE - 350
    step = 52 if narrow else 38
    return layered(layers, size=size, width=width, height={"step": step}, title=title)
