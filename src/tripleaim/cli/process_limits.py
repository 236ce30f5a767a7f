"""Whether limits on addresses (`ulimit -v`) and open files (`ulimit -n`) leave enough for a verb.

Below that, libraries end the process, hang or report damaged files, so a verb asks first.
"""

from __future__ import annotations

import errno
import os

GB = 1 << 30
FOR_LIBRARIES, FOR_A_CORE = 3 * GB, GB // 2
"""What verbs were seen to reserve (2.7 GB on two cores), and what the C library of Linux reserves
for each core: eight heaps of 64 MB."""

FOR_DRAWING = 64 * GB
"""The engine that draws charts was seen to reserve 52 GB. It uses a hundredth of that."""

FILES_FOR_DRAWING = 64
"""Files open at a time: that engine, which ends the process where it lacks one, was seen to need
15 with the files of a run."""


def needed_addresses() -> int:
    """Bytes of addresses that every verb may reserve on this machine."""
    return FOR_LIBRARIES + FOR_A_CORE * (os.cpu_count() or 1)


def refuse_few_addresses(needed: int, verb: str = "tripleaim") -> None:
    """Raise OSError where this process may use fewer than `needed` bytes of addresses."""
    from tripleaim.core import most_addresses

    most = most_addresses()
    if 0 < most < needed:
        raise OSError(
            errno.ENOMEM,
            f"{verb} reserves up to {needed / GB:.3g} GB of addresses, most of them unused, and "
            f"this process may use {most / GB:.2g} GB (ulimit -v); raise that limit or lift it: "
            "ulimit -v unlimited",
        )


def refuse_to_draw(verb: str) -> None:
    """Raise OSError where this process may not use what the engine that draws charts needs."""
    refuse_few_addresses(FOR_DRAWING, verb)
    _refuse_few_files(FILES_FOR_DRAWING, verb)


def _refuse_few_files(needed: int, verb: str) -> None:
    """Raise OSError where this process may open fewer than `needed` files more."""
    opened: list[int] = []
    try:
        for _ in range(needed):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as refusal:
        if refusal.errno not in (errno.EMFILE, errno.ENFILE):
            raise
        raise OSError(
            refusal.errno,
            f"{refusal.strerror}: {verb} needs up to {needed} open at a time, and this process may "
            f"open {len(opened)} more",
        ) from None
    finally:
        for descriptor in opened:
            os.close(descriptor)
