"""A file's own totals beside the sums of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tripleaim.official_files.headers import SheetRows
from tripleaim.tables import plain_number

_MOST_TOLD = 3


def value_in(rows: SheetRows, cells: Sequence[str], column: str) -> float | None:
    """The number in a column of a total; None where there is none. Refuses nothing."""
    try:
        return float(plain_number(rows.cell(cells, column)))
    except ValueError:
        return None


def unlike(
    pairs: Iterable[tuple[str, float | None, float]], close: float = 0.5
) -> list[tuple[str, float, float]]:
    """Of names with a total and a sum those that differ by more than `close`."""
    return [
        (name, total, added)
        for name, total, added in pairs
        if total is not None and abs(total - added) > close
    ]


def say_unlike(
    rows: SheetRows, line: int, whose: str, differ: Sequence[tuple[str, float, float]]
) -> None:
    """Say each total of a line that is not the sum of the rows, with both numbers."""
    if not differ:
        return
    (name, total, added), *others = differ
    more = "".join(
        f"; {name} {total:,.0f} and {added:,.0f}" for name, total, added in others[:_MOST_TOLD]
    )
    rows.notes.append(
        f"its total (line {line}) is {total:,.0f} {name}, its {whose} have {added:,.0f}{more}: "
        "lines are missing from it or refused, so that it is a part of the published file"
    )
