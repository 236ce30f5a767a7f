"""What every model of the bench has in common: how it is called, timed and read.

A model runs as `python -m bench.simple_NAME VARIANT PEOPLE YEARS SEED RUNS` in an environment that
may hold NumPy and that model's own package alone, and prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from bench.memory import peak_megabytes


class Timed:
    """A stopwatch for the part of a run that is measured, wherever a model wants it to start."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0

    def __enter__(self) -> Timed:
        self._began = time.perf_counter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds += time.perf_counter() - self._began


def reported(
    variants: Mapping[str, Callable[..., Any]], version: str, start: Callable[[int], Any]
) -> None:
    """Run what the command line asks for; print seconds of each run and the counts of the first."""
    variant, *numbers = sys.argv[1:]
    people, years, seed, runs = map(int, numbers)
    begin = start(people)
    seconds, counts = [], None
    for run in range(runs):
        timed = Timed()
        found = variants[variant](begin, years, seed + run, timed)
        seconds.append(timed.seconds)
        counts = found if counts is None else counts
    result = {
        "people": people,
        "years": years,
        "seconds": seconds,
        "megabytes": peak_megabytes(),
        "version": version,
        "counts": [[int(n) for n in row] for row in counts],
    }
    sys.stdout.write(json.dumps(result) + "\n")
