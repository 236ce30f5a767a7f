"""Memory and processor time: of this process, and of a process with all that it starts."""

from __future__ import annotations

import os
import resource
import threading
from contextlib import suppress
from pathlib import Path

import psutil

PROC = Path("/proc")


def peak_megabytes() -> float:
    """The most memory that this process has held at once.

    Linux keeps it by address space; what `getrusage` says may stem from the process before.
    """
    with suppress(OSError):
        for line in (PROC / "self" / "status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class TreePeak:
    """Watches this process and its descendants; pages they share are counted once between them.

    It looks at proportional set sizes twice a second, so that a shorter peak of several processes
    may be missed; of this process alone no peak is. Without /proc it knows no other.
    """

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._measure, daemon=True)

    def __enter__(self) -> TreePeak:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()
        self.megabytes = max(self.megabytes, peak_megabytes())

    def _measure(self) -> None:
        while not self._over.is_set():
            self.megabytes = max(self.megabytes, megabytes_in_use(os.getpid()))
            self._over.wait(0.5)


def megabytes_in_use(top: int) -> float:
    """What a process and its descendants hold now; pages they share are counted once."""
    return sum(_proportional(process) for process in _tree(top))


def processor_seconds(top: int) -> float:
    """The processor time that a process and its descendants have taken so far."""
    process = psutil.Process(top)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _tree(top: int) -> list[int]:
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):
            after_name = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2]
            parents[int(folder.name)] = int(after_name.split()[1])
    found, left = [], [top]
    while left:
        found.append(left.pop())
        left += [process for process, parent in parents.items() if parent == found[-1]]
    return found


def _proportional(process: int) -> float:
    with suppress(OSError):
        lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0
