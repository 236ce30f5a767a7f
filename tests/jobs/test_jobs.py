"""Jobs in processes of their own, really started, really killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Event
from pathlib import Path

import psutil
import pytest

from tripleaim.data_folder import Locked, is_locked, locked
from tripleaim.jobs import Job, jobs_of, one_after_the_other, order, running, start, stop
from tripleaim.jobs.folder import Report
from tripleaim.jobs.remaining_time import WholeProgress
from tripleaim.place import InputError, Place, load
from waiting import LATEST, wait


@pytest.fixture(scope="module")
def place() -> Place:
    return load("somerset")


def test_the_same_order_has_the_same_address_and_another_has_another(place: Place) -> None:
    one = order(place, "backtest", 7, {"draws": 100})
    assert one.id == order(place, "backtest", 7, {"draws": 100}).id
    assert one.id != order(place, "backtest", 8, {"draws": 100}).id
    assert one.id != order(place, "backtest", 7, {}).id


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [
        ("backtest", {"draws": 7}, "whole number from 100 to 10,000"),
        ("backtest", {"people": 7}, "setting of the job backtest"),
        ("forecast", {}, "kind of job"),
    ],
)
def test_an_order_that_cannot_be_worked_off_is_refused(
    place: Place, kind: str, settings: dict[str, int], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        order(place, kind, 7, settings)


def test_a_job_runs_is_stopped_and_leaves_no_result(place: Place, tmp_path: Path) -> None:
    job = start(tmp_path, order(place, "backtest", 7, {"draws": 10_000}))
    wait(lambda: job.report.state == "running")
    assert running(tmp_path, "futures") == job
    assert running(tmp_path, "plan") is None
    with pytest.raises(InputError, match="no other long job"):
        start(tmp_path, order(place, "backtest", 8, {}))
    stop(job)
    wait(lambda: job.report.state == "stopped")
    assert not job.result.exists()
    assert running(tmp_path, "futures") is None
    assert jobs_of(tmp_path, "somerset") == (job,)


def test_a_killed_worker_counts_as_stopped(place: Place, tmp_path: Path) -> None:
    job = start(tmp_path, order(place, "backtest", 7, {"draws": 10_000}))
    wait(lambda: job.report.state == "running")
    psutil.Process(job.report.process).kill()
    wait(lambda: job.report.state == "stopped")
    assert not job.result.exists()


def test_changed_inputs_are_reported_and_nothing_is_made(place: Place, tmp_path: Path) -> None:
    made = order(place, "backtest", 7, {"draws": 100})
    stale = type(made)(**{**json.loads(made.as_json()), "inputs_sha256": "0" * 64})
    job = start(tmp_path, stale)
    wait(lambda: job.report.state == "failed")
    assert "changed since" in job.report.message
    assert not job.result.exists()


def test_a_folder_that_does_not_hold_its_own_order_is_no_job(place: Place, tmp_path: Path) -> None:
    job = Job.of(tmp_path, order(place, "backtest", 7, {}))
    job.place_order()
    other = job.folder.with_name("0123456789ab")
    job.folder.rename(other)
    assert Job.open(other) is None
    assert jobs_of(tmp_path, "somerset") == ()


def test_a_job_is_at_work_from_the_moment_it_is_asked_for_and_begins_once(
    place: Place, tmp_path: Path
) -> None:
    made = order(place, "backtest", 7, {"draws": 10_000})
    job = start(tmp_path, made)
    assert job.report.state == "running"
    first = job.report.process
    assert start(tmp_path, made).report.process == first
    # It lets other work go first.
    assert psutil.Process(first).nice() > psutil.Process().nice()
    # As somebody would who shares the folder, on whatever system.
    (job.folder / "stop").touch()
    wait(lambda: job.report.state == "stopped")
    again = start(tmp_path, made)
    assert again.report.state == "running"
    assert again.report.process != first
    assert not again.is_to_stop
    # As a machine does that shuts down: the worker says itself that it was stopped.
    psutil.Process(again.report.process).terminate()
    wait(lambda: b'"stopped"' in (job.folder / "report.json").read_bytes())


def test_a_worker_whose_process_ends_before_it_begins_counts_as_failed(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = os.pathsep.join([str(tmp_path / "broken"), *sys.path])
    monkeypatch.setenv("PYTHONPATH", path)
    package = tmp_path / "broken" / "filelock"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('no locks here')\n", encoding="utf-8")
    job = start(tmp_path / "data", order(place, "backtest", 7, {"draws": 10_000}))
    assert job.report.state == "failed"
    assert "The log says why" in job.report.message
    assert "no locks here" in (job.folder / "worker.log").read_text(encoding="utf-8")


def _hold(path: Path, taken: Event, leave: Event) -> None:
    with locked(path):
        taken.set()
        leave.wait(LATEST)


def test_a_lock_is_one_process_s_until_it_ends_however_that_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_locked(path, by=0)
    processes = multiprocessing.get_context("spawn")
    taken, leave = processes.Event(), processes.Event()
    holder = processes.Process(target=_hold, args=(path, taken, leave))
    holder.start()
    assert holder.pid is not None
    assert taken.wait(LATEST)
    assert is_locked(path, by=holder.pid)
    with pytest.raises(Locked), locked(path, wait=0.02):
        pass
    holder.kill()
    holder.join()
    assert not is_locked(path, by=holder.pid)
    with locked(path, wait=0):
        pass


def test_many_who_look_at_a_free_lock_all_find_it_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    with ThreadPoolExecutor(4) as readers:
        looks = readers.map(lambda _: is_locked(path, by=2**22 + 1), range(200))
        assert sum(looks) == 0


def _finished(place: Place, data: Path) -> Job:
    job = Job.of(data, order(place, "backtest", 7, {}))
    job.place_order()
    job.result.write_text("{}\n", encoding="utf-8")
    job.write(Report("done", "counting", 1.0, 0.0, 1.0, 0))
    return job


def test_a_refused_job_is_taken_back_whole_and_one_with_a_result_stays(
    place: Place, tmp_path: Path
) -> None:
    refused = Job.of(tmp_path, order(place, "backtest", 8, {}))
    refused.place_order()
    refused.write(Report("failed", "", 0.0, 0.0, 1.0, 0))
    with refused.locked():
        pass
    assert len(list(refused.folder.iterdir())) == 3
    refused.take_back()
    assert list(refused.folder.iterdir()) == []
    done = _finished(place, tmp_path)
    files = sorted(done.folder.iterdir())
    done.take_back()
    assert sorted(done.folder.iterdir()) == files
    assert done.report.state == "done"


def test_a_result_that_was_changed_by_hand_is_not_taken_for_the_one_made(
    place: Place, tmp_path: Path
) -> None:
    job = _finished(place, tmp_path)
    assert job.report.state == "done"
    job.result.write_text('{"error": 0}\n', encoding="utf-8")
    assert job.report.state == "failed"
    assert "changed since it was made" in job.report.message


def test_a_result_that_has_gone_counts_as_failed(place: Place, tmp_path: Path) -> None:
    job = _finished(place, tmp_path)
    job.result.unlink()
    assert (job.report.state, job.report.message) == (
        "failed",
        "Its result is no longer in its folder.",
    )


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": "done"}', '{"state": 7}'])
def test_a_report_that_cannot_be_read_counts_as_none(
    place: Place, tmp_path: Path, content: str
) -> None:
    job = _finished(place, tmp_path)
    (job.folder / "report.json").write_text(content, encoding="utf-8")
    assert job.report.state == "not started"


def test_a_job_says_how_far_the_whole_is_and_how_long_it_has_to_go() -> None:
    whole = WholeProgress({"first": 1.0, "second": 3.0})
    assert whole.at("first", 0.0, 100.0) == (0.0, None)
    assert whole.at("first", 0.5, 101.0) == (0.125, pytest.approx(7.0))
    assert whole.at("nobody knows this", 0.9, 101.5)[0] == 0.125
    assert whole.at("second", 0.0, 102.0) == (0.25, None)
    assert whole.at("second", 0.5, 105.0) == (0.625, pytest.approx(3.0))
    assert whole.at("first", 0.0, 106.0)[0] == 0.625


def test_kept_draws_do_not_change_the_estimate_of_speed() -> None:
    whole = WholeProgress({"drawing": 1.0})
    for k in range(6):
        whole.at("drawing", k / 10, 100 + k / 1000)
    assert whole.at("drawing", 0.6, 110.005) == (0.6, pytest.approx(40.0))


def test_orders_run_one_after_the_other_and_stop_with_the_block(
    place: Place, tmp_path: Path
) -> None:
    done = _finished(place, tmp_path)
    orders = [done.order, *(order(place, "backtest", s, {"draws": 10_000}) for s in (8, 9))]
    first, second = (Job.of(tmp_path, one) for one in orders[1:])
    with one_after_the_other(tmp_path, orders) as rested:
        wait(lambda: first.report.state == "running")
        assert not rested.is_set()
    wait(lambda: first.report.state == "stopped")
    assert rested.is_set()
    assert second.report.state == "not started"
    assert done.report.state == "done"


def test_a_job_that_somebody_stops_is_not_followed_by_another(place: Place, tmp_path: Path) -> None:
    orders = [order(place, "backtest", s, {"draws": 10_000}) for s in (8, 9)]
    first, second = (Job.of(tmp_path, one) for one in orders)
    with one_after_the_other(tmp_path, orders) as rested:
        wait(lambda: first.report.state == "running")
        stop(first)
        assert rested.wait(LATEST)
    assert second.report.state == "not started"
