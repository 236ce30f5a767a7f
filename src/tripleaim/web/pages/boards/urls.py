"""The page that compares England's boards, and its table as a file."""

from tripleaim.web.pages.boards import views
from tripleaim.web.ui.registry import SitePage

PAGES = (
    SitePage(
        address="boards/",
        name="Boards compared",
        question="How do England’s health boards compare?",
        view=views.boards,
    ),
    SitePage(
        address="download/boards.csv",
        name="The boards as a file",
        question="How do England’s health boards compare?",
        view=views.boards_csv,
        at_foot=False,
    ),
)
