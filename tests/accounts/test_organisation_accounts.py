"""One organisation's account: lines, position, what lies under it, and why it moves."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts import (
    Entry,
    Ledger,
    account,
    account_inputs,
    book_inputs,
    calibrate,
    organisation_account,
    organisation_accounts,
    organisation_bridge,
    organisation_ledger,
)
from tripleaim.accounts.books.organisation_account import account_json
from tripleaim.place import InputError
from tripleaim.wording import sentence

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
SAVINGS = st.lists(
    st.builds(
        Entry,
        period=st.sampled_from(YEARS),
        organisation=st.just("RBA"),
        counterparty=st.just("outside"),
        line=st.sampled_from(
            ("savings:cash-releasing", "savings:cost-avoiding", "savings:capacity only")
        ),
        amount=st.integers(-(10**9), 10**9).map(lambda pence: Decimal(pence) / 100),
        recurrent=st.booleans(),
    ),
    max_size=12,
).map(lambda held: Ledger(tuple(held)))


@pytest.fixture(scope="module")
def accounts(somerset, activity, population):
    inputs = account_inputs(somerset)
    parameters = calibrate(inputs, activity, population).on(inputs.parameters)
    return account(inputs, activity, population, parameters)


@pytest.fixture(scope="module")
def ledger(somerset, accounts):
    return organisation_ledger(book_inputs(somerset), accounts)


def saving(period, line, amount, *, recurrent=True):
    return Entry(period, "RBA", "outside", f"savings:{line}", Decimal(amount), "hubs", recurrent)


def test_lines_add_up_to_the_position_of_every_year(somerset, accounts, ledger):
    for held in organisation_accounts(somerset, accounts, ledger):
        for year in held.years if held.whole else ():
            assert sum(line.amounts[year] for line in held.lines) == held.position[year]


def test_income_comes_from_named_payers_and_cost_by_nature(somerset, accounts, ledger):
    trust = organisation_account(somerset, accounts, ledger, "RBA")
    costs = [line.line for line in trust.lines if line.kind == "cost"]
    assert costs == ["pay", "non-pay", "drugs", "capital charges"]
    assert list(trust.flows_in)[:2] == ["11X", "nhs-england"]
    contracts = sum(by_year["2015/16"] for by_year in trust.flows_in.values())
    assert contracts == Decimal("271759000.00")
    assert trust.flows_out == {}


def test_what_one_pays_is_what_the_other_is_paid(somerset, accounts, ledger):
    held = {a.id: a for a in organisation_accounts(somerset, accounts, ledger)}
    for payer, one in held.items():
        for payee, paid in one.flows_out.items():
            assert held[payee].flows_in[payer] == paid


def test_one_off_money_and_one_off_savings_are_not_in_the_underlying_position(
    somerset, accounts, ledger
):
    saved = Ledger(
        (
            saving("2017/18", "cash-releasing", 1000),
            saving("2017/18", "cash-releasing", -300, recurrent=False),
            saving("2017/18", "capacity only", 50),
        )
    )
    later = Ledger((saving("2017/18", "cash-releasing", 400),))
    trust = organisation_account(somerset, accounts, ledger, "RBA", savings=saved, full_year=later)
    fund = ledger.total(organisation="RBA", period="2017/18", line="stf")
    assert trust.planned["2017/18"] == trust.position["2017/18"] + 750
    assert trust.planned_cash["2017/18"] == trust.position["2017/18"] + 700
    assert trust.underlying["2017/18"] == trust.position["2017/18"] + 1050 - fund
    assert trust.exit_run_rate["2017/18"] == trust.underlying["2017/18"] + 400
    assert trust.savings["cash-releasing"]["2017/18"] == 700


@given(SAVINGS)
def test_a_bridge_adds_up_to_the_penny_whatever_is_saved(somerset, accounts, ledger, saved):
    bridge = organisation_bridge(somerset, accounts, ledger, "RBA", saved)
    reached = None
    for name, position in bridge.positions.items():
        steps = sum((step.amount for step in bridge.steps if step.to == name), Decimal(0))
        if reached is not None:
            assert reached + steps == position
        reached = position
    mine = ledger.total(organisation="RBA", period="2020/21")
    assert reached == mine + saved.total(period="2020/21")


@pytest.mark.parametrize("organisation", ["11X", "nhs-england", "RA4", "RH5", "E10000027"])
def test_every_whole_books_bridge_adds_up(somerset, accounts, ledger, organisation):
    bridge = organisation_bridge(somerset, accounts, ledger, organisation)
    assert list(bridge.positions) == ["2015/16", "2016/17", "2020/21"]
    steps = sum((step.amount for step in bridge.steps), Decimal(0))
    assert bridge.positions["2015/16"] + steps == bridge.positions["2020/21"]


def test_a_trusts_bridge_names_the_tariff_and_not_the_council(somerset, accounts, ledger):
    labels = {s.label for s in organisation_bridge(somerset, accounts, ledger, "RA4").steps}
    assert "Efficiency taken from the tariff" in labels
    assert not any("outside the NHS" in label for label in labels)


def test_of_an_organisation_elsewhere_only_what_the_place_pays_is_known(somerset, accounts, ledger):
    held = organisation_account(somerset, accounts, ledger, "out-of-area-trusts")
    assert not held.whole
    assert (held.position, held.bridge) == ({}, None)
    assert "we know only what this place pays it" in sentence(held)
    payers = organisation_account(somerset, accounts, ledger, "other-commissioners")
    assert "we know only what it pays this place" in sentence(payers)


def test_a_recorded_position_that_nobody_stated_is_marked_as_assumed(somerset, accounts, ledger):
    national = organisation_account(somerset, accounts, ledger, "nhs-england")
    assert not national.stated
    assert "its position of 2015/16 is not stated" in sentence(national)
    assert " was " not in sentence(national)
    assert organisation_account(somerset, accounts, ledger, "RA4").stated


def test_an_account_is_in_pounds_in_json(somerset, accounts, ledger):
    trust = organisation_account(somerset, accounts, ledger, "RBA")
    plain = json.loads(json.dumps(account_json(trust)))
    assert plain["position"]["2015/16"] == -10634000.0
    assert sentence(trust).startswith("Taunton & Somerset was £10.6m short in 2015/16")


def test_an_unknown_organisation_is_refused_with_the_nearest_name(somerset, accounts, ledger):
    with pytest.raises(InputError, match='Did you mean "RBA"'):
        organisation_account(somerset, accounts, ledger, "RBAA")
