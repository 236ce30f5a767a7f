"""The pages of staff."""

from __future__ import annotations

from collections.abc import Callable

from tripleaim.capacity import SkillMix
from tripleaim.web.pages.staff import page_inputs, views
from tripleaim.web.pages.staff.presenters import primary_care, staff
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.registry import Needs, PageEntry, TableDownload
from tripleaim.web.ui.tables import PageTable


def _of_mix(table: Callable[[SkillMix], PageTable]) -> Callable[[PlacePage], PageTable | None]:
    """A table of the skill mix; none where the plan prints none."""

    def of_page(page: PlacePage) -> PageTable | None:
        mix = page_inputs.mix(page)
        return table(mix) if mix else None

    return of_page


PAGES = (
    PageEntry(
        address="staff/",
        section="Staff",
        name="Need and supply",
        question="Who does the work?",
        rests_on=("staff_shares.csv", "staff_supply.csv", "staff_levels.csv", "skill_mix.csv"),
        view=views.staff,
        slow=True,
        needs=Needs(files=("staff.csv",)),
        tables=(
            TableDownload(
                "staff-measured", lambda page: staff.measured(page_inputs.staff(page), page.place)
            ),
            TableDownload("staff", lambda page: staff.groups(page_inputs.staff(page))),
            TableDownload(
                "staff-supply", lambda page: staff.by_group_and_year(page_inputs.staff(page))
            ),
            TableDownload(
                "staff-organisations",
                lambda page: staff.by_organisation(page_inputs.staff(page), page.place),
            ),
            TableDownload(
                "staff-solutions",
                lambda page: staff.moved(page_inputs.moved_work(page), page.place),
            ),
            TableDownload("skill-mix-wte", _of_mix(lambda mix: staff.mix(mix, "wte"))),
            TableDownload("skill-mix-contacts", _of_mix(lambda mix: staff.mix(mix, "contacts"))),
            TableDownload("skill-mix-hours", _of_mix(lambda mix: staff.mix(mix, "hours"))),
            TableDownload("skill-mix-cells", _of_mix(staff.cells)),
            TableDownload(
                "supply-test", lambda page: staff.tests(page_inputs.staffing_checks(page))
            ),
        ),
    ),
    PageEntry(
        address="staff/primary-care/",
        section="Staff",
        name="Primary care",
        question="Is primary care moving as the plan says?",
        ignores_scenarios=True,
        view=views.primary_care,
        needs=Needs(files=("primary_care.csv", "skill_mix.csv")),
        tables=(
            TableDownload(
                "primary-care", lambda page: primary_care.measures(page_inputs.practices(page))
            ),
            TableDownload(
                "primary-care-capacity",
                lambda page: primary_care.capacity(page_inputs.practices(page)),
            ),
            TableDownload(
                "primary-care-money", lambda page: primary_care.money(page_inputs.practices(page))
            ),
        ),
    ),
)
