"""How far the five-year plan may come out otherwise."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.jobs import Job
from tripleaim.plan import FuturesDocument
from tripleaim.web.pages.plan.pictures.futures import drivers, gap_fans
from tripleaim.web.pages.plan.presenters import futures as words_of
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.long_jobs import job_results as worked_out
from tripleaim.web.ui.long_jobs.job_results import Worked
from tripleaim.web.ui.long_jobs.not_built_yet import not_yet

KIND = "futures"
SECTION = "Plan"
PATH = "futures/"


@of_place
def futures(page: Page) -> HttpResponse:
    """How far may the plan come out otherwise?"""
    return _newest(page)


def of_job(page: Page, job: Job) -> HttpResponse:
    """The same of one job. Raises InputError if its result cannot be read."""
    return _shown(page, worked_out.of_job(page, job, FuturesDocument))


def _newest(page: Page) -> HttpResponse:
    found = worked_out.futures(page)
    if found is not None:
        return _shown(page, found)
    return not_yet(page, KIND, question=words_of.QUESTION, section=SECTION, under=PATH)


def _shown(page: Page, found: Worked[FuturesDocument]) -> HttpResponse:
    document = found.document
    headline = words_of.headline_shown(document, page.request.GET.get("headline", ""))
    return page.show(
        "plan/futures.jinja",
        section=SECTION,
        under=PATH,
        title="The range of the plan",
        question=words_of.QUESTION,
        answer=words_of.answer(document),
        found=document,
        job=found.job,
        asked=found.asked,
        picture=gap_fans(document),
        caption=words_of.caption(document),
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
        statuses=words_of.statuses(document),
    )
