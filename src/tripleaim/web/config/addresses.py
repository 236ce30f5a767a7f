"""Addresses. A place's pages stand under its id, and again under `s/<scenario>/`."""

from __future__ import annotations

from django.urls import include, path, re_path, register_converter

from tripleaim.web.pages import downloads
from tripleaim.web.pages.activity import views as activity
from tripleaim.web.pages.compare import views as compare
from tripleaim.web.pages.figures import views as checks
from tripleaim.web.pages.home import static_pages as standing
from tripleaim.web.pages.money.views import benchmarks, incentives, money, open_book, organisations
from tripleaim.web.pages.outcomes.views import backtest, prevention
from tripleaim.web.pages.people import views as people
from tripleaim.web.pages.plan.views import futures, plan
from tripleaim.web.pages.runs import views as runs
from tripleaim.web.pages.solutions import views as solutions
from tripleaim.web.pages.staff import views as staff


class PlaceConverter:
    """The id of a place."""

    regex = "[a-z][a-z0-9-]*"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


class TokenConverter(PlaceConverter):
    """A scenario as it is written in an address."""

    regex = "[A-Za-z0-9._~-]+"


class FigureConverter(PlaceConverter):
    """The id of a figure."""

    regex = "[A-Za-z0-9._+-]+"


class RunConverter(PlaceConverter):
    """The id of a run."""

    regex = "[0-9a-f]{12}"


register_converter(PlaceConverter, "place")
register_converter(TokenConverter, "token")
register_converter(FigureConverter, "figure")
register_converter(RunConverter, "run")

of_outcomes = [
    path("", prevention.twenty_years),
    path("inequality/", prevention.inequality),
    path("leading/", prevention.leading),
    path("attribution/", prevention.attribution),
    path("uncertainty/", prevention.uncertainty),
    path("programmes/<figure:programme_id>/", prevention.programme),
    path("download/prevention.json", prevention.as_json),
    re_path(r"^download/(?P<name>[A-Za-z0-9_-]+)\.csv$", prevention.table),
]

of_a_place = [
    path("", plan.plan),
    path("people/", people.people),
    path("activity/", activity.activity),
    path("money/", money.money),
    path("money/organisations/", organisations.organisations),
    path("money/organisations/<figure:organisation_id>/", organisations.organisation),
    path("money/incentives/", incentives.incentives),
    path("money/incentives/rules/", incentives.rules),
    path("money/open-book/", open_book.open_book),
    path("money/benchmarks/", benchmarks.benchmarks),
    path("staff/", staff.staff),
    path("staff/primary-care/", staff.primary_care),
    path("solutions/", solutions.solutions),
    path("solutions/<figure:solution_id>/", solutions.solution),
    path("solutions/<figure:solution_id>/choose/", solutions.choose),
    path("futures/", futures.futures),
    path("outcomes/backtest/", backtest.backtest),
    path("outcomes/", include(of_outcomes)),
    path("outcomes/run/<run:run_id>/", include(of_outcomes)),
    path("compare/", compare.compare),
    path("audit/", checks.audit),
    path("figures/", checks.figures),
    path("figures/<figure:figure_id>/", checks.figure),
    path("download/plan.json", downloads.plan_json),
    path("download/plan.xlsx", downloads.plan_xlsx),
    path("download/scenario.toml", downloads.scenario_toml),
    path("download/activity.parquet", downloads.activity),
    re_path(r"^download/(?P<name>[A-Za-z0-9_-]+)\.csv$", downloads.table),
]

of_runs = [
    path("", runs.every_run),
    path("start/", runs.begin),
    path("<run:run_id>/", runs.one_run),
    path("<run:run_id>/stop/", runs.halt),
    path("<run:run_id>/result/", runs.result),
]

urlpatterns = [
    path("", plan.home),
    path("glossary/", standing.glossary),
    path("accessibility/", standing.accessibility),
    path("<place:place_id>/", include(of_a_place)),
    path("<place:place_id>/runs/", include(of_runs)),
    path("<place:place_id>/s/<token:token>/", include(of_a_place)),
]

handler404 = standing.not_found
handler500 = standing.went_wrong
