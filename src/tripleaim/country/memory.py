"""The memory a run needs, worked out before it starts, and what this machine has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tripleaim.core import available_memory
from tripleaim.place import InputError

GIB = 1 << 30

BYTES_A_PERSON = 130
"""Peak bytes a worker needs for each person of its shard: columns, newcomers and working space.

About 105 are measured (tests/country/test_country_memory.py measures it again); rounded up.
"""

BYTES_A_WORKER = 480 << 20
"""Bytes a worker holds before its first person: Python, kernels (also compiled there), the laws.

Measured: 230 MB where kernels were compiled before, 400 MB where not.
"""

BYTES_AT_START = 640 << 20
"""Bytes of the process that solves levels, fits the laws on samples and hands out shards: 563 MB
measured, kernels compiled on the way."""


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """People of one shard and workers at once, and what they take in bytes."""

    people: int
    shards: int
    workers: int

    @property
    def shard_size(self) -> int:
        """People in the largest shard."""
        return -(-self.people // self.shards)

    @property
    def bytes(self) -> int:
        """Bytes at the peak."""
        at_work = self.workers * (BYTES_A_WORKER + self.shard_size * BYTES_A_PERSON)
        return BYTES_AT_START + at_work


def available() -> int:
    """Bytes that this process may still use: the machine's, or its control group's if less."""
    return min([available_memory(), *left_in_groups()])


def fitting_shards(people: int, workers: int, memory: int) -> int | None:
    """The fewest shards with which the run fits into `memory` bytes; None if none does."""
    room = (memory - BYTES_AT_START) // workers - BYTES_A_WORKER
    each = room // BYTES_A_PERSON
    return None if each < 1 else max(1, -(-people // each))


def check_memory(need: MemoryNeed, memory: int) -> None:
    """Raise InputError, with what would fit, if `need` is more than `memory` bytes."""
    if need.bytes <= memory:
        return
    message = (
        f"{need.people:,} people in {need.shards} shards with {need.workers} at a time need about "
        f"{need.bytes / GIB:.1f} GB; there are {memory / GIB:.1f}. "
    )
    raise InputError(message + _would_fit(need, memory), column="memory")


def _would_fit(need: MemoryNeed, memory: int) -> str:
    shards = fitting_shards(need.people, need.workers, memory)
    if shards is not None:
        return f"{shards} shards or more would fit"
    alone = fitting_shards(need.people, 1, memory)
    if alone is not None:
        return f"one at a time (--threads 1) would fit, in {alone} shards or more"
    least = MemoryNeed(1, 1, 1).bytes / GIB
    return f"no number of shards would fit: at least {least:.1f} GB are needed to start at all"


def left_in_groups(
    mine: Path = Path("/proc/self/cgroup"), root: Path = Path("/sys/fs/cgroup")
) -> list[int]:
    """Bytes left in each Linux control group of this process that has a limit, both versions.

    Files that were read and can be dropped again do not count as used.
    """
    try:
        lines = mine.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    left = []
    for line in lines:
        _, kinds, inside = line.split(":", 2)
        if kinds not in ("", "memory"):
            continue
        top = root / kinds
        limit, used, idle = (
            ("memory.max", "memory.current", "inactive_file")
            if kinds == ""
            else ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        )
        folder = top / inside.strip("/")
        for group in (folder, *folder.parents):
            allowed, taken = _whole(group / limit), _whole(group / used)
            if allowed is not None and taken is not None:
                left.append(max(0, allowed - taken + _stat(group / "memory.stat", idle)))
            if group == top:
                break
    return left


def _whole(path: Path) -> int | None:
    """The whole number in a file; None without the file, or where it says there is no limit."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def _stat(path: Path, name: str) -> int:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.split()[0] == name)
