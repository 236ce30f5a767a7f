"""The difference between two scenarios: one bar a year, up is better here."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.charts.lines import YearlyValues, line_picture
from tripleaim.web.ui.charts.picture import (
    COLOURS,
    INK,
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    picture,
)
from tripleaim.web.ui.charts.readings import READING
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel


def savings_by_year(document: PlanDocument, savings: YearlyValues, description: str) -> Picture:
    """What the solutions save together, as claimed, after overlap and on evidence."""
    drawn = line_picture("Savings, £m a year", description, savings, document.years, {})
    return drawn.called("savings")


def difference_by_year(difference: Mapping[str, float], description: str) -> Picture:
    """The position here less the position there, by year."""
    title = "Difference in NHS position, £m a year; above zero is better here"

    def draw(narrow: bool) -> Spec:
        size = 13 if narrow else 15
        by_year = list(difference.items())
        rows = [
            {
                "year": year[2:] if narrow else year,
                "value": value,
                "from": 0,
                "text": words.tenths(value),
            }
            for year, value in difference.items()
        ]
        x = channel("year:O", sort=None, axis=Axis(title=None, labelAngle=0, grid=False))
        room = max([abs(v) for v in difference.values()] + [0.1]) * 1.25
        low = -room if min([0.0, *difference.values()]) < 0 else 0.0
        high = room if max([0.0, *difference.values()]) > 0 or not low else 0.0
        y = channel(
            "value:Q",
            scale=Scale(domain=[low, high], nice=False),
            axis=Axis(title=None, tickCount=5),
        )
        layers = [
            marks(
                [
                    {**row, READING: f"{year}: {_better(value)}"}
                    for row, (year, value) in zip(rows, by_year, strict=True)
                ]
            )
            .mark_bar(color=COLOURS["as_chosen"][0], size=36)
            .encode(x=x, y=y, y2="from:Q"),
            marks([{"value": 0}]).mark_rule(color=INK, strokeWidth=1.5).encode(y=y),
            marks(rows)
            .mark_text(fontWeight="bold", color=INK, dy={"expr": "datum.value < 0 ? 12 : -12"})
            .encode(x=x, y=y, text="text:N"),
        ]
        heading = ["Difference in NHS position, £m a year;", "above zero is better here"]
        return layered(
            layers,
            size=size,
            width=NARROW - 60 if narrow else WIDE - 120,
            height=240 if narrow else 280,
            title=heading if narrow else title,
        )

    return picture(title, description, draw).called("difference")


def _better(million: float) -> str:
    """A difference with its direction: £1.2m better here."""
    if abs(million) < words.NOTHING:
        return "no difference"
    return f"{words.money(abs(million))} {'better' if million > 0 else 'worse'} here"
