"""`python -m bench.soak`: everything at once, then whether all is as it was."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bench.memory import megabytes_in_use
from bench.serving import PROCESS_MEGABYTES
from bench.soak.actors import ACTORS, Actor, Stage, addresses, chance
from bench.soak.answers import Truth, ask
from bench.soak.world import EDITED, PLACES, PROCESSES, STATES, World

MOST_MEGABYTES = PROCESSES * PROCESS_MEGABYTES
"""What all processes of the server may hold at the end."""

MOST_OPEN = 2.0
"""What open files may grow by, after a third of the time."""

MOST_LOG = 5e6
"""Bytes that the server may write."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak a server; 0 if every answer was right or an honest refusal, and nothing was lost."""
    reads = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    reads.add_argument("--minutes", type=float, default=10.0)
    reads.add_argument("--seed", type=int, default=1)
    asked = reads.parse_args(arguments)
    out = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        out.print("making three small places")
        world.make()
        world.start()
        try:
            stage, found = _soaked(world, asked.minutes * 60, asked.seed, out)
        finally:
            world.stop()
    _printed(Console(), stage, found)
    return 1 if stage.record.wrong else 0


def _soaked(
    world: World, seconds: float, seed: int, out: Console
) -> tuple[Stage, list[tuple[str, str]]]:
    """Everything at once for so long; what happened, and what was found afterwards."""
    truth = Truth()
    known = {place: addresses(world, place, chance(seed, place)) for place in PLACES}
    for place in set(PLACES) - {EDITED}:
        truth.learn(world, known[place])
    for more in STATES:
        world.edit(EDITED, more)
        world.plan(EDITED)
        truth.learn(world, known[EDITED])
    out.print(
        f"{len(truth.pages)} pages known; {seconds / 60:g} minutes of everything, seed {seed}"
    )
    stage = Stage(world, truth, seconds)
    names = [(f"{name} {n}", act) for name, number, act in ACTORS for n in range(number)]
    threads = [
        threading.Thread(target=_acts, args=(stage, chance(seed, name), name, act))
        for name, act in names
    ]
    for thread in threads:
        thread.start()
    stage.over.wait(seconds / 3)
    begun = _size(world)
    while stage.goes_on:
        stage.over.wait(1.0)
    for thread in threads:
        thread.join()
    return stage, _afterwards(stage, begun)


def _acts(stage: Stage, own: Random, name: str, act: Actor) -> None:
    while stage.goes_on:
        try:
            act(stage, own)
        except Exception as fault:
            stage.record.fault(name, f"{type(fault).__name__}: {fault}")


def _size(world: World) -> tuple[float, int]:
    assert world.server is not None
    return megabytes_in_use(world.server.pid), world.open_files()


def _afterwards(stage: Stage, begun: tuple[float, int]) -> list[tuple[str, str]]:
    """Look at what is left: pages as before, memory, files, log, and the data folder."""
    world, record = stage.world, stage.record
    world.plan(EDITED)
    for address in stage.truth.pages:
        answer = ask(world, address)
        for _ in range(30):
            if answer.status not in (0, HTTPStatus.SERVICE_UNAVAILABLE):
                break
            time.sleep(1.0)
            answer = ask(world, address)
        stage.truth.judged(record, "afterwards", address, answer, hurt=False)
    ended = _size(world)
    if ended[0] > MOST_MEGABYTES:
        record.fault("afterwards", f"{ended[0]:,.0f} MB of memory, at most {MOST_MEGABYTES:,.0f}")
    if ended[1] > MOST_OPEN * begun[1]:
        record.fault("afterwards", f"{ended[1]:,} open files, {begun[1]:,} after a third")
    log = world.log.read_bytes()
    if b"Traceback" in log:
        at = log.index(b"Traceback")
        record.fault("log", log[at : at + 2000].decode("utf-8", "replace"))
    if len(log) > MOST_LOG:
        record.fault("log", f"{len(log):,} bytes")
    try:
        world.verb("doctor", str(world.data))
        sound = "sound"
    except subprocess.CalledProcessError as fault:
        sound = f"code {fault.returncode}"
        record.fault("doctor", fault.output.decode("utf-8", "replace")[-2000:])
    return [
        ("memory after a third, and at the end", f"{begun[0]:,.0f} MB, {ended[0]:,.0f} MB"),
        ("open files", f"{begun[1]:,}, {ended[1]:,}"),
        ("bytes of log", f"{len(log):,}"),
        ("the data folder, by doctor", sound),
    ]


def _printed(console: Console, stage: Stage, found: Sequence[tuple[str, str]]) -> None:
    table = Table(title="What was answered")
    whats = sorted({what for _, what in stage.record.counts})
    for heading in ("", *whats):
        table.add_column(heading, justify="right" if heading else "left")
    for who in sorted({who for who, _ in stage.record.counts}):
        numbers = [stage.record.counts[who, what] for what in whats]
        table.add_row(who, *(f"{n:,}" if n else "" for n in numbers))
    console.print(table)
    for what, value in found:
        console.print(f"{what}: {value}")
    for wrong in stage.record.wrong[:40]:
        console.print(f"[red]wrong[/red] {wrong}", highlight=False)
    console.print(f"{len(stage.record.wrong):,} wrong")


if __name__ == "__main__":
    sys.exit(main())
