"""The same shards on Spark.

`local-cluster[2,1,1024]` is Spark's own cluster on one machine: a master, two workers and, in
processes of their own, two executors. `local[2]` is no cluster: two threads in one process.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tripleaim.core import RunContext
from tripleaim.country import Country, project_country
from tripleaim.country.job import CountryJob
from tripleaim.country.on_spark import check_master, run_on_spark
from tripleaim.country.run import job_of, run_of
from tripleaim.place import InputError

YEARS, SHARDS = 2, 4
CLUSTER = "local-cluster[2,1,1024]"

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java; none here")


@pytest.fixture(scope="module")
def local(small_england: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same run on this machine."""
    folder = tmp_path_factory.mktemp("local")
    project_country(
        small_england, RunContext(7), years=YEARS, shards=SHARDS, threads=1, folder=folder
    )
    return folder


@dataclass(frozen=True)
class ExecutorKilledOnce:
    """A job that kills the executor it runs in, a Java process, the first time in shard 2."""

    job: CountryJob
    mark: Path

    def __call__(self, shard: int) -> bytes:
        made = self.job(shard)
        if shard == 2 and not self.mark.exists():
            self.mark.write_text(kill_executor(), encoding="utf-8")
        return made


def kill_executor() -> str:
    """Kill the executor above this Python worker; what its command line was."""
    above = os.getpid()
    while above > 1:
        above = int(
            Path(f"/proc/{above}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1]
        )
        line = Path(f"/proc/{above}/cmdline").read_text(encoding="utf-8")
        if "CoarseGrainedExecutorBackend" in line:
            os.kill(above, signal.SIGKILL)
            return line
    return ""


@needs_java
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the executor in /proc")
def test_a_cluster_that_loses_an_executor_half_way_gives_the_same_bytes(
    small_england: Country, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyspark  # noqa: PLC0415 - few have Spark
    from pyspark import cloudpickle  # noqa: PLC0415 - few have Spark

    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    job = job_of(small_england, YEARS, run_of(small_england, 7, YEARS, SHARDS), RunContext(7))
    made: dict[int, bytes] = {}
    mark = tmp_path / "killed"
    run_on_spark(ExecutorKilledOnce(job, mark), range(SHARDS), CLUSTER, made.__setitem__)
    shutil.rmtree(Path(pyspark.__file__).parent / "work")  # where its workers kept their logs
    assert "CoarseGrainedExecutorBackend" in mark.read_text(encoding="utf-8")
    for shard in range(SHARDS):
        assert made[shard] == (local / "shards" / f"{shard}.npz").read_bytes()


@needs_java
def test_spark_continues_a_run_that_began_here(
    small_england: Country, local: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(local, folder)
    for name in ("country.json", "tally.npz", "country.parquet", "shards/1.npz", "shards/3.npz"):
        (folder / name).unlink()
    project_country(small_england, RunContext(7), years=YEARS, folder=folder, on="local[2]")
    for name in ("country.json", "tally.npz", "country.parquet"):
        assert (folder / name).read_bytes() == (local / name).read_bytes()


@needs_java
def test_an_address_that_is_no_master_is_refused() -> None:
    with pytest.raises(InputError, match="expected a master URL such as spark://host:7077"):
        check_master("sc://host:15002")
    with pytest.raises(InputError, match="nothing answers there"):
        check_master("spark://127.0.0.1:1")


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError, match=r"Java 17 or later.*openjdk-17-jre-headless"):
        check_master(CLUSTER)


def test_without_pyspark_the_message_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from tripleaim.country.on_spark import check_master\n"
        "check_master('local[2]')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert "pip install 'tripleaim[spark]'" in done.stderr
