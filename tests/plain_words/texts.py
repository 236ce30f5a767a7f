"""Every text that a reader may see, with its place: pages, messages, documents, data."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tripleaim"
PROGRAMS = (PACKAGE, *(ROOT / name for name in ("bench", "paper", "tests", "website")))
_NOT_TEXT = re.compile(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>|\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+|`[^`\n]*`")


class Text(NamedTuple):
    """A text, with the file and the line at which it begins.

    is_docstring: for engineers alone, as docstrings, comments and names of functions are.
    """

    file: str
    line: int
    words: str
    is_docstring: bool = False

    def where(self, at: int) -> str:
        """File and line of the character at `at`."""
        return f"{self.file}:{self.line + self.words.count(chr(10), 0, at)}"


@cache
def all_texts() -> list[Text]:
    """The texts of programs, templates, footprints and documents, one after the other."""
    return [
        *of_programs(),
        *of_engineers(),
        *of_templates(),
        *of_footprints(),
        *of_documents(),
        *of_notebooks(),
    ]


def of_engineers() -> Iterator[Text]:
    """Docstrings, comments and names of all programs, those of tests and of the paper too."""
    for file in sorted(file for folder in PROGRAMS for file in folder.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
        for string in _docstrings(tree):
            yield Text(_name(file), string.lineno, str(string.value), is_docstring=True)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield Text(_name(file), node.lineno, node.name.replace("_", " "), is_docstring=True)
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield Text(_name(file), token.start[0], token.string, is_docstring=True)


def of_notebooks() -> Iterator[Text]:
    """The cells of notebooks that are text; a line is one of its cell."""
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield Text(_name(file), 1, "".join(cell["source"]))


def of_programs() -> Iterator[Text]:
    """Strings of the package that hold a space."""
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {id(string) for string in _docstrings(tree)}
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else "…" for p in node.values]
                yield Text(_name(file), node.lineno, "".join(map(str, parts)))
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and " " in node.value
                and id(node) not in inside
                and id(node) not in docstrings
            ):
                yield Text(_name(file), node.lineno, node.value)


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every string that stands as a statement of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def of_templates() -> Iterator[Text]:
    """Templates without their tags; the strings that they hand on are kept where they are."""
    for file in sorted(PACKAGE.rglob("*.jinja")):
        yield Text(_name(file), 1, _NOT_TEXT.sub(_blank, file.read_text(encoding="utf-8")))


def _blank(tag: re.Match[str]) -> str:
    """A tag of a template as spaces of the same length, but for quoted sentences in it."""
    blank = re.sub(r"[^\n]", " ", tag[0])
    if tag[0].startswith(("{#", "<")):
        return blank
    for quoted in _QUOTED.finditer(tag[0]):
        if " " in quoted[1]:
            blank = blank[: quoted.start(1)] + quoted[1] + blank[quoted.end(1) :]
    return blank


def of_footprints() -> Iterator[Text]:
    """The tables and settings of places, whole."""
    for file in sorted((PACKAGE / "footprints").rglob("*.*")):
        if file.suffix in {".csv", ".toml", ".md"}:
            yield Text(_name(file), 1, file.read_text(encoding="utf-8"))


def of_documents() -> Iterator[Text]:
    """Documents without addresses and names of code; the style sheet quotes what it bans."""
    files = [ROOT / "README.md", ROOT / "GLOSSARY.md", ROOT / "CONTRIBUTING.md"]
    for file in [*files, *sorted((ROOT / "docs").rglob("*.md"))]:
        if file.name == "style.md":
            continue
        words = _ADDRESS.sub(lambda m: " " * len(m[0]), file.read_text(encoding="utf-8"))
        yield Text(_name(file), 1, words)


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
