"""The page of people."""

from tripleaim.web.pages.people import presenters, views
from tripleaim.web.ui.registry import PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="people/",
        section="People",
        name="People",
        question="Who are we?",
        ignores_scenarios=True,
        view=views.people,
        tables=[
            TableDownload(name, lambda page, table=table: table(page.workspace.people))
            for name, table in presenters.TABLES.items()
        ],
    ),
)
