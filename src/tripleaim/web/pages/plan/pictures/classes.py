"""What evidence shows of the solutions, one bar a class: what each may come to."""

from __future__ import annotations

from typing import Any

from tripleaim import wording as words
from tripleaim.plan import EvidenceClassPart, EvidenceShownPart
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

CAPTION = (
    "A bar goes from the worst to the best saving of a class, net of its investment. A stroke is "
    "the value that controlled studies give. A class that is not known has no stroke: it may save "
    "nothing or its whole claim."
)


def classes(shown: EvidenceShownPart, description: str, tag: str) -> Picture:
    """From what each class loses at worst to what it saves at best, £m net of investment."""
    title = words.tagged(f"What each class may save in {shown.year}, £m net", tag)
    drawn = picture(title, description, lambda narrow: _bars(title, shown, narrow))
    return drawn.called("classes", CAPTION)


def _bars(title: str, shown: EvidenceShownPart, narrow: bool) -> Spec:
    size = 13 if narrow else 15
    names = [_name(part) for part in shown.classes]
    low = min(0.0, *(part.net_range_gbp_m[0] for part in shown.classes))
    high = max(1.0, *(part.net_range_gbp_m[1] for part in shown.classes))
    measure: dict[str, Any] = {
        "scale": Scale(domain=[low * 1.15, high * (1.5 if narrow else 1.3)], nice=False),
        "axis": Axis(title=None, tickCount=4 if narrow else 6, orient="top"),
    }
    x, y = channel("low:Q", **measure), rows_named(names, narrow, 360)
    rows = [
        {
            "name": name,
            "low": part.net_range_gbp_m[0],
            "high": part.net_range_gbp_m[1],
            READING: f"{name}: {words.money_range(*part.net_range_gbp_m)}",
        }
        for name, part in zip(names, shown.classes, strict=True)
        if part.solutions
    ]
    known = [
        {
            "name": name,
            "low": part.net_gbp_m,
            READING: f"{name}, central: {words.signed(part.net_gbp_m)}",
        }
        for name, part in zip(names, shown.classes, strict=True)
        if part.solutions and part.net_gbp_m is not None
    ]
    texts = [
        {"name": name, "low": max(0.0, part.net_range_gbp_m[1]), "text": _range_text(part)}
        for name, part in zip(names, shown.classes, strict=True)
    ]
    offset = 8 if narrow else 0
    layers: list[Any] = [
        marks(rows)
        .mark_bar(color=COLOURS["on_evidence"][0], opacity=0.25, size=18, yOffset=offset)
        .encode(x=x, x2="high:Q", y=y),
        marks(known)
        .mark_tick(color=COLOURS["on_evidence"][0], thickness=3, size=22, yOffset=offset)
        .encode(x=x, y=y),
        marks([{"low": 0}]).mark_rule(color=INK, strokeWidth=1.5).encode(x=x),
        marks(texts)
        .mark_text(align="left", dx=8, dy=offset, fontSize=size - 1, color=MUTED)
        .encode(x=x, y=y, text="text:N"),
    ]
    if narrow:
        layers += names_above(names, y)
    width = (NARROW - 12) if narrow else WIDE - 390
    step = {"step": 52 if narrow else 40}
    return layered(layers, size=size, width=width, height=step, title=title)


def _name(part: EvidenceClassPart) -> str:
    return words.capital(part.evidence_class)


def _range_text(part: EvidenceClassPart) -> str:
    if not part.solutions:
        return "none"
    low, high = part.net_range_gbp_m
    number = len(part.solutions)
    return (
        f"{number} solution{'s' if number > 1 else ''}: {words.tenths(low)} to {words.tenths(high)}"
    )
