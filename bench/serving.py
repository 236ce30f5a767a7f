"""Pages under readers: kept and new ones, beside a style sheet and a bare page of Django.

All are asked for in one run, by the same readers, from servers that are started alike; the ratios
say more than the rates.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.request import urlopen

from bench.memory import peak_megabytes
from bench.table import Row
from tripleaim.place import load
from tripleaim.plan import Basis, Choice, choose

HOST, PLACE = "127.0.0.1", "somerset"
PROCESSES, READERS, SECONDS = 2, 32, 4.0
NEW_READERS, NEW_SCENARIOS, ADDRESSES, LIVE = 4, 60, 500, 9
BARE = Path(__file__).with_name("bare_page.py")
PROCESS_MEGABYTES = 1200.0


@dataclass(frozen=True)
class Answers:
    """What readers found: answers a second, and the seconds that 95 of 100 took at most."""

    rate: float
    p95: float


def serving(folder: Path) -> list[Row]:
    """Kept pages and new scenarios from the server as it is started, beside simpler things."""
    page = f"/places/{PLACE}/"
    tripleaim = str(Path(sys.executable).parent / "tripleaim")
    serve = (tripleaim, "serve", "--data", str(folder), "--no-runs", "--processes", str(PROCESSES))
    scenarios = _scenarios()
    with _started(*serve) as port:
        style = re.search(r"/assets/tripleaim[^\"]+\.css", _got(port, page).decode())
        assert style is not None
        kept = readers(port, [page])
        sheet = readers(port, [style[0]])
        new, beside = _new_ones(port, page, [next(scenarios) for _ in range(NEW_SCENARIOS)])
    with _started(sys.executable, str(BARE), str(PROCESSES)) as port:
        bare = readers(port, ["/"])
    return [
        Row("kept page, 32 readers", kept.rate, "a second", 500, least=True),
        Row("  slowest of 95 in 100", kept.p95, limit=0.05),
        Row("  over a bare page of Django", kept.rate / bare.rate, "times", 0.7, least=True),
        Row("  over a style sheet", kept.rate / sheet.rate, "times", 0.5, least=True),
        Row("new scenarios, the plan's page", new.rate, "a second", 10, least=True),
        Row("  kept page beside them, 95 in 100", beside.p95, also=f"{beside.rate:,.0f} a second"),
    ]


def _asked_here(folder: Path) -> Callable[[str], float]:
    """What asks for an address in this process: the processor's seconds that the answer took."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tripleaim.web.config.settings",
        "TRIPLEAIM_DATA": str(folder),
    }
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    get_wsgi_application()
    client = Client(headers={"host": "localhost"})

    def processor(address: str) -> float:
        began = time.process_time()
        assert client.get(address).status_code == 200, address
        return time.process_time() - began

    return processor


def live_answers(folder: Path) -> list[Row]:
    """What forms answer while a value is changed, each value another, beside the whole page."""
    processor, page = _asked_here(folder), f"/places/{PLACE}/"
    solution = f"{page}solutions/{load(PLACE).solutions[0].id}/choose/live/?basis=on_evidence"
    set_live = f"{page}scenario/assumptions/set/live/?"
    year = load(PLACE).last_year
    answers = {
        "what-if of a solution": lambda n: f"{solution}&uptake={n}&start={year}&own=",
        "assumption of money": lambda n: f"{set_live}inflation.provider-cost={2 + n / 100}",
        "assumption of demand": lambda n: f"{set_live}demand.acute-ae={n / 10}",
    }
    limits = {"what-if of a solution": 0.3, "assumption of money": 0.5, "assumption of demand": 1.0}
    processor(page)
    scenarios = _scenarios()
    whole = sorted(processor(next(scenarios)) for _ in range(LIVE))[LIVE // 2]
    rows = []
    for what, address in answers.items():
        taken = sorted(processor(address(n)) for n in range(1, LIVE + 1))
        rows += [
            Row(f"{what}, while it is changed, processor", taken[LIVE // 2], limit=limits[what]),
            Row("  over the whole page of a new scenario", taken[LIVE // 2] / whole, "times"),
        ]
    return rows


def page_made(folder: Path) -> list[Row]:
    """One page made again, charts kept; and one process over 500 scenarios' addresses."""
    processor, page = _asked_here(folder), f"/places/{PLACE}/"
    processor(page)
    again = sorted(processor(page) for _ in range(9))[4]
    scenarios = _scenarios()
    new = sorted(processor(next(scenarios)) for _ in range(9))[4]
    after: list[float] = []
    for _ in range(2):
        for _ in range(ADDRESSES // 2):
            processor(next(scenarios) + "figures/")
        after.append(peak_megabytes())
    return [
        Row("page made again, processor", again, limit=0.04),
        Row("page of a new scenario, processor", new),
        Row(
            "memory, 500 scenarios over 250",
            after[1] / after[0],
            "times",
            1.15,
            megabytes=after[1],
            most_megabytes=PROCESS_MEGABYTES,
        ),
    ]


def readers(port: int, addresses: Sequence[str], number: int = READERS) -> Answers:
    """What `number` readers find who ask for these addresses in turn, for a few seconds."""
    until = time.perf_counter() + SECONDS
    taken: list[float] = []

    def read() -> None:
        with socket.create_connection((HOST, port)) as one:
            turn = 0
            while time.perf_counter() < until:
                taken.append(_asked(one, addresses[turn % len(addresses)]))
                turn += 1

    began = time.perf_counter()
    _together([read] * number)
    return _found(taken, time.perf_counter() - began)


def _new_ones(port: int, page: str, scenarios: Sequence[str]) -> tuple[Answers, Answers]:
    """Readers of scenarios that nobody has asked for, and one who reads a kept page meanwhile."""
    waiting, taken, beside = list(scenarios), [], []

    def new() -> None:
        with socket.create_connection((HOST, port)) as one:
            while waiting:
                taken.append(_asked(one, waiting.pop()))

    def kept() -> None:
        with socket.create_connection((HOST, port)) as one:
            while len(taken) < len(scenarios):
                beside.append(_asked(one, page))

    began = time.perf_counter()
    _together([kept, *[new] * NEW_READERS])
    seconds = time.perf_counter() - began
    return _found(taken, seconds), _found(beside, seconds)


def _found(taken: Sequence[float], seconds: float) -> Answers:
    return Answers(len(taken) / seconds, sorted(taken)[int(len(taken) * 0.95)])


def _together(works: Sequence[object]) -> None:
    threads = [threading.Thread(target=work) for work in works]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _asked(one: socket.socket, address: str) -> float:
    """Ask and read the whole answer: the seconds it took. The least work that a reader can do."""
    began = time.perf_counter()
    one.sendall(f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(one)
    head = got[:end].lower()
    assert head.startswith(b"http/1.1 200"), (address, head[:60])
    length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
    left = length - (len(got) - end - 4)
    while left > 0:
        left -= len(_more(one))
    return time.perf_counter() - began


def _more(one: socket.socket) -> bytes:
    got = one.recv(1 << 16)
    assert got, "the server hung up"
    return got


@contextmanager
def _started(*command: str) -> Iterator[int]:
    """A server started by a command to which `--port` is added, once it answers: its port."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 300
        while server.poll() is None and time.monotonic() < until:
            with socket.socket() as one:
                if one.connect_ex((HOST, port)) == 0:
                    break
            time.sleep(0.1)
        # Each process makes what it keeps: whoever asks often enough has asked them all.
        for _ in range(20 * PROCESSES):
            _got(port, "/")
        time.sleep(3.0)
        yield port
    finally:
        server.terminate()
        server.wait()


def _got(port: int, address: str) -> bytes:
    with urlopen(f"http://{HOST}:{port}{address}") as answer:
        return bytes(answer.read())


def _scenarios() -> Iterator[str]:
    """Addresses of scenarios, each another: one solution on evidence, with another uptake."""
    place = load(PLACE)
    for uptake, solution in product(range(1, 100), place.solutions):
        choice = Choice(Basis.ON_EVIDENCE, uptake=uptake / 100)
        yield f"/places/{PLACE}/s/{choose(place, {solution.id: choice}).token}/"
