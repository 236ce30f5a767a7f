"""The pages of solutions: all of them, one of them, and the form that changes one."""

from __future__ import annotations

from tripleaim.plan import SolutionPart
from tripleaim.web.pages.solutions import presenters, ready, tables, views
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.registry import PageEntry, TableDownload
from tripleaim.web.ui.tables import PageTable


def _part(page: PlacePage, solution: str) -> SolutionPart | None:
    """A solution of the plan, or one that is ready to choose."""
    parts = (*page.document.solutions, *page.document.ready)
    return next((s for s in parts if s.id == solution), None)


def _by_year(page: PlacePage, solution: str) -> PageTable | None:
    part = _part(page, solution)
    return presenters.one_by_year(part, page.document.years) if part else None


def _evidence(page: PlacePage, solution: str) -> PageTable | None:
    part = _part(page, solution)
    return presenters.evidence(part, page.place) if part else None


PAGES = (
    PageEntry(
        address="solutions/",
        section="Solutions",
        name="Solutions",
        question="What closes the gap, by how much, on what evidence?",
        view=views.solutions,
        tables=(
            TableDownload("solutions", lambda page: tables.solutions(page.document)),
            TableDownload("solutions-ready", lambda page: ready.table(page.document)),
            TableDownload(
                "solutions-by-year", lambda page: tables.solutions_by_year(page.document)
            ),
        ),
    ),
    PageEntry(
        address="solutions/<figure:solution_id>/",
        section="Solutions",
        name="A solution",
        question="Why should I believe it?",
        view=views.solution,
        above="solutions/",
        tables=(
            TableDownload("solution-<solution>", _by_year),
            TableDownload("evidence-<solution>", _evidence),
        ),
    ),
    PageEntry(
        address="solutions/<figure:solution_id>/choose/",
        section="Solutions",
        name="A solution",
        question="Why should I believe it?",
        view=views.choose,
        above="solutions/",
    ),
    PageEntry(
        address="solutions/<figure:solution_id>/choose/live/",
        section="Solutions",
        name="A solution",
        question="Why should I believe it?",
        view=views.choose_live,
        above="solutions/",
    ),
)
