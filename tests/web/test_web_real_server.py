"""The server as it is started, and those who would shut readers out of it."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import psutil
import pytest
from bench.readers import Reader, read
from real_server import HERE, THERE, RealServer, real_server

from waiting import wait

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 by itself"),
]

HOME = "/places/hamlet/"
NEW = f"{HOME}scenario/assumptions/set/live/?inflation.provider-cost="
PAGES = ("/", HOME, f"{HOME}people/", f"{HOME}activity/", "/glossary/")


@pytest.fixture(scope="module")
def data(hamlet_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the hamlet's run."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(hamlet_run, folder / "hamlet")
    return folder


@pytest.fixture(scope="module")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server that all tests share which leave it as it was."""
    with real_server(data, tmp_path_factory.mktemp("log") / "log") as started:
        for page in PAGES:
            assert started.asked(page) == 200
        yield started


@pytest.mark.parametrize("number", [110, 1_500])
def test_connections_that_drip_say_nothing_or_stay_shut_no_reader_out(
    server: RealServer, number: int
) -> None:
    with server.besieged(number, (HERE, THERE)):
        for address in (HERE, THERE):
            assert [server.asked(page, address) for page in PAGES] == [200] * len(PAGES)


def test_sixty_readers_at_one_address_are_all_answered_beside_a_siege_from_it(
    server: RealServer,
) -> None:
    def read(_: int) -> list[int]:
        """What one of them is answered over one connection, which stays open meanwhile."""
        reader = server.reader(THERE)
        statuses = []
        for page in PAGES:
            reader.request("GET", page)
            answer = reader.getresponse()
            answer.read()
            statuses.append(answer.status)
        reader.close()
        return statuses

    with server.besieged(110, (HERE, THERE)), ThreadPoolExecutor(60) as trust:
        for statuses in trust.map(read, range(60)):
            assert statuses == [200] * len(PAGES)


def is_quiet(server: RealServer) -> bool:
    """Whether its processes take hardly anything of the processors now."""
    before, began = server.processor_seconds(), time.monotonic()
    time.sleep(1.0)
    return server.processor_seconds() - before < 0.1 * (time.monotonic() - began)


def test_a_server_that_may_open_few_files_keeps_enough_for_its_pages(
    data: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with real_server(data, log, handles=100) as server, server.besieged(500, (HERE, THERE)):
        for address in (HERE, THERE):
            assert [server.asked(page, address) for page in PAGES] == [200] * len(PAGES)
        wait(lambda: is_quiet(server))
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert log.stat().st_size < 1_000


def test_without_file_handles_the_server_neither_spins_nor_fills_the_log(
    data: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with real_server(data, log) as server:
        answering = server.process.children(recursive=True)
        before = {one: one.rlimit(psutil.RLIMIT_NOFILE) for one in answering}
        for one in answering:
            one.rlimit(psutil.RLIMIT_NOFILE, (one.num_fds() + 10, before[one][1]))
        with server.besieged(500, (HERE, THERE)):
            wait(lambda: b"the server cannot accept connections" in log.read_bytes())
            wait(lambda: is_quiet(server))
            assert log.stat().st_size < 100_000
        for one in answering:
            one.rlimit(psutil.RLIMIT_NOFILE, before[one])
        assert [server.asked(page) for page in PAGES] == [200] * len(PAGES)


def test_kept_pages_are_answered_beside_four_readers_of_new_scenarios(
    server: RealServer,
) -> None:
    values = [f"{n / 100}" for n in range(1, 41)]
    new = [
        Reader(server.port, lambda: f"{NEW}{values.pop()}" if values else None) for _ in range(4)
    ]
    kept = Reader(server.port, lambda: HOME if values else None)
    read([*new, kept])
    scenarios = sorted(seconds for one in new for seconds in one.taken)
    assert sorted(kept.taken)[int(0.95 * len(kept.taken))] < median(scenarios)
