from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext, Stopped
from tripleaim.place import InputError
from tripleaim.place.estimate import Draw, Estimate, Parameter
from tripleaim.uncertainty import DrawOrigin, draws, keep
from waiting import wait

ORIGIN = DrawOrigin("squares", "abc", 7, "1.0")
DRAWN = draws((Parameter("x", "X", Estimate(1.1)),), 32, 7, correlation=0.0)

CHILD = """
import sys, time
from pathlib import Path
import numpy as np
from tripleaim.place.estimate import Estimate, Parameter
from tripleaim.uncertainty import DrawOrigin, draws, keep

drawn = draws((Parameter("x", "X", Estimate(1.1)),), 32, 7, correlation=0.0)

def work(batch):
    time.sleep(float(sys.argv[2]))  # as long as it takes somebody to kill it half-way
    x = np.array([draw.of("x") for draw in batch])
    return {"square": x * x, "number": np.array([draw.number for draw in batch])}

keep(Path(sys.argv[1]), DrawOrigin("squares", "abc", 7, "1.0"), drawn, work, batch=4)
"""


class Work:
    """Squares, and a count of the draws that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, batch: Sequence[Draw]) -> dict[str, np.ndarray]:
        self.asked += [draw.number for draw in batch]
        x = np.array([draw.of("x") for draw in batch])
        return {"square": x * x, "number": np.array([draw.number for draw in batch])}


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_results_come_in_the_order_of_the_draws_and_are_not_computed_twice(tmp_path: Path) -> None:
    work = Work()
    first = keep(tmp_path, ORIGIN, DRAWN, work, batch=4)
    again = keep(tmp_path, ORIGIN, DRAWN, work, batch=4)
    assert work.asked == list(range(1, 33))
    assert first.arrays["number"].tolist() == again.arrays["number"].tolist() == work.asked
    assert first.arrays["square"].tolist() == [draw.of("x") ** 2 for draw in DRAWN]
    assert (first.resumed, again.resumed) == (0, 32)
    assert again.arrays["square"].tobytes() == first.arrays["square"].tobytes()


def test_a_longer_run_starts_from_a_shorter_one(tmp_path: Path) -> None:
    keep(tmp_path, ORIGIN, DRAWN[:8], Work(), batch=4)
    work = Work()
    kept = keep(tmp_path, ORIGIN, DRAWN, work, batch=4)
    assert work.asked == list(range(9, 33))
    assert kept.resumed == 8


def test_a_killed_run_resumes_and_ends_with_the_bytes_of_one_that_was_not(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    keep(whole, ORIGIN, DRAWN, Work(), batch=4)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(broken), "0.3"])

    def three_are_there() -> bool:
        assert child.poll() is None
        return len(list(broken.glob("*.draws"))) >= 3

    wait(three_are_there, 60)
    child.kill()
    assert child.wait() != 0
    there = files(broken)
    assert 3 <= len(there) < 8
    assert all(files(whole)[name] == content for name, content in there.items())
    work = Work()
    kept = keep(broken, ORIGIN, DRAWN, work, batch=4)
    assert kept.resumed == 4 * len(there)
    assert len(work.asked) == 32 - 4 * len(there)
    assert files(broken) == files(whole)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-5],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content + b"more",
        lambda content: content[10:],
        lambda _: b"",
        lambda _: b'{"form": "another"}\n',
        lambda _: b"[]\n",
        lambda _: b"\xff\xfe not text",
    ],
)
def test_a_damaged_batch_is_refused_and_done_again(tmp_path: Path, damage) -> None:
    keep(tmp_path, ORIGIN, DRAWN, Work(), batch=4)
    good = files(tmp_path)
    hurt = tmp_path / "0000009-0000012.draws"
    hurt.write_bytes(damage(hurt.read_bytes()))
    work = Work()
    kept = keep(tmp_path, ORIGIN, DRAWN, work, batch=4)
    assert kept.refused == (hurt.name,)
    assert work.asked == [9, 10, 11, 12]
    assert files(tmp_path) == good


@pytest.mark.parametrize(
    "other",
    [
        DrawOrigin("cubes", "abc", 7, "1.0"),
        DrawOrigin("squares", "abd", 7, "1.0"),
        DrawOrigin("squares", "abc", 8, "1.0"),
        DrawOrigin("squares", "abc", 7, "1.1"),
    ],
)
def test_results_of_another_origin_are_never_mixed_in(tmp_path: Path, other: DrawOrigin) -> None:
    keep(tmp_path, other, DRAWN, Work(), batch=4)
    work = Work()
    kept = keep(tmp_path, ORIGIN, DRAWN, work, batch=4)
    assert work.asked == list(range(1, 33))
    assert len(kept.refused) == 8


def test_results_of_other_parameters_under_the_same_numbers_are_not_taken(tmp_path: Path) -> None:
    keep(tmp_path, ORIGIN, DRAWN, Work(), batch=4)
    moved = tuple(Draw(draw.number, {"x": draw.of("x") + 1}) for draw in DRAWN)
    kept = keep(tmp_path, ORIGIN, moved, Work(), batch=4)
    assert kept.resumed == 0
    assert kept.arrays["square"].tolist() == [(draw.of("x") + 1) ** 2 for draw in DRAWN]


def test_a_run_that_is_asked_to_stop_keeps_what_is_done(tmp_path: Path) -> None:
    work = Work()
    context = RunContext(7, stop=lambda: len(work.asked) >= 8)
    with pytest.raises(Stopped, match="25% of this done: drawing futures"):
        keep(tmp_path, ORIGIN, DRAWN, work, batch=4, context=context)
    assert keep(tmp_path, ORIGIN, DRAWN, Work(), batch=4).resumed == 8


def test_a_fault_half_way_leaves_no_file_of_its_batch(tmp_path: Path) -> None:
    def breaks(batch: Sequence[Draw]) -> dict[str, np.ndarray]:
        if batch[0].number > 4:
            raise ZeroDivisionError
        return Work()(batch)

    with pytest.raises(ZeroDivisionError):
        keep(tmp_path, ORIGIN, DRAWN, breaks, batch=4)
    assert [file.name for file in tmp_path.iterdir()] == ["0000001-0000004.draws"]


def test_progress_goes_from_nothing_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    context = RunContext(7, lambda _, done: told.append(done))
    keep(tmp_path, ORIGIN, DRAWN, Work(), batch=8, context=context)
    assert told == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_unfinished_files_of_a_dead_process_are_removed(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".0000001-0000004.draws.{dead.pid}").write_bytes(b"half")
    alive = tmp_path / f".0000005-0000008.draws.{os.getppid()}"
    alive.write_bytes(b"half")
    keep(tmp_path, ORIGIN, DRAWN[:4], Work(), batch=4)
    assert sorted(f.name for f in tmp_path.iterdir()) == [alive.name, "0000001-0000004.draws"]


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write there"):
        keep(tmp_path / "file", ORIGIN, DRAWN, Work())


def test_results_of_another_length_than_the_batch_and_draws_with_a_gap_are_faults(
    tmp_path: Path,
) -> None:
    with pytest.raises(ValueError, match="one row a draw"):
        keep(tmp_path, ORIGIN, DRAWN, lambda _: {"x": np.zeros(3)}, batch=4)
    with pytest.raises(ValueError, match="without gaps"):
        keep(tmp_path, ORIGIN, DRAWN[1:], Work())
