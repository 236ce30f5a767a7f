"""The view of waiting times beside their targets."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.web.pages.activity import access_presenters as words_of
from tripleaim.web.ui.frame import PlacePage


def waiting_times(page: PlacePage) -> HttpResponse:
    """What is measured now, the targets by year, and where each target is set."""
    return page.show(
        "activity/waiting_times.jinja",
        title="Waiting times",
        answer=words_of.answer(page.place),
        table=words_of.table(page.place),
        where_set=words_of.where_set(page.place),
        source=page.place.sources.get("planning-rounds-2025-28"),
    )
