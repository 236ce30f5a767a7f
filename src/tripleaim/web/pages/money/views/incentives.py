"""Whether those who have to do a solution would want to, under any rule of payment."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim.plan import OF_INCENTIVES, Basis
from tripleaim.web.pages.money.presenters import incentives as words_of
from tripleaim.web.ui import page_inputs as workings
from tripleaim.web.ui.charts.signed import signed_bars
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.missing_data import where_held

PATH = "money/incentives/"
QUESTION = "Would those who have to do it want to?"
ALL_RULES = "What does the rule of payment change?"


@of_place
def incentives(page: Page) -> HttpResponse:
    """Who gains and who loses; the rule of payment is chosen in the address."""
    return where_held(page, PATH, section="Money", question=QUESTION, show=_table)


@of_place
def rules(page: Page) -> HttpResponse:
    """The same activity under every rule of payment."""
    return where_held(page, PATH, section="Money", question=ALL_RULES, show=_rules)


def _rules(page: Page) -> HttpResponse:
    offered = bases(page)
    basis = next((b for b, _ in offered if b == page.request.GET.get("basis")), offered[0][0])
    found = workings.every_rule(page, basis)
    name, drawn, said = words_of.rule_bars(found)
    return page.show(
        "money/payment_rules.jinja",
        section="Money",
        under=PATH,
        title="Rules of payment",
        trail=[("Money", "money/"), ("Incentives", PATH)],
        question=ALL_RULES,
        found=found,
        picture=signed_bars(
            f"{name}: all solutions together, {found.years[0]} to {found.years[-1]}, £m",
            words_of.rule_description(found),
            drawn,
            said,
        )
        if drawn
        else None,
        table=words_of.rules(found),
    )


def bases(page: Page) -> list[tuple[Basis, str]]:
    """What savings may be taken as; the scenario's own where it changes anything."""
    return [
        (basis, words_of.BASES[basis])
        for basis in OF_INCENTIVES
        if basis != "as_chosen" or page.changed
    ]


def _table(page: Page) -> HttpResponse:
    query = page.request.GET
    offered = bases(page)
    basis = next((b for b, _ in offered if b == query.get("basis")), offered[0][0])
    rules, _ = workings.incentive_table(page, "", basis)
    rule = next((r.id for r in rules.rules if r.id == query.get("rule")), rules.default)
    _, table = workings.incentive_table(page, rule, basis)
    chosen = next((s for s in table.solutions if s.solution == query.get("solution")), None)
    drawn, said = words_of.bars(table)
    return page.show(
        "money/incentives.jinja",
        section="Money",
        under=PATH,
        title="Incentives",
        question=QUESTION,
        table=table,
        picture=signed_bars(
            f"All solutions together, {table.years[0]} to {table.years[-1]}, £m",
            words_of.description(table),
            drawn,
            said,
        )
        if drawn
        else None,
        rules=[(r.id, r.name) for r in rules.rules],
        rule=rule,
        default=rules.rule(rules.default).name,
        basis=basis,
        bases=offered,
        solution=chosen,
        names=[(s.solution, s.name) for s in table.solutions],
        organisations=words_of.organisations(table, table.organisations, ""),
        one=words_of.organisations(table, chosen.organisations, chosen.name) if chosen else None,
        solutions=words_of.solutions(table),
    )
