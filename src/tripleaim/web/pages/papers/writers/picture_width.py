"""How wide a picture is on a page of paper."""

from __future__ import annotations

from tripleaim.web.ui.charts.picture_file import size_of

TALLEST = 0.62
"""The height that a picture may have, as a part of the width of the text."""


def share_of_width(svg: str) -> float:
    """The part of the text's width that a picture takes: a tall one leaves room for text."""
    width, height = size_of(svg)
    return min(1.0, TALLEST * width / height)
