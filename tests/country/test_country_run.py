"""A country in shards: in any number of them, on any number of cores, after any mishap the same."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.country import Country, draw, project_country, run_folder, tally_sha256
from tripleaim.country.job import CountryJob
from tripleaim.country.local import run_locally
from tripleaim.country.memory import GIB, MemoryNeed
from tripleaim.country.run import job_of, run_of, usual_shards
from tripleaim.place import InputError
from tripleaim.projection import simulate
from watching import undeclared, watch

YEARS = 2
SHARDS = 7


@pytest.fixture(scope="module")
def in_one(small_england: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in one shard and one thread."""
    folder = tmp_path_factory.mktemp("one")
    context = RunContext(7)
    with watch(folder) as watched:
        project_country(small_england, context, years=YEARS, shards=1, threads=1, folder=folder)
    assert "mortality.csv" in watched.asked
    assert not undeclared(watched, "country")
    return folder


@pytest.fixture(scope="module")
def in_seven(small_england: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run in seven shards on two threads."""
    folder = tmp_path_factory.mktemp("seven")
    context = RunContext(seed=7)
    project_country(small_england, context, years=YEARS, shards=SHARDS, threads=2, folder=folder)
    return folder


@pytest.fixture(scope="module")
def job(small_england: Country) -> CountryJob:
    """What the shards of the run in seven have in common."""
    return job_of(small_england, YEARS, run_of(small_england, 7, YEARS, SHARDS), RunContext(7))


def test_one_shard_and_seven_one_thread_and_two_give_the_same_bytes(
    in_one: Path, in_seven: Path
) -> None:
    for name in ("tally.npz", "country.parquet"):
        assert (in_one / name).read_bytes() == (in_seven / name).read_bytes()
    one, seven = (run_folder.read_result(folder)[1] for folder in (in_one, in_seven))
    assert one["tally_sha256"] == seven["tally_sha256"]
    assert (len(one["shard_sha256"]), len(seven["shard_sha256"])) == (1, 7)


def test_the_sum_of_shards_is_everybody_simulated_at_once(in_seven: Path, job: CountryJob) -> None:
    people = draw(job.distribution, np.arange(20_000, dtype=np.uint32))
    tally, about = run_folder.read_result(in_seven)
    assert tally_sha256(simulate(people, job.laws).tally) == about["tally_sha256"]
    assert tally.people[0].sum() == 20_000
    assert len(tally.years) == YEARS + 1


def test_people_of_a_year_are_those_of_the_year_before_and_what_happened(in_seven: Path) -> None:
    tally, _ = run_folder.read_result(in_seven)
    people = tally.people.sum(axis=(1, 2, 3))
    deaths = tally.deaths.sum(axis=(1, 2, 3))
    came = tally.births + tally.arrivals - tally.departures - deaths
    assert np.array_equal(np.diff(people), came)


def test_a_run_that_lost_shards_makes_them_again(in_seven: Path, small_england: Country) -> None:
    was = {name: (in_seven / name).read_bytes() for name in ("tally.npz", "country.json")}
    shards = in_seven / "shards"
    (shards / "3.npz").unlink()
    whole = (shards / "5.npz").read_bytes()
    (shards / "5.npz").write_bytes(whole[:-1] + b"?")
    untouched = (shards / "0.npz").stat().st_mtime_ns
    reports: list[float] = []

    def report(what: str, done: float) -> None:
        if what == "projecting people":
            reports.append(done)

    project_country(
        small_england,
        RunContext(7, report),
        years=YEARS,
        threads=1,
        folder=in_seven,
    )
    assert reports == pytest.approx([5 / 7, 6 / 7, 1.0])
    assert {name: (in_seven / name).read_bytes() for name in was} == was
    assert (shards / "5.npz").read_bytes() == whole
    assert (shards / "0.npz").stat().st_mtime_ns == untouched


def test_a_stopped_run_publishes_nothing_and_can_continue(
    small_england: Country, in_seven: Path, tmp_path: Path
) -> None:
    def stop_half_way(what: str, done: float) -> None:
        if what == "projecting people" and done > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project_country(
            small_england,
            RunContext(7, stop_half_way),
            years=YEARS,
            shards=SHARDS,
            threads=1,
            folder=tmp_path,
        )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run.json", "shards"]
    assert len(list((tmp_path / "shards").glob("*.npz"))) == 3
    project_country(small_england, RunContext(7), years=YEARS, threads=2, folder=tmp_path)
    assert (tmp_path / "tally.npz").read_bytes() == (in_seven / "tally.npz").read_bytes()


@dataclass(frozen=True)
class KilledOnce:
    """A job whose worker is killed in shard 3 the first time."""

    job: CountryJob
    mark: Path

    def __call__(self, shard: int) -> bytes:
        made = self.job(shard)
        if shard == 3 and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return made


def test_a_worker_that_is_killed_changes_nothing(
    job: CountryJob, in_seven: Path, tmp_path: Path
) -> None:
    made: dict[int, bytes] = {}
    run_locally(KilledOnce(job, tmp_path / "mark"), range(SHARDS), 2, made.__setitem__)
    assert (tmp_path / "mark").exists()
    for shard in range(SHARDS):
        assert made[shard] == (in_seven / "shards" / f"{shard}.npz").read_bytes()


def test_too_little_memory_is_reported_before_anything_starts(
    small_england: Country, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="would fit"):
        project_country(small_england, RunContext(7), memory=1 << 20, folder=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_another_seed_is_refused_in_the_same_folder(small_england: Country, in_one: Path) -> None:
    with pytest.raises(InputError, match="its seed is 7, not 8"):
        project_country(small_england, RunContext(8), years=YEARS, folder=in_one)


def test_more_shards_than_people_are_refused(small_england: Country, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no more shards than people \(20,000\)"):
        project_country(small_england, RunContext(7), shards=20_001, folder=tmp_path)


def test_shards_are_of_a_usual_size_and_smaller_where_memory_is_short(
    small_england: Country,
) -> None:
    assert usual_shards(small_england, 2, 8 * GIB) == 2
    assert usual_shards(small_england, 2, MemoryNeed(20_000, 10, 2).bytes) == 10
