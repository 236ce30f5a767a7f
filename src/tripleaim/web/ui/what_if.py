"""What a changed value does, answered while it is changed: a part of a page, or what is wrong.

The forms of a what-if work without it: `what_if.js` asks for these parts as a reader types or
moves a slider, at the address in the form's `data-live`, and puts them on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from tripleaim.plan import Scenario
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.strip import WAS, beside, gap_alone


def after_change(page: PlacePage, changed: Scenario, path: str) -> str:
    """The address of a page, by its path, once `page`'s scenario was changed to another."""
    query = f"?{urlencode({WAS: page.scenario.token})}" if changed != page.scenario else ""
    return page.address_under(changed) + path + query


def what_if(page: PlacePage, changed: Scenario, path: str, title: str) -> HttpResponse:
    """What a change does to the gap, with the strip of the page (`path`, `title`) it is made on."""
    there = page.under(changed)
    return render(
        page.request,
        "ui/what_if.jinja",
        {
            "page": there,
            "document": there.document,
            "scenario": changed,
            "strip": beside(there, page.scenario) if changed != page.scenario else None,
            "as_printed": page.home + path,
            "inside": path,
            "title": title,
            "unchanged": f"Nothing is changed. {gap_alone(there.document)}",
            "address": after_change(page, changed, path),
        },
    )


def faults(page: PlacePage, by_field: Mapping[str, str]) -> HttpResponse:
    """What is wrong with what was typed, by field; no number follows from it."""
    return render(page.request, "ui/what_if_faults.jinja", {"faults": by_field})
