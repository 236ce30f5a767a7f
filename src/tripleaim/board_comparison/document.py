"""What a comparison of boards says: the document, and its table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from pydantic import Field

from tripleaim.core import Part


class ComparedValue(Part):
    """A board's number, its interval, and its rank among the boards with the rank's range.

    A number that is not known is None, and `asks_for` says what the board's people would enter.
    A rank of 1 is the highest number; it is None where no uncertainty is known.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    sample_error: float | None = Field(
        default=None, description="standard error of the sample: how far another would be off"
    )
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    asks_for: list[str] = Field(default_factory=list)


class ComparedMeasurePart(Part):
    """A measure that boards are compared by, as `measures.ComparedMeasure` declares it."""

    id: str
    title: str
    unit: str
    kind: str
    covers: str
    status: str
    source: str


class ComparedBoard(Part):
    """One board: its code, its name, whom its sample stands for, and its numbers by measure."""

    code: str
    name: str
    people: int
    sampled: int
    values: dict[str, ComparedValue]


class ComparisonDocument(Part):
    """Every board by the same method."""

    version: str
    inputs_sha256: str
    made_on: str = Field(description="day on which it was made, as YYYY-MM-DD")
    seed: int
    draws: int
    most_people: int = Field(description="people of a board who are followed, at most")
    prevention_years: int
    first_year: str
    last_year: str
    measures: list[ComparedMeasurePart]
    boards: list[ComparedBoard]


COLUMNS = (
    *("board", "name", "measure", "title", "unit", "value", "low", "high", "covers"),
    *("sample_error", "sampled", "people", "rank", "rank_low", "rank_high", "status", "source"),
    "asks_for",
)


def as_csv(document: ComparisonDocument) -> str:
    """A row for each board and measure."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for board in document.boards:
        for measure in document.measures:
            writer.writerow(_row(board, measure, board.values[measure.id]))
    return written.getvalue()


def _row(board: ComparedBoard, measure: ComparedMeasurePart, one: ComparedValue) -> Sequence[str]:
    drawn = measure.kind == "drawn"
    cells: Mapping[str, object] = {
        "board": board.code,
        "name": board.name,
        "measure": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "covers": measure.covers,
        "sampled": board.sampled if drawn else None,
        "people": board.people if drawn else None,
        "status": measure.status,
        "source": measure.source,
        "asks_for": ";".join(one.asks_for),
    }
    numbers: Mapping[str, object] = one.model_dump(exclude={"asks_for"})
    return [_cell(cells.get(name, numbers.get(name))) for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
