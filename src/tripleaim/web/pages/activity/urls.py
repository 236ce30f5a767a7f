"""The pages of activity: if nothing changes, and cut as one likes."""

from tripleaim.backtest import recorded_growth
from tripleaim.web.pages.activity import (
    access_presenters,
    access_views,
    cut_views,
    presenters,
    tables,
    views,
    waiting_views,
)
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="activity/",
        section="Activity",
        name="Activity",
        question="What will be needed if nothing changes?",
        rests_on=(
            "registered.csv",
            "registers.csv",
            "condition_trends.csv",
            "local_levels.csv",
            "migration.csv",
            "residents_to_come.csv",
            "trends.csv",
            "points_of_delivery.csv",
            "measured_contacts.csv",
        ),
        view=views.activity,
        tables=(
            TableDownload("activity", lambda page: tables.activity(page.document)),
            TableDownload("growth", lambda page: tables.growth(page.document)),
            TableDownload(
                "activity-recorded",
                lambda page: presenters.recorded(page.document, recorded_growth(page.place)),
            ),
            TableDownload("activity-measured", lambda page: presenters.measured(page.document)),
            TableDownload("activity-by-luck", lambda page: presenters.by_luck(page.document)),
        ),
        files={
            "activity.parquet": cut_views.people_parquet,
            "contracts.parquet": cut_views.contracts_parquet,
        },
    ),
    PageEntry(
        address="activity/waiting/",
        section="Activity",
        name="Waiting list",
        question="Who waits for planned care, and how long?",
        ignores_scenarios=True,
        rests_on=("waiting_list.csv", "waiting_weeks.csv"),
        view=waiting_views.waiting,
        needs=Needs(files=("waiting_list.csv",)),
        tables=(
            TableDownload("waiting-list", waiting_views.specialties),
            TableDownload("waiting-trusts", waiting_views.trusts),
        ),
    ),
    PageEntry(
        address="activity/cut/",
        section="Activity",
        name="Build your own table",
        question="How much care is there, for whom, where, and who pays?",
        view=cut_views.cut,
        tables=(
            TableDownload("activity-cut", cut_views.cut_table),
            TableDownload("activity-rates", cut_views.rates_table),
        ),
    ),
    PageEntry(
        address="activity/waiting-times/",
        section="Activity",
        name="Waiting times",
        question="Are people seen in time, and what must be reached by when?",
        view=access_views.waiting_times,
        needs=Needs(files=("access_targets.csv",)),
        ignores_scenarios=True,
        tables=(TableDownload("waiting-times", lambda page: access_presenters.table(page.place)),),
    ),
)
