"""What a scenario changes, and the form of what may be assumed otherwise."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect

from tripleaim.plan import altered
from tripleaim.web.pages.scenario import forms
from tripleaim.web.pages.scenario import presenters as words_of
from tripleaim.web.ui.answers import attached
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.what_if import after_change, faults, what_if

FORM = "scenario/assumptions/"
PLAN = ""
TITLE = "Assumptions"


def scenario(page: PlacePage) -> HttpResponse:
    """What does this scenario change?"""
    name = words_of.named(page.scenario, page.request.GET.get("name", ""))
    return page.show(
        "scenario/scenario.jinja",
        title=name if page.changed else "Scenario",
        answer=words_of.changes_answer(page),
        changes=words_of.changes(page),
        name=name,
        address=page.request.build_absolute_uri(page.base),
    )


def scenario_file(page: PlacePage) -> HttpResponse:
    """The scenario under the name that a reader gave, as a file for the command line."""
    name = words_of.named(page.scenario, page.request.GET.get("name", ""))
    body = replace(page.scenario, name=name).toml().encode()
    return attached(page, body, "application/toml; charset=utf-8", "my-scenario.toml")


def assumptions(page: PlacePage) -> HttpResponse:
    """The form, as the scenario has it."""
    return _form(page, forms.now(page.built.place, page.scenario))


def assume(page: PlacePage) -> HttpResponse:
    """Take the form: a new address if it can be used, else the form again with its faults."""
    place = page.built.place
    form = forms.typed(page.request.GET, place)
    values = form.values(place)
    if form.faults:
        return _form(page, form)
    there = altered(place, page.scenario, assumptions=values)
    return HttpResponseRedirect(after_change(page, there, PLAN), status=303)


def assume_live(page: PlacePage) -> HttpResponse:
    """What the form would do, answered while it is filled in."""
    place = page.built.place
    form = forms.typed(page.request.GET, place)
    values = form.values(place)
    if form.faults:
        return faults(page, form.faults)
    return what_if(page, altered(place, page.scenario, assumptions=values), FORM, TITLE)


def _form(page: PlacePage, form: forms.AssumptionsForm) -> HttpResponse:
    question = page.question
    return page.show(
        "scenario/assumptions.jinja",
        title=f"Error: {question}" if form.faults else TITLE,
        groups=words_of.groups(page, form),
        form=form,
        faults=[{"text": text, "href": f"#{name}"} for name, text in form.faults.items()],
        calibrated=words_of.calibration_adds(page.document),
    )
