"""Commands and Python in documents can be typed as they stand.

What a document prints after a command is compared by the tests of tutorials and notebooks.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tripleaim.cli.app import app

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `website` is beside the package, as `paper` does

from website.pages import pages, text_of  # noqa: E402 - found by the line above

DOCUMENTS = [*pages(), ROOT / "README.md"]
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:tripleaim|make) [^`\n]+)`")
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?((?:tripleaim|make) [a-z-][^\n#]*)", re.MULTILINE)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
AT_ROOT = {"--version", "--help"}
ADDED = "fastest"
"""The verb that a guide adds."""


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def commands(text: str) -> Iterator[str]:
    """Every command in a block of code or within a line."""
    for kind, body in BLOCK.findall(text):
        if kind in ("", "console", "sh", "bash", "text"):
            yield from COMMAND.findall(body)
    yield from INLINE.findall(BLOCK.sub("", text))


def unknown(command: str) -> str:
    """What in a command there is not; nothing where it can be typed."""
    first, *words = command.replace("[", " ").replace("]", " ").replace("|", " ").split()
    if first == "make":
        targets = [word for word in words[:1] if word.islower()]
        return " ".join(target for target in targets if target not in TARGETS)
    verb: Any = get_command(app)
    while hasattr(verb, "commands") and words and not words[0].startswith("-"):
        if words[0] not in verb.commands:
            return "" if words[0].isupper() or words[0] == ADDED else words[0]
        verb = verb.commands[words.pop(0)]
    options = {name for p in verb.params for name in (*p.opts, *p.secondary_opts)} | AT_ROOT
    asked = [word.partition("=")[0].rstrip(",.;)") for word in words if word.startswith("--")]
    return " ".join(option for option in asked if option not in options)


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_every_command_in_a_document_can_be_typed(file: Path) -> None:
    found = {command: unknown(command) for command in commands(text_of(file))}
    assert {command: what for command, what in found.items() if what} == {}


def test_commands_that_are_not_there_are_found_out() -> None:
    assert unknown("tripleaim plan somerset --into DIR") == "--into"
    assert unknown("tripleaim guess somerset") == "guess"
    assert unknown("make coffee") == "coffee"
    assert unknown("tripleaim place check DIR") == ""
    assert unknown("tripleaim --version") == ""


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_python_in_a_document_is_python_and_imports_what_is_there(file: Path) -> None:
    if name_of(file) == "docs/reference/api.md":  # how verbs are called, not what to type
        return
    for kind, body in BLOCK.findall(text_of(file)):
        if kind == "python":
            for node in ast.walk(ast.parse(body)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tripleaim"):
                    if ".growth" in str(node.module):  # the page that its guide adds
                        continue
                    module = importlib.import_module(str(node.module))
                    missing = [a.name for a in node.names if not hasattr(module, a.name)]
                    assert [name for name in missing if name != ADDED] == []
