"""Worker processes that are killed, and runs that go on."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from tripleaim.country.local import MOST_DEATHS, run_locally
from tripleaim.place import InputError


@dataclass(frozen=True)
class Squares:
    """Work whose worker is killed in shard `deadly`, as often as there are files to take away."""

    folder: Path
    deadly: int = -1

    def __call__(self, shard: int) -> bytes:
        lives = sorted(self.folder.glob("kill*"))
        if shard == self.deadly and lives:
            lives[0].unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        if shard == 99:
            raise ValueError("ninety-nine")
        return b"%d" % (shard * shard)


def kills(folder: Path, times: int) -> None:
    for i in range(times):
        (folder / f"kill{i}").touch()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_shard_is_done_once_by_any_number_of_workers(workers: int, tmp_path: Path) -> None:
    done: list[tuple[int, bytes]] = []
    run_locally(Squares(tmp_path), range(5), workers, lambda s, b: done.append((s, b)))
    assert sorted(done) == [(s, b"%d" % (s * s)) for s in range(5)]


def test_a_shard_whose_worker_is_killed_is_done_again(tmp_path: Path) -> None:
    kills(tmp_path, MOST_DEATHS - 1)
    done: list[int] = []
    run_locally(Squares(tmp_path, deadly=2), range(5), 2, lambda s, _: done.append(s))
    assert sorted(done) == [0, 1, 2, 3, 4]
    assert list(tmp_path.iterdir()) == []


def test_a_run_whose_workers_are_always_killed_gives_up_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    kills(tmp_path, MOST_DEATHS)
    done: list[int] = []
    with pytest.raises(InputError, match=r"killed 3 times.*more shards or fewer threads"):
        run_locally(Squares(tmp_path, deadly=4), range(5), 1, lambda s, _: done.append(s))
    assert done == [0, 1, 2, 3]


def test_a_fault_in_a_shard_is_not_taken_for_a_death(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ninety-nine"):
        run_locally(Squares(tmp_path), [99], 1, lambda *_: None)
