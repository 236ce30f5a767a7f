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
        rests_on=(
            "registered.csv",
            "practices.csv",
            "residents.csv",
            "lsoas.csv",
            "lsoa_outlines.json",
            "registers.csv",
            "clustering.csv",
        ),
        view=views.people,
        tables=[
            TableDownload(name, lambda page, table=table: table(page.workspace.people))
            for name, table in presenters.TABLES.items()
        ],
    ),
)
