"""The pages of practices."""

from tripleaim.web.pages.practices import views
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

NEEDS = Needs(files=("registered.csv", "practices.csv"))

PAGES = (
    PageEntry(
        address="people/practices/",
        section="People",
        name="Practices",
        question="How do our practices differ?",
        view=views.every_practice,
        needs=NEEDS,
        ignores_scenarios=True,
        tables=(TableDownload("practices", views.practices_table),),
    ),
    PageEntry(
        address="people/practices/<figure:practice_id>/",
        section="People",
        name="A practice",
        question="Who is registered with this practice?",
        view=views.practice,
        above="people/practices/",
        needs=NEEDS,
        ignores_scenarios=True,
        tables=tuple(
            TableDownload(f"practice-{name}-<practice>", table)
            for name, table in views.TABLES.items()
        ),
    ),
)
