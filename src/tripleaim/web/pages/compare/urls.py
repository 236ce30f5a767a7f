"""The page that compares what is claimed, overlaps and is evidenced, or two scenarios."""

from tripleaim.web.pages.compare import tables, views
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="compare/",
        section="Solutions",
        name="Compare",
        question="How much is claimed, how much overlaps, and how much has evidence?",
        view=views.compare,
        needs=Needs(gap=True),
        above="solutions/",
        tables=(TableDownload("savings", lambda page: tables.savings(page.document)),),
    ),
)
