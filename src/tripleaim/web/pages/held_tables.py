"""The tables of money and staff by their names as files."""

from __future__ import annotations

from collections.abc import Iterable

from tripleaim.plan import OF_INCENTIVES, Basis
from tripleaim.web.pages.money.presenters import benchmarks, incentives, open_book, organisations
from tripleaim.web.pages.outcomes.presenters import backtest
from tripleaim.web.pages.plan.presenters import futures
from tripleaim.web.pages.staff.presenters import primary_care as practices
from tripleaim.web.pages.staff.presenters import staff as staff_words
from tripleaim.web.ui import page_inputs as workings
from tripleaim.web.ui.frame import Page
from tripleaim.web.ui.long_jobs import job_results as worked_out
from tripleaim.web.ui.tables import Table


def table(page: Page, name: str) -> Table | None:
    """The table called `name`; None if there is none.

    Raises InputError where the place lacks what it is made from.
    """
    for starts, tables in MADE.items():
        if name.startswith(starts):
            return next((t for t in tables(page, name) if t.name == name), None)
    return None


def _organisations(page: Page, _name: str) -> Iterable[Table]:
    books = workings.books(page)
    yield organisations.positions(books, "with savings")
    yield organisations.others(books)
    yield organisations.every_flow(books, page.place)
    yield organisations.mismatches(books, page.place)
    yield organisations.system(books)
    for account in books.organisations:
        yield organisations.steps(account)
        yield organisations.position(account)
        yield organisations.lines(account)
        yield organisations.dealings(account, page.place)


def _incentives(page: Page, name: str) -> Iterable[Table]:
    for basis in OF_INCENTIVES:
        if name.endswith(f"-{basis}"):
            rule = name.removeprefix("incentives-").removeprefix("organisations-")
            _, found = workings.incentive_table(page, rule.removesuffix(f"-{basis}"), basis)
            yield incentives.solutions(found)
            yield incentives.organisations(found, found.organisations, "")


def _rules(page: Page, _name: str) -> Iterable[Table]:
    yield incentives.rules(
        workings.every_rule(page, Basis.AS_CHOSEN if page.changed else Basis.AFTER_OVERLAP)
    )


def _open_book(page: Page, _name: str) -> Iterable[Table]:
    book = workings.month_by_month(page)
    yield open_book.by_organisation(book)
    yield open_book.movements(book)
    yield open_book.variances(book)
    yield open_book.schemes(book, page.place)
    yield open_book.control_totals(page.place)
    yield open_book.grant_table(page.place)


def _staff(page: Page, _name: str) -> Iterable[Table]:
    found = workings.staff(page)
    yield staff_words.groups(found)
    yield staff_words.by_group_and_year(found)
    yield staff_words.by_organisation(found, page.place)
    yield staff_words.moved(workings.moved_work(page), page.place)


def _mix(page: Page, _name: str) -> Iterable[Table]:
    yield staff_words.tests(workings.staffing_checks(page))
    found = workings.mix(page)
    if found:
        yield from (staff_words.mix(found, what) for what in ("wte", "contacts", "hours"))
        yield staff_words.cells(found)


def _practices(page: Page, _name: str) -> Iterable[Table]:
    found = workings.practices(page)
    yield from (practices.measures(found), practices.capacity(found), practices.money(found))


def _benchmarks(page: Page, _name: str) -> Iterable[Table]:
    found = workings.beside_peers(page)
    yield from (benchmarks.comparisons(found), benchmarks.peers(found))
    yield from (benchmarks.margins(found), benchmarks.printed(found))
    spend = benchmarks.specialised(found)
    if spend:
        yield spend


def _backtest(page: Page, _name: str) -> Iterable[Table]:
    found = worked_out.backtest(page, page.request.GET.get("run", ""))
    if found:
        yield backtest.groups(found.document)
        yield backtest.elsewhere(found.document)
        yield backtest.series(found.document)


def _futures(page: Page, _name: str) -> Iterable[Table]:
    found = worked_out.futures(page, page.request.GET.get("run", ""))
    if found:
        document = found.document
        headline = futures.headline_shown(document, page.request.GET.get("headline", ""))
        yield from (futures.by_year(document), futures.headlines(document))
        yield from (futures.drivers(headline), futures.options(document), futures.worth(document))
        yield futures.beside_plan(document)


MADE = {
    **dict.fromkeys(
        ("organisation", "flows", "mismatches", "system", "bridge-", "position-", "dealings-"),
        _organisations,
    ),
    "incentives-": _incentives,
    "payment-rules": _rules,
    **dict.fromkeys(("open-book", "schemes", "control-totals", "grants"), _open_book),
    "staff": _staff,
    **dict.fromkeys(("skill-mix", "supply-test"), _mix),
    "primary-care": _practices,
    "backtest-": _backtest,
    "futures-": _futures,
    **dict.fromkeys(("benchmarks", "peers", "margins", "right-sizing", "specialised"), _benchmarks),
}
