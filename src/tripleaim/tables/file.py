"""One file as it was read: its bytes, its text, and what is wrong with either."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tripleaim.core import NOTHING_LEFT
from tripleaim.tables.encoding import decode
from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note

MOST_BYTES = 200_000_000
"""Bytes of a file, at most. England's people by single year of age and small area have half."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read once: where it is, its bytes and their hash.

    `refusal` says why it could not be read; then `raw` is empty. `sheet` is the one to take where
    it is a workbook whose table may be on several.
    """

    path: Path
    raw: bytes
    sha256: bytes
    refusal: str = ""
    sheet: str = ""

    @classmethod
    def read(cls, path: Path) -> File:
        """The file at `path`. What cannot be read is a fault only when its text is asked for.

        Raises OSError where the machine has nothing left to read it with.
        """
        try:
            size = path.stat().st_size
            if size > MOST_BYTES:
                expected = (
                    f"expected at most {MOST_BYTES // 1_000_000} MB, found {size // 1_000_000}"
                )
                return cls(path, b"", b"", expected)
            raw = path.read_bytes()
        except (OSError, ValueError) as refusal:
            if getattr(refusal, "errno", None) in NOTHING_LEFT:
                raise
            reason = getattr(refusal, "strerror", None) or refusal
            return cls(path, b"", b"", f"expected a file that can be read ({reason})")
        return cls.of(path, raw)

    @classmethod
    def of(cls, path: Path, raw: bytes) -> File:
        """A file that holds these bytes and would stand at `path`."""
        return cls(path, raw, hashlib.sha256(raw).digest())

    def text(self) -> str:
        """The text. Raises InputError if it is unreadable, empty, or no text."""
        return self.decoded()[0]

    def decoded(self) -> tuple[str, tuple[Note, ...]]:
        """The text, and a note where the file is not plain UTF-8. Raises as `text` does."""
        if self.refusal:
            raise InputError(self.refusal, file=self.path)
        text, notes = decode(self.raw, self.path)
        if not text.strip():
            raise InputError(
                "expected a header and at least one row; the file is empty", file=self.path, line=1
            )
        return text, notes


def missing(path: Path, siblings: Iterable[str]) -> InputError:
    """The error that says there is no file at `path`, with the nearest name beside it."""
    return InputError(
        "this file is required but is missing", file=path.parent, value=path.name, valid=siblings
    )


def opened(file: Path | File) -> File:
    """The file at a path, or already read. Raises InputError if there is none."""
    if isinstance(file, File):
        return file
    try:
        there = file.exists()
    except (OSError, ValueError):  # reading it says why
        there = True
    if not there:
        beside = file.parent
        raise missing(file, [p.name for p in beside.iterdir()] if beside.is_dir() else [])
    return File.read(file)


def read_text(file: Path | File) -> str:
    """The text of a file, at a path or already read.

    Raises InputError if it is missing, empty or no text.
    """
    return opened(file).text()


def path_of(file: Path | File) -> Path:
    """Where a file is, or was read."""
    return file if isinstance(file, Path) else file.path
