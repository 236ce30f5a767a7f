"""What the pages of money and staff are made from, each worked out once for a run or a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tripleaim.accounts import OpenBook, PaymentRules, open_book, read_payment_rules
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
from tripleaim.measures import Benchmarks, benchmarks
from tripleaim.place import InputError
from tripleaim.plan import (
    Basis,
    IncentiveTable,
    OrganisationBooks,
    Outcome,
    RuleComparison,
    StaffBySolution,
    Workspace,
    compare_rules,
    incentives,
    net_of,
    organisation_books,
    staff_by_solution,
)
from tripleaim.web.ui.frame import WITHIN, Page

Incentives = tuple[PaymentRules, IncentiveTable]


def missing(page: Page, path: str) -> Sequence[str]:
    """The files without which the page at `path` has nothing to show, and which are not there."""
    for entries in WITHIN.values():
        for _, address, files in entries:
            if address == path:
                return [name for name in files if not page.place.has(name)]
    return []


def said_of(fault: InputError) -> str:
    """A fault without the folders of this machine."""
    where = f"{Path(fault.file).name}: " if fault.file else ""
    return f"{where}{fault.expected}"


def opened(page: Page) -> Workspace:
    """The run behind the page. Raises InputError where only its document is there."""
    if not isinstance(page.workspace, Workspace):
        raise InputError("the run of this plan was not kept")
    return page.workspace


def outcome(page: Page) -> Outcome:
    """What the page's scenario comes to."""
    run = opened(page)
    return page.once_for_scenario("outcome", lambda: run.outcome(page.scenario))


def books(page: Page) -> OrganisationBooks:
    """Every organisation's book: with what partners claim, or what the scenario chooses."""
    run = opened(page)

    def make() -> OrganisationBooks:
        net = None
        if page.changed:
            found = outcome(page)
            net = net_of(found, found.as_chosen)
        return organisation_books(
            run.place, run.money.calibrated, net=net, residents=run.nothing.residents
        )

    return page.once_for_scenario("books", make)


def incentive_table(page: Page, rule: str, basis: Basis) -> Incentives:
    """Who gains and who loses by each solution under a rule of payment."""
    run = opened(page)

    def make() -> Incentives:
        table = incentives(run, rule, outcome=outcome(page), basis=basis)
        return read_payment_rules(run.place), table

    return page.once_for_scenario(f"incentives {rule} {basis}", make)


def every_rule(page: Page, basis: Basis) -> RuleComparison:
    """The same activity under every rule of payment."""
    run = opened(page)
    return page.once_for_scenario(
        f"rules {basis}", lambda: compare_rules(run, outcome=outcome(page), basis=basis)
    )


def month_by_month(page: Page) -> OpenBook:
    """The open book of the last year reported."""
    return page.once("open book", lambda: open_book(page.place))


def staff(page: Page) -> Workforce:
    """Staff for the activity if nothing changes."""
    run = opened(page)
    activity = run.nothing.activity
    return page.once("workforce", lambda: whole_workforce(run.place, activity))


def mix(page: Page) -> SkillMix | None:
    """The printed primary care tables, made again; None where there are none."""
    if not has_skill_mix(page.place):
        return None
    return page.once("skill mix", lambda: skill_mix(page.place))


def staffing_checks(page: Page) -> Sequence[StaffingCheck]:
    """Whether printed staffing tables hold."""
    return page.once("staffing checks", lambda: check_staffing_tables(page.place))


def moved_work(page: Page) -> StaffBySolution:
    """Whose work each solution moves."""
    run = opened(page)
    return page.once_for_scenario(
        "moved work", lambda: staff_by_solution(run.place, run.groups, outcome(page))
    )


def practices(page: Page) -> Tracker:
    """Primary care tracked."""
    return page.once("primary care", lambda: primary_care(page.place))


def beside_peers(page: Page) -> Benchmarks:
    """The place beside similar ones."""
    return page.once("benchmarks", lambda: benchmarks(page.place))
