"""The accounts add up, money passes between the sides without loss, and lines are what they say."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.accounts import SIDES, account, account_inputs, uncalibrated
from tripleaim.activity import Activity
from tripleaim.place import InputError, load

SOMERSET = load("somerset")
NHS_POINTS = [point.id for point in SOMERSET.points_of_delivery if point.nhs]

contacts = st.floats(1e3, 1e7)
any_activity = st.fixed_dictionaries(
    {point: st.fixed_dictionaries(dict.fromkeys(SOMERSET.years, contacts)) for point in NHS_POINTS}
).map(Activity.of_totals)
a_rate = st.floats(-0.05, 0.10)


@st.composite
def any_parameters(draw):
    def by_year():
        return {year: draw(a_rate) for year in SOMERSET.years}

    return replace(
        uncalibrated(SOMERSET),
        openings={side: draw(st.floats(-100, 100)) for side in SIDES},
        allocation_growth=by_year(),
        specialised_funding_growth=by_year(),
        provider_inflation=by_year(),
        efficiency=by_year(),
    )


@settings(max_examples=40, deadline=None)
@given(any_activity, any_parameters(), st.floats(5e5, 6e5))
def test_money_is_conserved_for_any_activity_and_any_parameters(activity, parameters, people):
    # Trusts' own incomes are left out, for a place whose prices fall may owe its trusts more.
    figures = {k: f for k, f in SOMERSET.figures.items() if not k.startswith("trust-income.")}
    place = replace(SOMERSET, figures=figures)
    population = {place.base_year: people, place.years[0]: people}

    accounts = account(account_inputs(place), activity, population, parameters)

    for year in place.years:
        sides = [accounts.side(side)[year] for side in SIDES]
        assert accounts.nhs[year] == pytest.approx(sum(sides), abs=1e-9)
        for side in SIDES:
            total = sum(m.amounts[year] for m in accounts.merged() if m.side == side)
            assert accounts.side(side)[year] == pytest.approx(total, rel=1e-9, abs=1e-9)
        paid = {e.line: e.amount(year) for e in accounts.lines if e.counterparty == "providers"}
        received = {
            e.line: e.amount(year) for e in accounts.lines if e.counterparty == "commissioner"
        }
        assert paid.keys() == received.keys()
        for line, amount in paid.items():
            assert received[line] == pytest.approx(-amount, rel=1e-12)
    for side in SIDES:
        opening = parameters.openings[side]
        assert accounts.side(side)[place.years[0]] == pytest.approx(opening, abs=1e-9)


def test_income_is_positive_and_cost_negative_on_every_line(somerset, activity, population):
    for line in account(account_inputs(somerset), activity, population).merged():
        for amount in line.amounts.values():
            assert (amount > 0) == (line.kind == "income"), line


def test_spend_of_the_first_year_is_the_printed_pounds_a_head_at_its_prices(
    somerset, activity, population
):
    accounts = account(account_inputs(somerset), activity, population)
    people = population["2016/17"]

    # 662 a head at 2015/16 prices; the tariff of 2016/17 is 3.1% inflation less 2% efficiency.
    assert accounts.spend("acute", "2016/17") == pytest.approx(662 * people * 1.011 / 1e6)
    assert accounts.spend("prescribing", "2016/17") == pytest.approx(153 * people * 1.021 / 1e6)
    # £111.2m was spent on specialised services in 2015/16, growing 7% a year.
    assert accounts.spend("specialised", "2018/19") == pytest.approx(111.231086 * 1.07**3)


def test_spend_grows_with_contacts_weighted_by_unit_cost_and_with_price(
    somerset, activity, population
):
    def weighted(year):
        contacts = activity.contacts
        return (
            148 * contacts["acute-ae"][year]
            + 1590 * contacts["acute-non-elective"][year]
            + 1209 * contacts["acute-elective"][year]
            + 120 * contacts["acute-outpatient"][year]
            + 30 * contacts["acute-other"][year]
        )

    accounts = account(account_inputs(somerset), activity, population)
    growth = accounts.spend("acute", "2020/21") / accounts.spend("acute", "2016/17")

    assert growth == pytest.approx(weighted("2020/21") / weighted("2016/17") * 1.003**4)


def test_the_trusts_together_start_from_their_published_income(somerset, activity, population):
    income = sum(
        line.amounts["2016/17"]
        for line in account(account_inputs(somerset), activity, population).merged()
        if line.side == "providers" and line.kind == "income" and line.line != "stf"
    )
    published = 271.759 + 126.671 + 168.210653
    assert income == pytest.approx(published * 1.011 * 1.006)


def test_the_tariffs_efficiency_is_taken_from_trusts_and_not_from_their_cost(somerset, population):
    still = Activity.of_totals(
        {point: dict.fromkeys(somerset.years, 1000.0) for point in NHS_POINTS}
    )
    lines = account(account_inputs(somerset), still, population).merged()
    income, cost = (
        next(m for m in lines if (m.side, m.line, m.kind) == ("providers", "acute", kind)).amounts
        for kind in ("income", "cost")
    )
    assert income["2020/21"] / income["2016/17"] == pytest.approx(1.003**4)
    assert cost["2020/21"] / cost["2016/17"] == pytest.approx(1.023**4)


def test_the_split_opening_adds_up_to_the_printed_position_with_savings_undone(somerset):
    before_savings = somerset.value("position.2016_17.net.nhs") - somerset.value("savings.2016_17")
    split = somerset.value("opening.commissioner") + somerset.value("opening.providers")
    assert split == pytest.approx(before_savings)
    assert somerset.value("opening.nhs") == pytest.approx(before_savings)
    assert before_savings == pytest.approx(-75.4)


def test_a_place_that_prints_nothing_about_money_still_has_accounts():
    place = load("northamptonshire")
    population = {place.base_year: 723_000, place.years[0]: 725_000}
    still = Activity.of_totals(
        {point.id: dict.fromkeys(place.years, 1e5) for point in place.points_of_delivery}
    )

    accounts = account(account_inputs(place), still, population)
    spend = sum(
        accounts.spend(m.line, place.years[0])
        for m in accounts.merged()
        if m.side == "commissioner" and m.kind == "cost"
    )

    assert accounts.side("commissioner")[place.years[0]] == pytest.approx(-0.025 * spend)
    trusts = (219.303 + 273.562 + 188.890) * 1.011 * 725 / 723
    assert accounts.side("providers")[place.years[0]] == pytest.approx(-0.065 * trusts)


def test_a_missing_kind_of_contact_is_named_with_the_nearest(somerset, activity, population):
    wrong = Activity.of_totals(
        {("acute-aee" if p == "acute-ae" else p): v for p, v in activity.contacts.items()}
    )
    with pytest.raises(InputError, match=r'acute-ae".*Did you mean "acute-aee"'):
        account(account_inputs(somerset), wrong, population)


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_impossible_contacts_are_refused(somerset, activity, population, bad):
    contacts = activity.contacts
    wrong = Activity.of_totals({**contacts, "gp": {**contacts["gp"], "2018/19": bad}})
    with pytest.raises(InputError, match="contacts of gp to be 0 or more"):
        account(account_inputs(somerset), wrong, population)


def test_a_year_without_people_is_refused(somerset, activity, population):
    with pytest.raises(InputError, match='"2015/16": expected registered people'):
        account(account_inputs(somerset), activity, {"2016/17": 5e5})
    with pytest.raises(InputError, match="expected registered people in 2016/17"):
        account(account_inputs(somerset), activity, {**population, "2016/17": 0})


def test_a_commissioner_cannot_pay_its_trusts_more_than_their_income(
    with_figure, activity, population
):
    place = with_figure(**{"trust-income.RBA.2015_16": 1.0})
    with pytest.raises(InputError, match="more than their whole income"):
        account(account_inputs(place), activity, population)


@pytest.mark.parametrize(
    ("typo", "said"),
    [
        (("own-trusts-share.acute", "own-trusts-share.acuet"), 'column "own_trusts".*Did you mean'),
        (("acute,Acute care", "acuet,Acute care"), "states its growth"),
        (("specialised,Spec", "acute,Spec"), "the line is listed twice"),
        (("inflation.prescribing", "inflation.prescribed"), 'column "price"'),
        (("spend-per-head.prescribing", "spend-per-head.x"), 'column "per_head"'),
    ],
)
def test_a_fault_in_the_spend_lines_is_named_by_file_line_and_column(somerset, altered, typo, said):
    with pytest.raises(InputError, match=said) as fault:
        account_inputs(altered(somerset, "spend_lines.csv", *typo))
    assert fault.value.line is not None
