"""Every number has a source that can be looked up, or says who would know it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tripleaim
from tripleaim.place import load, shipped_places
from tripleaim.place.figures import WHO_WOULD_KNOW

ROOT = Path(tripleaim.__file__).parent
FOLDERS = (ROOT / "footprints", ROOT / "place" / "template", ROOT.parents[1] / "docs")
NO_SOURCE = re.compile(r"\b(from memory|recalled|to be verified)\b", re.IGNORECASE)


def _lines_without_a_source() -> list[str]:
    return [
        f"{file.relative_to(folder)}:{at}"
        for folder in FOLDERS
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".csv", ".toml", ".md")
        for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if NO_SOURCE.search(line) and WHO_WOULD_KNOW not in line
    ]


def test_memory_is_no_source() -> None:
    assert _lines_without_a_source() == []


@pytest.mark.parametrize("place", shipped_places())
def test_a_source_names_publisher_title_table_and_edition(place: str) -> None:
    for source in load(place).sources.values():
        assert all((source.publisher, source.title, source.table, source.edition)), source.id
        assert re.search(r"(19|20)\d\d", source.edition), source.id
