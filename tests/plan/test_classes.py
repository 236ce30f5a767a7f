"""Evidence shows four things of a solution, and what it does not show is not known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_place import COSTS, YEARS, Folk, by_year, effect, evidence, small_place, solution

from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.classes import EvidenceClass
from tripleaim.plan.overlap.outcome import evaluate
from tripleaim.plan.overlap.scenario import Choice, choose

FOLK = Folk(21, n=300, solutions=1)
FOLK.reached[:] = True
CONTACTS = FOLK.contacts[2, :, 0].sum()
"""Everybody's contacts at the ward in the last year; everybody is reached and half take it up."""
PRICE = COSTS[YEARS[2]]["ward"]
SAVED = 0.5 * 0.2 * CONTACTS * PRICE / 1e6
"""£m that a fall by a fifth saves in the last year."""
CLAIM = {"commissioner": by_year(0.01, 0.02, 0.03), "providers": by_year(0.0, 0.01, 0.01)}


def outcome(*effects, invested: float = 0.0, **choice):
    one = solution("one", *effects, claim=CLAIM, recurrent=by_year(invested, invested, invested))
    place = small_place([one])
    choices = {"one": Choice(**choice)} if choice else {}
    return evaluate(place, FOLK.groups(place), COSTS, choose(place, choices))


def only_part(*effects, invested: float = 0.0):
    (part,) = outcome(*effects, invested=invested).classes
    return part


def fewer(value: float, low: float, high: float, design: str = "controlled"):
    return effect("contact rate", "ward", evidence=evidence(value, low, high, design))


def test_a_net_interval_above_zero_is_shown_to_pay():
    part = only_part(fewer(-0.2, -0.3, -0.1), invested=SAVED / 4)
    assert part.evidence_class == EvidenceClass.PAYS
    assert part.net.low == pytest.approx(SAVED / 2 - SAVED / 4)
    assert part.net.value == pytest.approx(SAVED - SAVED / 4)
    assert part.net.high == pytest.approx(1.5 * SAVED - SAVED / 4)


def test_an_effect_without_zero_that_costs_more_is_shown_to_work_and_cost_more():
    part = only_part(fewer(-0.2, -0.3, -0.1), invested=2 * SAVED)
    assert part.evidence_class == EvidenceClass.COSTS_MORE
    assert part.net.value == pytest.approx(-SAVED)


def test_a_net_interval_that_holds_zero_is_not_known():
    part = only_part(fewer(-0.2, -0.3, -0.1), invested=SAVED)
    assert part.evidence_class == EvidenceClass.NOT_KNOWN
    assert part.net is None


def test_an_effect_that_may_be_zero_and_costs_more_at_best_is_not_shown_to_work():
    part = only_part(fewer(-0.1, -0.2, 0.05), invested=2 * SAVED)
    assert part.evidence_class == EvidenceClass.NOT_KNOWN


@pytest.mark.parametrize(("low", "high"), [(-0.02, 0.02), (-0.01, 0.0), (0.0, 0.0), (0.1, 0.2)])
def test_an_interval_without_room_for_a_fall_beyond_the_margin_is_shown_not_to_work(low, high):
    part = only_part(fewer(low, low, high), invested=0.1)
    assert part.evidence_class == EvidenceClass.DOES_NOT_WORK
    assert part.net.value <= 0.02 * SAVED / 0.2 - 0.1 + 1e-12


def test_an_interval_with_room_beyond_the_margin_is_not_known():
    assert only_part(fewer(-0.01, -0.021, 0.01)).evidence_class == EvidenceClass.NOT_KNOWN


@pytest.mark.parametrize("found", [(-0.9, -0.95, -0.85), (0.0, -0.01, 0.01)])
def test_a_study_of_before_and_after_alone_shows_nothing(found):
    part = only_part(fewer(*found, "before-after"), invested=SAVED / 4)
    assert part.evidence_class == EvidenceClass.NOT_KNOWN
    assert part.net is None


def test_what_no_study_measured_is_not_known_rather_than_zero():
    assert only_part(effect("contact rate", "ward")).evidence_class == EvidenceClass.NOT_KNOWN


def test_a_solution_of_mixed_designs_is_split_by_what_each_effect_would_save():
    found = outcome(
        fewer(-0.2, -0.3, -0.1),
        effect("contact rate", "clinic", weight=0.5),
        invested=SAVED / 100,
    )
    shown, open_ = found.classes
    assert shown.evidence_class == EvidenceClass.PAYS
    assert (shown.effects, open_.effects) == ((0,), (1,))
    at_ward = CONTACTS * PRICE
    at_clinic = 0.5 * FOLK.contacts[2, :, 1].sum() * COSTS[YEARS[2]]["clinic"]
    assert shown.share == pytest.approx(at_ward / (at_ward + at_clinic))
    assert shown.claim == pytest.approx((shown.share * 0.03, shown.share * 0.01))


designs = st.sampled_from(
    [
        evidence(-0.2, -0.3, -0.1, "controlled"),
        evidence(0.0, -0.01, 0.01, "controlled"),
        evidence(-0.4, -0.5, -0.3, "before-after"),
        evidence(),
    ]
)


@given(st.lists(designs, min_size=3, max_size=3), st.floats(0, 0.5))
def test_parts_add_up_to_the_solution_and_hold_each_effect_once(studies, invested):
    points = ("ward", "clinic", "home")
    found = outcome(
        *(effect("contact rate", p, evidence=e) for p, e in zip(points, studies, strict=True)),
        invested=invested,
    )
    assert sum(p.share for p in found.classes) == pytest.approx(1)
    assert sum(p.claimed for p in found.classes) == pytest.approx(0.04)
    assert sum(p.investment for p in found.classes) == pytest.approx(invested)
    assert sorted(k for p in found.classes for k in p.effects) == [0, 1, 2]
    assert len({p.evidence_class for p in found.classes}) == len(found.classes)


def test_a_solution_that_is_not_done_has_no_class():
    assert outcome(fewer(-0.2, -0.3, -0.1), basis=Basis.OFF).classes == ()


def test_the_class_of_a_solution_does_not_depend_on_other_solutions():
    first = solution("first", fewer(-0.2, -0.3, -0.1), claim=CLAIM, recurrent=by_year(0, 0, 0.05))
    second = solution("second", fewer(-0.9, -1.0, -0.8), claim=CLAIM)
    place = small_place([first, second])
    folk = Folk(21, n=300, solutions=2)
    groups = folk.groups(place)
    both = evaluate(place, groups, COSTS, choose(place))
    alone = evaluate(place, groups, COSTS, choose(place, {"second": Choice(Basis.OFF)}))
    assert both.classes[0] == alone.classes[0]


def test_the_range_goes_from_nothing_to_the_whole_claim_of_what_is_not_known():
    found = outcome(effect("contact rate", "ward"), invested=0.005)
    assert found.least.total == pytest.approx([-0.005] * 3)
    assert found.most.total == pytest.approx(found.after_overlap.total)
    assert found.most.total == pytest.approx([0.01, 0.03, 0.04])


def test_what_is_shown_is_the_same_at_both_ends_of_the_range():
    found = outcome(fewer(-0.2, -0.3, -0.1), invested=SAVED / 4)
    assert found.least.total == pytest.approx(found.most.total)
    assert found.least.total[2] == pytest.approx(found.classes[0].net.value)


def test_the_investment_in_what_is_not_known_is_spent_at_both_ends():
    cheap = outcome(effect("contact rate", "ward"), fewer(-0.2, -0.3, -0.1))
    assert np.all(cheap.least.total <= cheap.on_evidence.total + 1e-12)
    assert np.all(cheap.least.total <= cheap.most.total)
