"""Every number of two JSON documents side by side, and what differs.

`python -m tests.plan.compare_numbers BEFORE AFTER` prints the differences of two files; JSON, plain
or gzipped. The test beside it holds today's plans to the published ones.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tripleaim.plan import current_version

PUBLISHED = Path(__file__).with_name("published")
TOLERANCE = 1e-9
"""Relative; another order of adding 600,000 numbers moves the last few digits."""


@dataclass(frozen=True)
class Moved:
    """One number that differs; None where a document lacks it."""

    path: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        """The number as it was and as it is."""
        return f"{self.path}: {self.before} -> {self.after}"


def read_document(path: Path) -> Any:
    """A JSON document, gzipped or not; a plan of an earlier version as today's version has it."""
    raw = path.read_bytes()
    document = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return current_version(document) if "gap_gbp_m" in document else document


def numbers(document: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number with its path; an item of a list is named by its id where it has one."""
    if isinstance(document, bool):
        return
    if isinstance(document, (int, float)):
        yield path, float(document)
    elif isinstance(document, Mapping):
        for key, value in document.items():
            yield from numbers(value, f"{path}.{key}" if path else key)
    elif isinstance(document, list):
        for n, value in enumerate(document):
            name = value.get("id", n) if isinstance(value, Mapping) else n
            yield from numbers(value, f"{path}[{name}]")


def compare(before: Any, after: Any, tolerance: float = TOLERANCE) -> list[Moved]:
    """The numbers that differ by more than `tolerance`.

    It is relative to the larger of the two, or to 1 where both are smaller: what is left when
    contacts counted in millions are taken from each other is rounding, not a number.
    """
    old, new = dict(numbers(before)), dict(numbers(after))
    moved = []
    for path in dict.fromkeys((*old, *new)):
        a, b = old.get(path), new.get(path)
        if a is None or b is None or abs(a - b) > tolerance * max(abs(a), abs(b), 1.0):
            moved.append(Moved(path, a, b))
    return moved


def main() -> None:
    """Print what differs between two files."""
    before, after = (read_document(Path(name)) for name in sys.argv[1:3])
    for number in compare(before, after):
        print(number)


if __name__ == "__main__":
    main()
