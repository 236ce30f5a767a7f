"""Who gains and who loses by each solution, under any payment method."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.plan import OF_INCENTIVES, Basis
from tripleaim.web.pages.money import page_inputs
from tripleaim.web.pages.money.presenters import incentives as words_of
from tripleaim.web.ui.charts.signed import signed_bars
from tripleaim.web.ui.frame import PlacePage


def incentives(page: PlacePage) -> HttpResponse:
    """Who gains and who loses; the payment method is chosen in the address."""
    query = page.request.GET
    offered = bases(page)
    basis = next((b for b, _ in offered if b == query.get("basis")), offered[0][0])
    rules, _ = page_inputs.incentive_table(page, "", basis)
    rule = next((r.id for r in rules.rules if r.id == query.get("rule")), rules.default)
    _, table = page_inputs.incentive_table(page, rule, basis)
    chosen = next((s for s in table.solutions if s.solution == query.get("solution")), None)
    bars, labels = words_of.bars(table)
    return page.show(
        "money/incentives.jinja",
        title="Incentives",
        table=table,
        picture=signed_bars(
            f"All solutions together, {table.years[0]} to {table.years[-1]}, £m",
            words_of.description(table),
            bars,
            labels,
            unit="£m",
        ).called(
            "incentives",
            "Over the years of the plan, after investment. Blue is a gain, purple is a loss.",
        )
        if bars
        else None,
        rules=[(r.id, r.name) for r in rules.rules],
        rule=rule,
        default=rules.rule(rules.default).name,
        basis=basis,
        bases=offered,
        solution=chosen,
        tag=page.document.claim_tag,
        names=[(s.solution, s.name) for s in table.solutions],
        organisations=words_of.organisations(table, table.organisations, ""),
        one=words_of.organisations(
            table, chosen.organisations, words.tagged(chosen.name, page.document.claim_tag)
        )
        if chosen
        else None,
        solutions=words_of.solutions(table, page.document.claim_tag),
    )


def rules(page: PlacePage) -> HttpResponse:
    """The same activity under every payment method."""
    offered = bases(page)
    basis = next((b for b, _ in offered if b == page.request.GET.get("basis")), offered[0][0])
    comparison = page_inputs.every_rule(page, basis)
    name, bars, labels = words_of.rule_bars(comparison)
    return page.show(
        "money/payment_rules.jinja",
        title="Payment methods",
        comparison=comparison,
        who_gains=words_of.who_gains(comparison, len(page.document.solutions)),
        picture=signed_bars(
            f"{name}: all solutions together, {comparison.years[0]} to {comparison.years[-1]}, £m",
            words_of.rule_description(comparison),
            bars,
            labels,
            unit="£m",
        ).called(
            "payment-methods",
            "This is the organisation for which the payment method matters most. Activity, "
            "solutions and the total are the same under every method.",
        )
        if bars
        else None,
        table=words_of.rules(comparison),
    )


def bases(page: PlacePage) -> list[tuple[Basis, str]]:
    """What savings may be taken as; the scenario's own where it changes anything."""
    return [
        (basis, words_of.BASES[basis])
        for basis in OF_INCENTIVES
        if basis != "as_chosen" or page.changed
    ]
