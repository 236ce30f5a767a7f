"""Vega-Lite specifications, written as the dictionaries that they are.

Building them with Altair took two thirds of the time of a page: it checks every part against the
schema each time a page is made. Here a test checks the specification of every chart instead
(tests/web/ui/test_web_chart_schema.py), and a misspelt part of a scale or an axis is a type error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

Channel = dict[str, Any]
Layer = dict[str, Any]

_TYPES = {"Q": "quantitative", "N": "nominal", "O": "ordinal"}
_SECOND = ("x2", "y2")
"""Channels that take the type and scale of the first of their kind."""


class Scale(TypedDict, total=False):
    """A scale's properties, as Vega-Lite names them."""

    type: Literal["linear", "log", "point"]
    domain: Sequence[float] | Sequence[str]
    nice: bool
    zero: bool
    clamp: bool
    padding: float


class Axis(TypedDict, total=False):
    """An axis's properties, as Vega-Lite names them."""

    title: str | None
    values: Sequence[float] | Sequence[str]
    grid: bool
    format: str
    orient: Literal["top", "bottom", "left", "right"]
    tickCount: int
    labelAngle: float
    labelColor: str
    labelExpr: str
    labelFontSize: float
    labelLimit: float
    labelOverlap: bool


def channel(shorthand: str, **properties: Any) -> Channel:
    """What a channel shows: "value:Q" is the column `value`, a quantity (N a name, O in order).

    `properties` are the channel's own: its scale, axis and sort.
    """
    name, _, kind = shorthand.partition(":")
    return {**properties, "field": name, "type": _TYPES[kind]}


def in_order(
    shorthand: str, values: Sequence[str], scale: Scale | None = None, **properties: Any
) -> Channel:
    """A channel of names in this order, all of which are there whether a row has them or not.

    The scale says so: to sort the rows of each layer takes as long as to draw them.
    """
    ordered: Scale = {**(scale or Scale()), "domain": list(values)}
    return channel(shorthand, sort=None, scale=ordered, **properties)


def fixed(value: float) -> Channel:
    """A channel that is the same for all, in pixels from the left or the top."""
    return {"value": value}


@dataclass(frozen=True, slots=True)
class _Marked:
    """Rows drawn with a mark, to be given their channels."""

    rows: Sequence[Mapping[str, Any]]
    mark: dict[str, Any]
    name: str

    def encode(self, **channels: Channel | str) -> Layer:
        """The layer with these channels; one given as a text is `channel` of it."""
        named = {"description": self.name} if self.name else {}
        return {
            **named,
            "data": {"values": self.rows},
            "mark": self.mark,
            "encoding": {name: _written(name, one) for name, one in channels.items()},
        }


def _written(name: str, one: Channel | str) -> Channel:
    written = channel(one) if isinstance(one, str) else one
    return {"field": written["field"]} if name in _SECOND else written


@dataclass(frozen=True, slots=True)
class Marks:
    """Rows to be drawn with one mark, each method one of Vega-Lite's.

    The properties of a mark are Vega-Lite's own; `name` is the layer's description.
    """

    rows: Sequence[Mapping[str, Any]]
    name: str = ""

    def mark_area(self, **properties: Any) -> _Marked:
        """An area, between y and y2."""
        return self._marked("area", properties)

    def mark_bar(self, **properties: Any) -> _Marked:
        """A bar a row."""
        return self._marked("bar", properties)

    def mark_line(self, **properties: Any) -> _Marked:
        """One line through all rows."""
        return self._marked("line", properties)

    def mark_point(self, **properties: Any) -> _Marked:
        """A point a row."""
        return self._marked("point", properties)

    def mark_rule(self, **properties: Any) -> _Marked:
        """A straight line a row, across the whole picture where it has one place only."""
        return self._marked("rule", properties)

    def mark_text(self, **properties: Any) -> _Marked:
        """A text a row."""
        return self._marked("text", properties)

    def mark_tick(self, **properties: Any) -> _Marked:
        """A short line a row."""
        return self._marked("tick", properties)

    def _marked(self, mark: str, properties: Mapping[str, Any]) -> _Marked:
        return _Marked(self.rows, {"type": mark, **properties}, self.name)
