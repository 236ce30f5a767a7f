"""Every picture of every page as SVG and as PNG, each at an address below its page's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.http import Http404, HttpResponse

from tripleaim import wording as words
from tripleaim.web.ui.answers import attached, file_view
from tripleaim.web.ui.charts.picture_file import png_file, svg_file
from tripleaim.web.ui.frame import PICTURES, PlacePage, ShownPage
from tripleaim.web.ui.missing_data import missing_file
from tripleaim.web.ui.registry import PageEntry, View
from tripleaim.web.ui.source_lines import source_lines

Ending = Literal["svg", "png"]

TYPES: Mapping[Ending, str] = {"svg": "image/svg+xml", "png": "image/png"}


def picture_view(entry: PageEntry, ending: Ending) -> View:
    """The view of a page's pictures as files: the page is made, and the picture taken from it."""

    def file(page: PlacePage, *results: Any, name: str, **captured: Any) -> HttpResponse:
        missing = page.missing_files()
        if missing:
            raise Http404(missing_file(page, missing[0]))
        shown = entry.view(page, *results, **captured)
        pictures = shown.pictures if isinstance(shown, ShownPage) else {}
        if name not in pictures:
            raise _no_picture(name, pictures)
        title = shown.context_data["title"]
        svg = svg_file(pictures[name], heading(page, title), source_lines(page.document))
        body = svg.encode() if ending == "svg" else png_file(svg)
        return attached(page, body, TYPES[ending], f"{_file_name(page, name)}.{ending}")

    # A page may show what long jobs found, so that its inputs alone do not say what is in it.
    return file_view(entry, file, tagged=False)


def heading(page: PlacePage, title: str) -> str:
    """Of which place, page and scenario a picture is."""
    years = page.document.years
    return f"{page.document.name}, {years[0]} to {years[-1]} · {title} · {page.scenario.name}"


def _file_name(page: PlacePage, name: str) -> str:
    """The address of the page and the name of the picture in it, with hyphens."""
    path = page.request.path.removeprefix(page.base).rpartition(f"{PICTURES}/")[0]
    return "-".join(filter(None, (*(path or "plan").split("/"), name)))


def _no_picture(name: str, known: Iterable[str]) -> Http404:
    """There is no picture of that name on the page; which there are."""
    there = words.listed([f"“{one}”" for one in known])
    others = f"Its pictures are {there}." if there else "It has no pictures."
    return Http404(f"This page has no picture called “{name}”. {others}")
