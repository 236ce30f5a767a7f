from __future__ import annotations

import numpy as np
import pytest

from tripleaim.place.estimate import Estimate, Parameter
from tripleaim.uncertainty import as_matrix, draws, driving_units, index_of, units

PARAMETERS = (
    *(Parameter(f"growth/{i}", f"Growth {i}", Estimate(1.0), "demand for care") for i in range(8)),
    Parameter("price", "Price", Estimate(1.0)),
    Parameter("effect", "Effect", Estimate(1.0), "a study"),
)
Z = as_matrix(draws(PARAMETERS, 512, 7, correlation=0.5), [p.id for p in PARAMETERS])


def shares(result: np.ndarray) -> dict[str, float]:
    return {part.unit.id: part.share for part in driving_units(units(PARAMETERS), Z, result)}


def test_parameters_of_one_cause_are_one_unit_and_a_cause_of_one_is_its_parameter() -> None:
    assert [(u.id, u.name, u.columns) for u in units(PARAMETERS)] == [
        ("cause/demand for care", "Demand for care: 8 together", tuple(range(8))),
        ("price", "Price", (8,)),
        ("effect", "Effect", (9,)),
    ]


def test_shares_of_units_add_up_to_the_whole_where_effects_add_up() -> None:
    """Eight of variance 1 correlated by a half, summed: 8 + 56 / 2 = 36; beside 5^2 and 3^2."""
    found = shares(Z[:, :8].sum(axis=1) + 5 * Z[:, 8] + 3 * Z[:, 9])
    assert found["cause/demand for care"] == pytest.approx(36 / 70, abs=0.05)
    assert found["price"] == pytest.approx(25 / 70, abs=0.05)
    assert found["effect"] == pytest.approx(9 / 70, abs=0.05)


def test_a_unit_without_effect_gets_zero_next_to_large_ones() -> None:
    """One by one, chance correlations with the large ones would be attributed to it."""
    noise = 0.1 * np.random.default_rng(5).standard_normal(len(Z))
    found = shares(5 * Z[:, 0] + np.exp(Z[:, 8]) + noise)
    assert found["effect"] < 0.002


def test_ranks_are_given_for_single_parameters_alone() -> None:
    parts = {p.unit.id: p for p in driving_units(units(PARAMETERS), Z, -Z[:, 8])}
    assert parts["price"].rank == pytest.approx(-1.0)
    assert parts["cause/demand for care"].rank is None


def test_a_result_that_does_not_vary_is_driven_by_nothing() -> None:
    assert set(shares(np.ones(len(Z))).values()) == {0.0}


def test_pure_noise_has_no_driver() -> None:
    """A unit of many parameters predicts noise no better than one of few."""
    result = np.random.default_rng(3).standard_normal((20, len(Z)))
    found = [shares(row)["cause/demand for care"] for row in result]
    assert np.mean(found) < 0.01


def test_the_index_of_the_only_unit_is_the_result_itself() -> None:
    weights = np.arange(1.0, 9.0)
    result = Z[:, :8] @ weights
    index = index_of(units(PARAMETERS)[0], Z, result)
    assert np.corrcoef(index, result)[0, 1] > 0.999


def test_few_draws_of_many_parameters_still_have_an_index() -> None:
    index = index_of(units(PARAMETERS)[0], Z[:4], Z[:4, 0])
    assert index.shape == (4,)
    assert np.isfinite(index).all()
