"""Who does what to the server and its files, each from a random generator of its own."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

import psutil

from bench.soak.answers import Record, Truth, ask, links
from bench.soak.world import DAMAGED, EDITED, HOST, STATES, STEADY, World

Actor = Callable[["Stage", random.Random], None]
"""Acts once; called again and again until the time is over."""

SLOW = 20
"""Connections of a client that sends a byte a second."""

FOLLOWED, FURTHER = 12, 30
"""Pages of a place whose links are followed, and how many of those that they lead to are read."""

CHANGING = re.compile("/runs/|/scenario/|/futures/|/prevention/|/backtest/")
"""What is in the addresses of pages that show long work."""

SMALL_DISK = 20_000
"""Bytes at which a disk is full."""


class Stage:
    """What all actors share."""

    def __init__(self, world: World, truth: Truth, seconds: float) -> None:
        self.world, self.truth = world, truth
        self.record = Record()
        self.until = time.monotonic() + seconds
        self.over = threading.Event()

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.until and not self.over.is_set()

    def pages(self, place: str) -> list[str]:
        """Known addresses of a place."""
        return [address for address in self.truth.pages if address.startswith(f"/places/{place}/")]


def chance(seed: int, name: str) -> random.Random:
    """What happens by chance to one actor, the same for the same seed."""
    return random.Random(f"{seed} {name}")  # noqa: S311 - to be repeated, not to be secret


def reader(stage: Stage, own: random.Random) -> None:
    """Read a page of any place: what it says must be what it says undisturbed, or a refusal."""
    place = own.choice((STEADY, STEADY, EDITED, DAMAGED))
    address = own.choice(stage.pages(place))
    answer = ask(stage.world, address)
    stage.truth.judged(stage.record, f"reader of {place}", address, answer, hurt=place != STEADY)


def scenarios(stage: Stage, own: random.Random) -> None:
    """Ask for a scenario that nobody has asked for, twice: both answers must be the same."""
    home = f"/places/{STEADY}/"
    value = own.randrange(1, 400) / 100
    form = f"inflation.provider-cost={value}"
    first = ask(stage.world, f"{home}scenario/assumptions/set/live/?{form}")
    second = ask(stage.world, f"{home}scenario/assumptions/set/live/?{form}")
    statuses = {first.status, second.status} - {0, HTTPStatus.SERVICE_UNAVAILABLE}
    if statuses - {HTTPStatus.OK}:
        stage.record.fault("scenarios", f"{value} answered {first.status} and {second.status}")
    elif first.status == second.status == HTTPStatus.OK and first.body != second.body:
        stage.record.fault("scenarios", f"{value} gives two answers")
    else:
        stage.record.count("scenarios", "right" if statuses else "refused")


def jobs(stage: Stage, own: random.Random) -> None:
    """Start a long job, and stop it or wait for its end."""
    home = f"/places/{STEADY}/runs/"
    seed = own.randrange(1, 10**6)
    answer = ask(stage.world, f"{home}start/", f"kind=futures&draws=16&seed={seed}")
    if answer.status != HTTPStatus.SEE_OTHER:
        honest = answer.status in (0, HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)
        stage.record.count("jobs", "refused") if honest else stage.record.fault(
            "jobs", f"start answered {answer.status}"
        )
        _rest(stage, 2.0)
        return
    run = answer.headers["location"].partition("?")[0]
    _rest(stage, own.uniform(0.5, 8.0))
    if own.random() < 0.5:
        ask(stage.world, f"{run}stop/", "")
    shown = ask(stage.world, run)
    if shown.status in (0, HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.SERVICE_UNAVAILABLE):
        stage.record.count("jobs", "right")
    else:
        stage.record.fault("jobs", f"{run} answered {shown.status}")


def planner(stage: Stage, own: random.Random) -> None:
    """Edit a place and make its plan again while it is read; kill it midway, or fill its disk."""
    way = own.choice(("whole", "killed", "disk full"))
    stage.world.edit(EDITED, own.choice(STATES))
    arguments = stage.world.plan_arguments(EDITED)
    work = stage.world.begun(*arguments, most_bytes=SMALL_DISK if way == "disk full" else None)
    if way == "killed":
        with contextlib.suppress(subprocess.TimeoutExpired):
            work.wait(own.uniform(0.2, 12.0))
        work.kill()
    text = work.communicate()[0].decode("utf-8", "replace")
    if "Traceback" in text or (way == "whole" and work.returncode):
        stage.record.fault("planner", f"{way}: code {work.returncode}, {text[-200:]!r}")
    elif way == "disk full" and work.returncode != 2:
        stage.record.fault("planner", f"disk full ended with {work.returncode}, {text[-200:]!r}")
    else:
        stage.record.count("planner", way)
    _rest(stage, own.uniform(0.0, 3.0))


def vandal(stage: Stage, own: random.Random) -> None:
    """Damage a file of a place, let it be read, and put it back."""
    folder = stage.world.data / DAMAGED
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    path = own.choice(files)
    kept = stage.world.folder / "kept"
    shutil.copy2(path, kept)
    way, damage = own.choice(sorted(DAMAGE.items()))
    damage(path, own)
    for address in own.sample(stage.pages(DAMAGED), 4):
        answer = ask(stage.world, address)
        who = f"{way} file"
        stage.truth.judged(stage.record, who, address, answer, hurt=True, damaged=path.name)
    path.unlink(missing_ok=True)
    shutil.copy2(kept, path)


def killer(stage: Stage, own: random.Random) -> None:
    """Kill a process that answers; another must take its place."""
    _rest(stage, own.uniform(20.0, 40.0))
    processes = stage.world.processes()
    if not stage.goes_on or len(processes) < 2:
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        own.choice(processes).kill()
    stage.record.count("killer", "killed")


def rude(stage: Stage, own: random.Random) -> None:
    """Connections that send a byte a second, nothing, or nonsense."""
    connections = []
    for _ in range(SLOW):
        with contextlib.suppress(OSError):
            connections.append(socket.create_connection((HOST, stage.world.port), timeout=5))
    for _ in range(own.randrange(2, 10)):
        for one in connections:
            with contextlib.suppress(OSError):
                one.send(own.choice((b"G", b"\r\n", b"\x00", b"GET / HTTP/9\r\n\r\n", b":")))
        _rest(stage, 1.0)
    for one in connections:
        one.close()
    stage.record.count("rude clients", "connections")


def addresses(world: World, place: str, own: random.Random) -> list[str]:
    """Pages of a place: its first page, all that it links to, and some of those that they link to.

    What shows how far long work is changes by itself, and is not among them.
    """
    home = f"/places/{place}/"
    first = links(ask(world, home).body, home)
    second = {
        one
        for address in own.sample(first, min(len(first), FOLLOWED))
        for one in links(ask(world, address).body, home)
    }
    further = sorted(second - {home, *first})
    some = own.sample(further, min(len(further), FURTHER))
    return [one for one in (home, *first, *some) if not CHANGING.search(one)]


def _missing(path: Path, _: random.Random) -> None:
    path.unlink()


def _empty(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _cut(path: Path, _: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(path: Path, own: random.Random) -> None:
    raw = bytearray(path.read_bytes() or b"\0")
    raw[own.randrange(len(raw))] ^= 1 << own.randrange(8)
    path.write_bytes(raw)


def _other_type(path: Path, _: random.Random) -> None:
    path.write_bytes(b"[]")


def _link(path: Path, _: random.Random) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


DAMAGE: dict[str, Callable[[Path, random.Random], None]] = {
    "cut": _cut,
    "empty": _empty,
    "flipped": _flipped,
    "linked": _link,
    "missing": _missing,
    "other": _other_type,
}

ACTORS: Sequence[tuple[str, int, Actor]] = (
    ("reader", 6, reader),
    ("scenarios", 2, scenarios),
    ("jobs", 1, jobs),
    ("planner", 1, planner),
    ("vandal", 1, vandal),
    ("killer", 1, killer),
    ("rude", 1, rude),
)
"""Name, how many at once, and what each does."""


def _rest(stage: Stage, seconds: float) -> None:
    stage.over.wait(max(min(seconds, stage.until - time.monotonic()), 0.0))
