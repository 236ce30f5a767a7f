"""Addresses, made from the registry of pages.

A place's pages are below `/places/<place>/`, and again below `/places/<place>/s/<scenario>/`. Old
addresses redirect there (`old_addresses`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from tripleaim.web.config.old_addresses import moved
from tripleaim.web.pages.home import static_pages
from tripleaim.web.ui.answers import file_view, no_table, page_view, site_view, table_view
from tripleaim.web.ui.frame import PICTURES
from tripleaim.web.ui.picture_views import TYPES, picture_view
from tripleaim.web.ui.registry import Registry, registry

Addresses = list[URLPattern | URLResolver]


class PlaceConverter:
    """The id of a place."""

    regex = "[a-z][a-z0-9-]*"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


class OldConverter(PlaceConverter):
    """The id of a place at the start of an old address."""

    regex = "(?!places/)[a-z][a-z0-9-]*"


class TokenConverter(PlaceConverter):
    """A scenario as it is written in an address."""

    regex = "[A-Za-z0-9._~-]+"


class FigureConverter(PlaceConverter):
    """The id of a figure, a solution or an organisation."""

    regex = "[A-Za-z0-9._+-]+"


class RunConverter(PlaceConverter):
    """The id of a run."""

    regex = "[0-9a-f]{12}"


class FileConverter(PlaceConverter):
    """The name of a file without its ending."""

    regex = "[A-Za-z0-9_-]+"


register_converter(PlaceConverter, "place")
register_converter(OldConverter, "old")
register_converter(TokenConverter, "token")
register_converter(FigureConverter, "figure")
register_converter(RunConverter, "run")
register_converter(FileConverter, "file")


def addresses_of(pages: Registry) -> Addresses:
    """Every address of the pages of a registry."""
    of_place = _of_place(pages, of_scenario=False)
    of_scenario = _of_place(pages, of_scenario=True)
    return [
        *(path(page.address, site_view(page)) for page in pages.site_pages),
        path("places/<place:place_id>/", include(of_place)),
        path("places/<place:place_id>/s/<token:token>/", include(of_scenario)),
        path("<old:place_id>/", moved),
        path("<old:place_id>/<path:rest>", moved),
    ]


def _of_place(pages: Registry, *, of_scenario: bool) -> Addresses:
    """The addresses below a place's own, or below a scenario's."""
    addresses: Addresses = []
    for page in pages.pages:
        if of_scenario and not page.scenarios:
            continue
        addresses += [path(address, page_view(page)) for address in page.addresses]
        addresses += [
            path(f"{address}{PICTURES}/<file:name>.{ending}", picture_view(page, ending))
            for address in page.addresses
            for ending in TYPES
        ]
        for folder in page.download_folders:
            below = f"{folder}download/"
            addresses += [path(below + name, file_view(page, f)) for name, f in page.files.items()]
            addresses += [
                path(below, include([re_path(f"^{table.pattern}$", table_view(page, table))]))
                for table in page.tables
            ]
    folders = {folder for page in pages.pages for folder in page.download_folders}
    addresses += [path(f"{folder}download/<file:name>.csv", _no_table) for folder in folders]
    return addresses


def _no_table(_request: HttpRequest, name: str, **_captured: str) -> HttpResponse:
    raise no_table(name)


urlpatterns = addresses_of(registry())

handler404 = static_pages.not_found
handler500 = static_pages.went_wrong
