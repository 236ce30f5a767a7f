"""A CSV file as rows of a sheet and back, every comment and every quotation mark kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Written:
    """A text file as rows, and what rows alone do not say.

    `ends` is what each line ends with, `endings` how many of them close the text. `quoted` maps a
    record as we would write it to the ways in which it is written, in their order.
    """

    rows: tuple[tuple[str, ...], ...]
    ends: str
    endings: int
    quoted: Mapping[str, tuple[str, ...]]


def take_apart(text: str) -> Written | None:
    """A CSV text as rows of cells: a comment or blank line is a row too. None if it is not CSV."""
    ends = "\r\n" if "\r\n" in text else "\n"
    inside = text.rstrip(ends)
    rows: list[tuple[str, ...]] = []
    quoted: dict[str, list[str]] = {}
    for raw in _records(inside, ends):
        if raw.lstrip().startswith(COMMENT) or raw == "":
            rows.append((raw,) if raw else ())
            continue
        try:
            cells = tuple(next(csv.reader([raw], strict=True)))
        except (csv.Error, StopIteration):
            return None
        rows.append(cells)
        ours = record(cells)
        if ours != raw:
            quoted.setdefault(ours, []).append(raw)
    return Written(tuple(rows), ends, endings(text, ends), {k: tuple(v) for k, v in quoted.items()})


def endings(text: str, ends: str) -> int:
    """How many line ends close a text."""
    return (len(text) - len(text.rstrip(ends))) // len(ends)


def record(cells: Sequence[str]) -> str:
    """A row of cells as a CSV line without its end: quotation marks only where they are needed."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def put_together(written: Written) -> tuple[str, tuple[int, ...]]:
    """The text that `take_apart` took apart, and the line on which each row begins (from 1)."""
    left = {ours: list(raws) for ours, raws in written.quoted.items()}
    header: Sequence[str] = ()
    lines, starts, at = [], [], 1
    for row in written.rows:
        if not any(row):
            line = ""
        elif row[0].lstrip().startswith(COMMENT):
            line = row[0]
        else:
            header = header or row
            # A sheet does not say how many empty cells end a row.
            cells = [*row, *[""] * (len(header) - len(row))]
            line = record(cells)
            raws = left.get(line)
            line = (raws.pop(0) if len(raws) > 1 else raws[0]) if raws else line
        lines.append(line)
        starts.append(at)
        at += 1 + line.count("\n")
    text = written.ends.join(lines) + written.ends * written.endings
    return text, tuple(starts)


def _records(text: str, ends: str) -> Iterator[str]:
    """Lines, those that stand in one pair of quotation marks together."""
    record = ""
    for line in text.split(ends):
        record = f"{record}{ends}{line}" if record else line
        if record.lstrip().startswith(COMMENT) or record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record
