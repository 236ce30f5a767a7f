"""The server as people start it, a process of `tripleaim serve`, and those who connect to it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from waiting import LATEST, wait

HERE, THERE = "127.0.0.1", "127.0.0.2"
"""Two addresses of this machine, from which connections come."""

START = """
import sys
handles = int(sys.argv.pop(1))
if handles:
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))
from tripleaim.cli import main
main()
"""

ADDRESS = re.compile(rb"The plan is at http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True)
class RealServer:
    """A server that answers: its port, its first process, and the file that it logs to."""

    port: int
    process: psutil.Process
    log: Path

    def asked(self, path: str, address: str = HERE) -> int:
        """The status of the answer to a reader at an address."""
        reader = self.reader(address)
        try:
            reader.request("GET", path)
            return reader.getresponse().status
        finally:
            reader.close()

    def reader(self, address: str = HERE) -> HTTPConnection:
        """A reader who has not asked yet."""
        return HTTPConnection(HERE, self.port, timeout=LATEST, source_address=(address, 0))

    def processor_seconds(self) -> float:
        """What its processes have taken of processors."""
        times = [one.cpu_times() for one in [self.process, *self.process.children(recursive=True)]]
        return sum(one.user + one.system for one in times)

    @contextmanager
    def besieged(self, number: int, addresses: Sequence[str]) -> Iterator[list[socket.socket]]:
        """So many connections for the block: some send a byte a second, some nothing, and some
        have asked once and stay. They come from the addresses in turn."""
        over = threading.Event()
        with ExitStack() as open_ones:
            every = []
            for n in range(number):
                address = addresses[n % len(addresses)]
                one = socket.create_connection((HERE, self.port), LATEST, (address, 0))
                every.append(open_ones.enter_context(one))
                with suppress(OSError):  # it may have been ended already
                    one.sendall(
                        (b"", b"GET /", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")[n % 3]
                    )
            dripping = threading.Thread(target=_drip, args=(every[1::3], over))
            dripping.start()
            try:
                yield every
            finally:
                over.set()
                dripping.join()


def _drip(connections: Sequence[socket.socket], over: threading.Event) -> None:
    while not over.wait(1.0):
        for one in connections:
            with suppress(OSError):
                one.send(b"x")


@contextmanager
def real_server(data: Path, log: Path, handles: int = 0) -> Iterator[RealServer]:
    """A server of the plans in `data`, once it answers; it may have so many files open."""
    command = (sys.executable, "-X", "utf8", "-c", START, str(handles))
    options = ("serve", "--data", str(data), "--no-runs", "--no-browser")
    with (
        log.open("wb") as written,
        subprocess.Popen((*command, *options), stdout=written, stderr=written) as running,
    ):
        try:
            wait(lambda: running.poll() is not None or bool(ADDRESS.search(log.read_bytes())))
            address = ADDRESS.search(log.read_bytes())
            assert address, log.read_text(encoding="utf-8")
            server = RealServer(int(address[1]), psutil.Process(running.pid), log)
            assert server.asked("/") == 200
            yield server
        finally:
            running.terminate()
