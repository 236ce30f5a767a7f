"""Whatever a job's folder says, its pages answer in words, and no signal goes anywhere."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_runs import RunsPlans

from tripleaim.data_folder import locked
from tripleaim.jobs import KINDS, Job, Order, order, running
from tripleaim.jobs.folder import Report
from tripleaim.place import load
from tripleaim.web import plans

RUNS = "/places/somerset/runs/"

KILLED: list[tuple[object, ...]] = []
"""What was handed to `os.kill` but to ask whether a process is there (signal 0)."""


def _note(event: str, given_: tuple[object, ...]) -> None:
    if event == "os.kill" and (not isinstance(given_[0], int) or given_[0] <= 0 or given_[1] != 0):
        KILLED.append(given_)


sys.addaudithook(_note)

NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, -2, 10**12, 2**31, 2**32, 2**63, 2**64, -(2**63), 10**30, 1e308]),
    st.sampled_from([float("nan"), float("inf"), float("-inf"), -0.0, 0.5, 1e-320]),
    st.integers(),
    st.floats(),
)
ANYTHING = st.one_of(
    NUMBERS,
    st.text(max_size=20),
    st.sampled_from(["1", "-1", "NaN", "Infinity", "2026-11-30", "\x00", "\ud800", "<b>", "done"]),
    st.none(),
    st.booleans(),
    st.lists(NUMBERS, max_size=2),
    st.dictionaries(st.text(max_size=5), NUMBERS, max_size=2),
)
WHOLE = asdict(Report("running", "drawing", 0.5, 1.7e9, 1.7e9, 12345, "", 3.5))
STATES = st.sampled_from(["not started", "running", "done", "stopped", "failed"])
REPORTS = st.builds(
    lambda state, changed, less: {
        name: value
        for name, value in {**WHOLE, "state": state, **changed}.items()
        if name not in less
    },
    STATES,
    st.dictionaries(st.sampled_from([*WHOLE, "sha256", "more"]), ANYTHING, max_size=3),
    st.sets(st.sampled_from(sorted(WHOLE)), max_size=1),
)
ORDERS = st.builds(
    lambda kind, place, seed, settings_: Order(kind, place, "0" * 64, seed, "0.4", settings_),
    st.sampled_from([*KINDS]),
    st.sampled_from(["somerset", "", "/", "..", "nowhere", "\x00", "a" * 300]),
    st.integers(),
    st.dictionaries(
        st.sampled_from(["draws", "people", "years", "seeds", "more"]),
        st.one_of(st.integers(1, 1024), st.integers()),
        max_size=4,
    ),
)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    plans.use(RunsPlans(tmp_path))
    with override_settings(TRIPLEAIM_RUNS="local"):
        yield tmp_path


def _answers(client: Client, data: Path, job: Job) -> Iterator[tuple[str, int]]:
    address = f"{RUNS}{job.order.id}/"
    for one, headers in (
        (RUNS, {}),
        (address, {}),
        (f"{address}?follow=1", {}),
        (address, {"hx-request": "true"}),
        (f"{address}result/", {}),
    ):
        yield one, client.get(one, headers=headers).status_code
    running(data, job.order.kind)


def _looked_at(client: Client, data: Path, job: Job, report: str, *, lock: bool) -> None:
    (job.folder / "report.json").write_text(report, encoding="utf-8", errors="surrogatepass")
    KILLED.clear()
    with ExitStack() as stack:
        if lock:
            stack.enter_context(locked(job.folder / "worker.lock"))
        for address, status in _answers(client, data, job):
            assert status in (200, 303, 404, 503), address
    assert KILLED == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=REPORTS, lock=st.booleans())
@example(report={**WHOLE, "process": -1}, lock=True)
@example(report={**WHOLE, "process": -2}, lock=True)
@example(report={**WHOLE, "process": 0}, lock=True)
@example(report={**WHOLE, "process": 10**12}, lock=True)
@example(report={**WHOLE, "process": float("nan")}, lock=True)
@example(report={**WHOLE, "process": float("inf")}, lock=True)
@example(report={**WHOLE, "process": "1"}, lock=True)
@example(report={**WHOLE, "written": 1e300}, lock=False)
@example(report={**WHOLE, "began": float("nan")}, lock=False)
@example(report={**WHOLE, "began": "2026-11-30"}, lock=False)
@example(report={**WHOLE, "left": float("inf")}, lock=True)
@example(report={**WHOLE, "done": 1e308}, lock=True)
def test_no_report_of_a_job_reaches_a_process_or_breaks_a_page(
    client: Client, data: Path, report: dict[str, Any], lock: bool
) -> None:
    job = Job.of(data, order(load("somerset"), "backtest", 7, {}))
    job.place_order()
    _looked_at(client, data, job, json.dumps(report), lock=lock)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=ORDERS, state=STATES, lock=st.booleans())
def test_no_order_of_a_job_breaks_a_page(
    client: Client, data: Path, made: Order, state: str, lock: bool
) -> None:
    shutil.rmtree(data / "somerset" / "runs", ignore_errors=True)
    job = Job(made, data / "somerset" / "runs" / made.id)
    job.place_order()
    _looked_at(client, data, job, json.dumps({**WHOLE, "state": state}), lock=lock)
