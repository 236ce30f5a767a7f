"""What was read of one official file: which publication it is, its edition, its tidy rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not used: where it stands, what is wrong, what to do, and its text."""

    file: str
    line: int
    column: str
    value: str
    expected: str
    row: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One official file as it was read.

    `kind` is the publication (`lists-by-age`, `registers`, ...), `edition` its own date: a day, a
    month, a quarter or a financial year, in an order that sorts. `tables` are tidy rows by name,
    without header; `counted` says how many lines were used. `notes` are what was understood.
    """

    kind: str
    title: str
    file: str
    edition: str
    counted: int
    tables: Mapping[str, Sequence[tuple[Value, ...]]]
    refused: Sequence[RefusedLine] = ()
    notes: Sequence[str] = field(default_factory=tuple)
