"""Jobs in processes of their own, really started, really killed."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tripleaim.jobs import Job, jobs_of, order, running, start, stop
from tripleaim.place import InputError, Place, load


@pytest.fixture(scope="module")
def place() -> Place:
    return load("somerset")


def _wait(until: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_the_same_order_has_the_same_address_and_another_has_another(place: Place) -> None:
    one = order(place, "backtest", 7, {"draws": 100})
    assert one.id == order(place, "backtest", 7, {"draws": 100}).id
    assert one.id != order(place, "backtest", 8, {"draws": 100}).id
    assert one.id != order(place, "backtest", 7, {}).id


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [
        ("backtest", {"draws": 7}, "whole number from 100 to 10,000"),
        ("backtest", {"people": 7}, "setting of backtest"),
        ("forecast", {}, "kind of work"),
    ],
)
def test_an_order_that_cannot_be_worked_off_is_refused(
    place: Place, kind: str, settings: dict[str, int], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        order(place, kind, 7, settings)


def test_a_job_runs_is_stopped_and_leaves_no_result(place: Place, tmp_path: Path) -> None:
    job = start(tmp_path, order(place, "backtest", 7, {"draws": 10_000}))
    _wait(lambda: job.report.state == "running")
    assert running(tmp_path) == job
    with pytest.raises(InputError, match="no other long job"):
        start(tmp_path, order(place, "backtest", 8, {}))
    stop(job)
    _wait(lambda: job.report.state == "stopped")
    assert not job.result.exists()
    assert running(tmp_path) is None
    assert jobs_of(tmp_path, "somerset") == (job,)


def test_a_killed_worker_counts_as_stopped(place: Place, tmp_path: Path) -> None:
    job = start(tmp_path, order(place, "backtest", 7, {"draws": 10_000}))
    _wait(lambda: job.report.state == "running")
    os.kill(job.report.process, signal.SIGKILL)
    _wait(lambda: job.report.state == "stopped")
    assert not job.result.exists()


def test_inputs_that_changed_since_are_told_and_nothing_is_made(
    place: Place, tmp_path: Path
) -> None:
    made = order(place, "backtest", 7, {"draws": 100})
    stale = type(made)(**{**json.loads(made.as_json()), "inputs_sha256": "0" * 64})
    job = start(tmp_path, stale)
    _wait(lambda: job.report.state == "failed")
    assert "changed since" in job.report.said
    assert not job.result.exists()


def test_a_folder_that_does_not_hold_its_own_order_is_no_job(place: Place, tmp_path: Path) -> None:
    job = Job.of(tmp_path, order(place, "backtest", 7, {}))
    job.place_order()
    other = job.folder.with_name("0123456789ab")
    job.folder.rename(other)
    assert Job.open(other) is None
    assert jobs_of(tmp_path, "somerset") == ()
