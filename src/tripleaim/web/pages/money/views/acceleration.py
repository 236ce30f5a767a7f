"""What is left of the gap when every saving comes some years earlier."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording
from tripleaim.plan import earlier, most_years_earlier
from tripleaim.web.pages.money.presenters import acceleration as words_of
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.missing_data import missing_file
from tripleaim.web.ui.tables import PageTable


def acceleration(page: PlacePage) -> HttpResponse:
    """The position by year with every saving none, one, two … years earlier."""
    positions = _positions(page)
    has_totals = page.place.own.has("control_totals.csv")
    return page.show(
        "money/acceleration.jinja",
        title="Earlier savings",
        answer=wording.acceleration(page.place.name, page.place.years, positions),
        table=words_of.table(page.place, positions),
        control_totals="" if has_totals else missing_file(page, "control_totals.csv"),
    )


def table(page: PlacePage) -> PageTable:
    """The same as a table."""
    return words_of.table(page.place, _positions(page))


def _positions(page: PlacePage) -> list[dict[str, float]]:
    """The position as claimed by year, by how many years earlier every saving comes."""

    def work_out() -> list[dict[str, float]]:
        place = page.built.place
        most = most_years_earlier(place, page.scenario)
        scenarios = [earlier(place, page.scenario, years) for years in range(1, most + 1)]
        documents = [page.document] + [
            open_plans().document(page.built, scenario) for scenario in scenarios
        ]
        return [document.gap_gbp_m["as_claimed"] for document in documents]

    return page.once_for_scenario("acceleration", work_out)
