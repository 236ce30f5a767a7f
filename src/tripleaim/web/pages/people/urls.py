"""The page of people."""

from tripleaim.web.pages.people import need_page, presenters, since, views
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

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
    PageEntry(
        address="people/need/",
        section="People",
        name="Need",
        question="Who needs more care than others?",
        ignores_scenarios=True,
        rests_on=("need_weights.csv", "practices.csv", "allocations.csv"),
        view=need_page.need,
        needs=Needs(files=("need_weights.csv",)),
        tables=(
            TableDownload("need", need_page.localities),
            TableDownload("need-practices", need_page.practices),
        ),
    ),
    PageEntry(
        address="people/since/",
        section="People",
        name="Then and now",
        question="What has changed in {place} since its earlier footprint?",
        above="people/",
        ignores_scenarios=True,
        view=since.then_and_now,
        tables=(TableDownload("since", since.since_table),),
    ),
)
