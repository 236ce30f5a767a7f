"""Reach groups hold everybody, whatever the solutions, and survive being stored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_place import Folk, small_place

from tripleaim.place import InputError
from tripleaim.plan.overlap.groups import OnsetBook, distinct_of, group_year, padded, patterns_of
from tripleaim.plan.overlap.groups_file import load_groups, save_groups

PLACE = small_place()


@given(st.integers(0, 2**31), st.integers(1, 90))
@settings(max_examples=15, deadline=None)
def test_everybody_and_every_contact_is_in_exactly_one_group(seed, n):
    folk = Folk(seed, n)
    groups = folk.groups(PLACE)
    assert groups.population == pytest.approx([n] * 3, rel=0)
    assert groups.contacts == pytest.approx(folk.contacts.sum(axis=1).T, rel=1e-12)
    assert groups.people_reached == pytest.approx(folk.reached.sum(axis=1).T, rel=0)
    by_hand = np.einsum("ynp,yns->spy", folk.contacts, folk.reached)
    assert groups.contacts_reached == pytest.approx(by_hand, rel=1e-12)


@given(st.integers(0, 2**31), st.integers(0, 4))
@settings(max_examples=15, deadline=None)
def test_groups_of_one_solution_hold_the_same_people_in_fewer_groups(seed, s):
    groups = Folk(seed).groups(PLACE)
    only = groups.only(s)
    assert only.contacts == pytest.approx(groups.contacts, rel=1e-12)
    assert only.people_reached[0] == pytest.approx(groups.people_reached[s], rel=0)
    assert all(
        len(a.people) <= len(b.people) for a, b in zip(only.by_year, groups.by_year, strict=True)
    )


def test_the_64th_solution_has_a_bit_of_its_own_and_the_65th_is_refused():
    reached = [np.array([s == 63, s % 2 == 0]) for s in range(64)]
    patterns = patterns_of(reached)
    assert int(patterns[0]) == 1 << 63
    assert int(patterns[1]) == sum(1 << s for s in range(0, 64, 2))
    with pytest.raises(InputError, match="at most 64 solutions"):
        patterns_of([*reached, reached[0]])


def test_an_onset_that_nobody_could_have_avoided_is_not_counted():
    book = OnsetBook(3, 1)
    new, reached = np.array([True, True, False]), np.array([1, 2, 1], dtype=np.uint64)
    book.begin(0, 0, new, reached, acting=1)
    assert [(o.condition, o.year, o.solutions) for o in book.onsets] == [(0, 0, 1)]
    assert book.sets[:, 0].tolist() == [1, 0, 0]


def test_groups_padded_for_later_onsets_hold_the_same():
    now, _ = group_year(
        np.array([1], dtype=np.uint64), np.array([[1]], dtype=np.int16), np.ones((1, 2)), 1
    )
    assert padded(now, 3).sets.tolist() == [[0, 0, 0], [1, 0, 0]]


def test_stored_groups_are_read_back_unchanged(tmp_path):
    groups = Folk(2).groups(PLACE)
    path = tmp_path / "deep" / "groups.npz"
    save_groups(groups, path, "somerset 7")
    back = load_groups(path, "somerset 7")
    assert back.onsets == groups.onsets
    assert back.solutions == groups.solutions
    for a, b in zip(back.by_year, groups.by_year, strict=True):
        assert np.array_equal(a.patterns, b.patterns)
        assert np.array_equal(a.contacts, b.contacts)
        assert np.array_equal(a.sets, b.sets)
    assert [p.name for p in path.parent.iterdir()] == ["groups.npz"]


@pytest.mark.parametrize("harm", ["cut", "text", "missing", "other"])
def test_a_stored_file_that_cannot_be_used_is_refused(tmp_path, harm):
    path = tmp_path / "groups.npz"
    save_groups(Folk(2).groups(PLACE), path, "somerset 7")
    made_from = "somerset 7"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif harm == "text":
        path.write_text("hello", encoding="utf-8")
    elif harm == "missing":
        path.unlink()
    else:
        made_from = "somerset 8"
    with pytest.raises(InputError, match=r"groups\.npz"):
        load_groups(path, made_from)


@given(st.lists(st.integers(-3, 2**40), min_size=1))
def test_distinct_values_are_those_of_numpy_in_order(values):
    distinct, which = distinct_of(np.array(values))
    expected, inverse = np.unique(np.array(values), return_inverse=True)
    assert np.array_equal(distinct, expected)
    assert np.array_equal(which, inverse)
