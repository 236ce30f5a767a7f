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
    found = page_inputs.beside_peers(page)
    rows = words_of.dots(found)
    with_funnel = [c for c in found.comparisons if c.usual_low is not None]
    wanted = page.request.GET.get("measure")
    measure = next((c for c in with_funnel if c.id == wanted), None)
    return page.show(
        "money/benchmarks.jinja",
        title="Benchmarks",
        found=found,
        picture=ranges(
            "Ratio to England, with age, sex and deprivation alike",
            words_of.description(found),
            rows,
            1.0,
        )
        if rows
        else None,
        comparisons=words_of.comparisons(found),
        peers=words_of.peers(found),
        margins=words_of.margins(found),
        margins_sentence=wording.trust_margins(found.margins),
        method=wording.benchmarks_method(found),
        printed=words_of.printed(found),
        specialised=words_of.specialised(found),
        measures=[(c.id, c.name) for c in with_funnel],
        measure=measure,
        measure_spread=wording.area_spread(measure) if measure else "",
        funnel=_funnel(page, measure.id) if measure else None,
    )


def _funnel(page: PlacePage, measure: str) -> Picture:
    found = page_inputs.beside_peers(page)
    comparison = next(c for c in found.comparisons if c.id == measure)
    limits, points = page.once(
        f"funnel {measure}", lambda: funnel_points(page.place, found.peers, measure)
    )
    return funnel_picture(
        f"{comparison.name}: ratio to what is expected",
        words_of.funnel_description(comparison, list(points), found.place),
        limits,
        points,
    )
