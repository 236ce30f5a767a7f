"""Connections that are slow, silent or too many shut nobody out, over real sockets."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tripleaim.web.connections import most_connections
from waiting import wait

LATEST = 120.0
"""Seconds after which something is taken to have gone wrong, however busy the machine is."""

SERVER = Path(__file__).with_name("slow_server.py")
LIMITED = (
    "import resource, runpy, sys; n = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_NOFILE,"
    " (n, n)); sys.argv = sys.argv[2:]; runpy.run_path(sys.argv[0], run_name='__main__')"
)


@contextmanager
def serving(
    folder: Path,
    *,
    header: float = 600,
    idle: float = 600,
    connections: int = 60,
    waiting: int = 5,
    threads: int = 2,
    handles: int = 0,
) -> Iterator[int]:
    """The port of a server with these limits; its log is `log` in the folder."""
    limited = ["-c", LIMITED, str(handles)] if handles else []
    numbers = map(str, (header, idle, connections, waiting, threads))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, *limited, str(SERVER), str(folder), *numbers],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        ) as running,
    ):
        assert running.stdout is not None
        try:
            yield int(running.stdout.readline())
        finally:
            running.kill()


def status(port: int, path: str = "/") -> int:
    """What a reader is answered who comes now."""
    reader = HTTPConnection("127.0.0.1", port, timeout=LATEST)
    try:
        reader.request("GET", path)
        return reader.getresponse().status
    finally:
        reader.close()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=LATEST)


def is_closed(one: socket.socket) -> bool:
    """Whether the server has ended a connection on which nothing is to come."""
    one.setblocking(False)
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_connections_without_end_that_drip_say_nothing_or_stay_open_shut_nobody_out(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, connections=60, waiting=1_000) as port, ExitStack() as open_ones:
        for n in range(300):
            one = open_ones.enter_context(connected(port))
            if n % 3 == 1:
                one.sendall(b"GET / HT")
            if n % 3 == 2:
                one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for _ in range(5):
            assert status(port) == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n",
        b"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nabc",
    ],
    ids=["nothing", "half a line", "half a head", "half a body"],
)
def test_what_does_not_come_is_not_waited_for_without_end(tmp_path: Path, sent: bytes) -> None:
    with serving(tmp_path, header=0.5) as port, connected(port) as one:
        one.sendall(sent)
        wait(lambda: is_closed(one), LATEST)


def test_a_drip_does_not_begin_the_time_of_a_request_anew(tmp_path: Path) -> None:
    with serving(tmp_path, header=1.0) as port, connected(port) as one:
        one.sendall(b"GET / HTTP/1.1\r\n")
        with suppress(OSError):
            for _ in range(2_000):
                one.sendall(b"X")
                if is_closed(one):
                    break
                threading.Event().wait(0.05)
        assert is_closed(one)


def test_a_connection_that_was_answered_may_stay_for_a_while_and_ask_again(tmp_path: Path) -> None:
    with serving(tmp_path, header=0.2, idle=600) as port:
        reader = HTTPConnection("127.0.0.1", port, timeout=LATEST)
        for _ in range(3):
            reader.request("GET", "/")
            assert reader.getresponse().read() == b"ok"
            threading.Event().wait(0.5)
        reader.close()


def test_an_idle_connection_is_ended_after_its_time(tmp_path: Path) -> None:
    with serving(tmp_path, idle=0.3) as port, connected(port) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while not answer.endswith(b"ok"):
            answer += one.recv(1000)
        wait(lambda: is_closed(one), LATEST)


def refusal_of(port: int) -> tuple[str | None, str | None, str] | None:
    """When a reader who is refused is to come again, a header, and the page; None who waits."""
    reader = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        reader.request("GET", "/")
        answer = reader.getresponse()
        headers = answer.getheader("Retry-After"), answer.getheader("X-Frame-Options")
        return (*headers, answer.read().decode()) if answer.status == 503 else None
    except OSError:
        return None
    finally:
        reader.close()


def test_one_too_many_is_told_when_to_come_again_and_the_others_are_answered(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, waiting=3, threads=1) as port, ExitStack() as open_ones:
        slow = open_ones.enter_context(connected(port))
        slow.sendall(b"GET /slow HTTP/1.0\r\n\r\n")
        wait((tmp_path / "asked").exists)
        waiting = [open_ones.enter_context(connected(port)) for _ in range(3)]
        for one in waiting:
            one.sendall(b"GET / HTTP/1.0\r\n\r\n")
        told: list[int] = []

        def is_told_more() -> bool:
            """Whether a refused reader is told a longer time than the first one was."""
            refused = refusal_of(port)
            if refused:
                again, header, page = refused
                assert header == "DENY"
                assert f"Try again in {again} second" in page
                told.append(int(again or ""))
            return bool(told) and told[-1] > told[0]

        wait(is_told_more)
        assert told == sorted(told)
        (tmp_path / "go").touch()
        for one in [slow, *waiting]:
            assert one.recv(100).startswith(b"HTTP/1.0 200 OK")
        assert status(port) == 200


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n", b"501"),
    ],
)
def test_an_answer_that_no_page_makes_carries_the_headers_too(
    tmp_path: Path, request_: bytes, code: bytes
) -> None:
    with serving(tmp_path) as port, connected(port) as one:
        with suppress(OSError):
            one.sendall(request_)
        answer = one.recv(10_000)
        assert answer.split()[1] == code
        assert b"\r\nX-Frame-Options: DENY\r\n" in answer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_without_handles_the_server_rests_says_so_once_and_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path, connections=1_000, handles=20) as port, ExitStack() as open_ones:
        for _ in range(100):
            open_ones.enter_context(connected(port))
        wait(lambda: b"the server cannot accept connections" in (tmp_path / "log").read_bytes())
        for _ in range(3):
            assert status(port) == 200
        assert (tmp_path / "log").stat().st_size < 2_000


@pytest.mark.parametrize(
    ("open_files", "connections"), [(0, 400), (20_000, 400), (464, 400), (256, 192), (70, 16)]
)
def test_connections_leave_files_for_the_pages(open_files: int, connections: int) -> None:
    assert most_connections(400, open_files) == connections
