"""A board pack as PowerPoint slides (python-pptx), read out in the order in which it is seen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from tripleaim.web.pages.papers.parts import BoardPack, Exhibit
from tripleaim.web.pages.papers.writers.fixed_zip import fixed_zip
from tripleaim.web.ui.charts.picture_file import PAPER_SCALE, drawing, png_file
from tripleaim.web.ui.tables import PageTable

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.4)
TITLE_HEIGHT, FOOT_HEIGHT = Inches(1.1), Inches(0.55)
FONT = "Arial"
INK = RGBColor.from_string("212B32")  # type: ignore[no-untyped-call]
TITLE_SIZES, LEAST_TITLE = ((130, 24), (240, 20), (400, 16)), 12
"""Up to how many letters of a title fit its box in how many points; and the least."""
TITLE_SLIDE, TITLE_AND_TEXT, TITLE_ONLY = 0, 1, 5
"""Layouts of the template that python-pptx begins with."""
NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date that PowerPoint asks for: a pack follows from its inputs, whenever it is made."""


def slides_file(pack: BoardPack) -> bytes:
    """The pack as .pptx: a title slide, a slide an exhibit, and what is not known."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    about = show.core_properties
    about.title, about.author, about.language = pack.title, "Triple Aim", "en-GB"
    about.last_modified_by = "Triple Aim"
    about.created = about.modified = NO_DATE
    _text_slide(show, TITLE_SLIDE, pack.title, pack.about, 14)
    for exhibit in pack.exhibits:
        _exhibit(show, exhibit, pack.source)
    _text_slide(show, TITLE_AND_TEXT, "What is not known", pack.unknown, 18)
    out = io.BytesIO()
    show.save(out)
    return fixed_zip(out.getvalue())


def _text_slide(show: Any, layout: int, title: str, lines: Sequence[str], size: int) -> None:
    """A slide with a title and lines below it."""
    slide = show.slides.add_slide(show.slide_layouts[layout])
    _title(slide, title, 32)
    body = slide.placeholders[1]
    top = EDGE + TITLE_HEIGHT + Inches(0.2)
    _put(body, EDGE, top, WIDTH - 2 * EDGE, HEIGHT - top - EDGE)
    body.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    _write(body.text_frame, lines, size)


def _exhibit(show: Any, exhibit: Exhibit, source: str) -> None:
    """The finding, its picture, how its numbers are known; the numbers themselves in the notes."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    fitting = (size for most, size in TITLE_SIZES if len(exhibit.finding) <= most)
    _title(slide, exhibit.finding, next(fitting, LEAST_TITLE))
    top = EDGE + TITLE_HEIGHT
    most = HEIGHT - top - FOOT_HEIGHT - Inches(0.2)
    png = io.BytesIO(png_file(drawing(exhibit.picture), PAPER_SCALE))
    picture = slide.shapes.add_picture(png, EDGE, top)
    scale = min((WIDTH - 2 * EDGE) / picture.width, most / picture.height)
    picture.width, picture.height = (
        Emu(int(picture.width * scale)),
        Emu(int(picture.height * scale)),
    )
    picture.left = Emu(int((WIDTH - picture.width) / 2))
    picture.name = exhibit.picture.title
    described = picture._element._nvXxPr.cNvPr
    described.set("descr", exhibit.picture.description)
    foot = slide.shapes.add_textbox(
        EDGE, HEIGHT - FOOT_HEIGHT - Inches(0.15), WIDTH - 2 * EDGE, FOOT_HEIGHT
    )
    foot.name = "Source and status"
    foot.text_frame.word_wrap = True
    _write(foot.text_frame, (exhibit.status, source), 10)
    notes = [exhibit.picture.caption, *_numbers(exhibit.table)]
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, notes))


def _numbers(table: PageTable) -> Iterable[str]:
    """The table as lines that can be read out: what a row is of, then its numbers by column."""
    yield table.caption
    for _, cells in table.written():
        first, *others = cells
        numbers = "; ".join(f"{cell.column.label}: {cell.text}" for cell in others)
        yield f"{first.text}. {numbers}."


def _title(slide: Any, text: str, size: int) -> None:
    title = slide.shapes.title
    _put(title, EDGE, EDGE, WIDTH - 2 * EDGE, TITLE_HEIGHT)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    _write(title.text_frame, (text,), size, bold=True)


def _put(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(v) for v in (left, top, width, height))


def _write(frame: Any, lines: Sequence[str], size: int, *, bold: bool = False) -> None:
    """Lines of text, each a paragraph, in one typeface, their language said."""
    frame.word_wrap = True
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size / 2)
        paragraph.alignment = 1  # to the left
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = INK
        run._r.get_or_add_rPr().set("lang", "en-GB")
