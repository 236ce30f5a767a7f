"""The same shards as tasks of Apache Spark, which schedules them, retries them and moves bytes."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tripleaim import __version__
from tripleaim.country.local import Done, Work
from tripleaim.place import InputError

SHARDS_A_WAVE = 4
"""Shards for each core that are collected together; what was collected is safe on disk."""


def run_on_spark(work: Work, shards: Iterable[int], master: str, done: Done) -> None:
    """Do `work` for each of the shards as tasks on the cluster at `master`.

    `master` is what Spark calls a master URL: spark://host:7077, yarn, k8s://..., local[2]. Every
    machine needs this version of Triple Aim in the Python that `PYSPARK_PYTHON` names (this one
    unless set). `done(shard, bytes)` is called here after each wave of shards. Raises InputError
    if Spark or Java is missing, if the cluster cannot be reached, or if a task failed for good.
    """
    unfinished = sorted(shards)
    context = _context(master)
    try:
        from pyspark import cloudpickle  # noqa: PLC0415 - few have Spark

        # Spark's copy of cloudpickle has no types.
        pickled = cloudpickle.dumps(work)  # type: ignore[no-untyped-call]
        task = context.broadcast((pickled, __version__))
        wave = SHARDS_A_WAVE * max(1, context.defaultParallelism)
        for start in range(0, len(unfinished), wave):
            now = unfinished[start : start + wave]
            results = context.parallelize(now, len(now)).map(_task(task))
            for shard, data in _collected(results, master):
                done(shard, data)
    finally:
        context.stop()


def _task(task: Any) -> Callable[[int], tuple[int, bytes]]:
    """What runs on a worker: it carries no more than a reference to what was broadcast."""

    def do(shard: int) -> tuple[int, bytes]:
        from tripleaim import __version__ as here  # noqa: PLC0415 - of the worker's machine

        work, wanted = task.value
        if here != wanted:
            raise RuntimeError(
                f"expected Triple Aim {wanted} on every machine; this one has {here}"
            )
        return shard, pickle.loads(work)(shard)  # noqa: S301 - our own bytes

    return do


def _collected(results: Any, master: str) -> list[tuple[int, bytes]]:
    try:
        finished: list[tuple[int, bytes]] = results.collect()
    except _faults() as fault:
        raise InputError(
            f"expected the cluster to finish its shards; it failed: {_reason(fault)}. Finished "
            "shards are kept: run it again to continue",
            column="on",
            value=master,
        ) from None
    return finished


def _context(master: str) -> Any:
    """A connection to the cluster at `master`, with what its workers need to know of this one."""
    check_master(master)
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - few have Spark

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_HOME", str(Path(_pyspark().__file__).parent))
    if master.startswith("local"):  # else each process may wait for the name of this machine
        os.environ.setdefault("SPARK_LOCAL_HOSTNAME", "localhost")
    conf = SparkConf().setMaster(master).setAppName(f"Triple Aim {__version__}")
    for key, value in (
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
        ("spark.log.level", "ERROR"),
        ("spark.executorEnv.NUMBA_NUM_THREADS", "1"),
    ):
        conf = conf.setIfMissing(key, value)
    if SparkContext._active_spark_context is not None:
        raise InputError("expected no other Spark session in this process", column="on")
    try:
        return SparkContext(conf=conf)
    except _faults() as fault:
        raise InputError(
            f"expected a Spark cluster at this address: {_reason(fault)}",
            column="on",
            value=master,
        ) from None


def check_master(master: str) -> None:
    """Raise InputError, saying what to install or to write, where Spark cannot be started."""
    if _pyspark() is None:
        raise InputError(
            "Spark needs pyspark, which is not installed: pip install 'tripleaim[spark]'",
            column="on",
            value=master,
        )
    java = os.environ.get("JAVA_HOME")
    has_java = (Path(java) / "bin" / "java").exists() if java else shutil.which("java") is not None
    if not has_java:
        raise InputError(
            "Spark needs Java 17 or later, and none was found: install it (on Debian "
            "openjdk-17-jre-headless) or set JAVA_HOME",
            column="on",
            value=master,
        )
    if not master.startswith(("spark://", "yarn", "k8s://", "local", "mesos://")):
        raise InputError(
            "expected a master URL such as spark://host:7077, yarn, k8s://https://host:443 or "
            "local[2] (Spark Connect, sc://, has no tasks of this kind)",
            column="on",
            value=master,
        )
    if master.startswith("spark://") and "," not in master:
        _refuse_unreachable(master)


def _refuse_unreachable(master: str) -> None:
    """Raise InputError where no machine answers at spark://host:port; Spark waits for a minute."""
    address = urlsplit(master)
    try:
        with socket.create_connection((address.hostname or "", address.port or 7077), timeout=5):
            pass
    except OSError as fault:
        raise InputError(
            f"expected a Spark cluster at this address; nothing answers there ({fault})",
            column="on",
            value=master,
        ) from None


def _pyspark() -> Any:
    try:
        import pyspark  # noqa: PLC0415 - few have Spark
    except ImportError:
        return None
    return pyspark


def _faults() -> tuple[type[Exception], ...]:
    """What Spark raises, from either side of the bridge to Java."""
    # Few have Spark, and its bridge has no types.
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415 - few have it
    from pyspark.errors import PySparkException  # noqa: PLC0415 - few have it

    return (Py4JError, PySparkException)


def _reason(fault: Exception) -> str:
    """The line of a long Java trace that says what happened."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    telling = [
        line for line in lines if "Error" in line or "Exception" in line or "expected" in line
    ]
    return (telling or lines or [type(fault).__name__])[-1].rstrip(".")[:300]
