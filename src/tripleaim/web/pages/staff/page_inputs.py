"""What the pages of staff are made from, each worked out once for a run or a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.capacity import (
    SkillMix,
    StaffingCheck,
    Tracker,
    Workforce,
    has_skill_mix,
    primary_care,
    skill_mix,
)
from tripleaim.capacity import staffing_checks as check_staffing_tables
from tripleaim.capacity import workforce as whole_workforce
from tripleaim.plan import StaffBySolution, staff_by_solution
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.page_inputs import outcome, run_of


def staff(page: PlacePage) -> Workforce:
    """Staff for the activity if nothing changes."""
    run = run_of(page)
    activity = run.nothing.activity
    return page.once("workforce", lambda: whole_workforce(run.place, activity))


def mix(page: PlacePage) -> SkillMix | None:
    """The printed primary care tables, made again; None where there are none."""
    if not has_skill_mix(page.place):
        return None
    return page.once("skill mix", lambda: skill_mix(page.place))


def staffing_checks(page: PlacePage) -> Sequence[StaffingCheck]:
    """Whether printed staffing tables hold."""
    return page.once("staffing checks", lambda: check_staffing_tables(page.place))


def moved_work(page: PlacePage) -> StaffBySolution:
    """Whose work each solution moves."""
    run = run_of(page)
    return page.once_for_scenario(
        "moved work", lambda: staff_by_solution(run.place, run.groups, outcome(page))
    )


def practices(page: PlacePage) -> Tracker:
    """Primary care tracked."""
    return page.once("primary care", lambda: primary_care(page.place))
