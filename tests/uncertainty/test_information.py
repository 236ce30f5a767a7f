from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.interpolate import BSpline
from scipy.stats import norm, qmc, spearmanr

from tripleaim.place.estimate import Estimate, Parameter
from tripleaim.uncertainty import (
    as_matrix,
    best_option,
    draws,
    partial_information,
    perfect_information,
    significant_drivers,
)
from tripleaim.uncertainty.driver_shares import Driver, first_order, rank_correlation
from tripleaim.uncertainty.smoothing import PIECES, _cubics, smooth

IDS = ("a", "b", "c", "d")
EFFECTS = np.array([3.0, 1.0, 0.5, 0.0])
MEAN = -1.0


def normals(count: int, ids: tuple[str, ...] = IDS) -> np.ndarray:
    parameters = tuple(Parameter(key, key, Estimate(1.0)) for key in ids)
    return as_matrix(draws(parameters, count, 7, correlation=0.0), ids)


def drivers(z: np.ndarray, ids: tuple[str, ...], result: np.ndarray) -> list[Driver]:
    """Each parameter by itself, the largest share first."""
    each = [
        Driver(key, first_order(z[:, k], result), rank_correlation(z[:, k], result))
        for k, key in enumerate(ids)
    ]
    return sorted(each, key=lambda d: -d.share)


def joint(dimensions: int, count: int) -> np.ndarray:
    """Uniform numbers that fill few dimensions evenly, to test what is estimated from draws
    apart from the draws."""
    return qmc.Sobol(dimensions, rng=np.random.default_rng(1)).random(count)


def expected_gain(mean: float, deviation: float) -> float:
    """E max(0, X) - max(0, E X) of a normal X: the unit normal loss integral."""
    if deviation == 0:
        return 0.0
    at = mean / deviation
    return float(deviation * norm.pdf(at) + mean * norm.cdf(at)) - max(0.0, mean)


def linear(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Do nothing (0) or something, worth -1 + 3a + b + c/2, with a, b, c, d standard normal."""
    z = normals(count)
    return np.stack([np.zeros(len(z)), MEAN + z @ EFFECTS], axis=1), z


def test_perfect_information_on_a_linear_normal_choice_is_the_closed_form() -> None:
    net, _ = linear(4096)
    assert perfect_information(net) == pytest.approx(
        expected_gain(MEAN, math.sqrt(10.25)), rel=0.01
    )


def test_information_on_each_parameter_is_the_closed_form_within_its_error() -> None:
    net, z = linear(4096)
    for worth in partial_information(net, z, IDS):
        exact = expected_gain(MEAN, float(EFFECTS[IDS.index(worth.parameter)]))
        assert worth.value == pytest.approx(exact, abs=3 * worth.error + 1e-9)
        assert worth.value == pytest.approx(exact, abs=0.02)


def test_256_draws_are_enough_to_say_which_parameter_is_worth_knowing() -> None:
    net, z = linear(256)
    found = partial_information(net, z, IDS)
    assert [worth.parameter for worth in found[:2]] == ["a", "b"]
    assert found[0].value == pytest.approx(expected_gain(MEAN, 3.0), abs=3 * found[0].error)
    assert found[0].value + 1e-9 >= found[1].value >= found[2].value


def test_no_parameter_is_worth_more_than_all_together() -> None:
    net, z = linear(1024)
    whole = perfect_information(net)
    assert all(0 <= worth.value <= whole for worth in partial_information(net, z, IDS))


def test_three_options_are_compared_each_with_the_best() -> None:
    """Options 0, z and -z: knowing z is worth E |z|."""
    z = normals(4096, ("z",))[:, 0]
    net = np.stack([np.zeros(len(z)), z, -z], axis=1)
    assert perfect_information(net) == pytest.approx(math.sqrt(2 / math.pi), rel=0.01)
    (worth,) = partial_information(net, z[:, None], ("z",))
    assert worth.value == pytest.approx(math.sqrt(2 / math.pi), rel=0.01)


def test_a_choice_of_one_option_and_one_that_is_always_best_need_no_information() -> None:
    _, z = linear(64)
    alone = np.zeros((64, 1))
    assert perfect_information(alone) == 0.0
    assert {w.value for w in partial_information(alone, z, IDS)} == {0.0}
    certain = np.stack([np.zeros(64), np.full(64, 5.0)], axis=1)
    assert best_option(certain) == 1
    assert perfect_information(certain) == 0.0
    assert {w.value for w in partial_information(certain, z, IDS)} == {0.0}


def test_the_first_order_indices_of_the_ishigami_function_are_the_published_ones() -> None:
    """Ishigami and Homma 1990, a = 7, b = 0.1: 0.3139, 0.4424 and 0 (Saltelli and others 2008)."""
    x = np.pi * (2 * joint(3, 4096) - 1)
    result = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = {d.parameter: d.share for d in drivers(x, ("x", "y", "z"), result)}
    assert found["x"] == pytest.approx(0.3139, abs=0.01)
    assert found["y"] == pytest.approx(0.4424, abs=0.01)
    assert found["z"] == pytest.approx(0.0, abs=0.01)


def test_shares_of_a_sum_are_the_squares_of_its_weights() -> None:
    z = norm.ppf(joint(4, 4096))
    found = {d.parameter: d for d in drivers(z, IDS, z @ EFFECTS)}
    for key, effect in zip(IDS, EFFECTS, strict=True):
        assert found[key].share == pytest.approx(effect**2 / 10.25, abs=0.005)
    assert found["a"].rank == pytest.approx(
        6 / math.pi * math.asin(3 / math.sqrt(10.25) / 2), abs=0.01
    )


def test_drivers_come_with_the_largest_first_and_a_falling_one_has_a_negative_rank() -> None:
    z = normals(256)
    found = drivers(z, IDS, -np.exp(z[:, 1]) + 0.3 * z[:, 2])
    assert found[0].parameter == "b"
    assert found[0].rank < -0.9


def test_of_many_parameters_and_few_draws_only_true_ones_are_significant() -> None:
    """150 parameters, 64 draws, four that act: each by itself a dozen others look as large."""
    ids = tuple(str(k) for k in range(150))
    for seed in range(10):
        z = norm.ppf(qmc.Sobol(150, seed=seed).random(64))
        result = 3 * z[:, 3] + 2 * z[:, 10] + 1.5 * np.exp(z[:, 20] / 2) - z[:, 30]
        found = {d.parameter: d for d in significant_drivers(z, ids, result)}
        assert {"3", "10", "20", "30"} <= set(found)
        assert found["30"].rank < 0 or abs(found["30"].rank) < 0.3
        # Weights 9, 4, about 0.8 and 1 of their sum.
        assert found["3"].share == pytest.approx(0.61, abs=0.12)
        # Nothing but luck is left to others: hardly anything, where curves miss a little.
        assert all(found[key].share < 0.02 for key in set(found) - {"3", "10", "20", "30"})
        alone = [d.parameter for d in drivers(z, ids, result)][:4]
        assert set(alone) != {"3", "10", "20", "30"}


def test_noise_has_no_significant_parameters() -> None:
    generator = np.random.default_rng(5)
    ids = tuple(str(k) for k in range(60))
    found = [
        significant_drivers(generator.normal(size=(64, 60)), ids, generator.normal(size=64))
        for _ in range(40)
    ]
    # One in twenty at most, by Bonferroni: more than six of forty would come once in 50.
    assert sum(bool(one) for one in found) <= 6


def test_few_draws_or_no_variation_give_no_significant_parameters() -> None:
    z = normals(64)
    assert significant_drivers(z, IDS, np.ones(64)) == ()
    assert significant_drivers(z[:3], IDS, z[:3, 1]) == ()
    assert significant_drivers(np.zeros((64, 0)), (), z[:, 1]) == ()
    only = significant_drivers(z, IDS, z[:, 1])
    assert [d.parameter for d in only] == ["b"]
    assert only[0].share == pytest.approx(1.0, abs=0.01)


def test_what_does_not_vary_drives_nothing_and_is_driven_by_nothing() -> None:
    z = normals(64)
    z[:, 0] = 1.0
    assert {(d.share, d.rank) for d in drivers(z, IDS, np.ones(64))} == {(0.0, 0.0)}
    still = next(d for d in drivers(z, IDS, z[:, 1]) if d.parameter == "a")
    assert (still.share, still.rank) == (0.0, 0.0)


def test_a_straight_line_and_a_constant_are_smoothed_to_themselves() -> None:
    x = normals(200)[:, 0]
    curve = smooth(x, np.stack([2 * x + 1, np.full(len(x), 3.0)], axis=1))
    assert curve.fitted[:, 0] == pytest.approx(2 * x + 1, abs=1e-5)
    assert curve.fitted[:, 1] == pytest.approx(np.full(len(x), 3.0), abs=1e-5)
    assert curve.freedom == pytest.approx([2.0, 2.0], abs=1e-3)


def test_the_splines_are_those_of_scipy() -> None:
    at = np.concatenate([np.linspace(0, PIECES, 97), [0.0, PIECES]])
    knots = np.arange(-3, PIECES + 4, dtype=float)
    assert _cubics(at) == pytest.approx(BSpline.design_matrix(at, knots, 3).toarray(), abs=1e-12)


def test_equal_values_share_their_ranks_as_in_scipy() -> None:
    x, y = np.array([3.0, 1, 2, 2, 5, 2]), np.array([1.0, 1, 4, 3, 3, 9])
    assert rank_correlation(x, y) == pytest.approx(spearmanr(x, y).statistic)


def test_pure_noise_is_smoothed_to_nearly_nothing() -> None:
    x = normals(512)[:, 0]
    noise = np.random.default_rng(3).standard_normal((512, 20))
    curve = smooth(x, noise)
    assert curve.fitted.var(axis=0).mean() < 0.02
    assert curve.residual == pytest.approx(np.ones(20), abs=0.2)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_with_few_draws_a_worth_has_an_error_that_can_be_told(count: int) -> None:
    z = np.random.default_rng(count).standard_normal((count, 3))
    net = np.stack([np.zeros(count), z @ EFFECTS[:3]], axis=1)
    for worth in partial_information(net, z, IDS[:3]):
        assert worth.value >= 0
        assert math.isfinite(worth.value)
        assert math.isfinite(worth.error)
        assert math.isfinite(worth.excess)


@pytest.mark.filterwarnings("error")
def test_through_two_draws_no_curve_is_laid_since_any_would_fit() -> None:
    found = smooth(np.array([-1.0, 2.0]), np.array([[5.0], [9.0]]))
    assert found.fitted.ravel() == pytest.approx([7.0, 7.0])
    assert found.freedom == pytest.approx([1.0])
    assert found.residual == pytest.approx([8.0])
    assert [d.share for d in drivers(np.array([[-1.0], [2.0]]), ("a",), np.array([5.0, 9.0]))] == [
        0
    ]


@pytest.mark.filterwarnings("error")
def test_a_curve_through_few_draws_leaves_something_to_tell_how_far_they_are_off() -> None:
    rng = np.random.default_rng(3)
    for count in range(3, 16):
        found = smooth(rng.standard_normal(count), rng.standard_normal((count, 20)))
        assert (found.freedom <= count - 0.5).all()
        assert (found.residual > 0).all()
