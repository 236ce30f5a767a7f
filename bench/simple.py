"""Every engine leads the simple model; each in a process of its own, all held to the exact figures.

A run fails the bench if any of its counts lies further than FAR standard deviations from what is
expected. There are 140 of them, which hang together; by chance alone one run in ten thousand would.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bench.environments import UnavailableError, python_of
from bench.simple_exact import expected
from bench.table import Row, messages

FAR = 5.0
PEOPLE, YEARS, SEED = 560_000, 20, 1
ROUNDS, RUNS = 3, 5
VIVARIUM_TIMES, NUMPY_TIMES = 500.0, 10.0


@dataclass(frozen=True)
class Model:
    """One engine's run of the simple model. Without `environment` it runs in the bench's own.

    `once` says that one run is long enough; others run RUNS times in each of ROUNDS rounds.
    """

    name: str
    module: str
    variant: str
    environment: str | None = None
    years: int = YEARS
    people: int = PEOPLE
    once: bool = False
    ages_drawn: bool = False
    note: str = ""


OURS = Model("Triple Aim", "simple_ours", "simulate", note="2 threads")
VIVARIUM = Model(
    "vivarium-public-health",
    "simple_vivarium",
    "stepped",
    environment="vivarium",
    years=3,
    once=True,
    ages_drawn=True,
    note="3 of the 20 years, its steps alone: setting up takes longer and is not counted",
)
NUMPY = Model(
    "NumPy, good",
    "simple_numpy",
    "textbook",
    note="as most would write it well; at least as fast as the 7.3 million the limit was set by",
)
MODELS = (
    VIVARIUM,
    Model("neworder", "simple_neworder", "stepped", environment="neworder"),
    NUMPY,
    Model("NumPy, conditions as bits", "simple_numpy", "packed", note="tuned to this model"),
    Model("NumPy, one draw a year", "simple_numpy", "one_draw", note="holds for this model alone"),
    OURS,
    Model("Triple Aim's clear oracle", "simple_ours", "plainly", people=56_000, once=True),
    Model("Numba, made for this model", "simple_numba", "led", note="holds for this model alone"),
)


@dataclass
class Found:
    """What the processes of one model said: rates by round, furthest count, memory, version."""

    rates: list[float] = field(default_factory=list)
    furthest: float = 0.0
    megabytes: float = 0.0
    version: str = ""


def compare() -> list[Row]:
    """Person-years a second of every model, then how many times theirs Triple Aim's are.

    Models take turns, round by round, so that a ratio is of what ran at nearly the same time.
    """
    found: dict[str, Found] = {}
    missing: dict[str, str] = {}
    for turn in range(ROUNDS):
        for model in MODELS:
            if model.name in missing or (model.once and turn):
                continue
            messages.print(f"round {turn + 1} of the simple model: {model.name}", style="dim")
            try:
                _add(found.setdefault(model.name, Found()), model, _run(model))
            except UnavailableError as fault:
                missing[model.name] = str(fault)
    rows = []
    for model in MODELS:
        if model.name in missing:
            rows.append(Row(model.name, None, also=missing[model.name], optional=True))
            continue
        one = found[model.name]
        rows.append(
            Row(
                model.name,
                statistics.median(one.rates),
                "person-years/s",
                megabytes=one.megabytes,
                also="; ".join(filter(None, [one.version, model.note])),
            )
        )
        rows.append(Row("  furthest count", one.furthest, "z", limit=FAR))
    limits = {VIVARIUM.name: VIVARIUM_TIMES, NUMPY.name: NUMPY_TIMES}
    for model in MODELS:
        if model.name in found and model.name not in missing and model.module != OURS.module:
            times = _times(found[OURS.name].rates, found[model.name].rates)
            limit = limits.get(model.name)
            rows.append(Row(f"Triple Aim : {model.name}", times, "times", limit, least=True))
    return rows


def _times(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios by round; a model that ran once is compared with every round."""
    others = theirs if len(theirs) == len(ours) else [theirs[0]] * len(ours)
    return statistics.median(a / b for a, b in zip(ours, others, strict=True))


def _add(one: Found, model: Model, report: dict[str, Any]) -> None:
    counts = np.array(report["counts"])
    off = expected(model.people, model.years, ages_drawn=model.ages_drawn).z(counts)
    one.rates.append(counts[:-1, 0].sum() / statistics.median(report["seconds"]))
    one.furthest = max(one.furthest, float(np.abs(off).max()))
    one.megabytes = max(one.megabytes, report["megabytes"])
    one.version = report["version"]


def _run(model: Model) -> dict[str, Any]:
    python = python_of(model.environment) if model.environment else sys.executable
    runs = 1 if model.once else RUNS
    arguments = [model.variant, *map(str, (model.people, model.years, SEED, runs))]
    done = subprocess.run(
        [str(python), "-W", "ignore", "-m", f"bench.{model.module}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != 0:
        errors = done.stderr.strip().splitlines() or ["no reason given"]
        if model.environment is None:
            raise RuntimeError(f"{model.name} failed: {errors[-1]}")
        raise UnavailableError(f"failed: {errors[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
