"""The page that is shown when the footprint lacks what a page needs."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse

from tripleaim.place import InputError, not_known
from tripleaim.web.ui.frame import PlacePage


def missing_data(page: PlacePage, reason: str) -> HttpResponse:
    """A page that says what this place lacks for the page that was asked for."""
    return page.show("ui/missing_data.jinja", title=page.question, reason=reason)


def gap_not_known(page: PlacePage) -> HttpResponse:
    """A page that says which figures of this place are to be entered before its gap is known."""
    reason = page.document.why_no_gap
    return page.show("ui/gap_not_known.jinja", title=page.question, reason=reason)


def missing_file(page: PlacePage, name: str) -> str:
    """What is not known because a file is missing, and who would know, if that is stated."""
    for unknown in not_known(page.place):
        if unknown.file == name:
            return (
                f"not known for this place are {unknown.what} ({name}). "
                f"Who would know: {unknown.who_would_know}"
            )
    return f"this place has no {name}"


def reason_of(fault: InputError) -> str:
    """What is missing or wrong, without the folders of this machine."""
    where = f"{Path(fault.file).name}: " if fault.file else ""
    return f"{where}{fault.expected}"
