"""A Vega-Lite chart as SVG that a page may hold: no style attribute, no stray label, no clash."""

from __future__ import annotations

import hashlib
import html
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import vl_convert

from tripleaim.web.plans import KeptResults
from tripleaim.web.ui.charts.compiled import vega_of
from tripleaim.web.ui.charts.readings import with_readings
from tripleaim.web.ui.charts.vega_lite import Axis, Channel, Layer, Marks, Scale, fixed, in_order

Spec = dict[str, Any]

WIDE, NARROW = 1000, 350
INK, MUTED, RULE = "#212b32", "#4c6272", "#d8dde0"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""vl-convert brings the first along, so that texts are as wide on every system; it has the widths
of Arial."""

# One colour for each scenario on every page; each is 3:1 or better on white. The second is for
# words in that colour, 4.5:1 or better.
COLOURS = {
    "do_nothing_uncalibrated": ("#768692", "#4c6272"),
    "do_nothing": ("#6b7883", "#4c6272"),
    "as_claimed": ("#2b97d6", "#1a6ea3"),
    "as_claimed_after_stf": ("#2b97d6", "#1a6ea3"),
    "after_overlap": ("#005eb8", "#005eb8"),
    "on_evidence": ("#00205b", "#00205b"),
    "as_chosen": ("#7c2855", "#7c2855"),
    "not_known_drawn": ("#007f3b", "#007f3b"),
}


@dataclass(frozen=True)
class Picture:
    """A chart in two widths, with the sentence that says what it shows.

    `narrow` is empty where one drawing does for both. `draws_title` says whether the chart has its
    title in it. `name` is what its files are called on its page, `caption` and `key` are what is
    written below and above it: a mark of `key.MARKS` with what it means.
    """

    title: str
    description: str
    wide: str
    narrow: str
    draws_title: bool = True
    name: str = ""
    caption: str = ""
    key: Sequence[tuple[str, str]] = ()

    def called(self, name: str, caption: str = "", key: Sequence[tuple[str, str]] = ()) -> Picture:
        """The same picture with the name of its files on a page, its caption and its key."""
        return replace(self, name=name, caption=caption, key=key)


def picture(title: str, description: str, draw: Callable[[bool], Spec]) -> Picture:
    """The picture that `draw(narrow)` makes for a wide and for a narrow page."""
    wide = draw(False)
    return Picture(
        title,
        description,
        _svg(wide, title, description),
        _svg(draw(True), title, description),
        draws_title="title" in wide,
    )


def marks(rows: Sequence[Mapping[str, Any]], name: str = "") -> Marks:
    """A chart of these rows, to be given a mark and channels.

    `name` comes before what a reader reads at a mark, the text `READING` of its row.
    """
    return Marks(rows, name)


def layered(layers: Sequence[Layer], *, size: int = 15, **properties: Any) -> Spec:
    """Charts laid over each other, as a Vega-Lite specification.

    `size` is that of the type, `properties` are the specification's own: width, height, title.
    """
    return {"layer": layers, **properties, "config": _theme(size)}


def grid(panels: Sequence[Spec], *, columns: int, size: int, row: int, column: int) -> Spec:
    """Specifications side by side in rows of `columns`, with pixels between rows and columns."""
    return {
        "concat": [{k: v for k, v in panel.items() if k != "config"} for panel in panels],
        "columns": columns,
        "spacing": {"row": row, "column": column},
        "config": _theme(size),
    }


def _theme(size: int) -> Spec:
    """The house's type and lines."""
    type_ = {"font": FONT, "fontSize": size}
    return {
        "aria": False,
        "view": {"stroke": None},
        "text": {**type_, "color": INK},
        "title": {
            **type_, "subtitleFont": FONT, "color": INK, "fontWeight": "bold", "anchor": "start",
            "offset": 10,
        },
        "axis": {
            "labelFont": FONT, "labelFontSize": size, "labelColor": MUTED, "labelPadding": 8,
            # Vega measures a text that has a limit three times, and measuring is most of the work.
            "labelLimit": 0,
            "titleFont": FONT, "titleFontSize": size, "titleColor": MUTED,
            "titleFontWeight": "normal", "gridColor": RULE, "domain": False, "ticks": False,
        },
    }  # fmt: skip


def rows_named(names: Sequence[str], narrow: bool, most: int) -> Channel:
    """A row for each name, in their order: named on the left in `most` pixels, or `names_above`."""
    beside = Axis(title=None, labelLimit=most, labelColor=INK, labelFontSize=15, grid=False)
    axis = None if narrow else beside
    return in_order("name:N", names, scale=Scale(padding=0), axis=axis)


BESIDE_AXIS = 8
"""Pixels that a name keeps from an axis at the left, so that its white does not hide it."""


def names_above(names: Sequence[str], y: Channel, left: int = 1) -> list[Any]:
    """Names above their rows, for a narrow page; on white, so that no line runs through them.

    They begin `left` pixels from the left: `BESIDE_AXIS` where the axis is there.
    """
    chart = marks([{"name": name} for name in names])
    behind = chart.mark_text(
        align="left", baseline="bottom", dx=left, dy=-6, fontSize=13, stroke="#fff", strokeWidth=5
    )
    text = chart.mark_text(align="left", baseline="bottom", dx=left, dy=-6, fontSize=13, color=INK)
    return [layer.encode(x=fixed(0), y=y, text="name:N") for layer in (behind, text)]


def spread(values: list[float], apart: float, low: float, high: float) -> list[float]:
    """Where to put labels so that they stand at least `apart`, each as near its value as can be.

    Neighbours that would touch form a block that is centred on its members' mean; what would leave
    `low` to `high` is moved in, unless there is no room for all.
    """
    order = sorted(range(len(values)), key=lambda i: values[i])
    blocks: list[tuple[list[int], float]] = []
    for i in order:
        blocks.append(([i], values[i]))
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], apart):
            (left, _), (right, _) = blocks[-2:]
            both = left + right
            middle = sum(values[k] for k in both) / len(both)
            blocks[-2:] = [(both, middle)]
    placed = [0.0] * len(values)
    for members, middle in blocks:
        for k, i in enumerate(members):
            placed[i] = middle + (k - (len(members) - 1) / 2) * apart
    floor = low
    for i in order:
        placed[i] = floor = max(placed[i], floor)
        floor += apart
    ceiling = high
    for i in reversed(order):
        placed[i] = ceiling = min(placed[i], ceiling)
        ceiling -= apart
    return placed


def _overlap(a: tuple[list[int], float], b: tuple[list[int], float], apart: float) -> bool:
    top = a[1] + (len(a[0]) - 1) / 2 * apart
    bottom = b[1] - (len(b[0]) - 1) / 2 * apart
    return bottom - top < apart


DRAWN = "tripleaim.web.chart_drawn"
_kept = KeptResults(32 * 2**20)


def _svg(spec: Spec, title: str, description: str) -> str:
    text = json.dumps(spec, sort_keys=True)
    key = hashlib.sha256("\0".join((text, title, description)).encode()).digest()
    return _kept.once(key, lambda: _rendered(text, title, description))


def _rendered(spec: str, title: str, description: str) -> str:
    """The SVG of a Vega-Lite chart. Tests hear of it by the audit event `DRAWN`."""
    sys.audit(DRAWN, spec)
    chart = json.loads(spec)
    drawn: str = vl_convert.vega_to_svg(vega_of(chart))
    key = "p" + hashlib.sha256((spec + title).encode()).hexdigest()[:10]
    head, _, body = drawn.partition(">")
    size = dict(re.findall(r'(width|height)="([\d.]+)"', head))
    body = re.sub(r'\s(?:role|aria-[a-z]+|pointer-events)="[^"]*"', "", body)
    body = re.sub(r'id="([^"]+)"', rf'id="{key}-\1"', body)
    body = body.replace("url(#", f"url(#{key}-").replace('href="#', f'href="#{key}-')
    body = body.replace('fill="white"', 'fill="none"', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" focusable="false" '
        f'aria-labelledby="{key}-t {key}-d" width="{size["width"]}" height="{size["height"]}" '
        f'viewBox="0 0 {size["width"]} {size["height"]}">'
        f'<title id="{key}-t">{html.escape(title)}</title>'
        f'<desc id="{key}-d">{html.escape(description)}</desc>{with_readings(body, chart)}'
    )
