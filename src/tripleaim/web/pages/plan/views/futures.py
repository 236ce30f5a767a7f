"""How uncertain the five-year plan is."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.plan import FuturesDocument
from tripleaim.web.pages.plan.pictures.futures import drivers, gap_fans
from tripleaim.web.pages.plan.presenters import futures as words_of
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.job_results import JobResult
from tripleaim.web.ui.tables import PageTable


def futures(page: PlacePage, result: JobResult[FuturesDocument]) -> HttpResponse:
    """The gap as fans, every headline, what drives one of them, and what more would be worth."""
    document = result.document
    headline = words_of.headline_shown(document, page.request.GET.get("headline", ""))
    return page.show(
        "plan/futures.jinja",
        title="The range of the plan",
        answer=words_of.answer(document),
        result=result,
        run=document,
        picture=gap_fans(document, words_of.caption(document)),
        by_year=words_of.by_year(document),
        headlines=words_of.headlines(document),
        headline=headline,
        headline_options=[(h.id, h.name) for h in document.headlines],
        drivers_picture=drivers(headline),
        drivers=words_of.drivers(headline),
        drivers_sentence=words_of.drivers_sentence(headline),
        decision=words_of.decision_sentence(document),
        options=words_of.options(document),
        worth=words_of.worth(document),
        solutions=words_of.worth_of_solutions(document, page.document.claim_tag),
        statuses=words_of.statuses(document),
    )


def drivers_table(page: PlacePage, result: JobResult[FuturesDocument]) -> PageTable:
    """What drives the headline that is asked for."""
    wanted = page.request.GET.get("headline", "")
    return words_of.drivers(words_of.headline_shown(result.document, wanted))
