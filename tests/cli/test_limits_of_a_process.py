"""A process with little left: addresses, file handles, an output that takes nothing.

Each verb works or ends with one line and code 2; it never hangs, and never calls a file damaged.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tripleaim.data_folder import DamagedFileError, taking_apart

if sys.platform != "linux":
    pytest.skip("Linux alone keeps to a limit on addresses", allow_module_level=True)

START = """
import resource, sys
kind, most = sys.argv[1], int(sys.argv[2])
sys.argv = ["tripleaim", *sys.argv[3:]]
if most:
    resource.setrlimit(getattr(resource, kind), (most, most))
from tripleaim.cli import main
main()
"""
MAIN_VERBS = ["people {hamlet}", "place check {hamlet}", "accounts {hamlet} --data {data}"]


@pytest.fixture(scope="module")
def folders(hamlet: Path, hamlet_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a place, and a data folder with its run."""
    folder = tmp_path_factory.mktemp("limits")
    shutil.copytree(hamlet, folder / "hamlet")
    shutil.copytree(hamlet_run, folder / "data" / "hamlet")
    return folder


def ended(
    folder: Path,
    words: str,
    limit: tuple[str, int] = ("", 0),
    environment: Mapping[str, str] | None = None,
    shell: str = "",
) -> subprocess.CompletedProcess[str]:
    """What the command printed as a process of its own."""
    typed = words.format(hamlet=folder / "hamlet", data=folder / "data", out=folder).split()
    command = [sys.executable, "-c", START, limit[0], str(limit[1]), *typed]
    if shell:
        command = ["/bin/bash", "-c", f'set -o pipefail; "$@" {shell}', "bash", *command]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def the_one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The error of a verb that has left with code 2."""
    assert done.returncode == 2, done.stderr
    [said] = [line for line in done.stderr.splitlines() if ": done in " not in line]
    assert said.startswith("Error: ")
    return said


@pytest.mark.parametrize("megabytes", [150, 600])
@pytest.mark.parametrize("words", ["accounts {hamlet}", "serve", "plan {hamlet}"])
def test_a_limit_on_addresses_is_told_before_anything_starts(
    folders: Path, words: str, megabytes: int
) -> None:
    said = the_one_line(ended(folders, words, ("RLIMIT_AS", megabytes << 20)))
    assert "GB of addresses" in said
    assert "ulimit -v unlimited" in said


def test_charts_need_more_addresses_which_is_told_before_they_are_drawn(folders: Path) -> None:
    words = "paper {data}/hamlet --out {out}/plan.docx"
    said = the_one_line(ended(folders, words, ("RLIMIT_AS", 48 << 30)))
    assert said.startswith("Error: tripleaim paper reserves up to 64 GB of addresses")
    assert not (folders / "plan.docx").exists()


@pytest.mark.parametrize("words", ["--version", "people --help"])
def test_what_loads_no_library_needs_few_addresses(folders: Path, words: str) -> None:
    assert ended(folders, words, ("RLIMIT_AS", 250 << 20)).returncode == 0


@pytest.mark.parametrize("words", MAIN_VERBS)
def test_few_file_handles_do_or_are_told(folders: Path, words: str) -> None:
    done = ended(folders, words, ("RLIMIT_NOFILE", 6))
    if done.returncode:
        said = the_one_line(done)
        assert "Too many open files" in said
        assert "damaged" not in said


@pytest.mark.parametrize("handles", [6, 16, 40])
@pytest.mark.parametrize(
    "words", ["paper {data}/hamlet --out {out}/plan.docx", "serve --data {data}"]
)
def test_charts_need_more_file_handles_which_is_told_before_they_are_drawn(
    folders: Path, words: str, handles: int
) -> None:
    said = the_one_line(ended(folders, words, ("RLIMIT_NOFILE", handles)))
    assert said.startswith("Error: Too many open files: tripleaim ")
    assert "up to 64 open at a time" in said
    assert "raise the limit (ulimit -n)" in said
    assert not (folders / "plan.docx").exists()


def test_a_library_in_rust_that_gives_up_is_told() -> None:
    code = (
        "import resource\n"
        "from tripleaim.cli.main import what_is_told\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))\n"
        "try:\n"
        "    import vl_convert\n"
        "except BaseException as fault:\n"
        "    print(type(fault).__mro__[1].__name__, *what_is_told(fault))\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert done.stdout.startswith("BaseException Too many open files; close other programs")


@pytest.mark.parametrize("words", MAIN_VERBS)
def test_verbs_write_utf_8_whatever_the_locale(folders: Path, words: str) -> None:
    done = ended(folders, words, environment={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("words", MAIN_VERBS)
@pytest.mark.parametrize(
    ("shell", "told"),
    [("> /dev/full", "No space left on device"), ("| true", "nobody reads this any more")],
)
def test_an_output_that_takes_nothing_is_told(
    folders: Path, words: str, shell: str, told: str
) -> None:
    assert told in the_one_line(ended(folders, words, shell=shell))


def test_a_file_is_not_called_damaged_where_the_machine_has_nothing_left(tmp_path: Path) -> None:
    def too_much() -> None:
        with duckdb.connect(config={"memory_limit": "2MB"}) as database:
            database.sql("SELECT list(range) FROM range(10_000_000)").fetchall()

    def no_thread() -> None:
        raise pa.ArrowException("Failed to launch worker thread: Resource temporarily unavailable")

    for work, told in ((too_much, "not enough memory"), (no_thread, "temporarily unavailable")):
        with pytest.raises(DamagedFileError) as fault, taking_apart(tmp_path / "x", "run it again"):
            work()
        assert told in str(fault.value)
        assert "close other programs" in str(fault.value)
        assert "damaged" not in str(fault.value)
