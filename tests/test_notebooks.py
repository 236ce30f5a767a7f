"""Notebooks run from the top, and print what is kept in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from printed import alike

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `website` is beside the package, as `paper` does

from website.notebooks import as_page, notebooks, printed_by, read, run  # noqa: E402 - found by it

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_prints_what_is_kept_in_it(path: Path) -> None:
    kept, ran = read(path), run(path)
    for before, after in zip(kept.cells, ran.cells, strict=True):
        if before.cell_type == "code":
            lines, printed = (printed_by(cell).splitlines() for cell in (before, after))
            assert len(lines) == len(printed)
            assert all(map(alike, lines, printed)), (lines, printed)


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_is_a_page_with_its_code_and_what_that_prints(path: Path) -> None:
    page = as_page(read(path))
    assert page.startswith("# ")
    assert page.count("```python") >= 3
    assert page.count("```text") >= 2, "run python -m website.notebooks"
