"""The pages of the plan: on a page, its range, and what of it can be taken along."""

from tripleaim.web.pages.plan import tables
from tripleaim.web.pages.plan.presenters import futures as range_words
from tripleaim.web.pages.plan.views import files, futures, plan
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload

PAGES = (
    PageEntry(
        address="",
        section="Plan",
        name="On a page",
        question="Will {place} balance, and will its people be healthier?",
        rests_on=("aims.csv", "life_expectancy.csv"),
        view=plan.plan,
        slow=True,
        tables=(
            TableDownload("gap", lambda page: tables.gap(page.document)),
            TableDownload("care", lambda page: tables.care(page.document)),
            TableDownload("cash", lambda page: tables.cash(page.document)),
            TableDownload("classes", lambda page: tables.classes(page.document)),
        ),
        files={
            "plan.json": files.plan_json,
            "plan.xlsx": files.plan_xlsx,
            "scenario.toml": files.scenario_toml,
        },
    ),
    PageEntry(
        address="futures/",
        section="Plan",
        name="Its range",
        question="How uncertain is the plan?",
        view=futures.futures,
        needs=Needs(gap=True, job="futures"),
        tables=(
            TableDownload("futures-gap", lambda _, result: range_words.by_year(result.document)),
            TableDownload(
                "futures-headlines", lambda _, result: range_words.headlines(result.document)
            ),
            TableDownload("futures-drivers", futures.drivers_table),
            TableDownload(
                "futures-decision", lambda _, result: range_words.options(result.document)
            ),
            TableDownload("futures-worth", lambda _, result: range_words.worth(result.document)),
            TableDownload(
                "futures-solutions",
                lambda page, result: range_words.worth_of_solutions(
                    result.document, page.document.claim_tag
                ),
            ),
            TableDownload(
                "futures-plan", lambda _, result: range_words.beside_plan(result.document)
            ),
        ),
    ),
)
