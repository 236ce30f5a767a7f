"""The model held against what followed."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.backtest import ALL, Backtest
from tripleaim.jobs import Job
from tripleaim.web.pages.outcomes.pictures import errors, held
from tripleaim.web.pages.outcomes.presenters import backtest as words_of
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.long_jobs import job_results as worked_out
from tripleaim.web.ui.long_jobs.job_results import Worked
from tripleaim.web.ui.long_jobs.not_built_yet import not_yet
from tripleaim.web.ui.missing_data import where_held

PATH = "outcomes/backtest/"
KIND = "backtest"
SECTION = "Outcomes"


@of_place
def backtest(page: Page) -> HttpResponse:
    """How well would it have foretold what happened?"""
    return where_held(page, PATH, section=SECTION, question=words_of.QUESTION, show=_newest)


def of_job(page: Page, job: Job) -> HttpResponse:
    """The same of one job. Raises InputError if its result cannot be read."""
    return _shown(page, worked_out.of_job(page, job, Backtest))


def _newest(page: Page) -> HttpResponse:
    found = worked_out.backtest(page)
    if found is not None:
        return _shown(page, found)
    return not_yet(page, KIND, question=words_of.QUESTION, section=SECTION, under=PATH)


def _shown(page: Page, found: Worked[Backtest]) -> HttpResponse:
    document, query = found.document, page.request.GET
    group = words_of.group_shown(document, query.get("group", ""))
    sort = query.get("sort", "error")
    groups = [(p.group, words.capital(p.group)) for p in document.scores if p.group != ALL]
    return page.show(
        "outcomes/backtest.jinja",
        section=SECTION,
        under=PATH,
        title="Back-test",
        question=words_of.QUESTION,
        answer=words_of.answer(document),
        found=document,
        job=found.job,
        asked=found.asked,
        picture=errors(document) if groups else None,
        groups=words_of.groups(document),
        elsewhere=words_of.elsewhere(document),
        series=words_of.series(document, sort, group),
        held=held(document, group) if group not in ("", ALL) else None,
        group=group,
        group_options=[*groups, (ALL, "All of them")],
        sort=sort if sort in words_of.SORTS else "error",
        sorts=list(words_of.SORTS.items()),
        wide=words_of.missed(document).wide,
    )
