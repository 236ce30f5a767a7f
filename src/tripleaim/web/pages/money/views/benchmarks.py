"""A place beside the most similar ones, and beside what its plan prints of its peers."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording
from tripleaim.measures import funnel_points
from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.pictures.funnel import funnel_picture
from tripleaim.web.pages.money.presenters import benchmarks as words_of
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.charts.ranges import ranges
from tripleaim.web.ui.frame import PlacePage


def benchmarks(page: PlacePage) -> HttpResponse:
    """Measures with their usual spread, a funnel of one of them, printed peers, specialised."""
    result = page_inputs.beside_peers(page)
    rows = words_of.dots(result)
    with_funnel = [c for c in result.comparisons if c.usual_low is not None]
    wanted = page.request.GET.get("measure")
    measure = next((c for c in with_funnel if c.id == wanted), None)
    return page.show(
        "money/benchmarks.jinja",
        title="Benchmarks",
        benchmarks=result,
        picture=ranges(
            "Ratio to England, adjusted for age, sex and deprivation",
            words_of.description(result),
            rows,
            1.0,
        ).called(
            "benchmarks",
            "The line at 1 is England. A band contains 95 of 100 areas. A row without a band does "
            "not count events, so chance does not change it.",
        )
        if rows
        else None,
        comparisons=words_of.comparisons(result),
        peers=words_of.peers(result),
        margins=words_of.margins(result),
        margins_sentence=wording.trust_margins(result.margins),
        method=wording.benchmarks_method(result),
        printed=words_of.printed(result),
        specialised=words_of.specialised(result),
        measures=[(c.id, c.name) for c in with_funnel],
        measure=measure,
        measure_spread=wording.area_spread(measure) if measure else "",
        funnel=_funnel(page, measure.id) if measure else None,
    )


def _funnel(page: PlacePage, measure: str) -> Picture:
    result = page_inputs.beside_peers(page)
    comparison = next(c for c in result.comparisons if c.id == measure)
    inputs = page_inputs.peer_inputs(page)
    limits, points = page.once(
        f"funnel {measure}", lambda: funnel_points(inputs, result.peers, measure)
    )
    return funnel_picture(
        f"{comparison.name}: ratio to the expected number",
        words_of.funnel_description(comparison, list(points), result.place),
        limits,
        points,
    ).called(
        "funnel",
        "Limits contain 95 of 100 areas (full) and 998 of 1,000 (broken), with over-dispersion. "
        "Circles are the most similar places.",
    )
