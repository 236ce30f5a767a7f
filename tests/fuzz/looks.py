"""Reading many bad inputs: how long each takes, what it needs of memory, what it raises."""

from __future__ import annotations

import gc
import random
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from mutations import mutate

from tripleaim.tables import InputError

SLOWEST = 1.0
"""Seconds of processor that one input may take."""

MOST_MEMORY = 300
"""MB by which one input may raise the memory of the process."""

MOST_GROWTH = 200
"""MB that the process may hold more at the end of many inputs than after the first of them."""

WARM = 100
"""Inputs after which what is kept for good has been made."""

Mutate = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


@dataclass(frozen=True)
class Parser:
    """What is tried: good inputs, words of their format, and how one is read."""

    name: str
    corpus: Sequence[bytes]
    read: Callable[[bytes], object]
    words: Sequence[bytes] = ()
    mutate: Mutate = mutate
    share: float = 1.0
    """Of the time; more for what is read quickly and rarely understood."""


@dataclass
class Looked:
    """The results of many inputs. `memory` is the most MB that one needed, `growth` what the
    process held more at the end; `broken` are inputs with what was wrong with each."""

    name: str
    inputs: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    memory: float = 0.0
    growth: float = 0.0
    broken: list[tuple[bytes, str]] = field(default_factory=list)

    def line(self) -> str:
        """A row of the table in docs/reference/reliability.md."""
        return (
            f"| {self.name} | {self.inputs:,} | {self.read:,} | {self.refused:,} | "
            f"{self.slowest * 1000:,.0f} ms | {self.memory:,.0f} MB | "
            f"{self.growth:,.0f} MB | {len(self.broken)} |"
        )


def look(parser: Parser, seed: int, *, inputs: int = 1 << 60, seconds: float = 1e9) -> Looked:
    """Read inputs until so many were read, or so many seconds of processor have passed.

    Input n of a seed is the same whatever was read before it.
    """
    looked = Looked(parser.name)
    warm = 0.0
    until = time.process_time() + seconds
    while looked.inputs < inputs and time.process_time() < until:
        chance = random.Random(f"{parser.name} {seed} {looked.inputs}")  # noqa: S311 - no secret
        raw = parser.mutate(chance.choice(parser.corpus), chance, parser.words)
        _one(parser, raw, looked)
        if looked.inputs == WARM:
            warm = _held()
    if warm:
        looked.growth = _held() - warm
        if looked.growth > MOST_GROWTH:
            looked.broken.append((b"", f"{looked.growth:.0f} MB are never given back"))
    return looked


def _one(parser: Parser, raw: bytes, looked: Looked) -> None:
    before, began = _most_held(reset=True), time.process_time()
    looked.inputs += 1
    try:
        parser.read(raw)
        looked.read += 1
    except InputError as fault:
        looked.refused += 1
        if len(str(fault)) > 20_000:
            looked.broken.append((raw, f"a message of {len(str(fault)):,} characters"))
    except Exception:  # whatever it is, a reader of the product would have seen it
        looked.broken.append((raw, traceback.format_exc()))
    took, grown = time.process_time() - began, _most_held() - before
    looked.slowest, looked.memory = max(looked.slowest, took), max(looked.memory, grown)
    if took > SLOWEST:
        looked.broken.append((raw, f"{took:.1f} seconds"))
    if grown > MOST_MEMORY:
        looked.broken.append((raw, f"{grown:.0f} MB"))


def _held() -> float:
    """MB that this process has now, after what nobody needs has been given back."""
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


def _most_held(*, reset: bool = False) -> float:
    """The most MB that this process has had since it was asked to count anew; 0 off Linux.

    It counts anew only where that is far from what it has now: that looks at every page.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        most, now = (
            int(status.partition(name)[2].split(maxsplit=1)[0]) / 1024
            for name in ("VmHWM:", "VmRSS:")
        )
        if reset and most - now > MOST_MEMORY / 10:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            return now
    except OSError:
        return 0.0
    return most
