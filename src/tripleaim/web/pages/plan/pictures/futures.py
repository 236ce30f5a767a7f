"""The gap by year as fans, four ways, and what drives a headline."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.plan import FuturesDocument, HeadlinePart
from tripleaim.uncertainty import FanPart, IntervalByYear
from tripleaim.web.pages.plan.presenters import futures as words_of
from tripleaim.web.ui.charts.bars import plain_bars
from tripleaim.web.ui.charts.fan import Panel, fan_panels
from tripleaim.web.ui.charts.picture import COLOURS, Picture


def gap_fans(document: FuturesDocument, caption: str) -> Picture:
    """The NHS position on each basis, on one scale."""
    last = document.years[-1]
    panels = []
    for name in words_of.POSITIONS:
        by_year = words_of.nhs(document, name)
        panels.append(
            Panel(
                words.position_name(name),
                (words_of.span(by_year[last]), f"in {last}, 10% to 90%"),
                _fan(by_year, document.years),
                COLOURS[name][0],
            )
        )
    return fan_panels(
        "NHS gap, £m a year, with its 10% to 90%",
        words_of.description(document),
        panels,
        document.years,
        across=2,
        unit="£m",
    ).called("gap-fans", caption)


def drivers(headline: HeadlinePart) -> Picture | None:
    """What drives a headline, as bars; None where nothing does."""
    bars = words_of.bars(headline)
    if not bars:
        return None
    return plain_bars(
        "Share of the variance, %",
        f"Bar chart. {words_of.drivers_sentence(headline)}",
        bars,
    ).called(
        "drivers",
        f"{headline.name}: the share of its variance that knowing each number would remove. "
        "Numbers that share a cause move together and count as one.",
    )


def _fan(by_year: IntervalByYear, years: Sequence[str]) -> FanPart:
    intervals = [by_year[year] for year in years]
    return FanPart(
        central=[f.central for f in intervals],
        p10=[f.p10 for f in intervals],
        p50=[f.p50 for f in intervals],
        p90=[f.p90 for f in intervals],
    )
