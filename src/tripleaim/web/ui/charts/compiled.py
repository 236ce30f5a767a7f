"""Vega-Lite compiled to Vega once a shape, whatever rows and ends of axes it is drawn with.

To compile a chart takes longer than to draw it. Rows, and the values that a scale says it goes
over, come out of the compiler as they went in, so that stand-ins are compiled in their place, and
what is drawn takes the place of the stand-ins in the Vega that comes out. Stand-ins for numbers
keep sign, order and sameness, which is all that the compiler asks of the ends of a scale.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import vl_convert

from tripleaim.web.plans import KeptResults

Spec = dict[str, Any]

FIRST = 9_100_000_000
"""Stand-ins for numbers count from here, away from 0; no chart has such a size of its own."""

_STAND_IN = re.compile(
    rf'\[\{{"of": "(rows \d+)"\}}\]|\["(names \d+)"\]|(-?{FIRST // 10**6}\d{{6}})(?:\.0)?'
)

_kept = KeptResults(8 * 2**20)


def vega_of(spec: Spec) -> str:
    """The Vega of a Vega-Lite specification whose data are rows. Raises ValueError as vl-convert
    does of a specification that cannot be compiled.
    """
    shape = _Shape(spec)
    text = json.dumps(shape.spec, sort_keys=True)
    key = hashlib.sha256(text.encode()).digest()
    parts = _kept.once(key, lambda: _compiled(text))
    filled = list(parts)
    filled[1::2] = [shape.instead_of[stand_in] for stand_in in parts[1::2]]
    return "".join(filled)


def _compiled(text: str) -> list[str]:
    """The Vega of a shape: text and names of stand-ins in turn, text first."""
    vega = json.dumps(vl_convert.vegalite_to_vega(text))
    parts: list[str] = []
    end = 0
    for found in _STAND_IN.finditer(vega):
        parts += [vega[end : found.start()], found[1] or found[2] or found[3]]
        end = found.end()
    return [*parts, vega[end:]]


class _Shape:
    """A specification with stand-ins, and the JSON that they stand for, by their names."""

    def __init__(self, spec: Spec) -> None:
        self.instead_of: dict[str, str] = {}
        self._numbers = _stand_ins(sorted({*_ends(spec)}))
        self.instead_of |= {str(s): json.dumps(value) for value, s in self._numbers.items()}
        self._names: dict[str, str] = {}
        self.spec = self._part(spec)

    def _part(self, part: Spec) -> Spec:
        shape = dict(part)
        for kind in ("layer", "concat"):
            if kind in part:
                shape[kind] = [self._part(one) for one in part[kind]]
        if "data" in part:
            shape["data"] = {"values": [{"of": self._name("rows", part["data"]["values"])}]}
        if "encoding" in part:
            shape["encoding"] = {name: self._channel(c) for name, c in part["encoding"].items()}
        return shape

    def _channel(self, channel: Spec) -> Spec:
        domain = _domain(channel)
        if not domain:
            return channel
        return {**channel, "scale": {**channel["scale"], "domain": self._ends(domain)}}

    def _ends(self, domain: list[Any]) -> list[Any]:
        if any(isinstance(end, str) for end in domain):
            return [self._name("names", domain)]
        return [self._numbers.get(end, end) for end in domain]

    def _name(self, kind: str, values: list[Any]) -> str:
        """The stand-in for rows or names; equal ones have the same, as the compiler sees it."""
        text = json.dumps(values)
        name = self._names.setdefault(text, f"{kind} {len(self._names)}")
        self.instead_of[name] = text
        return name


def _ends(part: Spec) -> Iterator[float]:
    """The numbers that scales of a specification go over, without 0."""
    for kind in ("layer", "concat"):
        for one in part.get(kind, ()):
            yield from _ends(one)
    for channel in part.get("encoding", {}).values():
        yield from (end for end in _domain(channel) if not isinstance(end, str) and end)


def _domain(channel: Spec) -> list[Any]:
    """What the scale of a channel goes over; empty where its specification does not say."""
    return list((channel.get("scale") or {}).get("domain", ()))


def _stand_ins(values: list[float]) -> dict[float, int]:
    """Numbers of the same signs in the same order, by those that they stand for."""
    below = [value for value in values if value < 0]
    above = [value for value in values if value > 0]
    return {
        **{value: -FIRST - n for n, value in enumerate(reversed(below))},
        **{value: FIRST + n for n, value in enumerate(above)},
    }
