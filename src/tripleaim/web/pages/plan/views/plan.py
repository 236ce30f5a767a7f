"""The plan on a page, and the list of places."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.web.pages import plan_tables as tables
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.pages.plan.presenters import futures as words_of_range
from tripleaim.web.pages.plan.presenters import plan as words_of
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.long_jobs import job_results as worked_out


def home(request: HttpRequest) -> HttpResponse:
    """The places that have a plan here."""
    return render(
        request,
        "home/home.jinja",
        {"title": "Places", "places": open_plans().source.places()},
    )


@of_place
def plan(page: Page) -> HttpResponse:
    """Will this place balance, and will its people be healthier?"""
    document = page.document
    said = words_of.plan_page(document, page.place, page.workspace.audit)
    folder = page.workspace.folder
    futures = None if page.changed else worked_out.futures(page)
    return page.show(
        "plan/plan.jinja",
        section="Plan",
        under="",
        title="The plan on a page",
        plan=said,
        picture=gap_by_year(document, said.description),
        table=tables.gap(document),
        largest=words_of.largest(document),
        statuses=words_of.statuses(page.place),
        futures=futures,
        range=words_of_range.beside_plan(futures.document) if futures else None,
        has_activity=bool(folder and (folder / "activity.parquet").is_file()),
    )
