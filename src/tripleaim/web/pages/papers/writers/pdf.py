"""A paper as a PDF (Typst): tagged for those who hear it read, checked against PDF/UA-1."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from tripleaim.web.pages.papers.parts import Bullets, Heading, Paper, PaperPart, Paragraph
from tripleaim.web.pages.papers.writers.picture_width import share_of_width
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.charts.picture_file import PAPER_SCALE, drawing, png_file
from tripleaim.web.ui.tables import PageTable

LAYOUT = Path(__file__).parent / "paper.typ"
"""How a paper looks; it reads the paper itself from `paper.json` beside it."""

STANDARD: Literal["ua-1"] = "ua-1"
"""What Typst holds the file to: it is refused where a heading, a title or a text is missing."""


def pdf_file(paper: Paper) -> bytes:
    """The paper as PDF, with tags, title, language and alternative texts.

    Only the typefaces in Typst itself are used, so that every machine makes the same file.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [_part(part, i, folder) for i, part in enumerate(paper.parts)]
        whole = {"title": paper.title, "about": list(paper.about), "parts": parts}
        (folder / "paper.json").write_text(json.dumps(whole), encoding="utf-8")
        (folder / "paper.typ").write_bytes(LAYOUT.read_bytes())
        return typst.compile(
            folder / "paper.typ",
            root=folder,
            format="pdf",
            pdf_standards=STANDARD,
            ignore_system_fonts=True,
            timestamp=0,
        )


def _part(part: PaperPart, number: int, folder: Path) -> Mapping[str, Any]:
    """A part as `paper.typ` reads it; a picture is written to the folder."""
    match part:
        case Heading():
            return {"kind": "heading", "text": part.text, "level": part.level}
        case Paragraph():
            return {"kind": "paragraph", "text": part.text}
        case Bullets():
            return {"kind": "bullets", "items": list(part.items)}
        case Picture():
            file = f"picture-{number}.png"
            svg = drawing(part)
            (folder / file).write_bytes(png_file(svg, PAPER_SCALE))
            return {
                "kind": "picture",
                "file": file,
                "alt": f"{part.title}. {part.description}",
                "caption": part.caption,
                "share": share_of_width(svg),
            }
        case PageTable():
            return _table(part)


def _table(table: PageTable) -> Mapping[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "header": [column.label for column in table.columns],
        "numeric": [column.numeric and i > 0 for i, column in enumerate(table.columns)],
        "rows": [[cell.text for cell in cells] for _, cells in table.written()],
        "total": table.total,
    }
