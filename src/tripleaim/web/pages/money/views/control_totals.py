"""Who meets its control total, what each quarter earned of the fund, and quality payments."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.presenters import control_totals as words_of
from tripleaim.web.pages.money.presenters import open_book
from tripleaim.web.ui.frame import PlacePage


def control_totals(page: PlacePage) -> HttpResponse:
    """The rules of the last year reported, applied to the returns that were sent."""
    rules = page_inputs.rules(page)
    return page.show(
        "money/control_totals.jinja",
        title="Control totals",
        answer=words_of.answer(rules),
        demonstration=open_book.is_demonstration(page.place),
        turnaround=words_of.turnaround(rules),
        fund=words_of.fund(rules),
        quality=words_of.quality(rules, page.place),
        shares=words_of.shares(page.place),
        earned=[one.every_standard for one in rules.fund] if rules else [],
    )
