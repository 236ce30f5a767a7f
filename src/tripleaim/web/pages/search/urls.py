"""The page of the one search."""

from tripleaim.web.pages.search import views
from tripleaim.web.ui.registry import PageEntry

PAGES = (
    PageEntry(
        address="search/",
        section="",
        name="Search",
        question="Where is this number, name or word?",
        view=views.search,
    ),
)
