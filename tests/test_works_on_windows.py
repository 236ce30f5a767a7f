"""What would stop the product on Windows, looked for in the code on any machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

OPENS_TEXT = {"open", "fdopen", "read_text", "write_text", "NamedTemporaryFile", "TemporaryFile"}
STARTS = {"run", "Popen", "check_output"}
OTHER_OPENS = {"Workspace", "Job", "archive"}
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
