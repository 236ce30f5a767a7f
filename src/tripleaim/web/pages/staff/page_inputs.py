"""What the pages of staff are made from, each worked out once for a run or a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.capacity import (
    SkillMix,
    StaffingCheck,
    StaffInputs,
    Tracker,
    Workforce,
    primary_care,
    staff_inputs,
)
from tripleaim.capacity import staffing_checks as check_staffing_tables
from tripleaim.capacity import workforce as whole_workforce
from tripleaim.plan import StaffBySolution, staff_by_solution
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.page_inputs import outcome, run_of


def inputs(page: PlacePage) -> StaffInputs:
    """The staff tables of the place."""
    return page.once("staff inputs", lambda: staff_inputs(page.place))


def staff(page: PlacePage) -> Workforce:
    """Staff for the activity if nothing changes."""
    run = run_of(page)
    activity = run.nothing.activity
    return page.once("workforce", lambda: whole_workforce(inputs(page), activity))


def mix(page: PlacePage) -> SkillMix | None:
    """The printed primary care tables, reproduced; None where there are none."""
    return inputs(page).mix


def staffing_checks(page: PlacePage) -> Sequence[StaffingCheck]:
    """Whether printed staffing tables hold."""
    return page.once("staffing checks", lambda: check_staffing_tables(inputs(page)))


def moved_work(page: PlacePage) -> StaffBySolution:
    """Whose work each solution moves."""
    run = run_of(page)
    return page.once_for_scenario(
        "moved work", lambda: staff_by_solution(run.place, run.groups, outcome(page))
    )


def practices(page: PlacePage) -> Tracker:
    """Primary care tracked."""
    return page.once("primary care", lambda: primary_care(page.place))
