"""What a QALY costs, on each basis, and what is published beside ours."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from tripleaim.web.pages.outcomes.presenters import prevention_risks as of_risks
from tripleaim.web.pages.outcomes.presenters import prevention_value as of_value
from tripleaim.web.pages.outcomes.views.prevention import Prevention, in_order, shown
from tripleaim.web.ui.charts.series import series_picture
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.paging import list_page


def value(page: PlacePage, result: Prevention) -> HttpResponse:
    """Money and QALYs on one basis: all who join, and lifetimes of the first, side by side."""
    document = result.document
    lives = document.value is not None and document.value.lifetime_years is not None
    basis = of_value.LIFETIME if lives else of_value.ALL
    lines = of_value.curves(document, basis)
    content = {
        "answer": of_value.answer(document),
        "why_two": of_value.why_two(document),
        **in_order(page, of_value.side_by_side(document), of_value.SORTS),
        "without": of_value.without_effect(document),
        "rates": of_value.every_rate(document),
        "picture": series_picture(
            "Draws in which it is worth its cost, %",
            of_value.curves_description(document, basis),
            lines,
            of_value.labels(document),
            unit="%",
        ).called(
            "worth",
            "Share of the draws, %, in which QALYs at that value outweigh the net cost, for "
            f"{of_value.basis_in_words(document, basis).lower()}. Dashed: all programmes that "
            "have an effect, together.",
        )
        if lines
        else None,
        "curves": of_value.acceptability(document),
    }
    return shown(page, result, "outcomes/value.jinja", content)


def published(page: PlacePage, result: Prevention) -> HttpResponse:
    """Published evaluations beside ours, and why they differ."""
    document = result.document
    content = {
        "answer": of_value.published_answer(document),
        **in_order(page, of_value.published(document, page.place), of_value.PUBLISHED_SORTS),
    }
    return shown(page, result, "outcomes/published.jinja", content)


def risks(page: PlacePage, result: Prevention) -> HttpResponse:
    """Published ratios of all deaths by risk factor beside ours, with what is solved of them."""
    document, query = result.document, page.request.GET
    by_factor = of_risks.by_factor(document)
    factors = [str(row["name"]) for row in by_factor.rows]
    factor = query.get("factor", "") if query.get("factor", "") in factors else ""
    listed = of_risks.of_factor(of_risks.deaths(document, page.place), factor)
    ordered = in_order(page, listed, of_risks.SORTS)
    part = list_page(ordered["table"].rows, query.get("page", "1"), of_risks.ROWS)
    asked = {"factor": factor, "sort": query.get("sort", "")}
    kept = {name: value for name, value in asked.items() if value}
    content = {
        **ordered,
        "answer": of_risks.answer(document),
        "by_factor": by_factor,
        "factors": [(name, name) for name in factors],
        "factor": factor,
        "table": of_risks.on_page(listed, part.items),
        "sources": of_risks.sources(part.items),
        "now": part.now,
        "last": part.last,
        "query": urlencode(kept) + "&" if kept else "",
    }
    return shown(page, result, "outcomes/risks.jinja", content)
