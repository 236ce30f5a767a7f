"""What the pages of money are made from, each worked out once for a run or a scenario."""

from __future__ import annotations

from tripleaim.accounts import (
    OpenBook,
    PaymentRules,
    RulesOfTheYear,
    open_book,
    read_payment_rules,
    rules_of_the_year,
)
from tripleaim.measures import BenchmarkInputs, Benchmarks, benchmark_inputs, benchmarks
from tripleaim.plan import (
    Basis,
    IncentiveTable,
    OrganisationBooks,
    PoundBySetting,
    RuleComparison,
    compare_rules,
    incentives,
    net_of,
)
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.page_inputs import outcome, run_of

Incentives = tuple[PaymentRules, IncentiveTable]


def books(page: PlacePage) -> OrganisationBooks:
    """Every organisation's book: with what partners claim, or what the scenario chooses."""
    run = run_of(page)

    def make() -> OrganisationBooks:
        net = None
        if page.changed:
            result = outcome(page)
            net = net_of(result, result.as_chosen)
        return run.organisation_books(net)

    return page.once_for_scenario("books", make)


def pound(page: PlacePage) -> PoundBySetting:
    """In which setting each pound is spent."""
    run = run_of(page)
    return page.once_for_scenario("pound", lambda: run.pound_by_setting(page.scenario))


def incentive_table(page: PlacePage, rule: str, basis: Basis) -> Incentives:
    """Who gains and who loses by each solution under a payment method."""
    run = run_of(page)

    def make() -> Incentives:
        table = incentives(run, rule, outcome=outcome(page), basis=basis)
        return read_payment_rules(run.place), table

    return page.once_for_scenario(f"incentives {rule} {basis}", make)


def every_rule(page: PlacePage, basis: Basis) -> RuleComparison:
    """The same activity under every payment method."""
    run = run_of(page)
    return page.once_for_scenario(
        f"rules {basis}", lambda: compare_rules(run, outcome=outcome(page), basis=basis)
    )


def month_by_month(page: PlacePage) -> OpenBook:
    """The open book of the last year reported."""
    return page.once("open book", lambda: open_book(page.place))


def rules(page: PlacePage) -> RulesOfTheYear | None:
    """Control totals, the fund and quality payments of the last year reported."""
    return page.once("rules of the year", lambda: rules_of_the_year(page.place))


def peer_inputs(page: PlacePage) -> BenchmarkInputs:
    """The tables that the place is compared by."""
    return page.once("benchmark inputs", lambda: benchmark_inputs(page.place))


def beside_peers(page: PlacePage) -> Benchmarks:
    """The place beside similar ones."""
    return page.once("benchmarks", lambda: benchmarks(page.place, peer_inputs(page)))
