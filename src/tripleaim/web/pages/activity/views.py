"""What will be needed if nothing changes."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.backtest import recorded_growth
from tripleaim.web.pages.activity import presenters as words_of
from tripleaim.web.pages.activity import tables
from tripleaim.web.pages.activity.pictures import small_multiples
from tripleaim.web.ui.frame import PlacePage


def activity(page: PlacePage) -> HttpResponse:
    """Twelve small multiples, then what explains the growth."""
    document = page.document
    growths = page.once("recorded growth", lambda: recorded_growth(page.place))
    return page.show(
        "activity/activity.jinja",
        title="Activity if nothing changes",
        answer=words_of.answer(document),
        printed=words_of.is_printed(document),
        findings=words_of.findings(document),
        measured_sentence=words_of.measured_sentence(document),
        measured=words_of.measured(document),
        picture=small_multiples(document, words_of.description(document)),
        growth=tables.growth(document),
        split=words_of.split(document),
        recorded=words_of.recorded(document, growths),
        recorded_sentence=words_of.recorded_sentence(document, growths),
        by_luck=words_of.by_luck(document),
        luck_note=words.SMALL_NUMBERS_NOTE,
        table=tables.activity(document),
    )
