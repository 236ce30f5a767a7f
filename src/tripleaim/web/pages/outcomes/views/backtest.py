"""The model compared with what followed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.backtest import ALL, Backtest
from tripleaim.web.pages.outcomes.pictures import errors, series_of_group
from tripleaim.web.pages.outcomes.presenters import backtest as words_of
from tripleaim.web.pages.outcomes.presenters import backtest_later as of_plan
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.job_results import JobResult


def backtest(page: PlacePage, result: JobResult[Backtest]) -> HttpResponse:
    """Errors by group beside naive forecasts, then series by series, and the same elsewhere."""
    document, query = result.document, page.request.GET
    group = words_of.group_shown(document, query.get("group", ""))
    sort = query.get("sort", "")
    sort = sort if sort in words_of.SORTS else "error"
    groups = [(p.group, words.capital(p.group)) for p in document.scores if p.group != ALL]
    return page.show(
        "outcomes/backtest.jinja",
        title="Back-test",
        answer=words_of.answer(document),
        result=result,
        run=document,
        picture=errors(document) if groups else None,
        groups=words_of.groups(document),
        elsewhere=words_of.elsewhere(document),
        register_rules=words_of.register_rules(document),
        rules_sentence=words.register_rules_sentence(document.register_rules),
        plan_sentence=of_plan.sentence(document),
        plan_groups=of_plan.by_group(document),
        plan_values=of_plan.every_value(document),
        series=words_of.series(document, sort, group),
        one_group=series_of_group(document, group) if group not in ("", ALL) else None,
        group=group,
        group_options=[*groups, (ALL, "All of them")],
        sort=sort,
        sorts=[
            (text, f"?{urlencode({'sort': key, 'group': group})}#table", key == sort)
            for key, text in words_of.SORTS.items()
        ],
        wide=words_of.missed(document).wide,
    )
