"""The page of activity if nothing changes."""

from tripleaim.web.pages.activity import tables, views
from tripleaim.web.ui.registry import PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="activity/",
        section="Activity",
        name="Activity",
        question="What will be needed if nothing changes?",
        view=views.activity,
        tables=(
            TableDownload("activity", lambda page: tables.activity(page.document)),
            TableDownload("growth", lambda page: tables.growth(page.document)),
        ),
        files={"activity.parquet": views.parquet},
    ),
)
