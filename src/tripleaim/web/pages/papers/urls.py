"""The page of the papers that a plan can be taken along as, and their files."""

from tripleaim.web.pages.papers import views
from tripleaim.web.ui.registry import Needs, PageEntry

PAGES = (
    PageEntry(
        address="papers/",
        section="Plan",
        name="Take it with you",
        question="How can I take this plan with me?",
        view=views.papers,
        needs=Needs(gap=True),
        files={views.SLIDES: views.slides, views.WORD: views.word, views.PDF: views.pdf},
        shows_jobs=True,
    ),
)
