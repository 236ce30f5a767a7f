"""Several processes at one address."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tripleaim.web.connections import A_READER
from tripleaim.web.processes import MEMORY, answer_in, bound
from waiting import LATEST

SERVER = Path(__file__).with_name("pid_server.py")


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server of two processes, and its port."""
    with subprocess.Popen(
        [sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        yield running, int(running.stdout.readline())
        running.kill()


def _answering(port: int) -> int:
    """The number of the process that answers a new reader."""
    reader = HTTPConnection("127.0.0.1", port, timeout=LATEST)
    try:
        reader.request("GET", "/")
        return int(reader.getresponse().read())
    finally:
        reader.close()


def _seen(port: int, before: set[int]) -> int:
    """A process that answers and is not among those seen `before`."""
    until = time.monotonic() + LATEST
    while time.monotonic() < until:
        # One that was killed may take a reader with it.
        with suppress(OSError, HTTPException):
            process = _answering(port)
            if process not in before:
                return process
    raise AssertionError(f"nobody but {before} answered")


def test_all_answer_one_that_ends_is_replaced_and_none_outlives_the_server(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    running, port = server
    first = _seen(port, {running.pid})
    second = _seen(port, {running.pid, first})
    os.kill(first, signal.SIGKILL)
    _seen(port, {running.pid, first, second})
    running.kill()
    running.wait(LATEST)
    until = time.monotonic() + LATEST
    while True:
        try:
            _answering(port)
        except (ConnectionRefusedError, ConnectionResetError, HTTPException):
            if not _listened(port):
                return
        assert time.monotonic() < until, "a process outlived the server"
        time.sleep(0.05)


def test_readers_who_come_together_are_shared_among_processes(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    running, port = server
    first = _seen(port, {running.pid})
    _seen(port, {running.pid, first})
    time.sleep(2 * A_READER)  # until those who asked are no readers any more
    readers = [HTTPConnection("127.0.0.1", port, timeout=LATEST) for _ in range(12)]
    for reader in readers:
        reader.connect()
    answered = []
    for reader in readers:
        reader.request("GET", "/")
        answered.append(reader.getresponse().read())
        reader.close()
    fewest = min(map(answered.count, set(answered)))
    assert len(set(answered)) == 2
    assert fewest >= 4


def test_processes_are_told_to_share_heaps_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "7")
    for name in MEMORY.keys() - {"MALLOC_ARENA_MAX"}:
        monkeypatch.delenv(name, raising=False)
    with subprocess.Popen(
        [sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        port = int(running.stdout.readline())
        told = {}
        for name in MEMORY:
            reader = HTTPConnection("127.0.0.1", port, timeout=LATEST)
            reader.request("GET", f"/{name}")
            told[name] = reader.getresponse().read().decode()
            reader.close()
        running.kill()
    assert told == {**MEMORY, "MALLOC_ARENA_MAX": "7"}


def _listened(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _ends_at_once(_sockets: object, *, turns: object) -> None:
    del turns
    raise SystemExit(3)


def test_a_server_that_cannot_start_says_so_and_does_not_try_for_ever() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        answer_in(1, [], _ends_at_once, soonest=LATEST)


def test_a_port_that_is_taken_is_not_shared() -> None:
    [one] = bound("127.0.0.1", 0)
    with one, pytest.raises(OSError, match="in use"):
        bound("127.0.0.1", one.getsockname()[1])
