"""What the bench finds: one number a row, each with its limit where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

messages = Console(stderr=True)
"""Where the bench says what it is at."""


@dataclass(frozen=True)
class Row:
    """A number found, and the limit it is compared with: at most, or where `least`, at least.

    Only what is `optional` may be left unmeasured (None).
    """

    what: str
    found: float | None
    unit: str = "s"
    limit: float | None = None
    least: bool = False
    megabytes: float | None = None
    most_megabytes: float | None = None
    also: str = ""
    optional: bool = False

    @property
    def share(self) -> float | None:
        """How much of the limit is used; above 1 it is passed."""
        if self.limit is None or not self.found:
            return None
        return self.limit / self.found if self.least else self.found / self.limit

    @property
    def memory_share(self) -> float | None:
        """How much of the limit of memory is used."""
        if self.most_megabytes is None or self.megabytes is None:
            return None
        return self.megabytes / self.most_megabytes

    @property
    def passes(self) -> bool:
        """Whether it was found and passes no limit."""
        shares = (self.share, self.memory_share)
        measured = self.found is not None or self.optional
        return measured and all(share is None or share <= 1 for share in shares)


HEADINGS = ("", "found", "limit", "of limit", "peak MB", "limit", "of limit", "also")


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is printed."""
    sign = "≥" if row.least else "≤"
    return (
        row.what,
        "not measured" if row.found is None else f"{_number(row.found)} {row.unit}".strip(),
        "" if row.limit is None else f"{sign} {_number(row.limit)}",
        _share(row.share),
        "" if row.megabytes is None else f"{row.megabytes:,.0f}",
        "" if row.most_megabytes is None else f"≤ {row.most_megabytes:,.0f}",
        _share(row.memory_share),
        row.also,
    )


def printed(console: Console, title: str, rows: Sequence[Row]) -> None:
    """On the terminal."""
    table = Table(title=title, title_justify="left")
    for n, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="left" if n in (0, 7) else "right")
    for row in rows:
        table.add_row(*cells(row), style=None if row.passes else "red")
    console.print(table)


def markdown(rows: Iterable[Row]) -> str:
    """As a table in a document."""
    lines = [HEADINGS, ("---", *["---:"] * 6, "---"), *(cells(row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _number(value: float) -> str:
    if value >= 1e6:
        return f"{value / 1e6:,.3g} million" if value < 1e9 else f"{value / 1e6:,.0f} million"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"
