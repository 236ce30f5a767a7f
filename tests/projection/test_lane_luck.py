"""Many draws from one hash of a person: even, and unrelated between lanes, people and years."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people.luck import lane_draws
from tripleaim.projection.lanes import Lanes
from tripleaim.projection.plain import happens
from tripleaim.projection.probabilities import exponential

KEYS = Lanes(tuple(f"c{k}" for k in range(22))).keys
N = 200_000
TODAY = np.arange(N, dtype=np.uint64)
NEWCOMERS = TODAY % np.uint64(500) + (TODAY // np.uint64(500) << np.uint64(32))


@pytest.mark.parametrize("people", [TODAY, NEWCOMERS], ids=["today", "newcomers"])
@pytest.mark.parametrize("shift", [0, 12, 24])
def test_every_lane_is_spread_evenly(people: np.ndarray, shift: int) -> None:
    draws = lane_draws(7, people, 2016, KEYS)
    for lane in draws.T:
        counts = np.bincount(lane >> np.uint32(shift) & np.uint32(255), minlength=256)
        chi_square = float(((counts - N / 256) ** 2 / (N / 256)).sum())
        # 255 degrees of freedom: outside this less often than once in 100,000 lanes.
        assert 165 < chi_square < 365


@pytest.mark.parametrize("share", [1.0, 0.1, 0.01])
def test_lanes_are_unrelated_and_so_are_rare_events_on_them(share: float) -> None:
    lots = lane_draws(7, TODAY, 2016, KEYS) / 2**32
    values = lots if share == 1 else lots < share
    related = np.corrcoef(values.T)
    np.fill_diagonal(related, 0)
    # 496 pairs, standard error 0.0022.
    assert np.abs(related).max() < 0.0112


@pytest.mark.parametrize(("seed", "year"), [(7, 2017), (8, 2016), (7, 0)])
def test_other_years_and_seeds_are_other_luck(seed: int, year: int) -> None:
    one, other = lane_draws(7, TODAY, 2016, KEYS), lane_draws(seed, TODAY, year, KEYS)
    for lane in range(len(KEYS)):
        assert abs(np.corrcoef(one[:, lane], other[:, lane])[0, 1]) < 0.0112


def test_one_bit_of_a_persons_number_turns_half_the_bits_of_a_draw() -> None:
    some = np.random.default_rng(1).integers(0, 2**63, 2000).astype(np.uint64)
    before = lane_draws(7, some, 2016, KEYS)
    for bit in range(64):
        after = lane_draws(7, some ^ np.uint64(1 << bit), 2016, KEYS)
        turned = np.bitwise_count(before ^ after).mean()
        assert abs(turned - 16) < 0.1


@given(st.floats(-40, 40))
def test_the_exponential_is_near_the_true_one(x: float) -> None:
    assert exponential(x) == pytest.approx(np.exp(x), rel=1e-12)


@given(st.lists(st.floats(0, 50, width=32), min_size=1, max_size=20), st.integers(0, 2**32 - 1))
def test_an_event_happens_where_the_draw_lies_below_its_chance(
    hazards: list[float], draw: int
) -> None:
    hazard = np.array(hazards, dtype=np.float32)
    found = happens(np.full(len(hazard), draw, dtype=np.uint32), hazard)
    chance = -np.expm1(-hazard.astype(np.float64))
    clear = np.abs(chance - draw / 2**32) > 1e-7
    np.testing.assert_array_equal(found[clear], (draw / 2**32 < chance)[clear])


def test_what_cannot_happen_never_does() -> None:
    draws = np.array([0, 1, 2**32 - 1], dtype=np.uint32)
    assert not happens(draws, np.zeros(3, dtype=np.float32)).any()
