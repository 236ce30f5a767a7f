"""No place, nor what only one place has, is named in code: such facts are a footprint's data."""

from __future__ import annotations

import re
from pathlib import Path

import tripleaim

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


def test_code_is_looked_through() -> None:
    kinds = {file.suffix for file in code_files()}
    assert {".py", ".sql", ".jinja"} <= kinds
