"""Who does the work, and primary care."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording
from tripleaim.web.pages.staff import page_inputs
from tripleaim.web.pages.staff.pictures import cover
from tripleaim.web.pages.staff.presenters import primary_care as words_of_practices
from tripleaim.web.pages.staff.presenters import staff as words_of
from tripleaim.web.ui.charts.series import series_picture
from tripleaim.web.ui.frame import PlacePage


def staff(page: PlacePage) -> HttpResponse:
    """Need against supply by group, the skill mix and its staffing, whose work solutions move."""
    workforce = page_inputs.staff(page)
    mix = page_inputs.mix(page)
    tests = page_inputs.staffing_checks(page)
    moved = page_inputs.moved_work(page)
    return page.show(
        "staff/staff.jinja",
        title="Staff",
        workforce=workforce,
        picture=cover(workforce),
        notes=wording.workforce_notes(workforce),
        groups=words_of.groups(workforce),
        measured=words_of.measured(workforce, page.place),
        supply=words_of.by_group_and_year(workforce),
        organisations=words_of.by_organisation(workforce, page.place),
        mix=mix,
        mixes=[words_of.mix(mix, what) for what in ("wte", "contacts", "hours")] if mix else [],
        cells=words_of.cells(mix) if mix else None,
        tests=tests,
        test_table=words_of.tests(tests),
        moved=moved,
        moved_table=words_of.moved(moved, page.place),
    )


def primary_care(page: PlacePage) -> HttpResponse:
    """Practices by form, what is rolled out, contacts that can be made, what it costs."""
    tracker = page_inputs.practices(page)
    return page.show(
        "staff/primary_care.jinja",
        title="Primary care",
        tracker=tracker,
        picture=series_picture(
            "Contacts a week in primary care",
            words_of_practices.description(tracker),
            words_of_practices.lines(tracker),
            tracker.years,
            from_zero=False,
        ).called(
            "contacts",
            "The scale does not start at zero, so that you can tell the lines apart.",
        ),
        notes=wording.primary_care_notes(tracker),
        capacity=words_of_practices.capacity(tracker),
        measures=words_of_practices.measures(tracker),
        money=words_of_practices.money(tracker),
    )
