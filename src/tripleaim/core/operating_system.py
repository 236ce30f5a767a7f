"""What is done one way on Windows and another way elsewhere; no other file asks where it runs.

Nothing here has been tried on a real Windows: docs/reference/systems.md says what has been.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")

NICENESS = 10
"""Added to the niceness of a process that lets other work go first."""

MOST_PROCESSES = 61 if sys.platform == "win32" else 1 << 16
"""Worker processes that a pool of Python can watch at once."""

REUSES_PORTS = sys.platform != "win32"
"""Whether SO_REUSEADDR means a port that is just left; on Windows two would listen at one."""

NOTHING_LEFT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""What a system says that has no file handle or memory left: no file is at fault then."""

PATIENCE = 2.0 if sys.platform == "win32" else 0.0
"""Seconds for which something that others have open is tried again.

Windows renames no file that somebody reads, and no folder in which somebody, a virus scanner say,
has a file open. Elsewhere a refusal stays a refusal.
"""


def patiently(action: Callable[[], _T], seconds: float = PATIENCE) -> _T:
    """What `action` gives, tried again for some `seconds` while it is refused.

    Raises the last PermissionError, or at once whatever else it raises.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(0.02)


def onto_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on.

    Windows opens no folder, and keeps its names by itself.
    """
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def own_session() -> dict[str, Any]:
    """What `subprocess.Popen` is given so that a process hears no Ctrl+C and outlives its parent's
    terminal."""
    if sys.platform == "win32":
        return {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        }
    return {"start_new_session": True}


def let_others_first() -> None:
    """Make this process go behind other work on the machine."""
    import psutil  # noqa: PLC0415 - not for every verb

    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        psutil.Process().nice(psutil.Process().nice() + NICENESS)


def is_alive(process: int) -> bool:
    """Whether a process of this number is there, whosever it is."""
    import psutil  # noqa: PLC0415 - not for every verb

    return bool(psutil.pid_exists(process))


def most_open_files() -> int:
    """Files and connections that this process may have open at a time; 0 where no limit is known.

    The limit is `ulimit -n`. Windows has no such number.
    """
    if sys.platform == "win32":
        return 0
    return max(os.sysconf("SC_OPEN_MAX"), 0)


def most_addresses() -> int:
    """Bytes of addresses that this process may use; 0 where there is no limit.

    The limit is `ulimit -v`; batch systems set it. Addresses that are reserved count as much as
    memory that is used. Linux alone keeps to such a limit.
    """
    if sys.platform != "linux":
        return 0
    import psutil  # noqa: PLC0415 - not for every verb

    limit = psutil.Process().rlimit(psutil.RLIMIT_AS)[0]
    return 0 if limit == psutil.RLIM_INFINITY else int(limit)


def available_memory() -> int:
    """Bytes that the machine can give to processes without swapping."""
    import psutil  # noqa: PLC0415 - not for every verb

    return int(psutil.virtual_memory().available)


def has_screen() -> bool:
    """Whether a browser could show something here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
