"""A page of what not every place holds: shown where it can be, and said plainly where not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from tripleaim.place import InputError
from tripleaim.web.ui import page_inputs as workings
from tripleaim.web.ui.frame import Page

Shown = Callable[[Page], HttpResponse]


def where_held(page: Page, path: str, *, section: str, question: str, show: Shown) -> HttpResponse:
    """What `show` gives; or a page that says what this place lacks for it."""
    lacking = workings.missing(page, path)
    said = f"this place has no {lacking[0]}" if lacking else ""
    if not said:
        try:
            return show(page)
        except InputError as fault:
            said = workings.said_of(fault)
    return page.show(
        "ui/missing_data.jinja",
        section=section,
        under=path,
        title=question,
        question=question,
        said=said,
    )
