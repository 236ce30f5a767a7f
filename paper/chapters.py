"""Where the methods paper stands: its front page and its chapters."""

from __future__ import annotations

from pathlib import Path

CHAPTERS = Path(__file__).parent.parent / "docs" / "background"
"""The folder that names of chapters start from."""


def read_chapters() -> dict[str, str]:
    """The text of the front page, then of every chapter, by file name below CHAPTERS."""
    files = [CHAPTERS / "model.md", *sorted((CHAPTERS / "model").glob("*.md"))]
    return {f.relative_to(CHAPTERS).as_posix(): f.read_text(encoding="utf-8") for f in files}
