"""What papers are made from: what the pages of a place are made from, as far as it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tripleaim.capacity import Workforce
from tripleaim.data_folder import DamagedFileError
from tripleaim.place import InputError, Place
from tripleaim.plan import (
    Finding,
    OrganisationBooks,
    PlanDocument,
    PoundBySetting,
    StaffBySolution,
)
from tripleaim.prevention import PreventionDocument
from tripleaim.web.pages.money import page_inputs as of_money
from tripleaim.web.pages.money.presenters.organisations import savings_named
from tripleaim.web.pages.plan.presenters.evidence import intervals
from tripleaim.web.pages.plan.views.plan import change
from tripleaim.web.pages.staff import page_inputs as of_staff
from tripleaim.web.ui.frame import PlacePage, missing_files
from tripleaim.web.ui.long_jobs import job_results
from tripleaim.web.ui.registry import registry

T = TypeVar("T")


@dataclass(frozen=True)
class Material:
    """A plan under a scenario, with what is worked out of it; None where a place lacks a thing.

    `change` says what the scenario changes, "" for the plan as printed; `savings` whose savings
    the books of organisations have in them.
    """

    document: PlanDocument
    place: Place
    findings: Sequence[Finding]
    intervals: Mapping[str, Mapping[str, tuple[float, float]]]
    change: str
    savings: str
    books: OrganisationBooks | None
    pound: PoundBySetting | None
    workforce: Workforce | None
    moved: StaffBySolution | None
    prevention: PreventionDocument | None


def material(page: PlacePage) -> Material:
    """What papers of this page's place and scenario are made from.

    Prevention and draws are the newest that were worked out from the inputs as they are; the draws
    are of the plan as printed alone.
    """
    futures = None if page.changed else job_results.if_readable(page, "futures")
    prevention = job_results.if_readable(page, "prevention")
    return Material(
        document=page.document,
        place=page.place,
        findings=page.workspace.audit,
        intervals=intervals(page.document, futures.document if futures else None),
        change=change(page),
        savings=savings_named(changed=page.changed),
        books=_known(page, "money/organisations/", lambda: of_money.books(page)),
        pound=_known(page, "money/settings/", lambda: of_money.pound(page)),
        workforce=_known(page, "staff/", lambda: of_staff.staff(page)),
        moved=_known(page, "staff/", lambda: of_staff.moved_work(page)),
        prevention=prevention.document if prevention else None,
    )


def _known(page: PlacePage, address: str, work_out: Callable[[], T]) -> T | None:
    """What the page at an address is made from; None where that page says what it lacks."""
    if missing_files(registry().at(address), page.place):
        return None
    try:
        return work_out()
    except DamagedFileError:
        # What a place lacks is left out of a paper; what is damaged is told.
        raise
    except InputError:
        return None
