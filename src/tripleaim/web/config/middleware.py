"""What every answer carries. The site is read; its own forms alone start long work or send a file.

Nothing is loaded, framed or sent but from and to itself. There are no sessions and no cookies, so
that a form needs no token: who may send one is seen from the headers that a browser sets and no
page can (docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
)
from django.shortcuts import render

from tripleaim.web.config.old_addresses import READS, takes_files, takes_forms
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

# The documents are files that `make docs` built: nothing that a reader sends is in them. Their
# search has its style inside, and their icons are in the style.
DOCUMENTS = "/assets/docs/"
DOCUMENTS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self'", "img-src 'self' data:"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def headers(answer: Answer) -> Answer:
    """Django middleware: refuse all but reading and our forms, add the headers.

    An answer without a Cache-Control header gets `no-store`; public pages have one of their own.
    """

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = _answered(request, answer)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if request.path_info.startswith(DOCUMENTS):
            response.headers["Content-Security-Policy"] = DOCUMENTS_POLICY
        if request.method not in READS:
            response.headers["Cache-Control"] = "no-store"
        elif response.status_code != HTTPStatus.NOT_MODIFIED:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return with_headers


def _answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    if request.method in READS:
        return answer(request)
    try:
        request.get_host()
    except DisallowedHost:
        return HttpResponseBadRequest("This site has another name.", content_type="text/plain")
    if request.method != "POST" or not takes_forms(request.path_info):
        return HttpResponseNotAllowed(READS)
    message = refusal(request, with_file=takes_files(request.path_info))
    if message:
        return render(
            request,
            "ui/refused.jinja",
            {"title": "Nothing was started", "message": message},
            status=403,
        )
    return answer(request)
