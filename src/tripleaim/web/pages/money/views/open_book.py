"""The open book: months against plan and control total, schemes, what is still to be found."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.presenters import open_book as words_of
from tripleaim.web.ui.charts.bars import plain_bars
from tripleaim.web.ui.charts.series import series_picture
from tripleaim.web.ui.frame import PlacePage


def open_book(page: PlacePage) -> HttpResponse:
    """Months so far and at this rate; a place without returns has its schemes alone."""
    book = page_inputs.month_by_month(page)
    place = page.place
    picture = None
    if book.system:
        picture = series_picture(
            f"Cumulative position of all organisations that report, by month, {book.year}, £m",
            words_of.description(book),
            words_of.lines(book.system),
            words_of.MONTHS,
            words_of.band(book.system),
            unit="£m",
        ).called("open-book", words.OUTTURN_METHOD)
    elif book.schemes.schemes:
        worth = [
            (words.capital(m), round(float(v) / 1e6, 1))
            for m, v in book.schemes.by_maturity.items()
        ]
        amounts = words.listed([f"{name.lower()} {words.money(v)}" for name, v in worth])
        picture = plain_bars(
            f"Savings schemes of {book.schemes.year} by maturity, £m",
            f"Bars of savings schemes by maturity: {amounts}.",
            worth,
        ).called("schemes")
    return page.show(
        "money/open_book.jinja",
        title="Open book",
        book=book,
        demonstration=words_of.is_demonstration(place),
        picture=picture,
        organisations=words_of.by_organisation(book),
        movements=words_of.movements(book),
        variances=words_of.variances(book),
        schemes=words_of.schemes(book, place),
        scheme_notes=words_of.scheme_notes(book),
        not_alike=words_of.missing_or_differing(book, place),
        to_find=words_of.still_to_find(place),
        control_totals=words_of.control_totals(place),
        grants=words_of.grant_table(place),
    )
