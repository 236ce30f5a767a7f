"""The pages of money: who is short, who pays whom, who would gain, how the year goes, and peers."""

from tripleaim.web.pages.money import downloads, tables
from tripleaim.web.pages.money.views import (
    acceleration,
    benchmarks,
    control_totals,
    incentives,
    money,
    open_book,
    organisations,
    settings,
)
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="money/",
        section="Money",
        name="Who is short",
        question="Who is short of what?",
        rests_on=("flows.csv", "positions.csv", "control_totals.csv"),
        view=money.money,
        tables=(
            TableDownload("sides", lambda page: tables.sides(page.document)),
            TableDownload(
                "accounts-commissioner", lambda page: tables.lines(page.document, "commissioner")
            ),
            TableDownload(
                "accounts-providers", lambda page: tables.lines(page.document, "providers")
            ),
            TableDownload("calibrated", lambda page: tables.calibrated(page.document)),
        ),
    ),
    PageEntry(
        address="money/organisations/",
        section="Money",
        name="Organisations",
        question="Which organisation is short, and who pays whom?",
        view=organisations.organisations,
        needs=Needs(files=("flows.csv", "organisations.csv")),
        tables=downloads.ORGANISATIONS,
    ),
    PageEntry(
        address="money/organisations/<figure:organisation_id>/",
        section="Money",
        name="An organisation",
        question="Why does its position move, and whom does it deal with?",
        view=organisations.organisation,
        above="money/organisations/",
        tables=downloads.ORGANISATION,
    ),
    PageEntry(
        address="money/acceleration/",
        section="Money",
        name="Earlier savings",
        question="How much earlier would savings have to come?",
        rests_on=("control_totals.csv",),
        view=acceleration.acceleration,
        tables=(TableDownload("acceleration", acceleration.table),),
    ),
    PageEntry(
        address="money/settings/",
        section="Money",
        name="The pound by setting",
        question="Where does each pound go, and does it move as the plan promises?",
        view=settings.settings,
        needs=Needs(files=("settings.csv",)),
        tables=downloads.SETTINGS,
    ),
    PageEntry(
        address="money/incentives/",
        section="Money",
        name="Incentives",
        question="Would those who have to do it want to?",
        view=incentives.incentives,
        needs=Needs(files=("payment_rules.toml",)),
        tables=downloads.INCENTIVES,
    ),
    PageEntry(
        address="money/incentives/rules/",
        section="Money",
        name="Rules of payment",
        question="What does the rule of payment change?",
        view=incentives.rules,
        slow=True,
        above="money/incentives/",
        needs=Needs(files=("payment_rules.toml",)),
        tables=downloads.RULES,
    ),
    PageEntry(
        address="money/open-book/",
        section="Money",
        name="Open book",
        question="Will this year end where it should?",
        ignores_scenarios=True,
        rests_on=("control_totals.csv", "grants.csv", "turnaround.csv"),
        view=open_book.open_book,
        needs=Needs(files=("schemes.csv",)),
        tables=downloads.OPEN_BOOK,
    ),
    PageEntry(
        address="money/control-totals/",
        section="Money",
        name="Control totals",
        question="Who reaches what it must, and what does the fund pay?",
        ignores_scenarios=True,
        view=control_totals.control_totals,
        needs=Needs(files=("control_totals.csv",)),
        tables=downloads.CONTROL_TOTALS,
    ),
    PageEntry(
        address="money/benchmarks/",
        section="Money",
        name="Benchmarks",
        question="Do we spend and do more than places like ours?",
        ignores_scenarios=True,
        rests_on=("benchmarks.csv", "specialised_programmes.csv"),
        view=benchmarks.benchmarks,
        slow=True,
        needs=Needs(files=("peers.csv",)),
        tables=downloads.BENCHMARKS,
    ),
)
