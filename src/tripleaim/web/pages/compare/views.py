"""What differs between claimed, overlapping and evidenced, and between two scenarios."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from tripleaim.place import InputError
from tripleaim.plan import Scenario, altered, choose, from_token, prints_period_total
from tripleaim.web.pages.compare import presenters as words_of
from tripleaim.web.pages.compare import tables
from tripleaim.web.pages.compare.pictures import difference_by_year, savings_by_year
from tripleaim.web.pages.solutions import tables as solution_tables
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import PlacePage


def compare(page: PlacePage) -> HttpResponse:
    """Three bases of one scenario; with `?with=` a token or an address, two scenarios."""
    asked = page.request.GET.get("with")
    if asked is not None and asked != page.scenario.token:
        return _two(page, _other(page, asked))
    document = page.document
    total = page.scenario.period_total
    other = altered(
        page.built.place,
        page.scenario,
        period_total="included" if total == "in addition" else "in addition",
    )
    return page.show(
        "compare/compare.jinja",
        title="Claimed, overlapping, evidenced",
        answer=words_of.answer(document),
        picture=savings_by_year(
            document, tables.total_savings(document), words_of.description(document)
        ),
        table=tables.savings(document),
        by_solution=solution_tables.solutions(document),
        other_total=page.address_under(other) + "compare/"
        if prints_period_total(page.place)
        else "",
    )


def _other(page: PlacePage, asked: str) -> Scenario:
    token = asked.strip().rstrip("/")
    token = token.split("/s/")[1].split("/")[0] if "/s/" in token else token
    if "/" in token:
        token = ""
    try:
        return (
            from_token(page.built.place, token)
            if token
            else choose(page.built.place, seed=page.seed)
        )
    except InputError as fault:
        raise Http404(f"The scenario to compare with cannot be read: {fault.in_public}") from None


def _two(page: PlacePage, other: Scenario) -> HttpResponse:
    ours = page.document
    theirs = open_plans().document(page.built, other)
    gap = words_of.difference(ours, theirs)
    return page.show(
        "compare/compare_two.jinja",
        title="Two scenarios",
        below=True,
        answer=words_of.pair_answer(gap, ours.years[-1]),
        picture=difference_by_year(gap, words_of.pair_description(gap)),
        choices=words_of.choices(page.scenario, other, page.place),
        headlines=words_of.headlines(ours, theirs),
        solutions=words_of.solutions(ours, theirs),
        other=other,
        there=page.address_under(other),
    )
