"""The site is read, and long work is started and stopped by its own forms alone.

Nothing is loaded, framed or sent but from and to itself. There are no sessions and no cookies, so
that a form needs no token: who may send one is seen from the headers that a browser sets and no
page can (docs/decisions/0014).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

READS = ("GET", "HEAD")

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


WRITES = re.compile(r"/[a-z][a-z0-9-]*/runs/(start|[0-9a-f]{12}/stop)/")
"""The only addresses that take a form with an effect: they start or stop long work."""

FORM = "application/x-www-form-urlencoded"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def runs_open(request: HttpRequest) -> bool:
    """Whether whoever asks may start long work here.

    They may where the server was told so, and else where it listens on this machine alone and is
    asked for by this machine's name, not through another server that stands before it.
    """
    told: str = settings.TRIPLEAIM_RUNS
    return told == "open" or (told == "local" and _name(request.get_host()) in LOOPBACK)


def refusal(request: HttpRequest) -> str:
    """Why a form is not taken, in words; empty if it is."""
    if not runs_open(request):
        return "Long work is not started from pages here: whoever runs this service starts it."
    if not _same_origin(request):
        return "This did not come from a form of this site."
    if request.content_type != FORM:
        return "This is not a form."
    return ""


def _same_origin(request: HttpRequest) -> bool:
    """Whether a page of this very site sent it; what does not say where it is from did not."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin") or (site is None and origin is None):
        return False
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _name(host: str) -> str:
    return re.sub(r":\d+$", "", host)


def headers(answer: Answer) -> Answer:
    """Django middleware: refuse all but reading and our forms, add the headers, cache briefly."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = _answered(request, answer)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if request.method not in READS:
            response.headers["Cache-Control"] = "no-store"
        elif response.status_code == 200 and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "public, max-age=60, must-revalidate"
        return response

    return with_headers


def _answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    if request.method in READS:
        return answer(request)
    if request.method != "POST" or not WRITES.fullmatch(request.path):
        return HttpResponseNotAllowed(READS)
    said = refusal(request)
    if said:
        return render(
            request, "web/refused.jinja", {"title": "Nothing was started", "said": said}, status=403
        )
    return answer(request)
