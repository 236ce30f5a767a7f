"""Drawings of the documents, made from text: boxes on a grid and the arrows between them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 190, 46
"""Of a box, in pixels."""
ACROSS, DOWN = 250, 92
"""From one box to the next."""
MARGIN = 12

HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="title" font-family="Arial, Liberation Sans, sans-serif" font-size="13">
<title id="title">{title}</title>
<!-- Made from {source} by `python -m website.drawing`. -->
<defs><marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">\
<path d="M0 0 L9 4 L0 8 z" fill="#4c6272"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
"""


@dataclass(frozen=True)
class Box:
    """A thing in the drawing: its name, a line on where it comes from, and its place."""

    title: str
    note: str
    column: int
    row: int

    @property
    def left(self) -> int:
        """Its left edge."""
        return MARGIN + self.column * ACROSS

    @property
    def top(self) -> int:
        """Its upper edge."""
        return MARGIN + self.row * DOWN


def draw(text: str, source: str) -> str:
    """The drawing that a TOML text describes, as SVG.

    The text holds `title`, `[box.ID]` with `title`, `note`, `at = [column, row]`, and `[[arrow]]`
    with `from`, `to`, `label`. Raises KeyError for an arrow to a box that is not there.
    """
    told = tomllib.loads(text)
    boxes = {
        name: Box(box["title"], box.get("note", ""), *box["at"])
        for name, box in told["box"].items()
    }
    width = max(box.left for box in boxes.values()) + WIDTH + MARGIN
    height = max(box.top for box in boxes.values()) + HEIGHT + MARGIN
    parts = [HEAD.format(width=width, height=height, title=escape(told["title"]), source=source)]
    parts += [
        _arrow(boxes[arrow["from"]], boxes[arrow["to"]], arrow.get("label", ""))
        for arrow in told["arrow"]
    ]
    parts += [_box(box) for box in boxes.values()]
    return "".join(parts) + "</svg>\n"


def _box(box: Box) -> str:
    middle = box.left + WIDTH // 2
    return (
        f'<rect x="{box.left}" y="{box.top}" width="{WIDTH}" height="{HEIGHT}" rx="4" '
        'fill="#e8f1f8" stroke="#005eb8"/>\n'
        f'<text x="{middle}" y="{box.top + 19}" text-anchor="middle" font-weight="bold" '
        f'fill="#212b32">{escape(box.title)}</text>\n'
        f'<text x="{middle}" y="{box.top + 36}" text-anchor="middle" font-size="11" '
        f'fill="#4c6272">{escape(box.note)}</text>\n'
    )


def _arrow(start: Box, end: Box, label: str) -> str:
    """Straight down or across; else across to the column of the end, then down into it."""
    if start.column == end.column:
        x = start.left + WIDTH // 2
        path = f"M{x} {start.top + HEIGHT} V{end.top - 1}"
        words = (x + 8, (start.top + HEIGHT + end.top) // 2 + 4, "start")
    elif start.row == end.row:
        y = start.top + HEIGHT // 2
        right = end.column > start.column
        x1, x2 = (start.left + WIDTH, end.left - 1) if right else (start.left, end.left + WIDTH + 1)
        path, words = f"M{x1} {y} H{x2}", ((x1 + x2) // 2, y - 6, "middle")
    else:
        y, x = start.top + HEIGHT // 2, end.left + WIDTH // 2
        right = end.column > start.column
        x1 = start.left + (WIDTH if right else 0)
        path = f"M{x1} {y} H{x} V{end.top - 1}"
        words = (x + 8, (y + end.top) // 2 + 4, "start")
    drawn = f'<path d="{path}" fill="none" stroke="#4c6272" marker-end="url(#tip)"/>\n'
    if not label:
        return drawn
    x, y, anchor = words
    return drawn + (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12" font-style="italic" '
        f'fill="#212b32">{escape(label)}</text>\n'
    )


def drawings(folder: Path) -> dict[Path, str]:
    """Every drawing of a folder as it should be, by the file it belongs in."""
    return {
        text.with_suffix(".svg"): draw(text.read_text(encoding="utf-8"), text.name)
        for text in sorted(folder.glob("*.toml"))
    }


if __name__ == "__main__":
    for file, picture in drawings(Path(__file__).parent.parent / "docs" / "images").items():
        file.write_text(picture, encoding="utf-8")
