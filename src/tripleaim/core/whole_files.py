"""Files that are there whole or not at all, and folders that are not left empty."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tripleaim.core.operating_system import is_alive, patiently


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """A folder with those above it, there for the block; what was made of them and is empty in the
    end goes again.

    Raises OSError where they cannot be made.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for each in made:
            with suppress(OSError):
                each.rmdir()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Where to write what becomes `path` once the block ends well; else `path` stays as it was.

    The name is another's beside it: hidden, the writer's alone, with its process at the end, so
    that what a killed process left behind can be told. The folder must be there. What the system
    refuses meanwhile, a full disk say, is raised as the OSError that it is, and names `path`.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.{os.getpid()}")
    try:
        yield unfinished
        patiently(lambda: unfinished.replace(path))
    except OSError as refusal:
        if refusal.filename in {None, str(unfinished)}:  # a write knows no name
            refusal.filename, refusal.filename2 = str(path), None
        raise
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
