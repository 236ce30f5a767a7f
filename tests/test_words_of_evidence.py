"""No page, document or program says of the unknown that it is nothing, or worse than nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNTRUE = (
    "worse than doing nothing",
    "controlled evidence alone",
    "on evidence alone",
    "no evidence supports a saving",
    "wider than doing nothing",
)
WHERE = ("README.md", "GLOSSARY.md", "docs", "src", "paper", "notebooks", "bench", "website")
KINDS = (".md", ".py", ".jinja", ".ipynb", ".toml", ".csv")
HISTORY = ("docs/decisions", "docs/reference/moved-numbers.md")
"""Where it is told what was said before, and why it is no longer."""


def texts() -> list[Path]:
    files = [ROOT / name for name in WHERE if (ROOT / name).is_file()]
    for name in WHERE:
        if (ROOT / name).is_dir():
            files += [p for p in (ROOT / name).rglob("*") if p.suffix in KINDS]
    return [p for p in files if not p.relative_to(ROOT).as_posix().startswith(HISTORY)]


@pytest.mark.parametrize("words", UNTRUE)
def test_no_text_says_that_the_unknown_is_worse_than_nothing(words: str) -> None:
    spaced = re.compile(words.replace(" ", r"\s+"), re.IGNORECASE)
    assert len(texts()) > 300
    assert [
        p.relative_to(ROOT).as_posix()
        for p in texts()
        if spaced.search(re.sub(r'["\n\\]', " ", p.read_text(encoding="utf-8")))
    ] == []
