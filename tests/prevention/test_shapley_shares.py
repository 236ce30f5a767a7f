"""Shares of programmes in a result add up to it, whichever way they are found."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.prevention.shapley_shares import (
    enumerated_shares,
    multilinear_shares,
    multiplying_shares,
    sampled_shares,
    shares,
)

Floats = npt.NDArray[np.float64]


def by_every_order(values: Floats, players: int) -> Floats:
    """Shapley's definition: the mean over all orders of what each adds when it comes."""
    total = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        coalition = 0
        for player in order:
            total[player] += values[coalition | 1 << player] - values[coalition]
            coalition |= 1 << player
    return total / len(orders)


def products(base: Floats, multiplier: Floats) -> Floats:
    players = multiplier.shape[1]
    return np.array(
        [
            (base * np.prod(multiplier[:, [p for p in range(players) if s >> p & 1]], axis=1)).sum()
            for s in range(1 << players)
        ]
    )


@settings(max_examples=30, deadline=None)
@given(players=st.integers(1, 6), seed=st.integers(0, 10_000))
def test_every_coalition_gives_what_every_order_gives(players: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=1 << players)

    found = enumerated_shares(lambda s: values[[s]], players)[:, 0]

    np.testing.assert_allclose(found, by_every_order(values, players), atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(players=st.integers(1, 8), cells=st.integers(1, 5), seed=st.integers(0, 10_000))
def test_quadrature_gives_what_every_coalition_gives(players: int, cells: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    base, multiplier = rng.random(cells) * 100, rng.random((cells, players)) * 1.5

    found = multiplying_shares(base, multiplier)

    values = products(base, multiplier)
    brute = enumerated_shares(lambda s: values[[s]], players)[:, 0]
    np.testing.assert_allclose(found, brute, rtol=1e-11, atol=1e-10)
    assert found.sum() == pytest.approx(values[-1] - values[0], abs=1e-9)


def test_two_that_multiply_share_what_they_do_together_equally() -> None:
    # 100 -> 80 and 100 -> 50; together 40. Alone -20 and -50; of the +10 that overlaps, half each.
    found = multiplying_shares(np.array([100.0]), np.array([[0.8, 0.5]]))

    np.testing.assert_allclose(found, [-15.0, -45.0])


def test_alike_programmes_have_like_shares() -> None:
    found = multiplying_shares(np.array([1000.0]), np.full((1, 10), 0.9))

    np.testing.assert_allclose(found, np.full(10, (1000 * 0.9**10 - 1000) / 10))


def test_the_extension_of_a_game_that_adds_up_gives_each_its_own() -> None:
    worth = np.array([3.0, -1.0, 7.0])

    np.testing.assert_allclose(multilinear_shares(lambda x: x @ worth, 3), worth)


def test_the_gloves_game_is_shared_as_published() -> None:
    # Players 1 and 2 have left gloves, 3 a right one; a pair is worth 1: shares 1/6, 1/6, 4/6.
    values = np.array([[float(bool(s & 0b011) and bool(s & 0b100))] for s in range(8)])

    found = enumerated_shares(lambda s: values[s], 3)[:, 0]

    np.testing.assert_allclose(found, [1 / 6, 1 / 6, 4 / 6])


@pytest.mark.parametrize("pairs", [1, 4, 9])
def test_sampled_shares_add_up_exactly_and_say_what_was_spread(pairs: int) -> None:
    values = np.random.default_rng(3).normal(size=(1 << 5, 2))

    found, _, corrected = sampled_shares(lambda s: values[s], 5, pairs, seed=1)

    np.testing.assert_allclose(found.sum(axis=0), values[-1] - values[0], atol=1e-12)
    assert np.abs(corrected).max() < 1e-12


def test_sampled_shares_lie_within_their_error() -> None:
    values = np.random.default_rng(5).normal(size=(1 << 6, 40))
    exact = enumerated_shares(lambda s: values[s], 6)

    found, error, _ = sampled_shares(lambda s: values[s], 6, 60, seed=2)

    within = np.abs(found - exact) <= 1.96 * error
    assert 0.85 < within.mean() <= 1.0


def test_sampling_the_same_seed_twice_gives_the_same_shares() -> None:
    values = np.random.default_rng(5).normal(size=(1 << 6, 1))

    first = sampled_shares(lambda s: values[s], 6, 5, seed=9)
    second = sampled_shares(lambda s: values[s], 6, 5, seed=9)

    np.testing.assert_array_equal(first[0], second[0])


def test_an_idle_programme_has_no_share_and_costs_no_coalition() -> None:
    asked: list[int] = []

    def value(coalition: int) -> Floats:
        asked.append(coalition)
        return np.array([float((coalition & 0b101).bit_count())])

    found = shares(value, 3, idle=[1])

    np.testing.assert_allclose(found.value[:, 0], [1, 0, 1])
    assert sorted(asked) == [0b000, 0b001, 0b100, 0b101]
    assert found.way == ("exact", "exact", "exact")


def test_too_many_coalitions_are_sampled_and_it_is_said() -> None:
    found = shares(
        lambda s: np.array([float(s.bit_count() ** 2)]), 6, most_coalitions=32, pairs=3, seed=1
    )

    assert set(found.way) == {"sampled"}
    assert found.permutations == 6
    assert found.value.sum() == pytest.approx(36)
