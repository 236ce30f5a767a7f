"""A bare page of Django, from as many processes as pages have: what a page is measured against."""

from __future__ import annotations

import argparse
import secrets
import socket
from collections.abc import Sequence

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tripleaim.web.processes import answer_in, bound
from tripleaim.web.server import THREADS
from tripleaim.web.turns import Turns

BODY = b"x" * 12_000
"""As long as a page of a plan is once it is compressed."""


def bare(_request: HttpRequest) -> HttpResponse:
    """The least that Django can do."""
    return HttpResponse(BODY)


urlpatterns = [path("", bare)]


def answer(sockets: Sequence[socket.socket], *, turns: Turns) -> None:
    """Answer until ended, in turn or not."""
    del turns
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        SECRET_KEY=secrets.token_urlsafe(50),
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    )
    pages = get_wsgi_application()
    waitress.serve(pages, sockets=list(sockets), threads=THREADS, ident=None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("processes", type=int)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    answer_in(asked.processes, bound("127.0.0.1", asked.port), answer)
