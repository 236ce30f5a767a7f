"""Where each pound goes, and whether it moves from bed to home and to prevention."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.pictures.settings import pence_by_setting
from tripleaim.web.pages.money.presenters import settings as words_of
from tripleaim.web.ui.frame import PlacePage


def settings(page: PlacePage) -> HttpResponse:
    """Pence of a pound by setting; the basis beside do nothing is chosen in the address."""
    pound = page_inputs.pound(page)
    offered = words_of.bases(pound)
    asked = page.request.GET.get("basis")
    basis = next((b for b, _ in offered if b == asked), words_of.usual_basis(pound))
    return page.show(
        "money/settings.jinja",
        title="The pound by setting",
        answer=words_of.answer(pound),
        bases=offered,
        basis=basis,
        picture=pence_by_setting(pound, basis),
        aims=words_of.aims(pound, basis),
        pence=words_of.by_pence(pound),
        money=words_of.by_money(pound),
        sums=words_of.sums(pound),
        shares=words_of.shares(pound, page.place),
        not_known=words_of.not_known(pound, basis),
    )
