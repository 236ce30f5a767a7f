"""A paper as a Word file (python-docx), for all who read it with their eyes or hear it read."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as WordParagraph

from tripleaim.web.pages.papers.parts import Bullets, Heading, Paper, PaperPart, Paragraph
from tripleaim.web.pages.papers.writers.fixed_zip import fixed_zip
from tripleaim.web.pages.papers.writers.picture_width import share_of_width
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.charts.picture_file import PAPER_SCALE, drawing, png_file
from tripleaim.web.ui.tables import PageTable

FONT, INK = "Arial", RGBColor(0x21, 0x2B, 0x32)
TEXT_WIDTH = Cm(17)
NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date that Word asks for: a paper follows from its inputs, whenever it is made."""


def word_file(paper: Paper) -> bytes:
    """The paper as .docx: headings, header rows, alternative texts, its title and its language."""
    word = Document()
    _page(word)
    _about_the_file(word, paper)
    word.add_paragraph(paper.title, "Title")
    for line in paper.about:
        word.add_paragraph(line)
    for part in paper.parts:
        _add(word, part)
    out = io.BytesIO()
    word.save(out)
    return fixed_zip(out.getvalue())


def _page(word: WordDocument) -> None:
    """A4 with room for a wide table, in one typeface, its language said to be British English."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet"):
        font = word.styles[name].font
        font.name, font.color.rgb = FONT, INK
        fonts = word.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    word.styles["Normal"].font.size = Pt(10.5)
    word.styles["Caption"].font.size = Pt(9)
    _numbered(section.footer.paragraphs[0])


def _about_the_file(word: WordDocument, paper: Paper) -> None:
    about = word.core_properties
    about.title, about.author, about.language = paper.title, "Triple Aim", "en-GB"
    about.comments, about.last_modified_by = "", "Triple Aim"
    about.created = about.modified = NO_DATE


def _numbered(footer: WordParagraph) -> None:
    """The number of the page, which Word works out."""
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = footer.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def _add(word: WordDocument, part: PaperPart) -> None:
    match part:
        case Heading():
            word.add_heading(part.text, part.level)
        case Paragraph():
            word.add_paragraph(part.text)
        case Bullets():
            for item in part.items:
                word.add_paragraph(item, "List Bullet")
        case PageTable():
            _table(word, part)
        case Picture():
            _picture(word, part)


def _picture(word: WordDocument, picture: Picture) -> None:
    """The picture with its alternative text, and its caption below."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    svg = drawing(picture)
    shape = paragraph.add_run().add_picture(
        io.BytesIO(png_file(svg, PAPER_SCALE)), width=int(TEXT_WIDTH * share_of_width(svg))
    )
    about = shape._inline.docPr
    about.set("descr", picture.description)
    about.set("title", picture.title)
    if picture.caption:
        word.add_paragraph(picture.caption, "Caption")


def _table(word: WordDocument, table: PageTable) -> None:
    """The table below its caption; its first row is its header, on every page that it runs over."""
    caption = word.add_paragraph(table.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    made = word.add_table(rows=0, cols=len(table.columns))
    made.style = "Table Grid"
    about = made._tbl.tblPr
    caption_element = OxmlElement("w:tblCaption")
    caption_element.set(qn("w:val"), table.caption)
    about.append(caption_element)
    size = Pt(9 if len(table.columns) < 6 else 8)
    numeric = [column.numeric for column in table.columns]
    header = made.add_row()
    _fill(header, [column.label for column in table.columns], numeric, size, bold=True)
    repeated = OxmlElement("w:tblHeader")
    header._tr.get_or_add_trPr().append(repeated)
    rows = table.written()
    for i, (_, cells) in enumerate(rows):
        last = table.total and i == len(rows) - 1
        row = made.add_row()
        _fill(row, [cell.text for cell in cells], numeric, size, bold=last)
    word.add_paragraph()


def _fill(row: Row, texts: Iterable[str], numeric: list[bool], size: Pt, *, bold: bool) -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for i, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if numeric[i] and i:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.font.size, run.bold = size, bold or None
