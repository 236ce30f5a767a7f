"""The same activity under every rule: what is paid, to the penny, and by whom to whom."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.books.ledger import pounds
from tripleaim.accounts.rules.payment import (
    ContractFlow,
    Rule,
    activity,
    aligned,
    at_cost,
    blended,
    block,
    capitated,
    marginal,
    pay,
    payable,
)

D = Decimal
MILLION = D(1_000_000)

EVERY_TERMS = (
    activity(),
    marginal(D("0.7"), D("0.9")),
    block(),
    blended(D("0.2")),
    aligned(D("0.75"), D("0.5"), D("1.04")),
    capitated(),
    at_cost(),
)
ORGANISATIONS = ("ccg", "hospital", "community", "council")

quantities = st.decimals(0, 100_000, places=2)
prices = st.decimals(0, 5_000, places=2)
shares = st.decimals(0, 1, places=3)


def flow(planned: object, actual: object, price: object = 1, **more: object) -> ContractFlow:
    numbers = [D(str(n)) for n in (planned, actual, price)]
    return ContractFlow("2016/17", "ccg", "hospital", "ward", *numbers, **more)


@pytest.mark.parametrize(
    ("terms", "planned", "actual", "paid"),
    [
        # Baseline 50.0m, actual 54.0m, 70% above it.
        (marginal(D("0.7")), 50, 54, "52.8"),
        (marginal(D("0.7")), 50, 46, "46"),
        # The baseline is a part of the plan: 45 at full price and 5 at 70%.
        (marginal(D("0.7"), D("0.9")), 50, 50, "48.5"),
        # Plan 50.0m, 20% of what differs, either way.
        (blended(D("0.2")), 50, 54, "50.8"),
        (blended(D("0.2")), 50, 46, "49.2"),
        # A fixed sum of 104% of 100m, 75% of what comes above it.
        (aligned(D("0.75"), D("0.75"), D("1.04")), 100, 106, "105.5"),
        (aligned(D(1), D(1), D("1.07")), 100, 109, "109"),
        (activity(), 100, 109, "109"),
        (block(), 100, 109, "100"),
        (capitated(), 100, 109, "100"),
        (at_cost(), 100, 109, "109"),
    ],
)
def test_worked_cases_in_millions_come_out_exactly(terms, planned, actual, paid) -> None:
    assert payable(terms, flow(planned * MILLION, actual * MILLION)) == D(paid) * MILLION


def test_a_capitated_payment_follows_the_heads_and_their_weight() -> None:
    people = {"heads_planned": D(1000), "heads": D(1020)}
    assert payable(capitated(), flow(300, 900, 50, **people)) == D("15300.00")
    weighted = {"heads_planned": D(1000), "heads": D(1020) * D("1.05")}
    assert payable(capitated(), flow(300, 900, 50, **weighted)) == D("16065.00")


def test_payment_at_cost_uses_the_price_reached() -> None:
    assert payable(at_cost(), flow(100, 90, 8, spent=D("7.5"))) == D("675.00")
    assert payable(activity(), flow(100, 90, 8, spent=D("7.5"))) == D("720.00")


def test_half_a_penny_rounds_to_the_even_penny() -> None:
    assert payable(activity(), flow(1, 1, "0.005")) == D("0.00")
    assert payable(activity(), flow(1, 1, "0.015")) == D("0.02")


@pytest.mark.parametrize("bad", [flow(-1, 1), flow(1, -1), flow(1, 1, heads=D(-1))])
def test_a_negative_quantity_is_refused(bad: ContractFlow) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        payable(activity(), bad)


def test_paying_by_the_head_needs_heads_to_have_been_planned_for() -> None:
    with pytest.raises(ValueError, match="expected planned people"):
        payable(capitated(), flow(1, 1, heads_planned=D(0)))


@given(quantities, quantities, quantities, prices)
def test_block_pays_the_same_whatever_happens(planned, one, other, price) -> None:
    assert payable(block(), flow(planned, one, price)) == payable(
        block(), flow(planned, other, price)
    )


@given(quantities, st.integers(0, 20), st.decimals(0, 1000, places=0), quantities)
def test_activity_with_tariff_is_proportional_whatever_was_planned(
    actual, times, price, planned
) -> None:
    once = payable(activity(), flow(planned, actual, price))
    assert payable(activity(), flow(0, actual * times, price)) == once * times


@given(quantities, quantities, prices, st.sampled_from(EVERY_TERMS), quantities)
def test_more_contacts_are_never_paid_less(planned, actual, price, terms, more) -> None:
    assert payable(terms, flow(planned, actual + more, price)) >= payable(
        terms, flow(planned, actual, price)
    )


@given(quantities, prices, shares)
def test_every_rule_but_those_with_a_threshold_pays_the_plan_for_the_plan(
    planned, price, share
) -> None:
    for terms in (
        activity(),
        marginal(share),
        block(),
        blended(share),
        aligned(share, share),
        capitated(),
        at_cost(),
    ):
        assert payable(terms, flow(planned, planned, price)) == pounds(planned * price)


@given(quantities, quantities, prices, shares)
def test_blended_payment_lies_between_block_and_tariff(planned, actual, price, share) -> None:
    ends = sorted(payable(t, flow(planned, actual, price)) for t in (block(), activity()))
    assert ends[0] <= payable(blended(share), flow(planned, actual, price)) <= ends[1]


flows = st.builds(
    lambda pair, point, planned, actual, price: ContractFlow(
        "2016/17", pair[0], pair[1], point, planned, actual, price
    ),
    st.permutations(ORGANISATIONS).map(lambda p: p[:2]),
    st.sampled_from(("ward", "clinic", "home")),
    quantities,
    quantities,
    prices,
)


@given(
    st.lists(flows, max_size=12),
    st.sampled_from(EVERY_TERMS),
    st.dictionaries(st.sampled_from(("ward", "clinic")), st.sampled_from(EVERY_TERMS)),
)
def test_under_every_rule_what_payers_save_is_what_payees_lose(found, otherwise, points) -> None:
    rule = Rule("any", "Any", "", otherwise, points)
    planned = [
        ContractFlow(f.period, f.payer, f.payee, f.point_of_delivery, f.planned, f.planned, f.price)
        for f in found
    ]
    change = pay(rule, found).total() - pay(rule, planned).total()
    assert change == 0
    assert pay(rule, found).total() == 0
    assert pay(rule, found).mismatches() == ()
    for f, before in zip(found, planned, strict=True):
        after_it, before_it = pay(rule, [f]), pay(rule, [before])
        saved = after_it.total(organisation=f.payer) - before_it.total(organisation=f.payer)
        lost = before_it.total(organisation=f.payee) - after_it.total(organisation=f.payee)
        assert saved == lost
