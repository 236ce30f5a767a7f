"""The tables that pages of money offer, each by its name as a file."""

from __future__ import annotations

from collections.abc import Callable

from tripleaim.accounts import OrganisationAccount
from tripleaim.plan import OF_INCENTIVES, Basis
from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.presenters import (
    benchmarks,
    control_totals,
    incentives,
    open_book,
    organisations,
    settings,
)
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.registry import TableDownload
from tripleaim.web.ui.tables import PageTable


def _one(
    table: Callable[[PlacePage, OrganisationAccount], PageTable],
) -> Callable[..., PageTable | None]:
    """A table of one organisation's account; none where the plan has no book of it."""

    def of_organisation(page: PlacePage, organisation: str) -> PageTable | None:
        accounts = page_inputs.books(page).organisations
        account = next((a for a in accounts if a.id == organisation), None)
        return table(page, account) if account else None

    return of_organisation


def _all_solutions(page: PlacePage, rule: str, basis: str) -> PageTable | None:
    if basis not in OF_INCENTIVES:
        return None
    _, table = page_inputs.incentive_table(page, rule, Basis(basis))
    return incentives.solutions(table, page.document.claim_tag)


def _all_organisations(page: PlacePage, rule: str, basis: str) -> PageTable | None:
    if basis not in OF_INCENTIVES:
        return None
    _, table = page_inputs.incentive_table(page, rule, Basis(basis))
    return incentives.organisations(table, table.organisations, "")


def _rules(page: PlacePage) -> PageTable:
    basis = Basis.AS_CHOSEN if page.changed else Basis.AFTER_OVERLAP
    return incentives.rules(page_inputs.every_rule(page, basis))


ORGANISATIONS = (
    TableDownload(
        "organisations",
        lambda page: organisations.positions(page_inputs.books(page), "with savings"),
    ),
    TableDownload(
        "organisations-others", lambda page: organisations.others(page_inputs.books(page))
    ),
    TableDownload(
        "flows", lambda page: organisations.every_flow(page_inputs.books(page), page.place)
    ),
    TableDownload(
        "mismatches", lambda page: organisations.mismatches(page_inputs.books(page), page.place)
    ),
    TableDownload("system", lambda page: organisations.system(page_inputs.books(page))),
)
ORGANISATION = (
    TableDownload("bridge-<organisation>", _one(lambda _, a: organisations.steps(a))),
    TableDownload("position-<organisation>", _one(lambda _, a: organisations.position(a))),
    TableDownload("organisation-<organisation>", _one(lambda _, a: organisations.lines(a))),
    TableDownload(
        "dealings-<organisation>", _one(lambda page, a: organisations.payments(a, page.place))
    ),
)
INCENTIVES = (
    TableDownload("incentives-organisations-<rule>-<basis>", _all_organisations),
    TableDownload("incentives-<rule>-<basis>", _all_solutions),
)
RULES = (TableDownload("payment-rules", _rules),)
OPEN_BOOK = (
    TableDownload(
        "open-book", lambda page: open_book.by_organisation(page_inputs.month_by_month(page))
    ),
    TableDownload(
        "open-book-months", lambda page: open_book.movements(page_inputs.month_by_month(page))
    ),
    TableDownload(
        "open-book-lines", lambda page: open_book.variances(page_inputs.month_by_month(page))
    ),
    TableDownload(
        "schemes", lambda page: open_book.schemes(page_inputs.month_by_month(page), page.place)
    ),
    TableDownload("control-totals", lambda page: open_book.control_totals(page.place)),
    TableDownload("grants", lambda page: open_book.grant_table(page.place)),
)
CONTROL_TOTALS = (
    TableDownload("turnaround", lambda page: control_totals.turnaround(page_inputs.rules(page))),
    TableDownload("fund-by-quarter", lambda page: control_totals.fund(page_inputs.rules(page))),
    TableDownload(
        "quality-payments", lambda page: control_totals.quality(page_inputs.rules(page), page.place)
    ),
)
BENCHMARKS = (
    TableDownload(
        "benchmarks", lambda page: benchmarks.comparisons(page_inputs.beside_peers(page))
    ),
    TableDownload("peers", lambda page: benchmarks.peers(page_inputs.beside_peers(page))),
    TableDownload("margins", lambda page: benchmarks.margins(page_inputs.beside_peers(page))),
    TableDownload("right-sizing", lambda page: benchmarks.printed(page_inputs.beside_peers(page))),
    TableDownload(
        "specialised", lambda page: benchmarks.specialised(page_inputs.beside_peers(page))
    ),
)
SETTINGS = (
    TableDownload("settings-pence", lambda page: settings.by_pence(page_inputs.pound(page))),
    TableDownload("settings-money", lambda page: settings.by_money(page_inputs.pound(page))),
    TableDownload("settings-sums", lambda page: settings.sums(page_inputs.pound(page))),
    TableDownload(
        "settings-shares", lambda page: settings.shares(page_inputs.pound(page), page.place)
    ),
)
