from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import qmc

from tripleaim.place import InputError, Place
from tripleaim.place.estimate import CENTRAL, Estimate, Parameter
from tripleaim.uncertainty import as_matrix, draws, in_one_order, rounded_up, shared_cause


def parameters(count: int, shares: str = "") -> tuple[Parameter, ...]:
    return tuple(Parameter(f"p{i:03}", f"P {i}", Estimate(1.2), shares) for i in range(count))


def matrix(of: tuple[Parameter, ...], count: int, seed: int = 7, correlation: float = 0.5):
    made = draws(of, count, seed, correlation=correlation)
    return as_matrix(made, [p.id for p in of])


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    one = draws(parameters(3), 64, 7, correlation=0.5)
    assert one == draws(parameters(3), 64, 7, correlation=0.5)
    assert one != draws(parameters(3), 64, 8, correlation=0.5)


def test_draws_are_numbered_from_one_and_the_central_draw_is_none_of_them() -> None:
    made = draws(parameters(2), 4, 7, correlation=0.5)
    assert [draw.number for draw in made] == [1, 2, 3, 4]
    assert CENTRAL.number == 0
    assert CENTRAL.of("p000") == 0.0


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_draw_depends_neither_on_the_count_nor_on_the_other_parameters(
    count: int, seed: int
) -> None:
    few = draws(parameters(2), count, seed, correlation=0.5)
    many = draws(parameters(5, ""), 4 * count, seed, correlation=0.5)
    for less, more in zip(few, many, strict=False):
        assert less.number == more.number
        assert less.z == {key: more.z[key] for key in ("p000", "p001")}


def test_a_parameter_that_joins_a_cause_changes_no_other_of_that_cause() -> None:
    two = draws(parameters(2, "smoking"), 16, 7, correlation=0.5)
    three = draws(parameters(3, "smoking"), 16, 7, correlation=0.5)
    assert [d.z["p001"] for d in two] == [d.z["p001"] for d in three]


def test_the_order_in_which_parameters_are_given_changes_nothing() -> None:
    mixed = (*parameters(3, "smoking"), *(Parameter(i, i, Estimate(1.0)) for i in ("a", "z")))
    one = draws(mixed, 64, 7, correlation=0.5)
    assert one == draws(mixed[::-1], 64, 7, correlation=0.5)
    z = as_matrix(one, ["a", "z", "p000", "p001"])
    assert np.abs(np.corrcoef(z.T)[0, 1:]).max() < 0.3


@pytest.mark.parametrize("k", [0, 3, 6, 8])
def test_of_2_to_the_k_draws_each_part_of_a_distribution_has_one(k: int) -> None:
    u = ndtr(matrix(parameters(20), 256)[: 2**k])
    parts = np.sort(np.floor(u * 2**k).astype(int), axis=0)
    assert (parts == np.arange(2**k)[:, None]).all()


def test_the_numbers_are_a_scrambling_of_the_first_dimension_of_sobols_sequence() -> None:
    """Owen's scrambling keeps how many of the first 2^k points lie in every 2^-k part."""
    plain = qmc.Sobol(1, scramble=False).random(64)[:, 0]
    ours = ndtr(matrix(parameters(1), 64)[:, 0])
    for k in range(7):
        edges = np.linspace(0, 1, 2**k + 1)
        assert np.histogram(ours, edges)[0].tolist() == np.histogram(plain, edges)[0].tolist()


def test_hundreds_of_parameters_at_256_draws_are_hardly_more_correlated_than_chance() -> None:
    z = matrix(parameters(300), 256)
    pairs = np.corrcoef(z.T)[np.triu_indices(300, 1)]
    assert np.sqrt(np.mean(pairs**2)) < 1.25 / 16  # 1 / 16 of independent ones
    assert np.abs(pairs).max() < 0.35
    assert np.abs(z.mean(axis=0)).max() < 0.01
    assert np.abs(z.std(axis=0) - 1).max() < 0.03


def test_a_sum_of_many_parameters_is_known_far_better_than_from_as_many_random_numbers() -> None:
    """The root mean square error of the mean over twenty seeds, against that of plain chance."""
    errors = []
    for seed in range(20):
        z = matrix(parameters(50), 256, seed)
        errors.append((z + 0.2 * z**3).sum(axis=1).mean())
    of_chance = np.sqrt(50 * (1 + 2 * 0.2 * 3 + 0.2**2 * 15) / 256)
    assert np.sqrt(np.mean(np.square(errors))) < 0.2 * of_chance


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8])
def test_parameters_that_share_a_cause_correlate_by_the_stated_figure(correlation: float) -> None:
    z = matrix(parameters(6, "smoking"), 4096, correlation=correlation)
    pairs = np.corrcoef(z.T)[np.triu_indices(6, 1)]
    assert pairs == pytest.approx(np.full(15, correlation), abs=0.05)
    assert z.std(axis=0) == pytest.approx(np.ones(6), abs=0.03)


def test_parameters_wholly_of_one_cause_are_one_number() -> None:
    z = matrix(parameters(3, "smoking"), 32, correlation=1.0)
    assert (z == z[:, :1]).all()


def test_a_count_is_rounded_up_to_a_power_of_two() -> None:
    assert [rounded_up(n) for n in (1, 2, 3, 100, 256, 257)] == [1, 2, 4, 128, 256, 512]
    assert len(draws(parameters(1), 100, 7, correlation=0.5)) == 128


def test_without_parameters_every_draw_is_the_central_one_under_its_number() -> None:
    made = draws((), 4, 7, correlation=0.5)
    assert [dict(draw.z) for draw in made] == [{}, {}, {}, {}]
    assert as_matrix(made, []).shape == (4, 0)


@pytest.mark.parametrize("count", [0, -1, 1 << 21])
def test_an_impossible_count_is_refused(count: int) -> None:
    with pytest.raises(InputError, match="expected a number of draws"):
        rounded_up(count)


def test_a_correlation_beyond_one_and_a_seed_below_zero_are_refused() -> None:
    with pytest.raises(InputError, match="correlation from 0 to 1"):
        draws(parameters(1), 4, 7, correlation=1.5)
    with pytest.raises(InputError, match="seed of 0 or more"):
        draws(parameters(1), 4, -7, correlation=0.5)


def test_parameters_of_several_rooms_are_in_order_of_id_without_repeats() -> None:
    first, second = parameters(3)[1:], parameters(1)
    assert [p.id for p in in_one_order(first, second)] == ["p000", "p001", "p002"]
    with pytest.raises(InputError, match="listed twice"):
        in_one_order(first, parameters(2))


def test_the_correlation_of_a_shared_cause_is_a_figure_with_a_cause(somerset: Place) -> None:
    figure = somerset.figure("uncertainty.shared-cause")
    assert figure.status == "assumed"
    assert figure.cause
    assert shared_cause(somerset) == figure.value == 0.5
