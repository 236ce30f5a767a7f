"""The small places that are soaked, their data folder, and the server that shows them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

HOST = "127.0.0.1"
STEADY, EDITED, DAMAGED = "calm-vale", "busy-vale", "torn-vale"
"""What happens to each place: nothing; its plan is made again and killed; its files are damaged."""

PLACES = {STEADY: 10, EDITED: 8, DAMAGED: 6}
"""Places by id, and how many people of each sex and age live there."""

STATES = (0, 3)
"""How many more people of 50 live in a place whose population is edited, in each of two states."""

PROCESSES = 2
LONGEST_START = 300.0

_STARTED = "from tripleaim.cli import main; main()"


@dataclass
class World:
    """A folder with footprints and runs, and the server that shows the runs."""

    folder: Path
    port: int = 0
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        """Where the runs are."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server wrote."""
        return self.folder / "server.log"

    def make(self) -> None:
        """The places, each with its plan. Raises CalledProcessError if a verb fails."""
        for place, people in PLACES.items():
            population = self.folder / f"{place}.csv"
            population.write_text(_population(people, 0), encoding="utf-8")
            self.verb("place", "new", str(self.footprint(place)), "--population", str(population))
            self.plan(place)

    def footprint(self, place: str) -> Path:
        """The folder of a place's files."""
        return self.folder / "footprints" / place

    def edit(self, place: str, more: int) -> None:
        """Put another population file in a place's folder, as an editor does."""
        file = self.footprint(place) / "population.csv"
        new = file.with_suffix(".new")
        new.write_text(_population(PLACES[place], more), encoding="utf-8")
        new.replace(file)

    def plan(self, place: str) -> None:
        """Make the plan of a place. Raises CalledProcessError if that fails."""
        self.verb(*self.plan_arguments(place))

    def plan_arguments(self, place: str) -> Sequence[str]:
        """The verb that makes a plan."""
        return ("plan", str(self.footprint(place)), "--out", str(self.data / place))

    def verb(self, *arguments: str) -> str:
        """What a verb of the command line prints. Raises CalledProcessError if it fails."""
        run = self.begun(*arguments)
        text, _ = run.communicate()
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, arguments, text)
        return text.decode("utf-8", "replace")

    def begun(self, *arguments: str, most_bytes: int | None = None) -> subprocess.Popen[bytes]:
        """A verb at work; with `most_bytes` it can write no longer file."""
        start = _STARTED if most_bytes is None else _limited(most_bytes)
        command = (sys.executable, "-c", start, *arguments)
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def start(self) -> None:
        """Start the server, and wait until it answers. Raises RuntimeError if it does not."""
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        options = ("--data", str(self.data), "--port", str(self.port), "--runs", "--no-browser")
        command = (sys.executable, "-c", _STARTED, "serve", *options)
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                (*command, "--processes", str(PROCESSES)), stdout=log, stderr=log
            )
        until = time.monotonic() + LONGEST_START
        while self.server.poll() is None and time.monotonic() < until:
            with socket.socket() as one:
                if one.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def stop(self) -> None:
        """Stop the server as Ctrl+C does."""
        if self.server is not None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait()

    def processes(self) -> list[psutil.Process]:
        """Those of the server that answer."""
        assert self.server is not None
        children = psutil.Process(self.server.pid).children()
        return [one for one in children if "spawn_main" in " ".join(one.cmdline())]

    def open_files(self) -> int:
        """Files and sockets that the processes have open."""
        return sum(one.num_fds() for one in self.processes())


def _population(people: int, more: int) -> str:
    """A population file: so many people of each sex and age, and a few more of 50."""
    rows = [
        f"{age},{sex},{people + more * (age == 50)}"
        for age in range(91)
        for sex in ("male", "female")
    ]
    return "\n".join(["age,sex,population", *rows, ""])


def _limited(size: int) -> str:
    """A start in which a file that grows beyond `size` bytes fails as on a full disk."""
    return (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); {_STARTED}"
    )
