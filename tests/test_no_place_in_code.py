"""No place, nor what only one place has, is named in code: such facts are a footprint's data."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import tripleaim
from tripleaim.people import late_outcome_ids, read_diseases
from tripleaim.place import load

PACKAGE = Path(tripleaim.__file__).parent
ONE_PLACE = re.compile("somerset|symphony|northampton", re.IGNORECASE)
CODE = ("*.py", "*.sql", "*.jinja", "*.html", "*.js")
EXAMPLE = re.compile(r"^\s*(>>>|\.\.\.) ")


def code_files() -> list[Path]:
    """Every file of code, footprints and fetched front-end files left out."""
    return [
        file
        for kind in CODE
        for file in sorted(PACKAGE.rglob(kind))
        if not {"footprints", "assets"} & set(file.relative_to(PACKAGE).parts)
    ]


def test_code_names_no_place_but_in_examples_that_run() -> None:
    named = [
        f"{file.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for file in code_files()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if ONE_PLACE.search(line) and not EXAMPLE.match(line)
    ]
    assert named == []


def test_code_names_no_disease_and_no_late_outcome() -> None:
    place = load("somerset")
    ids = {d.id for d in read_diseases(place)} | set(late_outcome_ids(place))
    named = [
        f"{file.relative_to(PACKAGE)}:{text.lineno}: {text.value}"
        for file in code_files()
        if file.suffix == ".py" and "charts" not in file.parts  # a line has a stroke too
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.Constant) and text.value in ids
    ]
    assert named == []


def test_code_is_looked_through() -> None:
    kinds = {file.suffix for file in code_files()}
    assert {".py", ".sql", ".jinja"} <= kinds
