"""The shipped gradient of death by deprivation gives England the official slope of life."""

from __future__ import annotations

import numpy as np
import pytest
from slope_of_life import Dying, dying_in, official, ratios

from tripleaim.place import Place


@pytest.fixture(scope="module")
def dying(england: Place) -> Dying:
    return dying_in(england)


def test_the_gradient_of_death_gives_the_official_slope_of_life_expectancy(
    england: Place, dying: Dying
) -> None:
    """If this fails: `python -m tests.country.slope_of_life` solves the ratios anew."""
    slope, _ = dying.slope(dying.own)
    np.testing.assert_allclose(slope, official(england), atol=0.05)


def test_ratios_are_the_pattern_set_by_hand_to_one_power_for_each_sex(
    england: Place, dying: Dying
) -> None:
    """The uncalibrated pattern gives men too small a slope and women nearly the official one."""
    pattern, shipped = ratios(england)
    powers = np.log(shipped[:, 0]) / np.log(pattern[:, 0])
    np.testing.assert_allclose(shipped, pattern ** powers[:, None], atol=5e-4)
    by_hand, _ = dying.slope(dying.own / shipped * pattern)
    np.testing.assert_allclose(by_hand, [8.2, 7.5], atol=0.1)


def test_a_gradient_moves_no_death_from_one_age_or_sex_to_another(dying: Dying) -> None:
    _, deaths = dying.slope(dying.own)
    _, even = dying.slope(np.ones_like(dying.own))
    pooled = slice(0, 95)
    np.testing.assert_allclose(deaths[:, pooled], even[:, pooled], rtol=1e-5)
    np.testing.assert_allclose(deaths.sum(axis=1), even.sum(axis=1), rtol=1e-5)
