"""England's boards as an SVG: each in a shade, or a place to choose, readable without colour."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.web.ui.maps.shapes import BoardShapes, Path, board_shapes

SHADES = ("#00205b", "#1f5fa8", "#5b9bd5", "#a9cdea", "#e3eef8")
"""From the most to the least, as marks q1 to q5 of a key."""
PLAIN, BORDER, LIGHT_BORDER = "#ffffff", "#425563", "#ffffff"
"""Of a board without a shade; of borders, and of those of a dark board."""
DARK = 2
"""The first shade that is not dark."""
CHOSEN = "#d5281b"
"""The border of the chosen board."""


@dataclass(frozen=True, slots=True)
class BoardOnMap:
    """A board on the map.

    text   what is read of it, with its name: "NHS Name: 12.3 (rank 4 to 11)"
    shade  0 (the most) to 4; None leaves it white
    href   where it leads; a board without one can only be read
    chosen whether it is the one that the page speaks of
    """

    text: str
    shade: int | None = None
    href: str = ""
    chosen: bool = False


def board_map(shown: Mapping[str, BoardOnMap], title: str, description: str) -> str:
    """The map of the boards in `shown`, by code; others are white and without text.

    Links are in the order of `shown`, so that readers who step from one to the next with the
    keyboard go in the order of the list beside the map. Without links the map is one image. A page
    must say everything that the map says in words too.
    """
    shapes = board_shapes()
    linked = any(one.href for one in shown.values())
    rest = "".join(
        _shape(path, BoardOnMap("")) for code, path in shapes.paths.items() if code not in shown
    )
    boards = "".join(
        _board(shapes.paths[code], one, reached=True)
        for code, one in shown.items()
        if code in shapes.paths
    )
    key = "m" + hashlib.sha256((title + description).encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ta-board-map" '
        f'role="{"group" if linked else "img"}" focusable="false" '
        f'aria-labelledby="{key}-t {key}-d" width="{shapes.width // 2}" '
        f'height="{shapes.height // 2}" viewBox="0 0 {shapes.width} {shapes.height}">'
        f'<title id="{key}-t">{html.escape(title)}</title>'
        f'<desc id="{key}-d">{html.escape(description)}</desc>'
        f'<g stroke="{BORDER}" stroke-width="1.5" stroke-linejoin="round">{rest}{boards}'
        f"{_inset(shapes, shown)}{_chosen(shapes, shown)}</g></svg>"
    )


def _inset(shapes: BoardShapes, shown: Mapping[str, BoardOnMap]) -> str:
    """The smallest boards once more, larger: for pointers alone, as they are reached before."""
    left, top, width, height = shapes.inset
    boards = "".join(
        _board(path, shown.get(code, BoardOnMap("")), reached=False)
        for code, path in shapes.inset_paths.items()
    )
    frame = f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="#f0f4f5"/>'
    return f'<g aria-hidden="true">{frame}{boards}</g>'


def _chosen(shapes: BoardShapes, shown: Mapping[str, BoardOnMap]) -> str:
    """The border of what is chosen, over everything."""
    chosen = {code for code, one in shown.items() if one.chosen}
    paths = [
        every[code]
        for every in (shapes.paths, shapes.inset_paths)
        for code in sorted(chosen & every.keys())
    ]
    if not paths:
        return ""
    return (
        f'<path d="{"".join(paths)}" fill="none" stroke="{CHOSEN}" stroke-width="6" '
        'pointer-events="none"/>'
    )


def _board(path: Path, one: BoardOnMap, *, reached: bool) -> str:
    shape = _shape(path, one)
    if not one.href:
        return shape
    named = f' aria-label="{html.escape(one.text)}"' if reached else ' tabindex="-1"'
    current = ' aria-current="true"' if one.chosen and reached else ""
    return f'<a href="{html.escape(one.href)}"{named}{current}>{shape}</a>'


def _shape(path: Path, one: BoardOnMap) -> str:
    fill = PLAIN if one.shade is None else SHADES[one.shade]
    line = f' stroke="{LIGHT_BORDER}"' if one.shade is not None and one.shade < DARK else ""
    title = f"<title>{html.escape(one.text)}</title>" if one.text else ""
    return f'<path d="{path}" fill="{fill}"{line}>{title}</path>'
