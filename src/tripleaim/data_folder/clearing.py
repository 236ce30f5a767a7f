"""Removing what killed processes left in a data folder, and nothing that another works on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tripleaim.core import is_left_over
from tripleaim.data_folder.lock import Locked, locked
from tripleaim.data_folder.manifest import FOOTPRINTS, RESULTS, RUNS, UNFINISHED, UPLOADS
from tripleaim.tables import InputError

WRITING_LOCK = ".writing.lock"
"""What a run holds in the folder of its place while it writes."""

WORKER_LOCK = "worker.lock"
"""What the worker of a job holds in its folder."""

MAKING = 3600.0
"""Seconds after which a place that is still being made is not made any more: that takes one."""


def clear_data_folder(data: Path) -> tuple[Path, ...]:
    """Remove what killed processes left in a data folder; what was removed.

    The folder of a place, or of a job, is cleared under its lock: where a process is at work, it is
    left alone. Nothing is said of what cannot be removed.
    """
    removed = [*_remove(_being_made(data))]
    for place in _folders(data):
        if place.name == FOOTPRINTS:
            removed += _remove(_being_made(place))
            continue
        removed += _under_lock(place / WRITING_LOCK, place)
        for job in _folders(place / RUNS):
            removed += _under_lock(job / WORKER_LOCK, job)
            removed += _under_lock(job / "plan" / WRITING_LOCK, job / "plan")
    removed += _remove(path for path in _inside(data) if is_left_over(path))
    removed += _remove(path for path in _inside(data / UPLOADS) if is_left_over(path))
    return tuple(removed)


def clear_left_over(out: Path) -> tuple[Path, ...]:
    """Remove what killed runs left in the folder of a place, and beside it in earlier versions.

    Whoever calls it holds the lock of the folder.
    """
    return _remove(_left_by_runs(out))


def _left_by_runs(out: Path) -> Iterator[Path]:
    yield from (out / RESULTS).glob(f"{UNFINISHED}*")
    yield from out.parent.glob(f".{out.name}-????????")
    yield from (path for path in _inside(out) if is_left_over(path))


def _under_lock(lock: Path, folder: Path) -> tuple[Path, ...]:
    left = list(_left_by_runs(folder))
    if not left:
        return ()
    try:
        with locked(lock, wait=0):
            return _remove(left)
    except (Locked, InputError, OSError):
        return ()


def _being_made(below: Path) -> Iterator[Path]:
    """Hidden folders in which places, and plans in earlier versions, were being made, long ago."""
    for path in below.glob(".*-????????"):
        if path.is_dir() and time.time() - path.stat().st_mtime > MAKING:
            yield path


def _remove(paths: Iterator[Path] | list[Path]) -> tuple[Path, ...]:
    """Remove files, and folders whole; those that were removed. Links are left for `doctor`."""
    gone = []
    for path in paths:
        if path.is_symlink():
            continue
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            gone.append(path)
    return tuple(gone)


def _folders(folder: Path) -> list[Path]:
    """The visible folders in a folder, no links."""
    return [p for p in _inside(folder) if p.is_dir() and p.name[0] != "." and not p.is_symlink()]


def _inside(folder: Path) -> list[Path]:
    """What is in a folder; nothing where it is a link or cannot be read."""
    try:
        return [] if folder.is_symlink() else sorted(folder.iterdir())
    except OSError:
        return []
