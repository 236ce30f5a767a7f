"""Who waits for planned care."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.measures import WaitingList, access_targets, trust_waits, waiting_list
from tripleaim.web.pages.activity import waiting_presenters as words_of
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.missing_data import missing_data
from tripleaim.web.ui.tables import PageTable


def waiting(page: PlacePage) -> HttpResponse:
    """The list by specialty against the target, and what it is in weeks of planned care."""
    found = _list(page)
    if found is None:
        return missing_data(page, "not known for this place: nobody is on its waiting list")
    return page.show(
        "activity/waiting.jinja",
        title="Waiting list",
        answer=words_of.answer(found, page.place.name),
        target=words_of.target_sentence(found, _targets(page)),
        work=words_of.work_sentence(found, page.document),
        table=words_of.specialties(found),
        trusts=trusts(page),
    )


def specialties(page: PlacePage) -> PageTable | None:
    """The list by specialty; None where it is not known."""
    found = _list(page)
    return words_of.specialties(found) if found else None


def trusts(page: PlacePage) -> PageTable | None:
    """How long people wait at own trusts; None where it is not known."""
    found = page.once("trust waits", lambda: trust_waits(page.place))
    return words_of.trusts(found, page.place) if found else None


def _list(page: PlacePage) -> WaitingList | None:
    return page.once("waiting list", lambda: waiting_list(page.place))


def _targets(page: PlacePage) -> dict[str, float]:
    """Per cent to be within 18 weeks, by year of the plan; empty where no target is known."""
    if not page.place.has("access_targets.csv"):
        return {}
    return {
        year: one.value
        for target in access_targets(page.place)
        if target.target == "18 weeks"
        for year, one in target.by_year.items()
        if year in page.place.years
    }
