"""Which sheet of a place's workbook holds which file of its folder."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

README, FILES, LISTS = "Read me", "Files", "Lists"
SOLUTIONS, EFFECTS = "Solutions", "Effects"
QUOTED, SOLUTION_TEXTS = "As written", "Solution texts"
OURS = (README, FILES, LISTS, SOLUTIONS, EFFECTS, QUOTED, SOLUTION_TEXTS)

FILE_COLUMNS = ("file", "sheet", "kind", "line ends", "ends at the end")
QUOTED_COLUMNS = ("file", "as we would write it", "as it is written")
TEXT_COLUMNS = ("file", "line")
KINDS = ("table", "text", "solution")
ENDS = {"LF": "\n", "CRLF": "\r\n"}

CHUNK = 32_000
"""Letters of a line in one cell: a cell holds at most 32,767."""

_LONGEST_NAME = 31
_SAFE_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the folder: its path in it, its sheet, and how its lines end."""

    file: str
    sheet: str
    kind: str
    ends: str
    endings: int


def sheet_name(file: str, taken: Collection[str]) -> str:
    """A name for the sheet of `file` that Excel allows and that no other sheet bears."""
    path = PurePosixPath(file)
    stem = path.with_suffix("") if path.suffix == ".csv" else path
    name = re.sub(r"[\[\]:*?/\\']", " ", str(stem))[:_LONGEST_NAME].strip() or "sheet"
    used = {other.lower() for other in taken}
    tried, count = name, 1
    while tried.lower() in used or tried.lower() == "history":
        count += 1
        tried = f"{name[: _LONGEST_NAME - 4]} {count}"
    return tried


def is_safe(file: str) -> bool:
    """Whether a path from a workbook stays inside the folder: plain names, at most one folder."""
    parts = file.split("/")
    return len(parts) <= 2 and all(_SAFE_PART.fullmatch(part) for part in parts)
