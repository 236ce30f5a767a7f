"""Pages under readers: kept and new ones, beside a style sheet and a bare page of Django.

All are asked for in turn in one run, by the same readers, from servers that are started alike; the
ratios say more than the rates.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.memory import megabytes_in_use, processor_seconds
from bench.readers import HOST, Answers, Reader, Target, found, in_turn, read
from bench.table import Row
from tripleaim.place import load
from tripleaim.plan import Basis, Choice, choose

PLACE = "somerset"
HOME = f"/places/{PLACE}/"
PROCESSES, READERS, ROUNDS, SECONDS = 2, 32, 8, 1.0
NEW_READERS, NEW_SCENARIOS, LIVE = 4, 60, 9
ADDRESSES, STEPS = 500, 5
BARE = Path(__file__).with_name("bare_page.py")
PROCESS_MEGABYTES = 1200.0
MOST_PROCESSOR = 0.04
NO_PAGE = re.compile(r"<|/set/")
"""What is in an address that has an id in it, or that answers a form."""


def serving(folder: Path) -> list[Row]:
    """Kept pages and new scenarios from the server as it is started, beside simpler things."""
    scenarios = _scenarios()
    bare_server = (sys.executable, str(BARE), str(PROCESSES))
    with _started(*_server(folder)) as (port, server), _started(*bare_server) as (bare_port, _):
        style = re.search(r"/assets/tripleaim[^\"]+\.css", _body_of(port, HOME).decode())
        assert style is not None
        targets = [Target(port, HOME), Target(port, style[0]), Target(bare_port, "/")]
        kept, sheet, bare = in_turn(targets, READERS, ROUNDS, SECONDS)
        _all_of(port, NEW_READERS, islice(scenarios, NEW_READERS * PROCESSES))
        before = processor_seconds(server)
        new = _all_of(port, NEW_READERS, islice(scenarios, NEW_SCENARIOS))
        each = (processor_seconds(server) - before) / NEW_SCENARIOS
        beside = _kept_page_under_load(port, list(islice(scenarios, NEW_SCENARIOS)))
    return [
        Row(
            f"kept page, {READERS} readers",
            kept.rate,
            "a second",
            500,
            least=True,
            also=f"asking took {kept.asking:.0%} of a processor",
        ),
        Row("  slowest of 95 in 100", kept.p95, limit=0.05),
        Row("  over a bare page of Django", kept.rate / bare.rate, "times", 0.7, least=True),
        Row("  over a style sheet", kept.rate / sheet.rate, "times", 0.5, least=True),
        Row("new scenarios, the plan's page", new.rate, "a second", 10, least=True),
        Row("  processor for each", each, limit=PROCESSES / 10),
        Row(
            "  kept page beside them, 95 in 100",
            beside.p95,
            limit=0.05,
            also=f"{beside.rate:,.0f} a second",
        ),
    ]


def _asked_in_process(folder: Path) -> Callable[[str], float]:
    """What asks for an address in this process: the processor's seconds that the answer took."""
    _read_pages_from(folder)
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})

    def processor(address: str) -> float:
        began = time.process_time()
        assert client.get(address).status_code == 200, address
        return time.process_time() - began

    return processor


def live_answers(folder: Path) -> list[Row]:
    """What forms answer while a value is changed, each value another, beside the whole page."""
    processor = _asked_in_process(folder)
    solution = f"{HOME}solutions/{load(PLACE).solutions[0].id}/choose/live/?basis=on_evidence"
    set_live = f"{HOME}scenario/assumptions/set/live/?"
    year = load(PLACE).last_year
    answers = {
        "what-if of a solution": lambda n: f"{solution}&uptake={n}&start={year}&own=",
        "assumption of money": lambda n: f"{set_live}inflation.provider-cost={2 + n / 100}",
        "assumption of demand": lambda n: f"{set_live}demand.acute-ae={n / 10}",
    }
    limits = {"what-if of a solution": 0.3, "assumption of money": 0.5, "assumption of demand": 1.0}
    processor(HOME)
    scenarios = _scenarios()
    whole = median(processor(next(scenarios)) for _ in range(LIVE))
    rows = []
    for what, address in answers.items():
        taken = median(processor(address(n)) for n in range(1, LIVE + 1))
        rows += [
            Row(f"{what}, while it is changed, processor", taken, limit=limits[what]),
            Row("  over the whole page of a new scenario", taken / whole, "times"),
        ]
    return rows


def page_made(folder: Path) -> list[Row]:
    """Every page made again, its charts kept, and the plan of new scenarios: processor time."""
    processor = _asked_in_process(folder)
    again = {}
    for page in _pages():
        processor(HOME + page)
        again[page] = median(processor(HOME + page) for _ in range(5))
    slowest = max(again, key=lambda page: again[page])
    over = [page or "plan" for page, seconds in again.items() if seconds > MOST_PROCESSOR]
    scenarios = _scenarios()
    new = median(processor(next(scenarios)) for _ in range(LIVE))
    return [
        Row("plan made again, processor", again[""], limit=MOST_PROCESSOR),
        Row(
            f"  slowest of {len(again)} pages",
            again[slowest],
            limit=MOST_PROCESSOR,
            also=f"{slowest}; over the limit: {', '.join(over) or 'none'}",
        ),
        Row("plan of a new scenario, processor", new),
    ]


def scenario_memory(folder: Path) -> list[Row]:
    """What the server's processes hold over new scenarios, one page of each, of all kinds."""
    _read_pages_from(folder)
    addresses = map("".join, zip(_scenarios(), cycle(_pages())))
    in_use = []
    with _started(*_server(folder)) as (port, process):
        for _ in range(STEPS):
            _all_of(port, NEW_READERS, islice(addresses, ADDRESSES // STEPS))
            in_use.append(megabytes_in_use(process) / PROCESSES)
    # Of two each, since what is in progress at one moment may take a hundred megabytes.
    before, after = max(in_use[-4:-2]), max(in_use[-2:])
    return [
        Row(
            f"memory, scenarios to {ADDRESSES} over those to {ADDRESSES * 3 // STEPS}",
            after / before,
            "times",
            1.1,
            megabytes=after,
            most_megabytes=PROCESS_MEGABYTES,
            also=f"a process, after each {ADDRESSES // STEPS}: "
            + ", ".join(f"{one:,.0f}" for one in in_use),
        )
    ]


def _server(folder: Path) -> Sequence[str]:
    started = "from tripleaim.cli import main; main()"
    return (
        *(sys.executable, "-c", started, "serve", "--data", str(folder), "--no-runs"),
        *("--processes", str(PROCESSES)),
    )


def _read_pages_from(folder: Path) -> None:
    """Set Django up in this process, for the pages of the plans in a folder."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tripleaim.web.config.settings",
        "TRIPLEAIM_DATA": str(folder),
    }
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    get_wsgi_application()


def _pages() -> list[str]:
    """Addresses of a place's pages that follow a scenario, all but those of `NO_PAGE`."""
    from tripleaim.web.ui.registry import registry  # noqa: PLC0415

    return [
        page.address
        for page in registry().pages
        if page.scenarios and not page.as_printed_only and not NO_PAGE.search(page.address)
    ]


def _all_of(port: int, number: int, addresses: Iterator[str]) -> Answers:
    """Have each address read once, by so many readers."""
    some = [Reader(port, partial(next, addresses, None)) for _ in range(number)]
    seconds = read(some)
    return found([one for reader in some for one in reader.taken], seconds)


def _kept_page_under_load(port: int, scenarios: list[str]) -> Answers:
    """One who reads a kept page, beside readers of scenarios that nobody has asked for."""
    new = [Reader(port, lambda: scenarios.pop() if scenarios else None) for _ in range(NEW_READERS)]
    beside = Reader(port, lambda: HOME if scenarios else None)
    return found(beside.taken, read([*new, beside]))


@contextmanager
def _started(*command: str) -> Iterator[tuple[int, int]]:
    """A server started by a command to which `--port` is added, once it answers.

    Gives its port and the number of its process.
    """
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
            _body_of(port, "/")
        time.sleep(3.0)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _body_of(port: int, address: str) -> bytes:
    with urlopen(f"http://{HOST}:{port}{address}") as answer:
        return bytes(answer.read())


def _scenarios() -> Iterator[str]:
    """Addresses of scenarios, each another: one solution on evidence, with another uptake."""
    place = load(PLACE)
    for uptake, solution in product(range(1, 100), place.solutions):
        choice = Choice(Basis.ON_EVIDENCE, uptake=uptake / 100)
        yield f"{HOME}s/{choose(place, {solution.id: choice}).token}/"
