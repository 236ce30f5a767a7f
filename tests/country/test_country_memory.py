"""What a run needs, said before it starts."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.core import RunContext
from tripleaim.country import country_of
from tripleaim.country.job import CountryJob
from tripleaim.country.memory import (
    BYTES_A_PERSON,
    BYTES_A_WORKER,
    GIB,
    MemoryNeed,
    available,
    check_memory,
    fitting_shards,
    left_in_groups,
)
from tripleaim.country.run import job_of, run_of
from tripleaim.place import InputError, Place

ENGLAND = 57_546_000


def test_england_fits_into_eight_gigabytes_on_two_cores() -> None:
    check_memory(MemoryNeed(ENGLAND, 58, 2), 8 * GIB)


def test_too_little_memory_says_what_would_fit() -> None:
    need = MemoryNeed(ENGLAND, 2, 2)
    with pytest.raises(InputError, match=r"need about .* GB; there are 4\.0") as refused:
        check_memory(need, 4 * GIB)
    shards = fitting_shards(ENGLAND, 2, 4 * GIB)
    assert shards is not None
    assert f"{shards} shards or more would fit" in str(refused.value)
    check_memory(MemoryNeed(ENGLAND, shards, 2), 4 * GIB)
    with pytest.raises(InputError):
        check_memory(MemoryNeed(ENGLAND, shards - 1, 2), 4 * GIB)


def test_the_message_says_if_only_one_worker_fits() -> None:
    room = MemoryNeed(1_000_000, 1, 1).bytes
    with pytest.raises(InputError, match=r"one at a time \(--threads 1\) would fit"):
        check_memory(MemoryNeed(1_000_000, 8, 64), room)


def test_the_message_says_if_nothing_fits() -> None:
    with pytest.raises(InputError, match=r"no number of shards would fit: at least .* GB"):
        check_memory(MemoryNeed(1000, 1, 1), 1 << 20)


@given(st.integers(1, 10**8), st.integers(1, 64), st.integers(0, 64 * GIB))
def test_the_stated_number_of_shards_fits_and_fewer_do_not(
    people: int, workers: int, memory: int
) -> None:
    shards = fitting_shards(people, workers, memory)
    if shards is None:
        assert MemoryNeed(people, people, workers).bytes > memory
        return
    assert MemoryNeed(people, shards, workers).bytes <= memory
    assert shards == 1 or MemoryNeed(people, shards - 1, workers).bytes > memory


def test_memory_grows_as_a_line_with_the_people_of_a_shard() -> None:
    sizes = [MemoryNeed(n, 4, 2).bytes for n in (4_000_000, 8_000_000, 12_000_000)]
    assert sizes[1] - sizes[0] == sizes[2] - sizes[1] == 2 * 1_000_000 * BYTES_A_PERSON


def test_a_control_group_counts_with_those_above_it(tmp_path: Path) -> None:
    root, mine = tmp_path / "fs", tmp_path / "cgroup"
    inner = root / "box" / "run"
    inner.mkdir(parents=True)
    mine.write_text("0::/box/run\n", encoding="utf-8")
    (inner / "memory.max").write_text("max\n", encoding="utf-8")
    (inner / "memory.current").write_text("500\n", encoding="utf-8")
    (root / "box" / "memory.max").write_text("3000\n", encoding="utf-8")
    (root / "box" / "memory.current").write_text("2500\n", encoding="utf-8")
    (root / "box" / "memory.stat").write_text("anon 100\ninactive_file 400\n", encoding="utf-8")
    assert left_in_groups(mine, root) == [900]
    assert left_in_groups(tmp_path / "none", root) == []


def test_an_older_control_group_counts_too(tmp_path: Path) -> None:
    group = tmp_path / "fs" / "memory" / "box"
    group.mkdir(parents=True)
    (tmp_path / "cgroup").write_text("4:memory:/box\n3:cpu,cpuacct:/box\n", encoding="utf-8")
    (group / "memory.limit_in_bytes").write_text("7000", encoding="utf-8")
    (group / "memory.usage_in_bytes").write_text("1000", encoding="utf-8")
    (group / "memory.stat").write_text("total_inactive_file 10\n", encoding="utf-8")
    assert left_in_groups(tmp_path / "cgroup", tmp_path / "fs") == [6010]


def test_this_machine_has_some_memory() -> None:
    assert available() > 1 << 20


def test_a_shard_needs_no_more_than_stated(england: Place) -> None:
    size, country = 600_000, country_of(england)
    job = job_of(country_of(england, people=5_000), 20, run_of(country, 7, 20, 1), RunContext(7))
    job = CountryJob(
        distribution=replace(job.distribution, ends=country.ends),
        laws=job.laws,
        run={**job.run, "shards": country.people // size},
    )
    code = (
        "import pickle, sys\n"
        "pickle.load(sys.stdin.buffer)(0)\n"
        # Not getrusage: what it says begins with the memory of the process that started this one.
        "held = [line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line]\n"
        "print(int(held[0]) * 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(job), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    need = MemoryNeed(size, 1, 1)
    assert int(done.stdout) < BYTES_A_WORKER + need.shard_size * BYTES_A_PERSON
