"""How tests make a good file faulty, and what comes of reading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tripleaim.place import InputError

T = TypeVar("T")


def spoil(file: Path, old: str, with_: str) -> int:
    """Replace the one `old` in `file`; returns the line it stands on."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, with_), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def outcome(read: Callable[[], T]) -> T | InputError:
    """What `read` gives, or the fault of input that it raises; any other exception passes."""
    try:
        return read()
    except InputError as fault:
        return fault
