"""Readers of pages: many connections, one thread, so that asking takes little of what it measures.

Python's threads would wait for each other as long as for the server. Here one loop asks again over
each connection as soon as its answer is whole.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HOST = "127.0.0.1"

Following = Callable[[], str | None]
"""Gives the address to ask for next; None when there is no more to ask."""


@dataclass(frozen=True)
class Answers:
    """What readers found: answers a second, the seconds that 95 of 100 took at most, and the share
    of one processor that asking took.
    """

    rate: float
    p95: float
    asking: float = 0.0


@dataclass(frozen=True)
class Target:
    """A page of a server, to be asked for again and again."""

    port: int
    address: str


class Reader:
    """One connection: asks for what follows, and notes how long each answer took, in seconds."""

    def __init__(self, port: int, following: Following) -> None:
        self.taken: list[float] = []
        self.socket = socket.create_connection((HOST, port))
        self._following = following
        self._address = ""
        self._began = 0.0
        self._got = b""
        self._left = -1

    def ask_next(self) -> bool:
        """Ask for the next address; False when there is none."""
        address = self._following()
        if address is None:
            return False
        self._address, self._got, self._left = address, b"", -1
        self._began = time.perf_counter()
        head = f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n"
        self.socket.sendall(head.encode())
        return True

    def receive(self) -> bool:
        """Take what has come; whether the answer is whole now."""
        got = self.socket.recv(1 << 18)
        assert got, "the server hung up"
        if self._left < 0:
            self._got += got
            head, end, body = self._got.partition(b"\r\n\r\n")
            if not end:
                return False
            head = head.lower()
            assert head.startswith(b"http/1.1 200"), (self._address, head[:60])
            self._left = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            got = body
        self._left -= len(got)
        if self._left == 0:
            self.taken.append(time.perf_counter() - self._began)
        return self._left == 0


def read(readers: Sequence[Reader]) -> float:
    """Let readers ask until none has more to ask: the seconds that it took."""
    began = time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        for reader in readers:
            if reader.ask_next():
                waiting.register(reader.socket, selectors.EVENT_READ, reader)
        while waiting.get_map():
            for key, _ in waiting.select():
                reader = key.data
                if reader.receive() and not reader.ask_next():
                    waiting.unregister(reader.socket)
    for reader in readers:
        reader.socket.close()
    return time.perf_counter() - began


def in_turn(targets: Sequence[Target], number: int, rounds: int, seconds: float) -> list[Answers]:
    """What `number` readers find of each target, in slices of `seconds`: A B C A B C and so on.

    Whatever else the machine does hits all alike.
    """
    taken: list[list[float]] = [[] for _ in targets]
    lasted, asking = [0.0] * len(targets), [0.0] * len(targets)
    for _ in range(rounds):
        for n, target in enumerate(targets):
            processor = time.process_time()
            readers = [Reader(target.port, _until(seconds, target.address)) for _ in range(number)]
            lasted[n] += read(readers)
            asking[n] += time.process_time() - processor
            taken[n] += [one for reader in readers for one in reader.taken]
    return [
        found(some, long, processor / long)
        for some, long, processor in zip(taken, lasted, asking, strict=True)
    ]


def found(taken: Sequence[float], seconds: float, asking: float = 0.0) -> Answers:
    """What answers that took so long each, in so many seconds altogether, come to."""
    return Answers(len(taken) / seconds, sorted(taken)[int(len(taken) * 0.95)], asking)


def _until(seconds: float, address: str) -> Following:
    until = time.perf_counter() + seconds
    return lambda: address if time.perf_counter() < until else None
