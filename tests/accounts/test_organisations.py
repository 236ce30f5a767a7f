"""Every organisation's book, and what ties it to the accounts of the two sides."""

import shutil
from decimal import Decimal

import pytest

from tripleaim.accounts import (
    account,
    account_inputs,
    book_inputs,
    calibrate,
    flow_inputs,
    flow_matrix,
    organisation_ledger,
    read_control_totals,
)
from tripleaim.accounts.books.ledger import pounds
from tripleaim.accounts.books.organisations import nature, service
from tripleaim.accounts.books.positions import differing_books, stated_positions
from tripleaim.place import InputError, load

MILLION = 1_000_000
TRUSTS = ("RBA", "RA4", "RH5")
COMMISSIONERS = ("11X", "nhs-england")


@pytest.fixture(scope="module")
def accounts(somerset, activity, population):
    inputs = account_inputs(somerset)
    parameters = calibrate(inputs, activity, population).on(inputs.parameters)
    return account(inputs, activity, population, parameters)


@pytest.fixture(scope="module")
def ledger(somerset, accounts):
    return organisation_ledger(book_inputs(somerset), accounts)


def ours(ledger, members, **wanted):
    return sum((ledger.total(organisation=o, **wanted) for o in members), Decimal(0))


@pytest.mark.parametrize("year", ["2016/17", "2017/18", "2018/19", "2019/20", "2020/21"])
def test_organisations_add_up_to_the_two_sides_line_by_line_to_the_penny(accounts, ledger, year):
    for members, side in ((COMMISSIONERS, "commissioner"), (TRUSTS, "providers")):
        held = [e for e in ledger.entries if e.period == year and e.organisation in members]
        for name, kind in {(x.line, x.kind) for x in accounts.lines if x.side == side}:
            stated = [
                pounds(x.amount(year) * MILLION)
                for x in accounts.lines
                if (x.side, x.line, x.kind) == (side, name, kind)
            ]
            booked = [
                e.amount
                for e in held
                if service(e.line) == name and (e.amount > 0) == (kind == "income")
            ]
            assert sum(booked, Decimal(0)) == sum(stated, Decimal(0))
        rounded = [pounds(x.amount(year) * MILLION) for x in accounts.lines if x.side == side]
        assert ours(ledger, members, period=year) == sum(rounded, Decimal(0))


def test_the_recorded_year_ends_as_the_organisations_stated(ledger):
    assert ledger.total(organisation="11X", period="2015/16") == 6_500_000
    assert ledger.total(organisation="RBA", period="2015/16") == -10_634_000
    assert ledger.total(organisation="RA4", period="2015/16") == -18_605_000
    assert ledger.total(organisation="RH5", period="2015/16") == 511_177
    assert ledger.total(organisation="E10000027", period="2015/16") == -6_500_000


def test_every_payment_stands_in_both_books(ledger):
    assert ledger.mismatches() == ()


def test_a_trusts_costs_are_pay_other_costs_drugs_and_capital(ledger):
    costs = {
        nature(e.line)
        for e in ledger.entries
        if e.organisation == "RBA" and e.amount < 0 and e.counterparty == "outside"
    }
    assert costs == {"pay", "non-pay", "drugs", "capital charges"}


def test_the_fund_is_the_only_thing_that_will_not_come_again(ledger):
    assert {e.line for e in ledger.entries if not e.recurrent} == {"stf"}
    assert ledger.total(line="stf", period="2016/17") == 13_600_000


def test_the_plans_three_mismatches_are_found(somerset, accounts):
    books = differing_books(somerset, flow_matrix(flow_inputs(somerset), accounts, "2016/17"))
    by_line: dict[str, Decimal] = {}
    for found in books.mismatches():
        by_line[found.line] = by_line.get(found.line, Decimal(0)) + found.difference
    assert by_line == {
        "contract outturn": Decimal(7_900_000),
        "penalties and quality payments": Decimal(2_700_000),
        "savings on partners": Decimal(400_000),
    }


def test_the_plan_prints_no_differences_in_later_years(somerset, accounts):
    matrix = flow_matrix(flow_inputs(somerset), accounts, "2017/18")
    assert differing_books(somerset, matrix).entries == ()


def test_northamptonshires_trusts_end_the_recorded_year_as_their_accounts_say(activity, population):
    place = load("northamptonshire")
    made = account(account_inputs(place), activity, population)
    books = organisation_ledger(book_inputs(place), made)
    assert books.total(organisation="RNS", period="2015/16") == -20_151_000
    opening = pounds(made.side("providers")["2016/17"] * MILLION)
    trusts = ours(books, ("RNQ", "RNS", "RP1"), period="2016/17")
    assert abs(trusts - opening) <= Decimal("0.10")
    assert books.mismatches() == ()


def test_a_scaffolded_place_has_books_of_its_commissioner_and_providers(
    hamlet, activity, population
):
    place = load(hamlet)
    books = organisation_ledger(
        book_inputs(place), account(account_inputs(place), activity, population)
    )
    assert {e.organisation for e in books.entries} == {"commissioner", "providers"}
    assert stated_positions(place) == {}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("position,2016/17,RBX,,,efficiency.tariff,,assumed,tripleaim,why", "an organisation"),
        ("position,2031/32,commissioner,,,x,,assumed,tripleaim,why", "a year of the plan"),
        ("position,2016/17,commissioner,,,no.such,,assumed,tripleaim,why", "id of a figure"),
        (
            "mismatch,2016/17,commissioner,providers,,efficiency.tariff,100,assumed,tripleaim,why",
            "on which the two differ",
        ),
        ("position,2016/17,commissioner,,,efficiency.tariff,,assumed,tripleaim,why", "in £m"),
        (
            "mismatch,2016/17,commissioner,providers,acute,gap,99,assumed,tripleaim,why",
            "shares of acute in 2016/17 to add up to 100",
        ),
    ],
)
def test_a_position_that_cannot_be_read_is_refused(hamlet, tmp_path, row, said):
    folder = tmp_path / "hamlet"
    shutil.copytree(hamlet, folder)
    header = "kind,period,organisation,counterparty,line,figure,share,status,source,cause\n"
    (folder / "positions.csv").write_text(header + row + "\n", encoding="utf-8")
    figure = "id,value,low,high,unit,year,basis,status,source,where,cause\ngap,-1,,,£m,,,assumed,"
    (folder / "figures_gap.csv").write_text(figure + "tripleaim,,why\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        stated_positions(load(folder))


def test_the_fund_has_one_split_in_books_and_control_totals(somerset, ledger):
    """8.2, 3.9 and 1.5 of the printed 13.6, in every year that keeps it."""
    totals = {t.organisation: t.stf for t in read_control_totals(somerset) if t.stf}
    for year in somerset.years:
        held = {o: ledger.total(organisation=o, period=year, line="stf") for o in totals}
        assert held == totals == {"RBA": 8_200_000, "RA4": 3_900_000, "RH5": 1_500_000}


def test_trusts_without_a_stated_part_of_the_fund_share_it_by_income():
    inputs = book_inputs(load("northamptonshire"))
    assert inputs.fund_parts == inputs.flows.trust_incomes
