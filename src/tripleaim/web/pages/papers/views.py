"""The papers of a plan as files, and the page that says what is in each."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.web.pages.papers.exhibits import exhibits
from tripleaim.web.pages.papers.material import material
from tripleaim.web.pages.papers.pack import board_pack
from tripleaim.web.pages.papers.paper import paper
from tripleaim.web.pages.papers.parts import Heading, Paper
from tripleaim.web.ui.answers import attached
from tripleaim.web.ui.frame import PlacePage

OFFICE = "application/vnd.openxmlformats-officedocument"
SLIDES, WORD, PDF = "board-pack.pptx", "paper.docx", "paper.pdf"
TYPES = {
    SLIDES: f"{OFFICE}.presentationml.presentation",
    WORD: f"{OFFICE}.wordprocessingml.document",
    PDF: "application/pdf",
}
"""What each file is, by its name."""
ANSWER = (
    "Take it as slides for a board, as a paper to read, as a workbook, or as data. Each has the "
    "scenario that you are looking at."
)


def papers(page: PlacePage) -> HttpResponse:
    """What can be taken along, and what is in it."""
    known = material(page)
    shown = exhibits(known)
    return page.show(
        "papers/papers.jinja",
        title="Take it with you",
        answer=ANSWER,
        slides=words.capital(words.count(len(shown) + 2)),
        findings=[one.finding for one in shown],
        sections=[
            part.text
            for part in paper(known).parts
            if isinstance(part, Heading) and part.level == 1
        ],
    )


def slides(page: PlacePage) -> HttpResponse:
    """The board pack as PowerPoint slides."""
    from tripleaim.web.pages.papers.writers.slides import slides_file

    return attached(page, slides_file(board_pack(material(page))), TYPES[SLIDES], SLIDES)


def word(page: PlacePage) -> HttpResponse:
    """The plan as a Word file."""
    from tripleaim.web.pages.papers.writers.word import word_file

    return _paper(page, WORD, word_file)


def pdf(page: PlacePage) -> HttpResponse:
    """The plan as a PDF."""
    from tripleaim.web.pages.papers.writers.pdf import pdf_file

    return _paper(page, PDF, pdf_file)


def _paper(page: PlacePage, name: str, write: Callable[[Paper], bytes]) -> HttpResponse:
    return attached(page, write(paper(material(page))), TYPES[name], name)
