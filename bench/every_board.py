"""Every English board made, checked and planned, and the comparison that comes along tried again.

Each board's step says its seconds; a board that fails is named with the fault, and the rest go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from bench.table import Row, messages
from tripleaim.board_comparison import (
    SampleSettings,
    board_draws,
    compared_boards,
    official_measures,
    shipped_comparison,
)
from tripleaim.boards import OfficialTables, boards, make_place
from tripleaim.core import RunContext
from tripleaim.place import InputError, load
from tripleaim.plan import check_footprint, run_plan

SEED = 7
LIMITS = {"place make": 60.0, "place check": 60.0, "plan": 120.0}
"""Seconds that a step may take of any board."""
SMALL = "QOC"
"""The board whose shipped numbers are worked out again: the one with the fewest people."""


def every_board(folder: Path) -> list[Row]:
    """The slowest board of each step, and how many boards went through all of them."""
    with OfficialTables() as tables:
        codes = [board.code for board in boards(tables)]
    taken: dict[str, dict[str, float]] = {step: {} for step in LIMITS}
    failed: dict[str, str] = {}
    for code in codes:
        fault = _one_board(code, folder / code, taken)
        told = ", ".join(f"{step} {s[code]:.1f} s" for step, s in taken.items() if code in s)
        messages.print(f"{code:6} {told} {fault}", style="dim" if not fault else "bold")
        if fault:
            failed[code] = fault
        rmtree(folder / code, ignore_errors=True)
    through = len(codes) - len(failed)
    return [
        *(_slowest(step, seconds) for step, seconds in taken.items()),
        Row(
            "boards through all three",
            float(through),
            "",
            float(len(codes)),
            least=True,
            also="; ".join(f"{code}: {fault}" for code, fault in failed.items()),
        ),
    ]


def shipped_board(_: Path) -> list[Row]:
    """One board's shipped numbers, beside what the program gives today."""
    document = shipped_comparison()
    if document is None:
        return [Row("shipped comparison", None, also="there is none")]
    settings = SampleSettings(
        people=document.most_people,
        draws=document.draws,
        years=document.prevention_years,
        seed=document.seed,
    )
    with OfficialTables() as tables:
        official, names = official_measures(tables), {b.code: b.name for b in boards(tables)}
    began = time.perf_counter()
    (now,) = compared_boards([board_draws(SMALL, settings)], names, official, settings.seed)
    seconds = time.perf_counter() - began
    (then,) = (board for board in document.boards if board.code == SMALL)
    differs = [
        f"{name}: {then.values[name].value} shipped, {one.value} today"
        for name, one in now.values.items()
        if (one.value, one.low, one.high)
        != (then.values[name].value, then.values[name].low, then.values[name].high)
    ]
    return [
        Row("a board compared", seconds, limit=60.0),
        Row(
            "  shipped numbers that moved",
            float(len(differs)),
            "",
            also="; ".join(differs),
        ),
    ]


def _one_board(code: str, folder: Path, taken: dict[str, dict[str, float]]) -> str:
    """Time the steps of one board into `taken`; the fault that stopped it, or ""."""
    place = folder / "place"

    def timed(step: str, work: Callable[[], object]) -> None:
        began = time.perf_counter()
        work()
        taken[step][code] = time.perf_counter() - began

    try:
        folder.mkdir(parents=True)
        timed("place make", lambda: make_place(place, code))
        timed("place check", lambda: _checked(place))
        timed("plan", lambda: run_plan(load(place), RunContext(SEED), folder / "run"))
    except (InputError, ValueError, OSError, ArithmeticError) as fault:
        return f"{type(fault).__name__}: {fault}"[:300]
    return ""


def _checked(place: Path) -> None:
    faults = check_footprint(place).faults
    if faults:
        raise InputError(f"{len(faults)} faults, the first: {faults[0]}")


def _slowest(step: str, seconds: dict[str, float]) -> Row:
    if not seconds:
        return Row(f"{step}, slowest board", None)
    worst = max(seconds, key=lambda code: seconds[code])
    mean = sum(seconds.values()) / len(seconds)
    return Row(
        f"{step}, slowest board",
        seconds[worst],
        limit=LIMITS[step],
        also=f"{worst}; mean of {len(seconds)} boards {mean:.3g} s",
    )
