"""The marks of a picture's key, as they are drawn in a file of it.

A page draws the same marks by its style sheet (`ta-key__mark`); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

WIDTH = 26
"""The room of a mark, in pixels; each is drawn about the middle of its left edge."""


def _line(colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="0" y1="0" x2="{WIDTH}" y2="0" stroke="{colour}" stroke-width="3"{dashed}/>'


def _ring(colour: str) -> str:
    return f'<circle cx="8" cy="0" r="6" fill="none" stroke="{colour}" stroke-width="2"/>'


def _bar(colour: str, height: float, width: float = WIDTH, border: str = "none") -> str:
    return (
        f'<rect x="0" y="{-height / 2:g}" width="{width:g}" height="{height:g}" '
        f'fill="{colour}" stroke="{border}"/>'
    )


MARKS: Mapping[str, str] = {
    "line": _line("#6b7883"),
    "dashes": _line("#768692", "6 4"),
    "ring": _ring("#212b32"),
    "ring-grey": _ring("#6b7883"),
    "diamond": '<path d="M8-7 15 0 8 7 1 0Z" fill="none" stroke="#7c2855" stroke-width="2"/>',
    "band": _bar("#a9cdea", 14),
    "dot": '<circle cx="8" cy="0" r="5" fill="#00205b"/>',
    "upright": _bar("#212b32", 18, 3),
    "claimed": _bar("#2b97d6", 18),
    "overlap": _bar("#005eb8", 12),
    "evidence": _bar("#00205b", 7),
    "q1": _bar("#00205b", 16, 22, "#425563"),
    "q2": _bar("#1f5fa8", 16, 22, "#425563"),
    "q3": _bar("#5b9bd5", 16, 22, "#425563"),
    "q4": _bar("#a9cdea", 16, 22, "#425563"),
    "q5": _bar("#e3eef8", 16, 22, "#425563"),
}
"""Each mark by its name, as SVG."""
