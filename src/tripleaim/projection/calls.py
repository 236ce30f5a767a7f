"""Calls of a kernel, as many at a time as there are counts to add to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TypeVar

from tripleaim.compiling import COMPILING
from tripleaim.core import UNWATCHED, RunContext
from tripleaim.projection.cohorts import Rows
from tripleaim.projection.packing import Counts

Found = TypeVar("Found")

CALLS_A_THREAD = 12
"""So many calls of the kernel a thread, so that all end at nearly the same time."""


def simulated_in_threads(
    chunks: Rows,
    counts: Sequence[Counts],
    lead: Callable[[Counts, Rows], Found],
    context: RunContext = UNWATCHED,
) -> list[Found]:
    """What `lead` gives for some of the chunks after the other, in their order.

    It takes the counts to add to and some rows of `chunks`; each of `counts` has a thread.
    """
    size = -(-len(chunks) // (len(counts) * CALLS_A_THREAD))
    calls = [chunks[at : at + size] for at in range(0, len(chunks), size)]
    found: list[Found | None] = [None] * len(calls)
    ticket, done = count(), count(1)

    def work(own: Counts) -> None:
        while (at := next(ticket)) < len(calls):
            found[at] = lead(own, calls[at])
            context.report("projecting lives", next(done) / len(calls))

    with COMPILING:
        lead(counts[0], chunks[:0])  # nobody is led, but the kernel compiled
    if len(counts) == 1:
        work(counts[0])
    else:
        with ThreadPoolExecutor(len(counts)) as pool:
            list(pool.map(work, counts))
    return [one for one in found if one is not None]
