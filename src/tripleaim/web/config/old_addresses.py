"""Old addresses, which were mailed and printed: each redirects to where its page is now.

Until version 0.3 a place's pages were below `/<place>/`. The rest of the address (scenario,
download, run, query string) stays as it was.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from tripleaim.web.plans import open_plans
from tripleaim.web.ui.answers import cached_for
from tripleaim.web.ui.frame import PLACES

READS = ("GET", "HEAD")


def moved(request: HttpRequest, place_id: str, **_rest: str) -> HttpResponse:
    """Redirect permanently to the page's new address: with 301, or 308 for a form and its fields.

    Raises Http404 where there is no such place.
    """
    if place_id not in open_plans().places():
        raise Http404(f"There is no plan of a place called “{place_id}” here.")
    answer = HttpResponsePermanentRedirect(
        PLACES + request.get_full_path(), preserve_request=request.method not in READS
    )
    answer.headers["Cache-Control"] = cached_for("public")
    return answer


def takes_forms(address: str) -> bool:
    """Whether the page at this address, old or new, takes a form with an effect."""
    try:
        view = resolve(address).func
    except Resolver404:
        return False
    return takes_forms(PLACES + address) if view is moved else getattr(view, "takes_forms", False)


def takes_files(address: str) -> bool:
    """Whether the form that the page at this address takes may hold a file."""
    return getattr(resolve(address).func, "takes_files", False)
