"""Shards on this machine, in worker processes that may die without ending the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from tripleaim.core import MOST_PROCESSES
from tripleaim.place import InputError

Work = Callable[[int], bytes]
"""What makes the tally of one shard, by its number; it is pickled."""

Done = Callable[[int, bytes], None]

MOST_DEATHS = 3
"""How often a worker may be killed before the run gives up."""

_work: Work | None = None


def run_locally(work: Work, shards: Iterable[int], workers: int, done: Done) -> None:
    """Do `work` for each of the shards in `workers` processes and hand over the results.

    `done(shard, bytes)` is called here, in the order in which shards are finished. A shard whose
    worker is killed is done again. Raises InputError once workers were killed MOST_DEATHS times.
    """
    unfinished = set(shards)
    deaths = 0
    while unfinished:
        try:
            _one_pool(work, unfinished, workers, done)
        except BrokenProcessPool:
            deaths += 1
            if deaths >= MOST_DEATHS:
                raise InputError(
                    f"worker processes were killed {deaths} times, usually because memory ran "
                    f"out. Finished shards are kept and {len(unfinished)} are left: run it again, "
                    "with more shards or fewer threads"
                ) from None


def _one_pool(work: Work, unfinished: set[int], workers: int, done: Done) -> None:
    """Work through `unfinished`, removing finished shards, until a worker dies."""
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(unfinished), MOST_PROCESSES),
        mp_context=_processes(),
        initializer=_begin,
        initargs=(work,),
    )
    try:
        waiting = {pool.submit(_do, shard): shard for shard in sorted(unfinished)}
        for finished in as_completed(waiting):
            shard = waiting.pop(finished)
            done(shard, finished.result())
            unfinished.discard(shard)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _processes() -> multiprocessing.context.BaseContext:
    """Fresh processes: threads of a forked parent would not come along, but their locks would."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "tripleaim.country.job"])
    return context


def _begin(work: Work) -> None:
    """In a new worker: leave Ctrl+C to the parent, and end when the parent does."""
    global _work  # noqa: PLW0603 - sent once to a process, not with each of its shards
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(shard: int) -> bytes:
    assert _work is not None  # noqa: S101 - `_begin` ran first in this process
    return _work(shard)
