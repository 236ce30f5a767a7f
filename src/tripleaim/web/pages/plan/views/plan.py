"""The plan on a page."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.plan import choose
from tripleaim.web.pages.plan import tables
from tripleaim.web.pages.plan.pictures.classes import classes
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.pages.plan.presenters import evidence as of_evidence
from tripleaim.web.pages.plan.presenters import futures as words_of_range
from tripleaim.web.pages.plan.presenters import plan as words_of
from tripleaim.web.pages.scenario.presenters import changes
from tripleaim.web.plans import files_of, open_plans
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs import job_results


def plan(page: PlacePage) -> HttpResponse:
    """Will this place balance, and will its people be healthier?"""
    document = page.document
    if not document.gap_known:
        return _without_gap(page)
    shown = document.evidence
    folder = files_of(page.workspace)
    futures = None if page.changed else job_results.if_readable(page, "futures")
    intervals = of_evidence.intervals(document, futures.document if futures else None)
    summary = words_of.plan_page(document, page.place, page.workspace.audit, intervals)
    return page.show(
        "plan/plan.jinja",
        title="The plan on a page",
        plan=summary,
        change=change(page),
        picture=gap_by_year(
            document, summary.description, intervals.get("not_known_drawn", {}), summary.caption
        ),
        table=tables.gap(document),
        cash=tables.cash(document),
        cash_sentence=words_of.cash_sentence(document),
        classes=classes(
            shown, of_evidence.classes_description(shown, document.claim_tag), document.claim_tag
        )
        if shown
        else None,
        classes_table=tables.classes(document),
        studied=of_evidence.studied_sentence(document),
        meanings=of_evidence.meanings(),
        records=of_evidence.records(document, page.place),
        largest=words_of.largest(document),
        statuses=words_of.statuses(page.place),
        futures=futures,
        range=words_of_range.beside_plan(futures.document) if futures else None,
        has_activity=bool(folder and (folder / "activity.parquet").is_file()),
    )


def _without_gap(page: PlacePage) -> HttpResponse:
    """What is known of a place whose gap is not, and what is to be entered."""
    return page.show(
        "plan/without_gap.jinja",
        title="The plan on a page",
        care=words.care_without_gap(page.document.years, page.document.care_gbp_m),
        care_table=tables.care(page.document),
        reason=page.document.why_no_gap,
        aims=[card for card, _ in words_of.health_and_quality(page.document, page.place)],
        statuses=words_of.statuses(page.place),
    )


def change(page: PlacePage) -> str:
    """What the scenario changes and its result; "" for the plan as printed."""
    if not page.changed:
        return ""
    as_printed = choose(page.built.place, seed=page.seed)
    printed = open_plans().document(page.built, as_printed)
    return words_of.change(changes(page), page.document, printed)
