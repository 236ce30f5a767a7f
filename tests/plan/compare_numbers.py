"""Every number of two JSON documents side by side, and what differs, listed by cause.

`python -m tests.plan.compare_numbers BEFORE AFTER` prints the differences of two files; JSON, plain
or gzipped. The test beside it holds today's plans to the published ones.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tripleaim.plan import current_version

PUBLISHED = Path(__file__).with_name("published")
TOLERANCE = 1e-9
"""Relative; another order of adding 600,000 numbers moves the last few digits."""

UNKNOWN = "NOT EXPLAINED"


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

    It is relative to the larger of the two, or to 0.1 where both are smaller.
    """
    old, new = dict(numbers(before)), dict(numbers(after))
    moved = []
    for path in dict.fromkeys((*old, *new)):
        a, b = old.get(path), new.get(path)
        if a is None or b is None or abs(a - b) > tolerance * max(abs(a), abs(b), 0.1):
            moved.append(Moved(path, a, b))
    return moved


def by_cause(moved: Iterable[Moved], causes: Mapping[str, str]) -> dict[str, list[Moved]]:
    """The differences under the cause of the first pattern that fits; else under UNKNOWN.

    In a pattern `*` stands for anything, and a bracket for itself.
    """
    sorted_out: dict[str, list[Moved]] = {}
    for number in moved:
        cause = next((c for p, c in causes.items() if _fits(number.path, p)), UNKNOWN)
        sorted_out.setdefault(cause, []).append(number)
    return sorted_out


def known_causes() -> dict[str, str]:
    """The patterns and causes of `published/moved.toml`."""
    rows = tomllib.loads((PUBLISHED / "moved.toml").read_text(encoding="utf-8"))["moved"]
    return {row["path"]: row["cause"] for row in rows}


def _fits(path: str, pattern: str) -> bool:
    return fnmatchcase(path, pattern.replace("[", "[[]"))


def main() -> None:
    """Print what differs between two files."""
    before, after = (read_document(Path(name)) for name in sys.argv[1:3])
    for cause, moved in by_cause(compare(before, after), known_causes()).items():
        print(f"{cause}: {len(moved)} numbers")
        for number in moved:
            print(f"  {number}")


if __name__ == "__main__":
    main()
