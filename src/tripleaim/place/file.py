"""One file as it was read: its bytes, its text, and what is wrong with either."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tripleaim.place.errors import InputError


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read once: where it is, its bytes and their hash.

    `refusal` says why it could not be read; then `raw` is empty.
    """

    path: Path
    raw: bytes
    sha256: bytes
    refusal: str = ""

    @classmethod
    def read(cls, path: Path) -> File:
        """The file at `path`. What cannot be read is a fault only when its text is asked for."""
        try:
            raw = path.read_bytes()
        except (OSError, ValueError) as refusal:
            reason = getattr(refusal, "strerror", None) or refusal
            return cls(path, b"", b"", f"expected a file that can be read ({reason})")
        return cls.of(path, raw)

    @classmethod
    def of(cls, path: Path, raw: bytes) -> File:
        """A file that holds these bytes and would stand at `path`."""
        return cls(path, raw, hashlib.sha256(raw).digest())

    def text(self) -> str:
        """The text, which is UTF-8. Raises InputError if it is unreadable, empty or otherwise."""
        if self.refusal:
            raise InputError(self.refusal, file=self.path)
        if self.raw.startswith(b"\xef\xbb\xbf"):
            raise InputError(
                "expected UTF-8 without a byte-order mark; save it again as plain UTF-8",
                file=self.path,
                line=1,
                value="\\xef\\xbb\\xbf",
            )
        try:
            text = self.raw.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise InputError(
                "expected UTF-8; this byte is not (is the file Latin-1 or from an old Excel?)",
                file=self.path,
                line=self.raw[: fault.start].count(b"\n") + 1,
                value=f"\\x{self.raw[fault.start]:02x}",
            ) from None
        if not text.strip():
            raise InputError(
                "expected a header and at least one row; the file is empty", file=self.path, line=1
            )
        return text


def missing(path: Path, siblings: Iterable[str]) -> InputError:
    """The error that says there is no file at `path`, with the nearest name beside it."""
    return InputError(
        "this file is needed and is not there", file=path.parent, value=path.name, valid=siblings
    )


def read_text(file: Path | File) -> str:
    """The text of a UTF-8 file, at a path or already read.

    Raises InputError if it is missing, empty or in another encoding.
    """
    if isinstance(file, Path):
        try:
            there = file.exists()
        except (OSError, ValueError):  # reading it says why
            there = True
        if not there:
            beside = file.parent
            raise missing(file, [p.name for p in beside.iterdir()] if beside.is_dir() else [])
        file = File.read(file)
    return file.text()


def path_of(file: Path | File) -> Path:
    """Where a file is, or was read."""
    return file if isinstance(file, Path) else file.path
