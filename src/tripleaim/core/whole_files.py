"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.core.operating_system import is_alive, patiently


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Where to write what becomes `path` once the block ends well; else `path` stays as it was.

    The name is another's beside it: hidden, the writer's alone, with its process at the end, so
    that what a killed process left behind can be told. The folder must be there.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.{os.getpid()}")
    try:
        yield unfinished
        patiently(lambda: unfinished.replace(path))
    finally:
        unfinished.unlink(missing_ok=True)


def is_left_over(path: Path) -> bool:
    """Whether a file is what `whole_file` has written to, and its process has gone."""
    process = path.name.rpartition(".")[2]
    return path.name.startswith(".") and process.isdigit() and not is_alive(int(process))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content`, text as UTF-8, to `path` whole. Raises OSError as writing does."""
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
