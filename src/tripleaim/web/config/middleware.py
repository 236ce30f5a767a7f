"""What every answer carries. The site is read; its own forms alone start and stop long work.

Nothing is loaded, framed or sent but from and to itself. There are no sessions and no cookies, so
that a form needs no token: who may send one is seen from the headers that a browser sets and no
page can (docs/decisions/0014).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from tripleaim.web.ui.long_jobs.form_checks import refusal

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
            request, "ui/refused.jinja", {"title": "Nothing was started", "said": said}, status=403
        )
    return answer(request)
