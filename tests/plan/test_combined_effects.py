"""Effects meet in the same people: compared with people taken one by one."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import (
    ATTRIBUTABLE,
    CONDITIONS,
    COSTS,
    SOLUTIONS,
    YEARS,
    Folk,
    effect,
    small_place,
    solution,
)

from tripleaim.plan.overlap.claims import terms
from tripleaim.plan.overlap.combined_effects import MOST_WEIGHTS, combine_effects
from tripleaim.plan.overlap.effects import effects
from tripleaim.plan.overlap.outcome import prices
from tripleaim.plan.overlap.scenario import choose

PLACE = small_place()


def acting_on(place, folk, uptake, size, *, at):
    """What acts on one person's contacts: effects with their -ln f, on contacts and on cost."""
    table, (y, i, p) = effects(place), at
    fewer, cheaper = [], []
    for e, s in enumerate(table.solution):
        if table.point[e] == p and folk.reached[y, i, s]:
            fall = uptake[s, y] * size[e, y] * table.cost_share[e]
            (fewer if table.contacts[e] else cheaper).append((e, -math.log(1 - fall)))
    for number, name in enumerate(table.conditions):
        c = CONDITIONS.index(name)
        began = folk.begins[i, c]
        if began > y or p == 3:
            continue
        thinners = [
            (e, math.log(1 - uptake[s, began] * size[e, y]))
            for e, s in enumerate(table.solution)
            if table.condition[e] == number and folk.reached_before[began, i, s]
        ]
        stays = math.exp(sum(log for _, log in thinners))
        total = -math.log(1 - (1 - stays) * ATTRIBUTABLE[c, p])
        fewer += [(e, total * log / math.log(stays)) for e, log in thinners if stays < 1]
    return fewer, cheaper


def one_by_one(place, folk, uptake, size):
    """Saving (E, Y) and contacts (P, Y), one person after the other, as the words have it."""
    table, price = effects(place), prices(place, COSTS)
    saving = np.zeros((len(table.solution), len(YEARS)))
    left = np.zeros((4, len(YEARS)))
    for y, i, p in product(range(len(YEARS)), range(folk.n), range(4)):
        contacts = folk.contacts[y, i, p]
        fewer, cheaper = acting_on(place, folk, uptake, size, at=(y, i, p))
        by_contact = sum(log for _, log in fewer)
        by_all = by_contact + sum(log for _, log in cheaper)
        left[p, y] += contacts * math.exp(-by_contact)
        for e, log in fewer + cheaper if by_all else []:
            saving[e, y] += price[p, y] * contacts * (1 - math.exp(-by_all)) * log / by_all
        for e, log in fewer if by_contact else []:
            if table.to[e] >= 0:
                moved = table.each[e] * contacts * (1 - math.exp(-by_contact)) * log / by_contact
                left[table.to[e], y] += moved
                saving[e, y] -= moved * price[table.to[e], y]
    return saving, left


def sizes(seed: int, place=PLACE, most: float = 0.9):
    luck = np.random.default_rng(seed)
    return luck.uniform(0, most, (len(effects(place).solution), len(YEARS)))


def run(place, folk, size):
    uptake = terms(place, choose(place)).uptake
    return combine_effects(folk.groups(place), effects(place), uptake, size, prices(place, COSTS))


@given(st.integers(0, 2**31))
@settings(max_examples=5, deadline=None)
def test_groups_give_what_people_give_one_by_one(seed):
    folk, size = Folk(seed, n=25), sizes(seed)
    combined = run(PLACE, folk, size)
    saving, left = one_by_one(PLACE, folk, terms(PLACE, choose(PLACE)).uptake, size)
    assert combined.saving == pytest.approx(saving, rel=1e-9, abs=1e-9)
    assert combined.contacts == pytest.approx(left, rel=1e-9)


def test_splitting_a_person_in_two_halves_changes_nothing():
    folk = Folk(3)
    halves = folk.take(np.repeat(np.arange(folk.n), 2))
    halves.contacts /= 2
    whole, split = run(PLACE, folk, sizes(3)), run(PLACE, halves, sizes(3))
    assert split.saving == pytest.approx(whole.saving, rel=1e-12)
    assert split.contacts == pytest.approx(whole.contacts, rel=1e-12)


def test_the_order_of_people_and_of_solutions_does_not_matter():
    folk, size = Folk(4), sizes(4)
    whole = run(PLACE, folk, size)
    backwards = run(PLACE, folk.take(np.arange(folk.n)[::-1]), size)
    assert backwards.saving == pytest.approx(whole.saving, rel=1e-12)

    order = [3, 0, 4, 2, 1]
    turned = small_place([SOLUTIONS[s] for s in order])
    table = effects(PLACE)
    rows = np.concatenate([table.of(s) for s in order])
    other = folk.take(np.arange(folk.n))
    other.reached, other.reached_before = folk.reached[..., order], folk.reached_before[..., order]
    assert run(turned, other, size[rows]).saving == pytest.approx(whole.saving[rows], rel=1e-12)


def test_what_groups_were_asked_before_changes_no_bit_and_stays_bounded():
    folk, table, price = Folk(5), effects(PLACE), prices(PLACE, COSTS)
    uptake, groups = terms(PLACE, choose(PLACE)).uptake, folk.groups(PLACE)
    for seed in range(MOST_WEIGHTS // 4 + 8):
        met = combine_effects(groups, table, uptake, sizes(seed), price)
        if seed % 50 == 0:
            again = combine_effects(groups, table, uptake, sizes(seed), price)
            alone = combine_effects(folk.groups(PLACE), table, uptake, sizes(seed), price)
            for other in (again, alone):
                assert np.array_equal(other.saving, met.saving)
                assert np.array_equal(other.contacts, met.contacts)
    kept = [len(now.weights) for now in groups.by_year]
    assert max(kept) <= MOST_WEIGHTS
    assert max(kept) < 4 * seed


def test_nothing_done_leaves_contacts_as_they_were_to_the_last_bit():
    folk = Folk(5)
    combined = run(PLACE, folk, np.zeros_like(sizes(5)))
    assert np.array_equal(combined.contacts, folk.groups(PLACE).contacts)
    assert not combined.saving.any()
    assert not combined.avoided.any()


def test_what_effects_avoid_is_what_is_missing_from_contacts():
    folk, size = Folk(6), sizes(6)
    combined, table = run(PLACE, folk, size), effects(PLACE)
    back = combined.contacts + combined.avoided.sum(axis=0)
    for e in np.flatnonzero(table.to >= 0):
        back[table.to[e]] -= table.each[e] * combined.avoided[e, table.point[e]]
    assert back == pytest.approx(folk.groups(PLACE).contacts, rel=1e-12)


def test_two_that_each_halve_the_same_contacts_leave_a_quarter_and_share_it_equally():
    place = small_place(
        [
            solution("one", effect("contact rate", "ward"), uptake=1.0),
            solution("two", effect("contact rate", "ward"), uptake=1.0),
        ]
    )
    folk = Folk(7, n=8, solutions=2)
    folk.reached[:] = True
    combined = run(place, folk, np.full((2, 3), 0.5))
    before = folk.groups(place).contacts
    assert combined.contacts[0] == pytest.approx(before[0] / 4, rel=1e-12)
    assert combined.avoided[:, 0] == pytest.approx(np.stack([before[0] * 3 / 8] * 2), rel=1e-12)
    assert combined.contacts[1:] == pytest.approx(before[1:], rel=0)


def test_an_onset_is_spared_with_the_chance_of_each_year_in_expectation():
    """Drawing the onsets of each person many times has the mean that the groups give at once."""
    place = small_place(
        [
            replace(
                solution("prevent", effect("incidence", condition="diabetes"), uptake=0.5),
                years_to_full=2,
            )
        ]
    )
    folk = Folk(8, n=12, solutions=1)
    folk.reached_before[:] = True
    folk.begins[:] = 9
    folk.begins[:6, 1] = 0
    combined = run(place, folk, np.full((1, 3), 0.8))
    uptake = terms(place, choose(place)).uptake[0]
    assert uptake == pytest.approx([0.25, 0.5, 0.5])
    luck = np.random.default_rng(0)
    spared = luck.random((200_000, 6)) < 0.25 * 0.8
    due = folk.contacts[2, :6, 1] * ATTRIBUTABLE[1, 1]
    drawn = (spared * due).sum(axis=1)
    error = drawn.std() / math.sqrt(len(drawn))
    assert combined.avoided[0, 1, 2] == pytest.approx(drawn.mean(), abs=4 * error)
    assert combined.avoided[0, 1, 2] == pytest.approx(0.2 * due.sum(), rel=1e-12)


def test_a_harmful_effect_adds_contacts_and_costs_money():
    place = small_place([solution("harm", effect("contact rate", "ward"), uptake=1.0)])
    folk = Folk(9, n=10, solutions=1)
    folk.reached[:] = True
    combined = run(place, folk, np.full((1, 3), -0.1))
    assert combined.contacts[0] == pytest.approx(1.1 * folk.groups(place).contacts[0], rel=1e-12)
    assert (combined.saving < 0).all()


def test_money_that_is_not_the_nhs_saves_the_nhs_nothing():
    place = small_place([solution("council", effect("contact rate", "council"), uptake=1.0)])
    combined = run(place, Folk(10, solutions=1), np.full((1, 3), 0.5))
    assert not combined.saving.any()
    assert combined.avoided[0, 3].min() > 0
