"""Inputs of pages of several subjects: the run behind a page, and its scenario's outcome."""

from __future__ import annotations

from tripleaim.place import InputError
from tripleaim.plan import Outcome, Workspace
from tripleaim.web.ui.frame import PlacePage


def run_of(page: PlacePage) -> Workspace:
    """The run behind the page. Raises InputError where only its document is there."""
    if not isinstance(page.workspace, Workspace):
        raise InputError("the run of this plan was not kept; build the plan again")
    return page.workspace


def outcome(page: PlacePage) -> Outcome:
    """What the page's scenario comes to."""
    run = run_of(page)
    return page.once_for_scenario("outcome", lambda: run.outcome(page.scenario))
