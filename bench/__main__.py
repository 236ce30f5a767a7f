"""`make bench`: seconds, peak memory and person-years a second, each against its limit.

Every measurement runs in a process of its own, so that its peak memory is its own. Machines are
noisy: quote the ratios of one run.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tripleaim.people import synthesise
from tripleaim.place import load
from tripleaim.plan import Choice, Workspace, choose, incentives, payment_rules, run
from tripleaim.projection import project

PLACE, SEED = "somerset", 7


def people() -> dict[str, float]:
    """Everybody registered."""
    place = load(PLACE)
    began = time.perf_counter()
    made = synthesise(place, SEED)
    return {"seconds": time.perf_counter() - began, "people": len(made)}


def projection() -> dict[str, float]:
    """Everybody's life for the years of the plan."""
    place = load(PLACE)
    made = synthesise(place, SEED)
    began = time.perf_counter()
    lives = project(place, made)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "person_years": float(lives.present[1:].sum())}


def whole_plan() -> dict[str, float]:
    """The main job from end to end, files written."""
    place = load(PLACE)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        run(place, SEED, Path(folder) / PLACE)
        return {"seconds": time.perf_counter() - began}


def what_if() -> dict[str, float]:
    """One scenario's document from an opened run: the median of nine different ones."""
    place = load(PLACE)
    with tempfile.TemporaryDirectory() as folder:
        run(place, SEED, Path(folder))
        workspace = Workspace.open(Path(folder))
        taken = []
        for solution in place.solutions[:9]:
            began = time.perf_counter()
            workspace.document(choose(place, {solution.id: Choice("evidence", uptake=0.5)}))
            taken.append(time.perf_counter() - began)
    return {"seconds": statistics.median(taken)}


def payment_rule() -> dict[str, float]:
    """The incentive table under another payment rule, scenario and all: the median of all rules."""
    place = load(PLACE)
    with tempfile.TemporaryDirectory() as folder:
        run(place, SEED, Path(folder))
        workspace = Workspace.open(Path(folder))
        taken = []
        for rule in payment_rules(place).rules:
            began = time.perf_counter()
            incentives(workspace, rule.id)
            taken.append(time.perf_counter() - began)
    return {"seconds": statistics.median(taken)}


MEASUREMENTS: dict[str, tuple[Callable[[], dict[str, float]], float, float]] = {
    # name: what is measured, its limit in seconds, its limit in megabytes
    "people": (people, 10.0, 2000.0),
    "one projection": (projection, 25.0, 2000.0),
    "whole plan": (whole_plan, 60.0, 2000.0),
    "what-if, one scenario": (what_if, 3.0, 2000.0),
    "what-if, payment rule": (payment_rule, 1.0, 2000.0),
}


def main() -> int:
    """Measure everything; leaves with 1 if a limit is passed."""
    if len(sys.argv) > 1:
        found = MEASUREMENTS[sys.argv[1]][0]()
        found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps(found))
        return 0
    table = Table(title=f"{PLACE}, seed {SEED}", title_justify="left")
    for column in ("", "seconds", "limit", "of limit", "peak MB", "limit", "of limit", "also"):
        table.add_column(column, justify="left" if column in ("", "also") else "right")
    passed = True
    for name, (_, seconds, megabytes) in MEASUREMENTS.items():
        done = subprocess.run(
            [sys.executable, "-m", "bench", name], capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout)
        passed &= found["seconds"] <= seconds and found["megabytes"] <= megabytes
        also = f"{found['people']:,.0f} people" if "people" in found else ""
        if "person_years" in found:
            rate = found["person_years"] / found["seconds"]
            also = f"{rate:,.0f} person-years a second"
        table.add_row(
            name,
            f"{found['seconds']:.2f}",
            f"{seconds:g}",
            f"{found['seconds'] / seconds:.2f}",
            f"{found['megabytes']:,.0f}",
            f"{megabytes:,.0f}",
            f"{found['megabytes'] / megabytes:.2f}",
            also,
        )
    Console(width=120).print(table)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
