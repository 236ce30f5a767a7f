"""Effects are sized so that a solution alone would save its claim, and no more than there is."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import COSTS, SOLUTIONS, Folk, by_year, effect, small_place, solution

from tripleaim import wording
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.scenario import Choice, choose

PLACE = small_place()
IDS = [s.id for s in SOLUTIONS]


def outcome(place, folk, **choices):
    return evaluate(place, folk.groups(place), COSTS, choose(place, choices))


@given(st.integers(0, 2**31), st.sampled_from(IDS))
@settings(max_examples=20, deadline=None)
def test_one_solution_alone_saves_its_claim(seed, kept):
    found = outcome(PLACE, Folk(seed), **{i: Choice(Basis.OFF) for i in IDS if i != kept})
    s = IDS.index(kept)
    alone, claimed = found.after_overlap.by_solution[s], found.as_claimed.by_solution[s]
    assert alone + found.sizes.shortfall[s] == pytest.approx(claimed, rel=1e-9, abs=1e-12)
    assert found.sizes.possible[s].all()


@given(st.integers(0, 2**31))
@settings(max_examples=10, deadline=None)
def test_together_none_saves_more_than_it_claims(seed):
    found = outcome(PLACE, Folk(seed))
    assert (found.after_overlap.by_solution <= found.as_claimed.by_solution + 1e-12).all()
    assert (found.interaction > 0).all()


def test_other_terms_asked_of_the_same_groups_before_change_no_bit():
    folk = Folk(8)
    groups = folk.groups(PLACE)
    dearer = {
        year: {p: 1.5 * cost for p, cost in by_point.items()} for year, by_point in COSTS.items()
    }
    for uptake, costs in product((0.2, 0.5, 0.2), (COSTS, dearer)):
        scenario = choose(PLACE, {IDS[0]: Choice(Basis.ON_EVIDENCE, uptake=uptake)})
        asked = evaluate(PLACE, groups, costs, scenario)
        alone = evaluate(PLACE, folk.groups(PLACE), costs, scenario)
        assert np.array_equal(asked.sizes.size, alone.sizes.size)
        assert np.array_equal(asked.after_overlap.net, alone.after_overlap.net)
        assert asked.classes == alone.classes


def one_claim_place(claim, *effects, **more):
    claims = {"commissioner": by_year(0.0, 0.0, claim), "providers": {}}
    return small_place([solution("one", *effects, claim=claims, **more)])


def test_the_size_is_the_saving_over_what_is_reached():
    folk = Folk(1, n=40, solutions=1)
    place = one_claim_place(0.02, effect("contact rate", "ward"), uptake=0.5)
    reached = folk.contacts[2, folk.reached[2, :, 0], 0].sum()
    found = outcome(place, folk)
    assert found.sizes.size[0, 2] == pytest.approx(20_000 / (0.5 * reached * 1700), rel=1e-12)
    belief = found.beliefs["one"][0]
    assert belief.people == pytest.approx(folk.reached[2, :, 0].sum() / 2)
    assert wording.belief(belief) == (
        f"{100 * belief.change:.0f}% fewer ward visits among {belief.people:.0f} people by 2018/19"
    )


def test_a_claim_beyond_all_contacts_is_capped_and_said_to_be_impossible():
    folk = Folk(1, n=40, solutions=1)
    place = one_claim_place(5.0, effect("contact rate", "ward"), uptake=0.5)
    most = 0.5 * folk.contacts[2, folk.reached[2, :, 0], 0].sum() * 1700 / 1e6
    found = outcome(place, folk)
    assert found.sizes.size[0, 2] == 1.0
    assert found.sizes.needed[0, 2] == pytest.approx(5.0 / most)
    assert found.after_overlap.by_solution[0, 2] == pytest.approx(most)
    assert found.impossible == pytest.approx([0, 0, 5.0 - most])
    belief = found.beliefs["one"][0]
    assert not belief.possible
    assert wording.belief(belief).endswith(
        f"impossible, because avoiding all of it would save £{most:.1f}m of £5.0m"
    )


def test_moving_contacts_to_where_they_cost_more_can_save_nothing():
    folk = Folk(2, solutions=1)
    moved = effect("place of contact", "clinic", to="ward")
    found = outcome(one_claim_place(0.01, moved), folk)
    assert found.sizes.size[0, 2] == 0.0
    assert math.isinf(found.sizes.needed[0, 2])
    assert found.after_overlap.by_solution[0, 2] == 0.0
    assert wording.belief(found.beliefs["one"][0]).startswith("No size of effect would be enough")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (effect("length of stay", "ward"), "shorter stays in ward visits among"),
        (effect("unit cost", "clinic"), "lower cost of clinic visits among"),
        (effect("incidence", condition="diabetes"), "fewer new cases of diabetes among"),
        (
            effect("place of contact", "ward", to="home", contacts_each=3.0),
            "of ward visits replaced by 3 home visits each among",
        ),
    ],
)
def test_each_kind_of_effect_is_said_in_its_own_words(made, words):
    found = outcome(one_claim_place(0.0005, made), Folk(3, solutions=1))
    assert words in wording.belief(found.beliefs["one"][0])


def test_investment_is_part_of_what_must_be_saved():
    folk = Folk(1, n=40, solutions=1)
    free = one_claim_place(0.02, effect("contact rate", "ward"))
    paid = one_claim_place(
        0.015, effect("contact rate", "ward"), recurrent=by_year(0.0, 0.0, 0.005)
    )
    assert outcome(free, folk).sizes.size == pytest.approx(outcome(paid, folk).sizes.size)
    assert outcome(paid, folk).after_overlap.total == pytest.approx(np.array([0, 0, 0.015]))
