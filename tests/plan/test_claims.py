"""Claims follow a scenario's uptake and start, and keep to the printed totals."""

from __future__ import annotations

import pytest
from small_place import by_year, effect, small_place, solution

from tripleaim.place import InputError
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.claims import raised_uptake, terms
from tripleaim.plan.overlap.scenario import Choice, choose

PLACE = small_place()


def under(**choices):
    return terms(PLACE, choose(PLACE, choices))


def test_the_plan_as_printed_keeps_claims_and_ramps_uptake_in_a_straight_line():
    plan = under()
    assert plan.uptake[1] == pytest.approx([0.25, 0.5, 0.5], rel=0)
    assert plan.uptake[2] == pytest.approx([0.0, 0.4, 0.4], rel=0)
    assert plan.claimed[1].tolist() == [[0.01, 0.02, 0.03], [0.0, 0.01, 0.01]]
    assert plan.investment[1] == pytest.approx([0.006, 0.005, 0.005])


def test_half_the_uptake_is_half_the_claim_and_half_the_investment():
    plan, half = under(), under(fewer=Choice(uptake=0.25))
    assert half.claimed[1] == pytest.approx(plan.claimed[1] / 2)
    assert half.investment[1] == pytest.approx(plan.investment[1] / 2)
    assert half.uptake[1] == pytest.approx(plan.uptake[1] / 2)


def test_a_later_start_moves_claim_investment_and_ramp():
    late = under(fewer=Choice(start="2017/18"))
    assert late.claimed[1].tolist() == [[0.0, 0.01, 0.02], [0.0, 0.0, 0.01]]
    assert late.investment[1] == pytest.approx([0.0, 0.006, 0.005])
    assert late.uptake[1] == pytest.approx([0.0, 0.25, 0.5])


def test_an_earlier_start_repeats_the_last_year():
    early = under(moved=Choice(start="2016/17"))
    assert early.claimed[2, 0].tolist() == [0.02, 0.04, 0.04]
    assert early.uptake[2] == pytest.approx([0.4, 0.4, 0.4])


@pytest.mark.parametrize("choice", [Choice(Basis.OFF), Choice(uptake=0.0)])
def test_a_solution_that_is_off_claims_nothing_and_costs_nothing(choice):
    off = under(fewer=choice)
    assert not off.uptake[1].any()
    assert not off.claimed[1].any()
    assert not off.investment[1].any()


def test_sides_share_as_the_claim_does_in_the_year_or_else_over_all_years():
    share = under().side_share
    assert share[1, :, 1] == pytest.approx([2 / 3, 1 / 3])
    assert share[2, :, 0] == pytest.approx([1, 0])
    unclaimed = small_place([solution("free", effect("contact rate", "ward"))])
    assert terms(unclaimed, choose(unclaimed)).side_share[0, :, 0] == pytest.approx([0.5, 0.5])


def test_read_as_included_all_years_make_the_printed_total_and_the_ends_stay():
    claims = {"commissioner": by_year(0.5, 2.0, 1.5), "providers": by_year(0.0, 2.0, 0.0)}
    place = small_place([solution("all", effect("contact rate", "ward"), claim=claims)])
    claimed = terms(place, choose(place, period_total="included")).claimed[0]
    assert claimed[0] == pytest.approx([0.5, 0.5, 1.5])
    assert claimed[1] == pytest.approx([0.0, 0.5, 0.0])


def test_a_total_that_includes_the_first_year_is_refused_where_none_printed_allows_it():
    big = {"commissioner": by_year(2.0, 2.0, 2.0), "providers": {}}
    place = small_place([solution("big", effect("contact rate", "ward"), claim=big)])
    with pytest.raises(InputError, match="more than the first and last year"):
        terms(place, choose(place, period_total="included"))


def test_only_uptake_above_the_plans_own_is_raised():
    choices = {"fewer": Choice(uptake=0.75), "moved": Choice(uptake=0.2)}
    assert [PLACE.solutions[s].id for s in raised_uptake(PLACE, choose(PLACE, choices))] == [
        "fewer"
    ]
    assert not len(raised_uptake(PLACE, choose(PLACE)))
    off = {"fewer": Choice(Basis.OFF, uptake=0.75)}
    assert not len(raised_uptake(PLACE, choose(PLACE, off)))
