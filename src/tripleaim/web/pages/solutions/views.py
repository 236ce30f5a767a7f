"""The solutions, each solution's page, and the form that makes a new scenario of it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect

from tripleaim.place import Solution
from tripleaim.plan import Basis, Choice, Scenario, SolutionPart
from tripleaim.web.pages.solutions import forms, ready, tables
from tripleaim.web.pages.solutions import presenters as words_of
from tripleaim.web.pages.solutions import printed as printed_lines
from tripleaim.web.pages.solutions.filters import SORTS, Filters
from tripleaim.web.pages.solutions.pictures import bars, effect_by_year
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.tables import PageTable
from tripleaim.web.ui.what_if import faults, what_if


def solutions(page: PlacePage) -> HttpResponse:
    """What closes the gap, by how much, on what evidence?"""
    document = page.document
    query = page.request.GET
    sort = query.get("sort", "claim")
    filters = Filters(
        priority=query.get("priority", ""),
        owner=query.get("owner", ""),
        maturity=query.get("maturity", ""),
        evidence_class=query.get("class", ""),
        design=query.get("design", ""),
        directness=query.get("directness", ""),
        bias=query.get("bias", ""),
        sort=sort if sort in SORTS else "claim",
    )
    last = document.years[-1]
    shown = filters.shown(document.solutions, last)
    order = {s.id: i for i, s in enumerate(shown)}
    every = tables.solutions(document)
    drawn = [s for s in shown if s.amount_known]
    rows = sorted((r for r in every.rows if r["id"] in order), key=lambda r: order[r["id"]])
    return page.show(
        "solutions/solutions.jinja",
        title="Solutions",
        answer=words_of.answer(document, shown),
        picture=bars(drawn, last, words_of.description(drawn, last), document.claim_tag)
        if drawn
        else None,
        table=PageTable(every.name, every.caption, every.columns, rows),
        filters=filters,
        ready=ready.table(document),
        choices=[
            (part.name, page.address_under(_taken_in(page, part.id)) + f"solutions/{part.id}/")
            for part in document.ready
        ],
        evidence_sum="" if filters.asked else words_of.evidence_sum(document),
        options=words_of.options(document, page.place),
        sorts=[
            (text, "?" + urlencode({**filters.asked, "sort": key}), key == filters.sort)
            for key, text in SORTS.items()
        ],
    )


def solution(page: PlacePage, solution_id: str) -> HttpResponse:
    """Why should I believe it?"""
    known, part = _found(page, solution_id)
    form = forms.now(page.scenario, known)
    if not page.scenario.takes_in(known):
        form = replace(form, basis=str(Basis.ON_EVIDENCE))
    return _show(page, known, part, form)


def choose(page: PlacePage, solution_id: str) -> HttpResponse:
    """Take the form: to the plan with its change, or the form again with its faults."""
    known, part = _found(page, solution_id)
    form = forms.typed(page.request.GET, forms.now(page.scenario, known))
    choice = form.choice(page.place)
    if choice is None:
        return _show(page, known, part, form)
    scenario = forms.with_choice(page.built.place, page.scenario, solution_id, choice)
    # The strip of the page it leads to says what this did, against what was there before.
    before = page.scenario.token
    was = f"?{urlencode({'was': before})}" if before and scenario != page.scenario else ""
    return HttpResponseRedirect(page.address_under(scenario) + was, status=303)


def choose_live(page: PlacePage, solution_id: str) -> HttpResponse:
    """What the form would do, answered while it is filled in."""
    known, part = _found(page, solution_id)
    form = forms.typed(page.request.GET, forms.now(page.scenario, known))
    choice = form.choice(page.place)
    if choice is None:
        return faults(page, form.faults)
    scenario = forms.with_choice(page.built.place, page.scenario, solution_id, choice)
    return what_if(page, scenario, f"solutions/{solution_id}/", part.name)


def _found(page: PlacePage, solution_id: str) -> tuple[Solution, SolutionPart]:
    known = next((s for s in page.place.solutions if s.id == solution_id), None)
    parts = (*page.document.solutions, *page.document.ready)
    part = next((s for s in parts if s.id == solution_id), None)
    if known is None or part is None:
        raise Http404(f"The plan has no solution called “{solution_id}”.")
    return known, part


def _taken_in(page: PlacePage, solution_id: str) -> Scenario:
    """The scenario with one solution that is ready to choose, counted on evidence."""
    choice = Choice(Basis.ON_EVIDENCE)
    return forms.with_choice(page.built.place, page.scenario, solution_id, choice)


def _show(
    page: PlacePage, known: Solution, part: SolutionPart, form: forms.ChoiceForm
) -> HttpResponse:
    years = page.document.years
    return page.show(
        "solutions/solution.jinja",
        title=f"Error: {part.name}" if form.faults else part.name,
        solution=part,
        known=known,
        answer=words_of.one_answer(part, years[-1]),
        picture=effect_by_year(part, years, words_of.one_description(part, years)),
        table=words_of.one_by_year(part, years),
        evidence=words_of.evidence(part, page.place),
        printed=printed_lines.printed(part, page.place),
        printed_start=printed_lines.is_printed(part, "start"),
        reached=words_of.reached(part, years[-1]),
        partners=words_of.partners(part, page.place),
        cost=words_of.cost(part),
        priority=page.place.priorities.get(part.priority, ""),
        source=page.place.sources.get(part.claim_source),
        form=form,
        bases=forms.BASES,
        changed=part.id in page.scenario.choices,
        in_plan=page.scenario.takes_in(known),
        take_in=page.address_under(_taken_in(page, part.id)),
    )
