"""An output folder that is a disk of its own, as a container's volume is; and one that is full.

The disk is a real one, in memory, where this process may mount it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.command_line import tripleaim

from tripleaim.data_folder import result_folder
from tripleaim.doctor import check_data_folder

Disk = Callable[[str], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mounts a disk of a size on a folder of the test's own."""
    with ExitStack() as mounted:

        def mount(size: str) -> Path:
            folder = tmp_path / "disk" / "hamlet"
            folder.mkdir(parents=True)
            command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
            if shutil.which("mount") is None:
                pytest.skip("this system has no mount")
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            if done.returncode:
                pytest.skip(f"this process may mount no disk: {done.stderr.strip()}")
            mounted.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
            return folder

        yield mount


def test_a_plan_is_written_to_a_folder_that_is_a_disk_of_its_own(hamlet: Path, disk: Disk) -> None:
    out = disk("64m")
    for seed in ("7", "8"):
        ended = tripleaim("plan", hamlet, "--out", out, "--seed", seed)
        assert ended.returncode == 0, ended.stderr
    assert len(list((out / "results").glob("[0-9a-f]*"))) == 2
    assert check_data_folder(out.parent).faults == []


def test_a_full_disk_is_told_with_its_file_and_the_last_plan_stays(
    hamlet: Path, hamlet_run: Path, disk: Disk
) -> None:
    out = disk("3m")
    shutil.copytree(hamlet_run, out, dirs_exist_ok=True)
    before = (result_folder(out) / "plan.json").read_bytes()
    ended = tripleaim("plan", hamlet, "--out", out, "--seed", "8")
    [said] = [line for line in ended.stderr.splitlines() if line.startswith("Error: ")]
    assert ended.returncode == 2
    assert "No space left on device; free some disk space and run it again" in said
    assert Path(said.removeprefix("Error: ").split(": ")[0]).suffix
    assert (result_folder(out) / "plan.json").read_bytes() == before
    assert not list((out / "results").glob(".*"))
    assert check_data_folder(out.parent).faults == []


@pytest.mark.parametrize(
    "words",
    [
        ("place", "new", "{out}/arden", "--population", "{hamlet}/population.csv"),
        ("place", "export", "{hamlet}", "{out}/book.xlsx"),
        ("people", "{hamlet}", "--out", "{out}/people.parquet"),
        ("paper", "{run}", "--out", "{out}/plan.docx"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_verb_on_a_full_disk_names_a_file_and_leaves_nothing(
    hamlet: Path, hamlet_run: Path, disk: Disk, words: tuple[str, ...]
) -> None:
    out = disk("1m")
    (out / "full").write_bytes(bytes(1_048_576))
    ended = tripleaim(*(word.format(out=out, hamlet=hamlet, run=hamlet_run) for word in words))
    [said] = [line for line in ended.stderr.splitlines() if line.startswith("Error: ")]
    assert ended.returncode == 2
    assert said.startswith(f"Error: {out}/")
    assert "No space left on device" in said
    assert [path.name for path in out.iterdir()] == ["full"]
