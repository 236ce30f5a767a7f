"""What this version and an earlier one can both be asked for, measured alike in each.

    python bench/before_after.py NAME FOLDER      seconds of one measurement, as JSON: by the clock,
                                                  and of all processors together

It runs on the version of Triple Aim that PYTHONPATH says, so it asks only for what has been there
from 0.2.0 on, and measures everything a second time in the same process: what is compiled, and read
into the machine's memory, is so in both versions.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

PLACE, SEED, YEARS = "somerset", 7, 20
NAMES = (
    "version",
    "help",
    "load",
    "people",
    "laws",
    "engine",
    "plan",
    "what-if",
)
"""In the order in which they are measured: `people`, `laws` and `plan` leave what others need."""

LIMITS = {"version": 0.3, "help": 0.6, "laws": 8.0, "plan": 8.0}


class Taken(NamedTuple):
    """Seconds by the clock, and of all processors: the one where nothing else runs beside it."""

    clock: float
    processors: float

    def over(self, parts: int) -> Taken:
        """What one of `parts` took."""
        return Taken(self.clock / parts, self.processors / parts)


def median(work: Callable[[], object], times: int) -> Taken:
    """The median of `times` runs, after one that does not count."""
    work()
    taken = []
    for _ in range(times):
        began, used = time.perf_counter(), sum(os.times()[:4])
        work()
        taken.append(Taken(time.perf_counter() - began, sum(os.times()[:4]) - used))
    return Taken(*(statistics.median(each) for each in zip(*taken, strict=True)))


def seconds(name: str, folder: Path) -> Taken:
    """How long `name` takes, with what others have left in `folder`."""
    if name in ("version", "help"):
        return median(lambda: _started(f"--{name}"), 5)
    from tripleaim.place import load  # noqa: PLC0415

    measure: dict[str, Callable[[Any, Path], Taken]] = {
        "load": lambda place, _: median(lambda: load(place.id), 3),
        "people": _people,
        "laws": _laws,
        "engine": _engine,
        "plan": _plan,
        "what-if": _what_if,
    }
    return measure[name](load(PLACE), folder)


def seeded() -> Any:
    """The seed, as this version takes it."""
    try:
        from tripleaim.core import RunContext  # noqa: PLC0415
    except ImportError:
        return SEED
    return RunContext(SEED)


def _started(option: str) -> None:
    code = "from tripleaim.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, option], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _people(place: Any, folder: Path) -> Taken:
    from tripleaim.people import synthesise, write  # noqa: PLC0415

    found = median(lambda: synthesise(place, seeded()), 1)
    write(synthesise(place, seeded()), folder / "people.parquet")
    return found


def _laws(place: Any, folder: Path) -> Taken:
    from tripleaim.people import read  # noqa: PLC0415
    from tripleaim.projection import fit_laws, save_laws  # noqa: PLC0415

    people = read(folder / "people.parquet")
    found = median(lambda: fit_laws(place, people, steps=YEARS), 1)
    save_laws(fit_laws(place, people, steps=YEARS), folder / "laws.npz")
    return found


def _engine(_: Any, folder: Path) -> Taken:
    from tripleaim.people import read  # noqa: PLC0415
    from tripleaim.projection import load_laws, simulate  # noqa: PLC0415

    people, laws = read(folder / "people.parquet"), load_laws(folder / "laws.npz")
    return median(lambda: simulate(people, laws), 5)


def _plan(place: Any, folder: Path) -> Taken:
    try:
        from tripleaim.plan import run_plan  # noqa: PLC0415
    except ImportError:
        from tripleaim.plan import run as run_plan  # noqa: PLC0415

    return median(lambda: run_plan(place, seeded(), folder / "plan"), 1)


def _what_if(place: Any, folder: Path) -> Taken:
    from tripleaim.plan import Choice, Workspace, choose  # noqa: PLC0415

    basis: Any = "evidence"
    try:
        from tripleaim.plan import Basis  # noqa: PLC0415

        basis = Basis.ON_EVIDENCE
    except ImportError:
        pass
    workspace = Workspace.open(folder / "plan")
    scenarios = [
        choose(place, {solution.id: Choice(basis, uptake=0.5)}) for solution in place.solutions[:9]
    ]
    return median(lambda: [workspace.document(each) for each in scenarios], 1).over(len(scenarios))


def compare(before: Path, after: Path, folder: Path, say: Callable[[str], None]) -> str:
    """Both versions, each in the folder of its checkout, as a table in Markdown."""
    lines = [
        "| measurement | before, s | after, s | limit, s | before, processor s | after | saved |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in NAMES:
        found = []
        for checkout in (before, after):
            own = folder / checkout.name
            own.mkdir(exist_ok=True)
            say(f"measuring {name} in {checkout.name}")
            found.append(_in_checkout(name, checkout, own))
        was, now = found
        limit = f"{LIMITS[name]:g}" if name in LIMITS else ""
        clocks = f"{was.clock:.3g} | {now.clock:.3g} | {limit}"
        saved = 100 * (1 - now.processors / was.processors)
        used = f"{was.processors:.3g} | {now.processors:.3g} | {saved:.0f}%"
        lines.append(f"| {name} | {clocks} | {used} |")
    return "\n".join(lines) + "\n"


def _in_checkout(name: str, checkout: Path, folder: Path) -> Taken:
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve() / "src")}
    asked = [sys.executable, str(Path(__file__).resolve()), name, str(folder.resolve())]
    done = subprocess.run(
        asked, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        raise SystemExit(f"{name} failed in {checkout}:\n{done.stderr}")
    return Taken(*json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seconds(sys.argv[1], Path(sys.argv[2]))) + "\n")
