"""The spread of a result over draws, told apart from the luck of the samples behind it."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.prevention.smoothed_draws import DrawNumbers, draw_map

RNG = np.random.default_rng(3)
SIMULATED, EVERY, PARAMETERS = 64, 256, 40
FEW, ALL = RNG.normal(size=(SIMULATED, PARAMETERS)), RNG.normal(size=(EVERY, PARAMETERS))
NUMBERS = DrawNumbers(FEW, ALL)


def effect(z: np.ndarray) -> np.ndarray:
    """What two parameters of its own and one other do, with a square."""
    return 10.0 * z[:, 0] + 4.0 * z[:, 1] + 2.0 * z[:, 0] ** 2 + 3.0 * z[:, 20]


@pytest.mark.parametrize("luck", [1.0, 10.0])
def test_the_spread_is_that_of_the_parameters_and_not_of_luck(luck: float) -> None:
    seen = 100.0 + effect(FEW) + luck * RNG.normal(size=SIMULATED)
    found = draw_map(NUMBERS, (0, 1), seen).deviations(seen)
    assert found.shape == (EVERY,)
    assert np.std(found) == pytest.approx(np.std(effect(ALL)), rel=0.3)
    assert np.corrcoef(found, effect(ALL))[0, 1] > 0.85


@pytest.mark.parametrize("luck", [3.0, 10.0])
def test_luck_that_was_measured_gives_the_spread_more_surely(luck: float) -> None:
    """A fifth to a half of the variance is luck; the likelihood over few draws hardly tells."""
    rng = np.random.default_rng(11)
    level = 100.0 + effect(FEW)
    spreads = []
    for _ in range(20):
        seen = level + luck * rng.normal(size=SIMULATED)
        spreads.append(np.std(draw_map(NUMBERS, (0, 1), seen, luck**2).deviations(seen)))
    assert np.mean(spreads) == pytest.approx(np.std(effect(ALL)), rel=0.2)


def test_what_adds_up_in_the_draws_still_does() -> None:
    parts = RNG.normal(size=(SIMULATED, 3)) + effect(FEW)[:, None]
    one = draw_map(NUMBERS, (0, 1), parts.sum(axis=1))
    np.testing.assert_allclose(
        one.deviations(parts).sum(axis=1), one.deviations(parts.sum(axis=1)), atol=1e-8
    )


def test_a_result_that_no_draw_moves_has_no_spread() -> None:
    same = np.full(SIMULATED, 5.0)
    assert not draw_map(NUMBERS, (0, 1), same).deviations(same).any()


def test_few_draws_deviate_from_their_own_mean() -> None:
    seen = np.array([1.0, 2.0, 6.0])
    one = draw_map(DrawNumbers(FEW[:3], FEW[:3]), (0,), seen)
    np.testing.assert_allclose(one.deviations(seen), seen - 3.0)
