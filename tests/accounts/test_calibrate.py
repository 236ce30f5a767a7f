"""Calibration meets the printed gap with three stated parameters, and shows what it added."""

import math

import pytest

from tripleaim.accounts import (
    NOT_CALIBRATED,
    NoGapPrinted,
    NotCredible,
    StartDiffers,
    account,
    account_inputs,
    bridge,
    calibrate,
    findings,
    has_printed_gap,
    stf,
    uncalibrated,
)
from tripleaim.activity import Activity
from tripleaim.place import InputError, load


@pytest.fixture(scope="module")
def met(somerset, activity, population):
    inputs = account_inputs(somerset)
    calibration = calibrate(inputs, activity, population)
    parameters = calibration.on(inputs.parameters)
    return account(inputs, activity, population, parameters), parameters, calibration.solved


def test_the_printed_gap_is_met_on_both_sides_and_over_five_years(somerset, met):
    accounts, _, _ = met
    assert accounts.side("commissioner")["2020/21"] == pytest.approx(-80.658, abs=1e-6)
    assert accounts.side("providers")["2020/21"] == pytest.approx(-93.967, abs=1e-6)
    # The printed sides add up to 174.625 and the printed total is 174.626.
    assert accounts.nhs["2020/21"] == pytest.approx(somerset.value("gap.2020_21.nhs"), abs=0.002)
    assert accounts.cumulative == pytest.approx(-596, abs=1e-6)
    assert accounts.gap()["cumulative"] == accounts.cumulative


def test_three_parameters_are_solved_each_within_its_credible_range(met):
    _, _, solved = met
    assert [c.parameter for c in solved] == [
        "opening.commissioner",
        "opening.providers",
        "growth.allocation",
    ]
    for value in solved:
        assert value.low <= value.value <= value.high, value
        assert value.credible
        assert value.value != value.uncalibrated


def test_the_plugs_add_up_to_what_calibration_changed(somerset, activity, population, met):
    accounts, _, solved = met
    stated = account(account_inputs(somerset), activity, population)
    changed = (accounts.nhs["2020/21"] - stated.nhs["2020/21"]) * 1e6
    assert sum(value.adds for value in solved) == pytest.approx(changed, abs=0.01)


def test_nothing_but_openings_and_the_allocation_is_moved(somerset, met):
    _, parameters, solved = met
    stated = uncalibrated(somerset)
    assert parameters.provider_inflation == stated.provider_inflation
    assert parameters.efficiency == stated.efficiency
    assert parameters.specialised_funding_growth == stated.specialised_funding_growth
    assert parameters.stf == stated.stf
    added = {
        round(parameters.allocation_growth[year] - stated.allocation_growth[year], 12)
        for year in somerset.years
    }
    assert len(added) == 1
    assert solved[2].value - solved[2].uncalibrated == pytest.approx(100 * added.pop())


def test_before_calibration_the_gap_is_deeper_than_printed(somerset, activity, population):
    accounts = account(account_inputs(somerset), activity, population)
    assert accounts.nhs["2016/17"] == pytest.approx(-75.4)
    assert accounts.nhs["2020/21"] == pytest.approx(-188.84, abs=0.05)
    assert accounts.cumulative == pytest.approx(-669.4, abs=0.1)


def test_a_calibrated_start_that_disagrees_with_the_printed_table_is_reported(
    somerset, activity, population, met
):
    accounts, _, solved = met
    found = findings(
        somerset, account(account_inputs(somerset), activity, population), accounts, solved
    )
    [start] = [f for f in found if isinstance(f, StartDiffers)]
    assert (start.year, round(start.to_meet, 1), round(start.as_printed, 1)) == (
        "2016/17",
        -60.2,
        -75.4,
    )
    assert not any(isinstance(f, NotCredible) for f in found)


def test_if_the_stf_ended_with_2016_17_the_trusts_opening_would_not_be_credible(
    with_figure, activity, population
):
    place = with_figure(**{"stf.carried-share": 0})
    inputs = account_inputs(place)
    calibration = calibrate(inputs, activity, population)
    solved = calibration.solved
    accounts = account(inputs, activity, population, calibration.on(inputs.parameters))

    assert accounts.cumulative == pytest.approx(-596, abs=1e-6)
    assert [c.parameter for c in solved if not c.credible] == ["opening.providers"]
    assert bridge(accounts, "2016/17", "2017/18").steps["funding"]["providers"] == -13.6
    found = findings(place, account(account_inputs(place), activity, population), accounts, solved)
    [wide] = [f.parameter for f in found if isinstance(f, NotCredible)]
    assert wide.parameter == "opening.providers"


def test_stf_of_the_first_year_is_part_of_the_position_and_of_the_last_year_conditional(somerset):
    funds = stf(somerset)
    assert list(funds) == ["2016/17", "2020/21"]
    assert (funds["2016/17"].amount, funds["2016/17"].inside) == (13.6, True)
    assert not funds["2016/17"].conditional
    assert (funds["2020/21"].amount, funds["2020/21"].inside) == (37.0, False)
    assert funds["2020/21"].conditional


def test_a_cumulative_gap_that_no_growth_can_meet_is_refused(with_figure, activity, population):
    inputs = account_inputs(with_figure(**{"gap.cumulative": 5000}))
    with pytest.raises(InputError, match="no growth of the allocation matches"):
        calibrate(inputs, activity, population)


def test_a_place_without_a_printed_gap_is_left_uncalibrated():
    place = load("northamptonshire")
    population = {place.base_year: 723_000, place.years[0]: 725_000}
    still = Activity.of_totals(
        {point.id: dict.fromkeys(place.years, 1e5) for point in place.points_of_delivery}
    )
    assert not has_printed_gap(place)

    inputs = account_inputs(place)
    calibration = calibrate(inputs, still, population)
    accounts = account(inputs, still, population, calibration.on(inputs.parameters))

    assert calibration == NOT_CALIBRATED
    assert calibration.on(inputs.parameters) == uncalibrated(place)
    assert findings(place, accounts, accounts, calibration.solved)[-1] == NoGapPrinted(
        place.last_year, accounts.nhs[place.last_year]
    )


def test_calibration_is_frozen_so_that_a_point_of_inflation_moves_the_gap(
    somerset, with_figure, activity, population
):
    stated = account_inputs(somerset)
    calibration = calibrate(stated, activity, population)
    names = [f for f in somerset.figures if f.startswith("inflation.provider-cost")]
    dearer = {name: somerset.value(name) + 1 for name in names}
    inputs = account_inputs(with_figure(**dearer))

    before = account(stated, activity, population, calibration.on(stated.parameters))
    after = account(inputs, activity, population, calibration.on(inputs.parameters))

    # By hand: the providers' cost of the first year grows with contacts and, from then on, by a
    # point more of inflation a year; their opening is what calibration solved, and stays.
    opening = after.side("providers")["2016/17"]
    assert opening == pytest.approx(before.side("providers")["2016/17"])
    lines = [m for m in after.merged() if m.side == "providers" and m.kind == "cost"]
    years = somerset.years[1:]
    rates = [stated.parameters.provider_inflation[year] + 0.01 for year in years]
    for line in lines:
        volume = next(
            entry.drivers["activity"]["2020/21"]
            for entry in after.lines
            if (entry.side, entry.line, entry.kind) == ("providers", line.line, "cost")
        )
        grown = line.amounts["2016/17"] * volume * math.prod(1 + rate for rate in rates)
        assert line.amounts["2020/21"] == pytest.approx(grown)
    assert after.nhs["2020/21"] < before.nhs["2020/21"] - 10


def test_calibration_can_be_solved_again_and_again_to_the_same_value(
    somerset, activity, population
):
    inputs = account_inputs(somerset)
    assert calibrate(inputs, activity, population) == calibrate(inputs, activity, population)
