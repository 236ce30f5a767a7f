"""Tables in the terminal: a bold title on the left, words on the left, numbers on the right."""

from __future__ import annotations

from typing import Any

from rich.table import Table


def headed(title: str | None, *heads: str, left: int = 1) -> Table:
    """An empty table whose first `left` columns hold words, the others numbers."""
    sides = ["left"] * left + ["right"] * (len(heads) - left)
    return justified(title, *zip(heads, sides, strict=True))


def justified(title: str | None, *columns: tuple[str, Any]) -> Table:
    """An empty table of columns, each with its side: left, right, center."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for head, side in columns:
        table.add_column(head, justify=side)
    return table


def count(value: float | None) -> str:
    """A whole number with thousands separated; empty for none."""
    return "" if value is None else f"{value:,.0f}"
