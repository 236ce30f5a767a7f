"""The first page: what the product is, where to start, and the places side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tripleaim.place import InputError
from tripleaim.plan import PlanDocument
from tripleaim.web.pages.home import presenters as words_of
from tripleaim.web.pages.home.places_table import fullest, on_page, places_table
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.pages.plan.presenters.plan import description
from tripleaim.web.pages.plan.tables import gap
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import place_address


def home(request: HttpRequest, question: str) -> HttpResponse:
    """What this is, told with the place that has the fullest plan."""
    plans = _plans()
    shown = fullest(plans)
    return render(
        request,
        "home/home.jinja",
        {
            "title": "Triple Aim",
            "question": question,
            **(_side_by_side(plans) if plans else {}),
            **(_with_numbers_of(shown, plans[shown]) if shown else {}),
        },
    )


def places_csv(_request: HttpRequest, question: str) -> HttpResponse:  # noqa: ARG001 - of a page
    """The places side by side as a file."""
    return HttpResponse(
        places_table(_plans(), open_plans().places(), open_plans().faults()).csv().encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="places.csv"'},
    )


def _side_by_side(plans: Mapping[str, PlanDocument | None]) -> dict[str, Any]:
    table, reasons = on_page(places_table(plans, open_plans().places(), open_plans().faults()))
    return {"table": table, "reasons": reasons}


def _plans() -> Mapping[str, PlanDocument | None]:
    return {place_id: open_plans().printed(place_id) for place_id in open_plans().places()}


def _with_numbers_of(place_id: str, document: PlanDocument | None) -> dict[str, Any]:
    """The picture, the paragraphs and the routes, with one place's numbers."""
    if document is None:
        return {}
    base = place_address(place_id)
    return {
        "place_name": document.name,
        "base": base,
        **(_gap_picture(document) if document.gap_known else {}),
        "paragraphs": words_of.paragraphs(document, base),
        "routes": _routes(place_id, base),
    }


def _gap_picture(document: PlanDocument) -> dict[str, Any]:
    return {
        "picture": gap_by_year(
            document,
            description(document),
            {},
            f"The NHS of {document.name}, year by year. The band shows how uncertain the forecast "
            "is.",
        ),
        "behind": gap(document),
    }


def _routes(place_id: str, base: str) -> list[words_of.ReaderRoute]:
    try:
        workspace = open_plans().workspace(place_id)
    except InputError:  # its files have changed since: its pages say so
        return []
    return words_of.routes(workspace.place, base) if workspace else []
