"""What a reader reads at a mark: said by the server, put on the marks of a drawn chart.

A row of a chart may have a text under `READING`; the name that comes before it is the layer's
`description`. Vega-Lite ignores both, so that saying values costs no time of drawing. In the SVG
the group of a layer's marks has the texts in `data-values`, one a mark in their order, with the
name in `data-name`; of a line it is one a point. `charts.js` shows them.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tripleaim import wording as words

READING = "said"
"""The key of a row's text."""

BETWEEN = "|"
"""What stands between the texts of a group; no text has it."""

_MARKS = re.compile(r' class="mark-\w+ role-mark (\w+?)_?marks"')
_OTHER = re.compile(r' class="mark-[^"]*"')

Row = Mapping[str, Any]


def reading(value: float | None, unit: str = "") -> str:
    """A value as it is read at a mark: £1.2m, −4.5%, 340 contacts, with three digits or more."""
    if value is None or not math.isfinite(value):
        return "not known"
    if unit == "£m":
        return words.signed(value)
    if unit == "%":
        return words.percent(value)
    places = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{words.plain(round(value, places))} {unit}".rstrip()


def between(low: float | None, high: float | None, unit: str = "") -> str:
    """An interval as it is read at a mark: "£1.2m to £3.4m"; empty where there is none."""
    if low is None or high is None or low == high:
        return ""
    return f"{reading(low, unit)} to {reading(high, unit)}"


def with_between(value: float, low: float | None, high: float | None, unit: str = "") -> str:
    """A value with its interval: "£2.1m (£1.2m to £3.4m)"."""
    ends = between(low, high, unit)
    return f"{reading(value, unit)} ({ends})" if ends else reading(value, unit)


def with_readings(svg: str, spec: Mapping[str, Any]) -> str:
    """A drawn chart with the texts of its rows on their marks, and without Vega's own classes."""
    reading_of = dict(_layer_readings(spec))
    drawn = _MARKS.sub(lambda group: reading_of.get(group[1], ""), svg)
    return _OTHER.sub("", drawn)


def _layer_readings(spec: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Attributes for the group of a layer, by the name that Vega-Lite gives its marks."""
    for number, panel in enumerate(spec.get("concat", ())):
        yield from _layer_readings(panel, f"concat_{number}_")
    for number, layer in enumerate(spec.get("layer", ())):
        texts = [row.get(READING) for row in layer["data"]["values"]]
        if texts and all(texts):
            # A line with points is drawn as two layers, the points above the line.
            points = "_layer_1" if "point" in layer["mark"] else ""
            name = f"{prefix}layer_{number}{points}"
            named = words.capital(layer.get("description", ""))
            yield name, readings(named, list(map(str, texts)))


def readings(name: str, texts: Sequence[str]) -> str:
    """The attributes of a group of marks: what is read of each, after the name of them all."""
    joined = BETWEEN.join(text.replace(BETWEEN, "/") for text in texts)
    named = f' data-name="{html.escape(name)}"' if name else ""
    return f'{named} data-values="{html.escape(joined)}"'
