"""Several processes that answer at one address, so that a page that takes long delays no other.

They share the sockets that this one has bound, which works alike on POSIX and on Windows
(docs/decisions/0029), and readers by `turns.py`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Any

from waitress.adjustments import Adjustments

from tripleaim.core import REUSES_PORTS
from tripleaim.web.turns import Turns

BACKLOG = 1024
"""Readers who may wait to be taken, as many as waitress lets wait."""

SOONEST = 5.0
"""Seconds that a process must have lived for another to be started in its place."""

MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**24),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""What processes are told of memory, unless whoever starts the server says otherwise.

glibc gives each thread a heap of its own, and puts ever larger blocks into them, between which
holes stay; Arrow's own allocator keeps what is given back. With sixteen threads that was a fifth of
what a process held. Others than glibc ignore its three names.
"""

Answers = Callable[..., None]
"""What a process does: it takes the sockets, what it is given and, by name, its `turns`; it answers
until it is ended."""


def bound(host: str, port: int) -> list[socket.socket]:
    """Sockets at every address that `host` means. Raises OSError where one is taken."""
    sockets = []
    for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
        one = socket.socket(family, kind, protocol)
        if REUSES_PORTS:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(address)
        one.listen(BACKLOG)
        one.setblocking(False)
        sockets.append(one)
    return sockets


def answer_in(
    number: int,
    sockets: Sequence[socket.socket],
    answers: Answers,
    *given: Any,
    soonest: float = SOONEST,
) -> None:
    """Have `number` processes run `answers(sockets, *given, turns=...)` until this one is ended.

    One that ends by itself is replaced. Raises RuntimeError if it has lived for fewer than
    `soonest` seconds.
    """
    begun: dict[SpawnProcess, tuple[float, Turns]] = {}
    try:
        for turns in Turns.of(number):
            begun[_started(turns, sockets, answers, *given)] = time.monotonic(), turns
        while True:
            ended = wait([process.sentinel for process in begun])
            for process in [p for p in begun if p.sentinel in ended]:
                process.join()
                started, turns = begun.pop(process)
                turns.leave()
                if time.monotonic() - started < soonest:
                    raise RuntimeError(f"a process of the server ended with {process.exitcode}")
                begun[_started(turns, sockets, answers, *given)] = time.monotonic(), turns
    finally:
        for process in begun:
            process.terminate()
        for process in begun:
            process.join()


def _started(
    turns: Turns, sockets: Sequence[socket.socket], answers: Answers, *given: Any
) -> SpawnProcess:
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_work, args=(turns, sockets, answers, *given))
    said = {name: value for name, value in MEMORY.items() if name not in os.environ}
    os.environ |= said
    try:
        process.start()
    finally:
        for name in said:
            del os.environ[name]
    return process


def _work(turns: Turns, sockets: Sequence[socket.socket], answers: Answers, *given: Any) -> None:
    # Ctrl+C reaches the whole group: who started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answers(sockets, *given, turns=turns)


def _end_with_parent() -> None:
    """End this process when the one that started it has gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
