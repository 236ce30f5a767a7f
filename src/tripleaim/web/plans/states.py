"""The states of the files that pages follow from: another as soon as one has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tripleaim.data_folder import (
    RESULTS,
    RUN_FILE,
    DamagedFileError,
    FileState,
    file_state,
    read_json,
    read_pointer,
    state_of,
)
from tripleaim.place import InputError
from tripleaim.plan import FUTURES_FILE, footprint_of

LOOK_EVERY = 0.1
"""Seconds for which what was seen on disk is taken to be so, where many readers ask."""

MOST_SEEN = 4096


@dataclass(slots=True)
class _Seen:
    """What a look at some files found, and until when nobody looks again."""

    state: Hashable
    until: float


class FileStates:
    """The states of the files of a data folder and of the footprints that its runs are of.

    Files are looked at again once what was seen is `every` seconds old; 0 for each time.
    """

    def __init__(self, folder: Path, every: float = 0.0) -> None:
        self._folder = folder
        self._every = every
        self._seen: dict[Hashable, _Seen] = {}

    def places(self) -> Hashable:
        """Which places have a whole run, and of which plan."""
        return self._look(
            "", lambda: tuple(_plan_state(place) for place, _ in _folders(self._folder))
        )

    def run(self, place_id: str) -> Hashable:
        """The files of a place's run, and of its finished jobs.

        How far a job is changes no page that may be kept.
        """
        run = str(self._folder / place_id)
        return self._look(
            ("run", place_id),
            lambda: (_run_state(run), tuple(_job(*job) for job in _folders(f"{run}/runs"))),
        )

    def inputs(self, place_id: str) -> Hashable:
        """The place's own files, from which its run was made."""
        run = self._folder / place_id
        return self._look(
            ("inputs", place_id),
            lambda: tuple(_tree(_footprint(run, file_state(run / RUN_FILE)))),
        )

    def _look(self, of: Hashable, look: Callable[[], Hashable]) -> Hashable:
        now, seen = time.monotonic(), self._seen.get(of)
        if seen is not None:
            if now < seen.until:
                return seen.state
            # Others take what was seen while this thread looks.
            seen.until = now + self._every
        state = look()
        if seen is not None and seen.state == state:
            state = seen.state  # the same object is compared at once
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[of] = _Seen(state, time.monotonic() + self._every)
        return state


def _plan_state(run: str) -> Hashable:
    """The states of what a run says of itself, and of the plan that it left."""
    pointer = file_state(f"{run}/{RUN_FILE}")
    return run, pointer, file_state(f"{run}/{_inside(run, pointer)}plan.json")


def _run_state(run: str) -> Hashable:
    """The states of the files of a run, and of the draws beside it; not of copies for people."""
    inside = _inside(run, file_state(f"{run}/{RUN_FILE}"))
    if not inside:
        return _files(run)
    beside = (FUTURES_FILE, f"{FUTURES_FILE}.sha256")
    return (*(file_state(f"{run}/{name}") for name in beside), _files(f"{run}/{inside}"))


@lru_cache(maxsize=1024)
def _inside(run: str, _state: FileState) -> str:
    """Where in the folder of a place the files of its run are; "" where it cannot be told."""
    try:
        result = read_pointer(Path(run), "").result
    except DamagedFileError:
        return ""
    return f"{RESULTS}/{result}/" if result else ""


def _folders(folder: Path | str) -> list[tuple[str, int]]:
    """The folders in a folder, hidden ones and links left out: path, and when a file came or went.

    None where it is not there.
    """
    try:
        with os.scandir(folder) as entries:
            visible = [e for e in entries if e.name[0] != "." and e.is_dir(follow_symlinks=False)]
            return sorted((e.path, e.stat().st_mtime_ns) for e in visible)
    except OSError:
        return []


def _files(folder: Path | str) -> tuple[tuple[str, FileState], ...]:
    """The state of each file in a folder, by name."""
    try:
        with os.scandir(folder) as entries:
            files = [(e.name, e.stat(follow_symlinks=False)) for e in entries if not e.is_dir()]
    except OSError:
        return ()
    return tuple(sorted((name, state_of(about)) for name, about in files))


def _job(folder: str, changed: int) -> Hashable:
    """A job's folder: once it is done with when it was changed, before that its path alone.

    Files of jobs are written whole, under another name first, which changes their folder.
    """
    report = f"{folder}/report.json"
    written = file_state(report)
    return folder, (written, changed) if _done(report, written) else ()


@lru_cache(maxsize=1024)
def _done(report: str, _state: FileState) -> bool:
    """Whether a job's report says that it is done; read again when it has changed."""
    try:
        return bool(read_json(Path(report), "")["state"] == "done")
    except (DamagedFileError, KeyError):
        return False


@lru_cache(maxsize=1024)
def _footprint(run: Path, _state: FileState) -> str:
    """The folder of the place that a run is of; "" where that cannot be told."""
    try:
        return str(footprint_of(read_pointer(run, "")))
    except InputError:
        return ""


def _tree(folder: str) -> Iterator[tuple[str, FileState]]:
    """The state of each file below a folder, hidden ones left out, by path."""
    waiting = [folder] if folder else []
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                visible = sorted((e for e in entries if e.name[0] != "."), key=lambda e: e.name)
        except OSError:
            continue
        for entry in visible:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield entry.path, _state_behind(entry)


def _state_behind(entry: os.DirEntry[str]) -> FileState:
    """The state of a file, of a link that of the file it leads to."""
    try:
        return state_of(entry.stat())
    except OSError:
        return ()
