"""Shares of programmes in a result: those of every order, where no more than two meet."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.prevention.attributed_effects import first_and_last


def by_every_order(value: dict[frozenset[int], float], players: int) -> np.ndarray:
    """Shapley's definition: the mean over all orders of what each adds when it comes."""
    total = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        before: frozenset[int] = frozenset()
        for player in order:
            total[player] += value[before | {player}] - value[before]
            before |= {player}
    return total / len(orders)


@settings(max_examples=30, deadline=None)
@given(players=st.integers(1, 5), seed=st.integers(0, 10_000))
def test_first_and_last_give_what_every_order_gives_where_no_more_than_two_meet(
    players: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    own, meeting = rng.normal(size=players), rng.normal(size=(players, players))
    sets = [frozenset(c) for n in range(players + 1) for c in combinations(range(players), n)]
    value = {
        s: sum(own[a] for a in s) + sum(meeting[a, b] for a, b in combinations(sorted(s), 2))
        for s in sets
    }
    everybody = frozenset(range(players))
    first = np.array([value[frozenset({j})] for j in range(players)])
    last = np.array([value[everybody] - value[everybody - {j}] for j in range(players)])

    found = first_and_last(first, last)

    np.testing.assert_allclose(found, by_every_order(value, players), atol=1e-9)
    assert found.sum() == pytest.approx(value[everybody])
