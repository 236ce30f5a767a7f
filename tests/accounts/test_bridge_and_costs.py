"""A change of position falls into parts that add up, and contacts share the spend of their line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.accounts import (
    SIDES,
    account,
    account_inputs,
    aims,
    bridge,
    contact_costs,
    costs_by_year,
)
from tripleaim.activity import Activity
from tripleaim.place import InputError, load

SOMERSET = load("somerset")
POPULATION = {SOMERSET.base_year: 562_446, SOMERSET.years[0]: 565_000}
NHS_POINTS = [point for point in SOMERSET.points_of_delivery if point.nhs]

any_activity = st.fixed_dictionaries(
    {
        point.id: st.fixed_dictionaries({year: st.floats(1e3, 1e7) for year in SOMERSET.years})
        for point in NHS_POINTS
    }
).map(Activity.of_totals)


@settings(max_examples=40, deadline=None)
@given(any_activity, st.sampled_from(SOMERSET.years), st.sampled_from(SOMERSET.years))
def test_the_parts_of_a_bridge_add_up_exactly(activity, start, end):
    accounts = account(account_inputs(SOMERSET), activity, POPULATION)
    found = bridge(accounts, start, end)
    size = max(abs(line.amount(year)) for line in accounts.lines for year in (start, end))
    for side in (*SIDES, "nhs"):
        steps = sum(amounts[side] for amounts in found.steps.values())
        assert found.start[side] + steps == pytest.approx(found.end[side], abs=1e-9 * size)
    for amounts in found.steps.values():
        assert amounts["nhs"] == pytest.approx(
            sum(amounts[side] for side in SIDES), abs=1e-9 * size
        )


def test_each_cause_of_the_gap_works_in_its_direction(somerset, activity, population):
    steps = bridge(
        account(account_inputs(somerset), activity, population), "2016/17", "2020/21"
    ).steps
    assert steps["activity"]["commissioner"] < 0
    assert steps["price"]["commissioner"] < 0
    assert steps["efficiency"]["commissioner"] > 0 > steps["efficiency"]["providers"]
    assert steps["funding"]["commissioner"] > 0
    assert steps["funding"]["providers"] == 0


def test_a_bridge_over_a_year_outside_the_plan_is_refused(somerset, activity, population):
    with pytest.raises(InputError, match='"2021/22": expected a year of the plan'):
        bridge(account(account_inputs(somerset), activity, population), "2016/17", "2021/22")


@settings(max_examples=40, deadline=None)
@given(any_activity, st.sampled_from(SOMERSET.years))
def test_contacts_times_their_cost_are_the_spend_of_their_line(activity, year):
    accounts = account(account_inputs(SOMERSET), activity, POPULATION)
    costs = contact_costs(account_inputs(SOMERSET), activity, accounts, year)
    for line in {point.spend_line for point in NHS_POINTS}:
        pounds = sum(
            costs[point.id] * activity.contacts[point.id][year]
            for point in NHS_POINTS
            if point.spend_line == line
        )
        assert pounds == pytest.approx(accounts.spend(line, year) * 1e6, rel=1e-9)


@pytest.fixture(scope="module")
def costs(somerset, activity):
    inputs = account_inputs(somerset)
    people = dict.fromkeys((somerset.base_year, *somerset.years), 560_000)
    return costs_by_year(inputs, activity, account(inputs, activity, people))


def test_contacts_of_one_line_cost_in_proportion_to_their_unit_costs(costs):
    costs = costs["2016/17"]
    assert costs["acute-non-elective"] / costs["acute-ae"] == pytest.approx(1590 / 148)
    assert costs["social-care"] == 0


def test_a_contact_alone_on_its_line_gets_dearer_by_price_alone(costs):
    first, last = (costs[year]["gp"] for year in ("2016/17", "2020/21"))
    assert last / first == pytest.approx(1.021**4)


def test_costs_of_a_year_outside_the_plan_are_refused(somerset, activity, population):
    inputs = account_inputs(somerset)
    accounts = account(inputs, activity, population)
    with pytest.raises(InputError, match="expected a year of the plan"):
        contact_costs(inputs, activity, accounts, "2015/16")


def test_health_and_quality_are_shown_with_the_money(somerset):
    found = {aim.figure: aim for aim in aims(somerset)}
    assert {aim.aim for aim in found.values()} == {"health", "quality"}
    assert (found["four-hour.2016_08"].value, found["four-hour.2016_08"].target) == (93.8, 95)
    assert (found["dtoc.days.acute"].value, found["dtoc.days.acute"].target) == (2000, 1000)
    assert found["life-expectancy.male"].target is None


def test_every_target_is_a_figure_that_says_who_set_it(somerset):
    targets = {a.name: somerset.figure(a.target_figure) for a in aims(somerset) if a.target_figure}
    assert {name: (figure.value, figure.status) for name, figure in targets.items()} == {
        "A&E within four hours": (95, "public"),
        "Treatment within 18 weeks": (92, "published"),
        "Tests within six weeks": (99, "public"),
        "Delayed days in acute beds": (1000, "calibrated"),
        "Personal health budgets": (23, "published"),
    }
    assert all(figure.where for figure in targets.values())
    assert all((a.target is None) == (a.target_figure == "") for a in aims(somerset))


def test_what_the_plan_says_of_priority_groups_is_said_of_no_other_group(somerset):
    smoking = next(aim for aim in aims(somerset) if aim.name == "Smoking")
    assert "priority groups" in smoking.sentence
    assert "manual" not in smoking.sentence
    assert smoking.target is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("93.8,95", "93.9,95", 'column "value": "93.9": the figure four-hour.2016_08 is 93.8'),
        ("93.8,95", "93.8,96", 'column "target": "96.0": the figure standard.four-hour is 95'),
        (
            ",standard.four-hour",
            ",",
            'column "target_figure": nothing (an empty cell): expected the id of a figure',
        ),
        (",rtt.2016_08", ",rtt.2016_09", 'Did you mean "rtt.2016_08"'),
        ("quality,A&E", "qualities,A&E", "expected one of health, quality, money"),
    ],
)
def test_an_aim_without_its_figure_is_refused(somerset, altered, old, new, said):
    with pytest.raises(InputError) as fault:
        aims(altered(somerset, "aims.csv", old, new))
    assert said in str(fault.value)
