"""A scenario's results are given together, add up, and stay within what populations have shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import COSTS, SOLUTIONS, Folk, by_year, effect, small_place, solution

from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.claims import terms
from tripleaim.plan.overlap.effects import effects, evidenced
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.scenario import Choice, choose

PLACE = small_place()
IDS = [s.id for s in SOLUTIONS]
FOLK = Folk(11, n=400)
GROUPS = FOLK.groups(PLACE)


def outcome(**choices):
    return evaluate(PLACE, GROUPS, COSTS, choose(PLACE, choices))


def results(found):
    return (found.as_claimed, found.after_overlap, found.on_evidence, found.as_chosen)


@given(
    st.dictionaries(
        st.sampled_from(IDS),
        st.sampled_from(
            [
                Choice(Basis.OFF),
                Choice(Basis.ON_EVIDENCE, 0.3),
                Choice(Basis.OWN_VALUE, own=0.1),
                Choice(start="2017/18"),
            ]
        ),
    )
)
@settings(max_examples=15, deadline=None)
def test_parts_add_up(choices):
    found = outcome(**choices)
    for result in results(found):
        assert result.by_solution.sum(axis=0) + result.cap.sum(axis=0) == pytest.approx(
            result.total
        )
        assert result.by_side.sum(axis=0) == pytest.approx(result.total)
        assert result.net.sum(axis=1) == pytest.approx(result.by_solution)
    assert found.interaction == pytest.approx(found.as_claimed.total - found.after_overlap.total)
    assert (found.as_claimed.activity == GROUPS.contacts).all()


@pytest.mark.parametrize("choice", [Choice(Basis.OFF), Choice(uptake=0.0)])
def test_everything_off_is_the_do_nothing_to_the_last_bit(choice):
    found = outcome(**dict.fromkeys(IDS, choice))
    for result in results(found):
        assert not result.net.any()
        assert not result.cap.any()
        assert np.array_equal(result.activity, GROUPS.contacts)


def test_as_chosen_is_after_overlap_when_all_claims_are_believed():
    found = outcome()
    assert np.array_equal(found.as_chosen.net, found.after_overlap.net)


def test_as_chosen_is_on_evidence_when_all_evidence_is_chosen():
    found = outcome(**dict.fromkeys(IDS, Choice(Basis.ON_EVIDENCE)))
    assert found.as_chosen.net == pytest.approx(found.on_evidence.net)
    assert found.as_chosen.cap == pytest.approx(found.on_evidence.cap)
    assert found.after_overlap.net == pytest.approx(outcome().after_overlap.net)


def test_controlled_evidence_counts_in_full_before_and_after_by_a_quarter_and_no_evidence_is_zero():
    table, found = effects(PLACE), evidenced(PLACE)
    fewer, moved = table.of(IDS.index("fewer")), table.of(IDS.index("moved"))
    assert found.central[fewer] == pytest.approx([0.2, 0.1])
    assert found.low[fewer] == pytest.approx([0.1, 0.0])
    assert found.high[fewer] == pytest.approx([0.3, 0.1])
    assert not found.central[moved].any()


def test_an_own_value_is_the_fall_of_an_effect_of_weight_one():
    others = {i: Choice(Basis.OFF) for i in IDS if i != "fewer"}
    found = outcome(fewer=Choice(Basis.OWN_VALUE, uptake=1.0, own=0.2), **others)
    taken = terms(PLACE, found.scenario).uptake[1]
    reached = GROUPS.contacts_reached[1]
    for point, fall in ((0, 0.2), (1, 0.1)):
        left = GROUPS.contacts[point] - taken * fall * reached[point]
        assert found.as_chosen.activity[point] == pytest.approx(left)


def test_the_cap_holds_the_total_avoided_to_what_populations_have_shown():
    """0.5 fewer per 1,000 a month in the first two years, 2 from the third, for 400 people."""
    found = outcome(**{i: Choice(Basis.OFF) for i in IDS if i != "fewer"})
    avoided = GROUPS.contacts[0] - found.on_evidence.activity[0]
    assert avoided == pytest.approx([2.4, 2.4, 9.6])
    gross = found.on_evidence.by_solution[1] + found.terms.investment[1]
    kept = gross + found.on_evidence.cap.sum(axis=0)
    price = np.array([COSTS[y]["ward"] for y in found.years])
    of_clinic = np.array([COSTS[y]["clinic"] for y in found.years])
    fewer_at_clinic = GROUPS.contacts[1] - found.on_evidence.activity[1]
    assert kept * 1e6 == pytest.approx(avoided * price + fewer_at_clinic * of_clinic)
    assert (found.on_evidence.cap.sum(axis=0) < 0).all()


def test_the_cap_does_not_touch_claims_or_solutions_outside_it():
    found = outcome(fewer=Choice(Basis.OFF))
    assert not found.on_evidence.cap.any()
    assert not outcome().after_overlap.cap.any()
    assert not outcome(fewer=Choice(Basis.AS_CLAIMED)).as_chosen.cap.any()


def test_the_ends_of_a_solution_hold_what_it_saves_on_evidence():
    found = outcome()
    assert (found.evidence_low <= found.on_evidence.by_solution + 1e-12).all()
    assert (found.on_evidence.by_solution <= found.evidence_high + 1e-12).all()


def test_investment_without_evidence_is_money_spent():
    claims = {"commissioner": by_year(0.01, 0.01, 0.01), "providers": {}}
    place = small_place(
        [
            solution(
                "hope",
                effect("contact rate", "ward"),
                claim=claims,
                recurrent=by_year(0.1, 0.2, 0.3),
            )
        ]
    )
    folk = Folk(13, solutions=1)
    found = evaluate(place, folk.groups(place), COSTS, choose(place))
    assert found.on_evidence.total == pytest.approx([-0.1, -0.2, -0.3])
    assert found.gross(found.on_evidence) == pytest.approx([0, 0, 0], abs=1e-12)
