"""Every commissioner's money followed to every provider: both margins met, to the penny."""

import shutil
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts import (
    account,
    account_inputs,
    by_point_of_delivery,
    flow_inputs,
    flow_matrix,
)
from tripleaim.accounts.books.fitting import fit
from tripleaim.accounts.books.flow_table import read_flow_seeds
from tripleaim.accounts.books.ledger import pounds
from tripleaim.place import InputError, load

MILLION = 1_000_000
PENCE = st.integers(0, 10**11).map(lambda pence: Decimal(pence) / 100)


@pytest.fixture(scope="module")
def accounts(somerset, activity, population):
    return account(account_inputs(somerset), activity, population)


def test_the_recorded_year_meets_every_trusts_published_income(somerset, accounts):
    matrix = flow_matrix(flow_inputs(somerset), accounts, "2015/16")
    assert matrix.total(payee="RBA") == Decimal("271759000.00")
    assert matrix.total(payee="RA4") == Decimal("126671000.00")
    assert matrix.total(payee="RH5") == Decimal("168210653.00")
    assert sum(matrix.total(payee=t) for t in ("RBA", "RA4", "RH5")) == Decimal("566640653.00")
    assert matrix.total(line="specialised") == Decimal("111231086.00")


@pytest.mark.parametrize("year", ["2016/17", "2018/19", "2020/21"])
def test_what_is_paid_on_a_line_is_the_line_of_the_accounts(somerset, accounts, year):
    matrix = flow_matrix(flow_inputs(somerset), accounts, year)
    for name in {line.line for line in accounts.lines if line.side == "commissioner"}:
        spend = [
            pounds(-line.amount(year) * MILLION)
            for line in accounts.lines
            if (line.side, line.kind, line.line) == ("commissioner", "cost", name)
        ]
        assert matrix.total(line=name) == sum(spend)
    elsewhere = [line for line in accounts.lines if line.line == "elsewhere"]
    assert matrix.total(line="elsewhere") == pounds(elsewhere[0].amount(year) * MILLION)


def test_trusts_keep_the_proportions_of_their_incomes_in_the_first_year(somerset, accounts):
    matrix = flow_matrix(flow_inputs(somerset), accounts, "2016/17")
    whole = sum(matrix.total(payee=t) for t in ("RBA", "RA4", "RH5"))
    for trust, income in (("RBA", 271.759), ("RA4", 126.671), ("RH5", 168.210653)):
        share = float(matrix.total(payee=trust) / whole)
        assert share == pytest.approx(income / 566.640653, abs=1e-9)


def test_everything_paid_is_received(somerset, accounts):
    matrix = flow_matrix(flow_inputs(somerset), accounts, "2019/20")
    ledger = matrix.ledger()
    assert ledger.total() == -matrix.total(payee="outside")
    assert ledger.total(organisation="outside") == 0
    assert ledger.mismatches() == ()


def test_points_of_delivery_share_a_line_without_remainder(somerset, accounts, activity):
    matrix = flow_matrix(flow_inputs(somerset), accounts, "2016/17")
    points = by_point_of_delivery(flow_inputs(somerset), matrix, activity)
    acute = [p.id for p in somerset.points_of_delivery if p.spend_line == "acute"]
    summed: dict[tuple[str, str], Decimal] = {}
    for point in acute:
        for cell, amount in points[point].items():
            summed[cell] = summed.get(cell, Decimal(0)) + amount
    assert summed == matrix.amounts("acute")
    assert ("11X", "RYF") not in points["acute-elective"]
    assert "social-care" not in points


def test_residence_decides_what_the_council_pays_and_nothing_that_the_nhs_pays(somerset, accounts):
    years = (somerset.base_year, *somerset.years)
    inputs, same = flow_inputs(somerset), dict.fromkeys(years, 500_000.0)
    steady = flow_matrix(inputs, accounts, "2020/21", same)
    grown = flow_matrix(inputs, accounts, "2020/21", same | {"2020/21": 550_000.0})
    assert float(grown.total(line="social-care") / steady.total(line="social-care")) == (
        pytest.approx(1.1, abs=1e-9)
    )
    assert grown.amounts("acute") == steady.amounts("acute")


def test_public_health_is_paid_from_the_grant_that_the_plan_prints_each_year(somerset, accounts):
    inputs = flow_inputs(somerset)
    residents = {
        year: 500_000.0 + 1_000 * n for n, year in enumerate((somerset.base_year, *somerset.years))
    }
    for year in somerset.years:
        grant = somerset.value(f"public-health.grant.{year.replace('/', '_')}")
        matrix = flow_matrix(inputs, accounts, year, residents)
        within = sum(f.amount for f in matrix.flows if f.within == "public-health")
        assert float(matrix.total(line="public-health") + within) == pytest.approx(grant, abs=0.01)
    before = somerset.value("public-health.grant.2016_17") + somerset.value(
        "public-health.cut.2016_17"
    )
    assert inputs.council["public-health"].spend * 1e6 == pytest.approx(before)


def test_northamptonshire_has_flows_of_its_own_two_commissioners(activity, population):
    place = load("northamptonshire")
    made = account(account_inputs(place), activity, population)
    matrix = flow_matrix(flow_inputs(place), made, "2015/16")
    assert matrix.total(payee="RNS") == Decimal("273562000.00")
    assert matrix.total(payer="04G") > matrix.total(payer="03V") > 0


def test_a_place_that_names_nobody_has_one_commissioner_and_its_providers(
    hamlet, activity, population
):
    place = load(hamlet)
    made = account(account_inputs(place), activity, population)
    matrix = flow_matrix(flow_inputs(place), made, "2016/17")
    assert matrix.payees == ("providers", "outside")
    with pytest.raises(InputError, match="incomes of the base year"):
        flow_matrix(flow_inputs(place), made, "2015/16")


def test_a_place_that_names_others_must_say_who_pays_whom(hamlet, tmp_path, activity, population):
    folder = tmp_path / "hamlet"
    shutil.copytree(hamlet, folder)
    listed = (folder / "organisations.csv").read_text(encoding="utf-8")
    (folder / "organisations.csv").write_text(
        listed.replace("\nproviders,", "\nRXX,"), encoding="utf-8"
    )
    place = load(folder)
    made = account(account_inputs(place), activity, population)
    with pytest.raises(InputError, match="needs its own file of who pays whom"):
        flow_matrix(flow_inputs(place), made, "2016/17")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("acute,commissioner,RXX,given,1,,,,,assumed,tripleaim,why", 'column "payee"'),
        ("acut,commissioner,providers,given,1,,,,,assumed,tripleaim,why", "Did you mean .acute."),
        (
            "acute,commissioner,providers,given,1,,,acute-a,,assumed,tripleaim,why",
            "separated by blanks",
        ),
        (
            "acute,commissioner,providers,given,1,,,,wards,assumed,tripleaim,why",
            "line of the payer",
        ),
        ("acute,commissioner,providers,given,1,,,,,assumed,tripleaim,", "say why this"),
        ("acute,commissioner,providers,given,-1,,,,,assumed,tripleaim,why", "0 or more"),
        ("acute,commissioner,providers,catchment,1,,,,,assumed,tripleaim,why", "no figure"),
    ],
)
def test_an_impossible_flow_is_refused(hamlet, tmp_path, row, said):
    folder = tmp_path / "hamlet"
    shutil.copytree(hamlet, folder)
    header = "line,payer,payee,basis,weight,low,high,points,within,status,source,cause\n"
    (folder / "flows.csv").write_text(header + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_flow_seeds(load(folder))


def test_a_year_without_accounts_is_refused(somerset, accounts):
    with pytest.raises(InputError, match="expected a year of the plan"):
        flow_matrix(flow_inputs(somerset), accounts, "2021/22")


def test_a_catchment_over_the_whole_is_refused(somerset, accounts):
    figures = dict(somerset.figures)
    figures["catchment.RA4"] = replace(figures["catchment.RA4"], value=101.0)
    with pytest.raises(InputError, match="0 to 100 per cent"):
        flow_matrix(flow_inputs(replace(somerset, figures=figures)), accounts, "2016/17")


@given(st.lists(st.lists(PENCE, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_full_seeds_are_fitted_to_both_margins(table):
    rows = {f"r{i}": sum(row, Decimal(0)) for i, row in enumerate(table)}
    columns = {f"c{j}": sum((row[j] for row in table), Decimal(0)) for j in range(3)}
    seeds = {(r, c): 1.0 + len(r + c) for r in rows for c in columns}
    cells = fit(rows, columns, seeds)
    for row, end in rows.items():
        assert sum((v for (r, _), v in cells.items() if r == row), Decimal(0)) == end
    for column, end in columns.items():
        assert sum((v for (_, c), v in cells.items() if c == column), Decimal(0)) == end
    assert all(value >= 0 for value in cells.values())


def test_margins_that_no_flows_can_meet_are_refused():
    seeds = {("acute", "RBA"): 1.0, ("community", "RH5"): 1.0}
    rows = {"acute": Decimal(2), "community": Decimal(2)}
    with pytest.raises(InputError, match="empty cells"):
        fit(rows, {"RBA": Decimal(3), "RH5": Decimal(1)}, seeds)
    with pytest.raises(InputError, match="same total"):
        fit(rows, {"RBA": Decimal(3), "RH5": Decimal(3)}, seeds)
