"""Who pays whom, and every organisation's income and expenditure."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from tripleaim import wording as words
from tripleaim.place import InputError
from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.pictures.organisations import positions
from tripleaim.web.pages.money.presenters import organisations as words_of
from tripleaim.web.ui.charts.signed import signed_bars
from tripleaim.web.ui.frame import PlacePage


def organisations(page: PlacePage) -> HttpResponse:
    """Positions by organisation, the system as one, flows of a year, what is not booked alike."""
    books = page_inputs.books(page)
    query = page.request.GET
    year = query.get("year", "")
    year = year if year in books.flows else page.place.years[0]
    flows = books.flows[year]
    savings = words_of.savings_named(changed=page.changed)
    line = query.get("line", "")
    line = line if line in flows.lines else ""
    return page.show(
        "money/organisations.jinja",
        title="Organisations",
        answer=words.sentence(books.finding),
        picture=positions(books, savings),
        positions=words_of.positions(books, savings),
        others=words_of.others(books),
        flows_sentence=words.sentence(flows.finding),
        matrix=words_of.matrix(flows, page.place, line),
        year=year,
        line=line,
        year_options=[(y, y) for y in books.years],
        line_options=[(name, words_of.line_name(name)) for name in flows.lines],
        system=words_of.system(books),
        system_sentence=words.sentence(books.consolidations[page.place.years[0]]),
        mismatches=words_of.mismatches(books, page.place),
    )


def _savings_of(page: PlacePage) -> str:
    chosen = "as this scenario chooses them" if page.changed else "as partners claim them"
    return f"Blue makes the position better, purple makes it worse. Savings are {chosen}."


def organisation(page: PlacePage, organisation_id: str) -> HttpResponse:
    """One organisation: bridge, position, income and expenditure by line, who pays whom."""
    try:
        books = page_inputs.books(page)
        account = books.organisation(organisation_id)
    except InputError:
        raise Http404(
            f"This plan has no accounts of an organisation called “{organisation_id}”."
        ) from None
    last = account.years[-1]
    if account.whole:
        bars, labels = words_of.waterfall(account)
        title, description = "Position, £m", words_of.waterfall_description(account)
        table = words_of.steps(account)
    else:
        bars, labels = words_of.flow_bars(account, page.place)
        title, description = f"Payments in {last}, £m", words_of.flow_description(account)
        table = words_of.payments(account, page.place)
    return page.show(
        "money/organisation.jinja",
        title=account.short_name,
        account=account,
        kind=words.capital(account.kind),
        picture=signed_bars(title, description, bars, labels, unit="£m").called(
            "organisation", _savings_of(page) if account.whole else ""
        )
        if bars
        else None,
        table=table,
        position=words_of.position(account),
        lines=words_of.lines(account),
        payments=words_of.payments(account, page.place),
    )
