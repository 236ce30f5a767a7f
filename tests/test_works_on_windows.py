"""What would stop the product on Windows, looked for in the code on any machine."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tripleaim.core import patiently, write_whole
from tripleaim.place import InputError, load

ROOT = Path(__file__).parents[1]

OPENS_TEXT = {"open", "fdopen", "read_text", "write_text", "NamedTemporaryFile", "TemporaryFile"}
STARTS = {"run", "Popen", "check_output"}
OTHER_OPENS = {"Workspace", "Job", "archive", "os"}
"""What has a method `open` that opens no text."""


def tracked(suffix: str = "") -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name.endswith(suffix) and name]


def without_encoding(tree: ast.AST) -> Iterator[int]:
    """The lines that open text, or take a process's output as text, and do not say how."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        named = {keyword.arg for keyword in call.keywords}
        if "encoding" in named or None in named:
            continue
        if (_opens_text(call) and not _is_binary(call)) or (
            _name(call) in STARTS and named & {"text", "universal_newlines"}
        ):
            yield call.lineno


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _opens_text(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(owner, ast.Name) and owner.id in OTHER_OPENS:
        return False
    name = _name(call)
    given = {"read_text": 1, "write_text": 2}.get(name)  # encoding as a positional argument
    return name in OPENS_TEXT and (given is None or len(call.args) < given)


def _is_binary(call: ast.Call) -> bool:
    words = [*call.args, *(k.value for k in call.keywords if k.arg == "mode")]
    modes = [str(word.value) for word in words if isinstance(word, ast.Constant)]
    return any(re.fullmatch(r"[rwax]\+?b\+?", mode) for mode in modes)


def test_what_opens_text_is_told_from_what_does_not() -> None:
    code = (
        "open('a')\nopen('a', 'rb')\nopen('a', encoding='utf-8')\nPath('a').read_text()\n"
        "Path('a').read_text('utf-8')\nPath('a').write_text('b')\nrun([], text=True)\nrun([])\n"
    )
    assert list(without_encoding(ast.parse(code))) == [1, 4, 6, 7]


def test_every_text_is_opened_as_utf_8_and_not_as_the_machine_would() -> None:
    files = tracked(".py")
    assert len(files) > 500
    # Most files open nothing; parsing them would take most of the time.
    might = re.compile(rb"\b(f?d?open|\w+_text|\w*TemporaryFile|run|Popen|check_output)\(")
    found = [
        f"{file.relative_to(ROOT).as_posix()}:{line}"
        for file in files
        if might.search(code := file.read_bytes())
        for line in without_encoding(ast.parse(code))
    ]
    assert found == []


def test_every_file_has_a_name_that_windows_can_carry() -> None:
    names = [file.relative_to(ROOT).as_posix() for file in tracked()]
    refused = re.compile(
        r'[<>:"|?*\\]|[ .](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.IGNORECASE
    )
    assert [name for name in names if refused.search(name)] == []
    assert len({name.lower() for name in names}) == len(names)
    # With C:\Users\somebody\tripleaim before it, below the 260 letters that Windows allows.
    assert max(map(len, names)) < 180


POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog", "readline"}

WITHOUT_POSIX = f"""
import asyncio, multiprocessing, os, subprocess, sys  # whose own branch for POSIX needs them
for name in {sorted(POSIX_ONLY)}:
    sys.modules[name] = None
for name in ("fork", "forkpty", "kill", "killpg", "nice", "getuid", "geteuid", "wait", "waitpid"):
    delattr(os, name)

import importlib, json, pkgutil, tripleaim
from pathlib import Path

for module in pkgutil.walk_packages(tripleaim.__path__, "tripleaim."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan

run_plan(load(sys.argv[1]), RunContext(7), Path(sys.argv[2]))
"""


def test_posix_s_own_modules_are_imported_nowhere() -> None:
    for file in tracked(".py"):
        if "src/tripleaim/" not in file.as_posix():
            continue
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not POSIX_ONLY & {name.partition(".")[0] for name in names}, file


def test_one_file_alone_asks_on_which_system_it_runs() -> None:
    asks = re.compile(rb"\bsys\.platform\b|\bos\.name\b")
    files = [file for file in tracked(".py") if "src/tripleaim/" in file.as_posix()]
    assert [file.name for file in files if asks.search(file.read_bytes())] == [
        "operating_system.py"
    ]


def test_every_module_is_imported_and_the_main_job_runs_without_posix(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    # A drive letter cannot be had here, but spaces and a backslash in a name can.
    out = tmp_path / "My runs" / "C\\hamlet"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tripleaim.web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX, str(hamlet), str(out)],
        env=environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (out / "plan.json").read_bytes() == (hamlet_run / "plan.json").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        r"C:\Users\An Analyst\north vale\figures.csv",
        r"\\server\share\north vale\figures.csv",
        "C:/Users/An Analyst/north vale/figures.csv",
        "/home/an analyst/north vale/figures.csv",
        "figures.csv",
    ],
)
def test_a_fault_names_its_file_whole_and_in_public_without_the_folders_of_any_system(
    path: str,
) -> None:
    fault = InputError("expected a number", file=path, line=7, column="value", value="1,2")
    assert str(fault) == f'{path}, line 7, column "value": "1,2": expected a number.'
    assert fault.in_public == 'figures.csv, line 7, column "value": "1,2": expected a number.'


def test_a_place_whose_files_end_their_lines_as_windows_does_is_the_same_place(
    hamlet: Path, tmp_path: Path
) -> None:
    ours = load(hamlet)
    # A folder of the same name, in one with spaces and a backslash.
    folder = tmp_path / r"An Analyst's C\places" / "hamlet"
    changed = 0
    for name, file in ours.own.files.items():
        text = file.text()
        assert "\r" not in text
        changed += "\n" in text
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode())
    theirs = load(folder)
    assert changed > 5
    assert {name: figure.value for name, figure in theirs.figures.items()} == {
        name: figure.value for name, figure in ours.figures.items()
    }
    assert [row.values for row in theirs.files.rows("population.csv")] == [
        row.values for row in ours.files.rows("population.csv")
    ]
    assert theirs.solutions == ours.solutions
    assert (theirs.id, theirs.name, theirs.years) == (ours.id, ours.name, ours.years)


def test_an_open_file_is_tried_again_for_a_while_and_then_refused(
    tmp_path: Path,
) -> None:
    tries = []

    def rename() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError("a virus scanner reads it")
        return "renamed"

    assert patiently(rename, seconds=60.0) == "renamed"
    assert len(tries) == 3
    tries.clear()
    with pytest.raises(PermissionError, match="virus scanner"):
        patiently(rename, seconds=0.0)
    assert len(tries) == 1
    # What is not there will not come.
    with pytest.raises(FileNotFoundError):
        patiently(lambda: write_whole(tmp_path / "none" / "x", ""), seconds=60.0)


def test_the_command_line_writes_utf_8_whatever_the_code_page() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    code = "import sys; sys.argv = ['tripleaim', '--version']; from tripleaim.cli import main; "
    code += "main(); print('£1 ≥ 0')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True
    )
    assert done.stdout.decode("utf-8").splitlines()[-1] == "£1 ≥ 0"
