"""A result is there whole or not at all, whatever ends the run, and the last one stays."""

from __future__ import annotations

import builtins
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tripleaim.core import RunContext
from tripleaim.data_folder import (
    RESULTS,
    RunAbout,
    file_state,
    has_run,
    new_result,
    read_about,
    result_folder,
)
from tripleaim.doctor import check_data_folder
from tripleaim.place import InputError, load
from tripleaim.plan import COPIED, Workspace, run_plan

POINTS = 87
"""Openings to write, replacements, removals and syncs of one result of fourteen files."""


@pytest.fixture(scope="module")
def other(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hamlet's run with another seed."""
    folder = tmp_path_factory.mktemp("other") / "hamlet"
    run_plan(load(hamlet), RunContext(8), folder)
    return folder


@pytest.fixture
def out(hamlet_run: Path, tmp_path: Path) -> Path:
    """The hamlet's folder in a data folder of the test's own."""
    return Path(shutil.copytree(hamlet_run, tmp_path / "data" / "hamlet"))


def write(out: Path, other: Path) -> None:
    """Write the result of another run to `out`, file by file."""
    with new_result(out, read_about(other, ""), COPIED) as part:
        for file in sorted(result_folder(other).iterdir()):
            if file.name != "manifest.json":
                shutil.copyfile(file, part / file.name)


class Killed(BaseException):
    """The process has ended: nothing that it does from here on happens."""


class Disk:
    """What the process asks of the disk below a folder, and at which asking it is killed."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, last: int | None = None) -> None:
        self.folder, self.last, self.points = str(folder), last, 0
        self.moves: list[tuple[str, str]] = []
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        for module in (builtins, io):
            self._watch(patch, module, "open", lambda _path, mode="r", *_: mode[0] not in "r")
        self._watch(patch, os, "open", lambda _path, flags, *_: bool(flags & writes))
        for name in ("replace", "rename", "fsync", "mkdir", "unlink", "rmdir"):
            self._watch(patch, os, name, lambda *_: True)

    def _watch(
        self, patch: pytest.MonkeyPatch, module: Any, name: str, counts: Callable[..., bool]
    ) -> None:
        real = getattr(module, name)

        def asked(*given: Any, **named: Any) -> Any:
            if self._is_ours(given[0], named) and counts(*given):
                if self.points == self.last:
                    raise Killed
                self.points += 1
                if name in ("replace", "rename"):
                    self.moves.append((str(given[0]), str(given[1])))
            return real(*given, **named)

        patch.setattr(module, name, asked)

    def _is_ours(self, what: object, named: dict[str, Any]) -> bool:
        if isinstance(what, int):  # an open file, or one relative to an open folder
            return True
        return named.get("dir_fd") is not None or str(what).startswith(self.folder)


def test_killed_at_any_write_the_last_plan_or_the_new_one_is_there_whole(
    out: Path, other: Path, hamlet_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = (result_folder(run) / "plan.json" for run in (hamlet_run, other))
    opened: dict[object, Workspace] = {}

    def open_once(run: Path) -> Workspace:
        return opened.setdefault(result_folder(run).name, Workspace.open(run))

    left = {"old": 0, "new": 0}
    for point in range(1000):
        shutil.rmtree(out)
        shutil.copytree(hamlet_run, out)
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(out, patch, point)
            try:
                write(out, other)
            except Killed:
                killed = True
            else:
                killed = False
        kept = (result_folder(out) / "plan.json").read_bytes()
        assert kept in (before.read_bytes(), after.read_bytes()), point
        left["old" if kept == before.read_bytes() else "new"] += 1
        assert check_data_folder(out.parent, open_once).faults == [], point
        if not killed:
            break
    with capsys.disabled():
        print(f" {disk.points} points, after {left['old']} of them the last plan", end="")
    assert disk.points == POINTS
    assert left["old"] > 50
    assert left["new"] > 5
    assert all(move.startswith(str(out)) for moves in disk.moves for move in moves)


def test_what_a_kill_leaves_is_cleared_by_the_next_run(out: Path, other: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Disk(out, patch, 20)
        with pytest.raises(Killed):
            write(out, other)
    (out / RESULTS / ".unfinished-elsewhere").mkdir()
    (out.parent / ".hamlet-a1b2c3d4").mkdir()
    (out / ".run.json.1a2b3c4d.4194305").write_text("half", encoding="utf-8")
    write(out, other)
    names = [
        path.name for path in (*out.parent.iterdir(), *out.iterdir(), *(out / RESULTS).iterdir())
    ]
    assert [name for name in names if name[0] == "." and not name.endswith(".lock")] == []
    assert read_about(out, "").seed == 8


def test_a_first_run_that_is_at_work_or_was_killed_is_no_run(tmp_path: Path, other: Path) -> None:
    first = tmp_path / "hamlet"
    with pytest.MonkeyPatch.context() as patch:
        Disk(first, patch, 20)
        with pytest.raises(Killed):
            write(first, other)
    (first / RESULTS / ".unfinished-elsewhere").mkdir(parents=True)
    assert not has_run(first)
    write(first, other)
    assert has_run(first)
    (first / "run.json").unlink()
    assert has_run(first)


def test_a_result_is_never_written_into_and_the_one_before_it_stays(out: Path, other: Path) -> None:
    first = result_folder(out)
    state = {path.name: file_state(path) for path in first.iterdir()}
    write(out, other)
    assert {path.name: file_state(path) for path in first.iterdir()} == state
    write(out, other)
    assert {path.name for path in (out / RESULTS).iterdir()} == {
        first.name,
        result_folder(out).name,
    }


def test_a_second_run_into_the_same_folder_is_told(out: Path, other: Path) -> None:
    with (
        new_result(out, ABOUT),
        pytest.raises(InputError, match="another run is writing there; wait until it is done"),
    ):
        write(out, other)
    assert read_about(out, "") == ABOUT


def test_nothing_is_written_through_a_link(out: Path, other: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine", encoding="utf-8")
    (out / ".writing.lock").unlink(missing_ok=True)
    (out / ".writing.lock").symlink_to(elsewhere)
    with pytest.raises(InputError, match="this is a link"):
        write(out, other)
    assert elsewhere.read_text(encoding="utf-8") == "mine"
    (out / ".writing.lock").unlink()
    (out / "plan.json").unlink()
    (out / "plan.json").symlink_to(elsewhere)
    write(out, other)
    assert elsewhere.read_text(encoding="utf-8") == "mine"
    assert not (out / "plan.json").is_symlink()


def test_a_run_as_earlier_versions_laid_it_out_is_read_and_remarked(
    hamlet_run: Path, tmp_path: Path
) -> None:
    flat = Path(shutil.copytree(result_folder(hamlet_run), tmp_path / "data" / "hamlet"))
    (flat / "manifest.json").unlink()
    about = read_about(hamlet_run, "")
    (flat / "run.json").write_text(about.model_dump_json(), encoding="utf-8")
    assert Workspace.open(flat).seed == 7
    check = check_data_folder(flat.parent)
    assert check.faults == []
    assert [str(remark) for remark in check.remarks] == [
        "hamlet: is laid out as earlier versions did; run tripleaim plan hamlet again"
    ]


ABOUT = RunAbout(
    footprint="hamlet", footprint_folder="", inputs_sha256="0" * 64, seed=9, version="1"
)
