"""Who is short of what."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.web.pages.money import tables
from tripleaim.web.pages.money.pictures.sides import position_by_side
from tripleaim.web.pages.money.presenters import money as words_of
from tripleaim.web.ui.frame import PlacePage


def money(page: PlacePage) -> HttpResponse:
    """The position of each side by year, then the lines and what calibration added."""
    document = page.document
    return page.show(
        "money/money.jinja",
        title="Money",
        answer=words_of.answer(document),
        pictures=[
            position_by_side(document, side, words_of.description(document, side))
            for side in document.sides
        ],
        table=tables.sides(document),
        lines=[t for side in document.sides if (t := tables.lines(document, side)).rows],
        calibrated=words_of.calibrated(document),
        calibrated_table=tables.calibrated(document),
        other_prices=words_of.other_prices(page.place),
        carried_prices=tables.carried_prices(page.place),
        price_rises=tables.price_rises(page.place),
        stf=words_of.stf(document),
    )
