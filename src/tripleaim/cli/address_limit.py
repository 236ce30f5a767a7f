"""Whether a limit on addresses (`ulimit -v`) leaves enough for the libraries that a verb needs.

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
