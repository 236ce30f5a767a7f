"""Who may start long work or send a file, and which forms are taken (docs/decisions/0014)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

FORM = "application/x-www-form-urlencoded"
FORM_WITH_FILE = "multipart/form-data"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def runs_open(request: HttpRequest) -> bool:
    """Whether whoever asks may start long work here.

    They may where the server was told so, and else where it listens on this machine alone and is
    asked for by this machine's name, not through another server that stands before it.
    """
    return _open(settings.TRIPLEAIM_RUNS, request)


def uploads_open(request: HttpRequest) -> bool:
    """Whether whoever asks may make a place from a file here: that is long work, and a file."""
    return runs_open(request) and _open(settings.TRIPLEAIM_UPLOADS, request)


def _open(setting: str, request: HttpRequest) -> bool:
    return setting == "open" or (setting == "local" and _name(request.get_host()) in LOOPBACK)


def refusal(request: HttpRequest, *, with_file: bool = False) -> str:
    """Why a form is not taken, in words; empty if it is.

    `with_file` says that the address takes a form that may hold a file, and no other.
    """
    if not runs_open(request):
        return "These pages cannot start long jobs. Ask whoever runs this service to start them."
    if with_file and not uploads_open(request):
        return "These pages accept no files. Ask whoever runs this service to make the place."
    if not _same_origin(request):
        return (
            "This request did not come from a form of this site. Go back to the page and send the "
            "form again."
        )
    if request.content_type != (FORM_WITH_FILE if with_file else FORM):
        return "This request is not a form. Go back to the page and send the form again."
    return ""


def _same_origin(request: HttpRequest) -> bool:
    """Whether a page of this very site sent it; what does not say where it is from did not."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin") or (site is None and origin is None):
        return False
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _name(host: str) -> str:
    return re.sub(r":\d+$", "", host)
