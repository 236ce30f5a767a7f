"""Every engine leads the simple model; each in a process of its own, all held to the exact figures.

A run fails the bench if any of its counts lies further than FAR standard deviations from what is
expected. There are 140 of them, which hang together; by chance alone one run in ten thousand would.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.environments import UnavailableError, python_of
from bench.simple_exact import expected
from bench.table import Row

FAR = 5.0
PEOPLE, YEARS, SEED = 560_000, 20, 1
VIVARIUM_TIMES, NUMPY_TIMES = 500.0, 10.0


@dataclass(frozen=True)
class Model:
    """One engine's run of the simple model. Without `environment` it runs in the bench's own."""

    name: str
    module: str
    variant: str
    runs: int
    environment: str | None = None
    years: int = YEARS
    people: int = PEOPLE
    ages_drawn: bool = False
    note: str = ""


OURS = Model("Triple Aim", "simple_ours", "simulate", 7, note="2 threads")
VIVARIUM = Model(
    "vivarium-public-health",
    "simple_vivarium",
    "stepped",
    1,
    environment="vivarium",
    years=3,
    ages_drawn=True,
    note="3 of the 20 years, its steps alone: setting up takes longer and is not counted",
)
GOOD_NUMPY = Model("NumPy, good", "simple_numpy", "packed", 5)
MODELS = (
    VIVARIUM,
    Model("neworder", "simple_neworder", "stepped", 3, environment="neworder"),
    Model("NumPy, as in a textbook", "simple_numpy", "textbook", 3),
    GOOD_NUMPY,
    Model("NumPy, one draw a year", "simple_numpy", "one_draw", 5, note="this model alone"),
    Model(
        "Triple Aim, the clear oracle", "simple_ours", "plainly", 1, people=56_000, note="1 in 10"
    ),
    OURS,
    Model("Numba, made for this model", "simple_numba", "led", 7, note="this model alone"),
)


def compare() -> list[Row]:
    """Person-years a second of every model, then how many times theirs Triple Aim's are."""
    rates: dict[str, float] = {}
    rows = []
    for model in MODELS:
        try:
            found = _run(model)
        except UnavailableError as fault:
            rows.append(Row(model.name, None, also=str(fault), optional=True))
            continue
        counts = np.array(found["counts"])
        off = expected(model.people, model.years, ages_drawn=model.ages_drawn).z(counts)
        lived = counts[:-1, 0].sum()
        rates[model.name] = lived / statistics.median(found["seconds"])
        rows.append(
            Row(
                model.name,
                rates[model.name],
                "person-years/s",
                megabytes=found["megabytes"],
                also="; ".join(filter(None, [found["version"], model.note])),
            )
        )
        rows.append(Row("  furthest count", float(np.abs(off).max()), "z", limit=FAR))
    for other, limit in ((VIVARIUM, VIVARIUM_TIMES), (GOOD_NUMPY, NUMPY_TIMES)):
        if other.name in rates and OURS.name in rates:
            times = rates[OURS.name] / rates[other.name]
            rows.append(Row(f"Triple Aim : {other.name}", times, "times", limit, least=True))
    return rows


def _run(model: Model) -> dict[str, Any]:
    python = python_of(model.environment) if model.environment else sys.executable
    arguments = [model.variant, *map(str, (model.people, model.years, SEED, model.runs))]
    done = subprocess.run(
        [str(python), "-W", "ignore", "-m", f"bench.{model.module}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        if model.environment is None:
            raise RuntimeError(f"{model.name} failed: {said[-1]}")
        raise UnavailableError(f"failed: {said[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
