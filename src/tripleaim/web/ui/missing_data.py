"""The page that is shown when the footprint lacks what a page needs."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse

from tripleaim.place import InputError
from tripleaim.web.ui.frame import PlacePage


def missing_data(page: PlacePage, reason: str) -> HttpResponse:
    """A page that says what this place lacks for the page that was asked for."""
    return page.show("ui/missing_data.jinja", title=page.question, reason=reason)


def reason_of(fault: InputError) -> str:
    """What is missing or wrong, without the folders of this machine."""
    where = f"{Path(fault.file).name}: " if fault.file else ""
    return f"{where}{fault.expected}"
