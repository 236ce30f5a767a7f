"""Rows as a table of Markdown, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

NUMERIC = set("0123456789.,+-−–()%£ to")
"""Of these only, with a digit among them, a cell is a number and stands to the right."""

FEWEST_DRAWS = 256
"""With fewer draws a share of the variance is mostly noise and is not printed."""


def markdown(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a column of numbers alone stands to the right."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    sides = [
        "--:" if cells and all(_is_number(row[k]) for row in cells) else "---"
        for k in range(len(headers))
    ]
    lines = [headers, sides, *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _is_number(cell: str) -> bool:
    return not cell or cell == "–" or (set(cell) <= NUMERIC and any(c.isdigit() for c in cell))


def number_text(value: float | None, digits: int = 1) -> str:
    """A number with separators and a true minus sign; – where there is none."""
    if value is None:
        return "–"
    rounded = f"{abs(value):,.{digits}f}"
    negative = value < 0 and any(c in "123456789" for c in rounded)
    return f"−{rounded}" if negative else rounded


def short(value: float | None) -> str:
    """A number to three significant digits, as ratios are printed; – where there is none."""
    if value is None:
        return "–"
    return number_text(value, 0) if abs(value) >= 1000 else f"{value:.3g}".replace("-", "−")


def ranged(value: float | None, low: float | None, high: float | None, digits: int = 1) -> str:
    """A number with its range, where it has one."""
    if low is None or high is None or low == high:
        return number_text(value, digits)
    return (
        f"{number_text(value, digits)} ({number_text(low, digits)} to {number_text(high, digits)})"
    )


def counted(numbers: Iterable[int], names: Iterable[str]) -> str:
    """Counts with their names, zero left out: 3 public, 1 assumed."""
    pairs = zip(numbers, names, strict=True)
    return ", ".join(f"{number} {name}" for number, name in pairs if number)


def spread_of(spread: Mapping[str, Any], digits: int = 1) -> str:
    """A spread of a document: its central value with its 10th and 90th percentile."""
    return ranged(spread["central"], spread["p10"], spread["p90"], digits)


def largest(
    document: Mapping[str, Any],
    drivers: Sequence[Mapping[str, Any]],
    share: Callable[[Any], float],
) -> str:
    """The five largest drivers with their shares in %, the largest first."""
    draws = document["draws"] if "draws" in document else document["run"]["draws"]
    if draws < FEWEST_DRAWS:
        return f"not known from fewer than {FEWEST_DRAWS} draws"
    return "; ".join(f"{x['name']} {share(x):.0f}%" for x in drivers[:5])
