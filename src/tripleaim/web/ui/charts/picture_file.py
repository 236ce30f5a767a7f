"""A picture as a file of its own: with its title, key and caption, where it is from, what made it.

On a page these stand around a picture; a picture that leaves its page takes them along.
"""

from __future__ import annotations

import html
import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

import vl_convert

from tripleaim.web.ui.charts.key import MARKS, WIDTH
from tripleaim.web.ui.charts.picture import FONT, INK, MUTED, Picture

EDGE = 20
"""Pixels that are left empty around everything."""

NARROWEST = 640
"""A picture's file is at least so wide, so that its lines of text are not broken too often."""

LETTER = 0.53
"""The mean width of a letter of Arial, as a part of its size; lines are broken by it."""

SCALE, PAPER_SCALE = 2.0, 1.5
"""Pixels of a PNG for each of the SVG: on its own; and within a paper, where its width is known."""

_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def svg_file(picture: Picture, heading: str, below: Sequence[str]) -> str:
    """The picture as an SVG of its own.

    `heading` says of which place, page and scenario it is; `below` are the lines under it: its
    source, and what made it.
    """
    width, height = size_of(picture.wide)
    whole = max(width, NARROWEST)
    page = _Page(whole)
    page.text(heading, 14, MUTED)
    if not picture.draws_title:
        page.text(picture.title, 18, INK, bold=True)
    page.key(picture.key)
    page.drawing(picture.wide, height)
    page.text(picture.caption, 14, INK)
    for line in below:
        page.text(line, 12, MUTED)
    return page.svg(picture.title, picture.description)


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of an SVG in pixels. Raises ValueError where it says neither."""
    size = _SIZE.match(svg)
    if size is None:
        raise ValueError("the SVG has no width and height")
    return float(size[1]), float(size[2])


def drawing(picture: Picture) -> str:
    """The picture as an SVG with its title and key alone, for where its caption is text."""
    return svg_file(replace(picture, caption=""), "", ())


def png_file(svg: str, scale: float = SCALE) -> bytes:
    """An SVG as a PNG, `scale` pixels for each of its own so that it is sharp."""
    drawn: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return drawn


class _Page:
    """What stands in a file, from the top down."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._top = float(EDGE)
        self._parts: list[str] = []

    def text(self, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        """Lines of text, broken at the width of the page."""
        weight = ' font-weight="bold"' if bold else ""
        for line in textwrap.wrap(text, int(self._width / (size * LETTER))):
            self._top += size
            self._parts.append(
                f'<text x="{EDGE}" y="{self._top:g}" font-family="{FONT}" font-size="{size}" '
                f'fill="{colour}"{weight}>{html.escape(line)}</text>'
            )
            self._top += size * 0.4
        self._top += size * 0.4 if text else 0

    def key(self, key: Sequence[tuple[str, str]]) -> None:
        """Each mark with what it means, beside each other for as long as there is room."""
        size, across = 14, float(EDGE)
        for mark, meaning in key:
            needed = WIDTH + 8 + len(meaning) * size * LETTER + 24
            if across > EDGE and across + needed > self._width + EDGE:
                self._top += 24
                across = EDGE
            self._parts.append(
                f'<g transform="translate({across:g} {self._top + 10:g})">{MARKS[mark]}'
                f'<text x="{WIDTH + 8}" y="5" font-family="{FONT}" font-size="{size}" '
                f'fill="{INK}">{html.escape(meaning)}</text></g>'
            )
            across += needed
        self._top += 30 if key else 0

    def drawing(self, svg: str, height: float) -> None:
        """The picture itself."""
        self._parts.append(svg.replace("<svg ", f'<svg x="{EDGE}" y="{self._top:g}" ', 1))
        self._top += height + 14

    def svg(self, title: str, description: str) -> str:
        """The whole file, with its title and what it shows for those who do not see it."""
        width, height = math.ceil(self._width + 2 * EDGE), math.ceil(self._top + EDGE)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="en-GB" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(self._parts)}</svg>\n'
        )
