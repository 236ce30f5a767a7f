"""What differs between claimed, overlapping and evidenced, and between two scenarios."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.place import InputError
from tripleaim.plan import Scenario, altered, prints_period_total
from tripleaim.web.pages.compare import forms, tables
from tripleaim.web.pages.compare import presenters as words_of
from tripleaim.web.pages.compare.pictures import difference_by_year, savings_by_year
from tripleaim.web.pages.solutions import tables as solution_tables
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import PlacePage
from tripleaim.wording import NOTHING


def compare(page: PlacePage) -> HttpResponse:
    """Three bases of one scenario; with `?with=` a token or an address, two scenarios."""
    query = page.request.GET
    if "with" not in query and "chosen" not in query:
        return _three(page)
    typed = query.get("with", "")
    try:
        return _two(page, forms.requested_scenario(page, typed.strip() or query.get("chosen", "")))
    except InputError as fault:
        return _three(page, typed, fault.in_public)


def _three(page: PlacePage, typed: str = "", fault: str = "") -> HttpResponse:
    """What is claimed, overlaps and is evidenced, and the form with what was typed into it."""
    document = page.document
    total = page.scenario.period_total
    other = altered(
        page.built.place,
        page.scenario,
        period_total="included" if total == "in addition" else "in addition",
    )
    title = "Claimed, overlapping, on evidence"
    return page.show(
        "compare/compare.jinja",
        title=f"Error: {title}" if fault else title,
        answer=words_of.answer(document),
        picture=savings_by_year(
            document, tables.total_savings(document), words_of.description(document)
        ),
        table=tables.savings(document),
        by_solution=solution_tables.solutions(document),
        other_total=page.address_under(other) + "compare/"
        if prints_period_total(page.place)
        else "",
        typed=typed,
        fault=fault,
        longest=forms.LONGEST,
        ready=forms.common_scenarios(page),
    )


def _two(page: PlacePage, other: Scenario) -> HttpResponse:
    ours = page.document
    theirs = open_plans().document(page.built, other)
    if not theirs.gap_known:
        raise InputError(theirs.why_no_gap.rstrip("."))
    gap = words_of.difference(ours, theirs)
    differs = any(abs(amount) >= NOTHING for amount in gap.values())
    return page.show(
        "compare/compare_two.jinja",
        title="Two scenarios",
        below=True,
        answer=words_of.SAME
        if other.token == page.scenario.token
        else words_of.pair_answer(gap, ours.years[-1]),
        picture=difference_by_year(gap, words_of.pair_description(gap)) if differs else None,
        choices=words_of.choices(page.scenario, other, page.built.place),
        headlines=words_of.headlines(ours, theirs),
        solutions=words_of.solutions(ours, theirs),
        other=other,
        there=page.address_under(other),
    )
