"""What leading measures say of a late outcome: constructed cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.prevention.leading_fit import explained_by_year, fit_line, predict

DRAWS, YEARS = 64, 6


def lots(*shape: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape)


def moving(measures: int, seed: int = 3) -> np.ndarray:
    """Measures that move by 10 on average by the last year, differently in each draw."""
    size = 10 + lots(DRAWS, 1, measures, seed=seed)
    return size * np.linspace(1 / YEARS, 1, YEARS)[:, None]


def test_a_linear_truth_is_recovered_to_the_last_digit() -> None:
    moves = moving(3)
    effect = moves[:, -1] @ [2.0, -1.0, 0.5] + 7.0
    found = explained_by_year(moves, effect)
    parts = np.array([2.0, -1.0, 0.5]) * moves[:, -1].mean(axis=0) / effect.mean()
    assert found.share[-1] == pytest.approx(parts, rel=1e-9)
    assert found.rest[-1] == pytest.approx(7.0 / effect.mean(), rel=1e-9)
    assert found.known == pytest.approx(1.0)


def test_where_one_measure_carries_all_it_explains_all() -> None:
    moves = moving(2)
    found = explained_by_year(moves, -0.3 * moves[:, -1, 0])
    assert found.share[:, 0] == pytest.approx(np.ones(YEARS))
    assert found.share[:, 1] == pytest.approx(np.zeros(YEARS), abs=1e-9)
    assert found.rest == pytest.approx(np.zeros(YEARS), abs=1e-9)


def test_a_measure_that_explains_nothing_gets_nothing_even_if_it_moves_with_one_that_does() -> None:
    moves = moving(2)
    moves[:, :, 1] = 0.8 * moves[:, :, 0] + 0.2 * moves[:, :, 1]
    found = explained_by_year(moves, moves[:, -1, 0] * 4)
    assert found.share[-1] == pytest.approx([1.0, 0.0], abs=1e-6)


def test_what_a_late_measure_carries_passes_from_the_early_one_to_it() -> None:
    # A programme's members move at once, each year's a little off; the condition follows halfway
    # through and alone acts on the outcome.
    size = 10 + lots(DRAWS, seed=1)
    members = size[:, None] * np.ones(YEARS)
    condition = np.zeros((DRAWS, YEARS))
    condition[:, 3:] = size[:, None] * 0.5 + 0.4 * lots(DRAWS, 1, seed=2)
    moves = np.stack([members, condition], axis=-1)
    found = explained_by_year(moves, condition[:, -1] * 3)
    assert found.share[0, 0] > 0.5
    assert found.share[0, 1] == 0.0
    assert found.share[-1] == pytest.approx([0.0, 1.0], abs=1e-6)
    assert found.known[0] < found.known[-1] == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), measures=st.integers(1, 12))
def test_parts_and_rest_add_up_to_the_whole(seed: int, measures: int) -> None:
    moves = moving(measures, seed)
    effect = 5 + lots(DRAWS, seed=seed + 1) + moves[:, -1].sum(axis=1) * 0.1
    found = explained_by_year(moves, effect)
    assert found.share.sum(axis=1) + found.rest == pytest.approx(np.ones(YEARS), rel=1e-9)
    assert (found.known >= 0).all()


def test_measures_that_say_nothing_are_left_out_whole() -> None:
    moves, effect = moving(3), 5 + lots(DRAWS, seed=12)
    line = fit_line(moves[:, 0], effect)
    found = explained_by_year(moves, effect)
    assert line.penalty >= 1
    assert np.abs(found.share).max() < 0.05
    assert found.known.max() < 0.1


def test_twins_share_what_they_carry_together() -> None:
    moves = np.repeat(moving(1), 2, axis=-1)
    found = explained_by_year(moves, moves[:, -1, 0] * 2)
    assert found.share[-1] == pytest.approx([0.5, 0.5], rel=1e-6)


def test_more_measures_than_draws_still_give_an_answer_that_adds_up() -> None:
    moves = moving(80)
    effect = moves[:, -1, :3].sum(axis=1)
    found = explained_by_year(moves, effect)
    assert np.isfinite(found.share).all()
    assert found.share.sum(axis=1) + found.rest == pytest.approx(np.ones(YEARS), rel=1e-9)


def test_a_measure_that_is_the_same_in_every_draw_explains_nothing_apart_from_the_rest() -> None:
    moves = moving(2)
    moves[:, :, 1] = 4.0
    found = explained_by_year(moves, moves[:, -1, 0] + moves[:, -1, 1])
    assert found.share[-1, 1] == 0.0
    assert found.rest[-1] == pytest.approx(4.0 / (moves[:, -1, 0].mean() + 4.0), rel=1e-9)


def test_left_out_errors_are_those_of_leaving_each_draw_out() -> None:
    moves, effect = moving(2)[:, 2], 3 + lots(DRAWS, seed=9)
    moves[:, 0] += effect
    line = fit_line(moves, effect)
    assert 0 < line.penalty < 1
    design = np.column_stack([np.ones(DRAWS), (moves - moves.mean(axis=0)) / moves.std(axis=0)])
    ridge = np.diag([0.0, 1.0, 1.0]) * line.penalty * DRAWS
    for left_out in (0, 17):
        one = np.arange(DRAWS) != left_out
        beta = np.linalg.solve(design[one].T @ design[one] + ridge, design[one].T @ effect[one])
        missed = effect[left_out] - design[left_out] @ beta
        assert line.left_out[left_out] == pytest.approx(missed, rel=1e-9)


def test_the_interval_narrows_as_the_measures_predict_more() -> None:
    signal, noise = lots(400, seed=4), lots(400, YEARS, seed=5)
    moves = (signal[:, None] + noise * [3, 2, 1, 0.5, 0.25, 0])[:, :, None]
    early, middle, late, end = predict(moves, 10 + signal, (1, 3, 5, 6))
    assert early.width > middle.width > late.width > end.width
    assert end.width == pytest.approx(0.0, abs=1e-9)
    assert end.narrowed == pytest.approx(1.0)
    # The best guess from signal + noise of spread s misses by s / sqrt(1 + s2).
    for found, s in ((early, 3.0), (middle, 1.0), (late, 0.25)):
        assert found.width / found.unconditional == pytest.approx(s / np.hypot(1, s), abs=0.06)
        assert found.known == pytest.approx(1 / (1 + s * s), abs=0.06)
    assert early.unconditional == pytest.approx(2 * 1.2816, rel=0.1)


def test_four_in_five_fresh_draws_fall_inside_the_interval() -> None:
    def world(seed: int) -> tuple[np.ndarray, np.ndarray]:
        signal = lots(600, seed=seed)
        return (signal + lots(600, seed=seed + 1))[:, None, None], 20 + 2 * signal

    found = predict(*world(30), (1,))[0]
    moves, effect = world(40)
    off = effect - found.predicted(moves[:, 0])
    assert ((off > found.low) & (off < found.high)).mean() == pytest.approx(0.8, abs=0.04)


def test_measures_that_say_nothing_narrow_nothing() -> None:
    found = predict(moving(3), 5 + lots(DRAWS, seed=12), (1,))[0]
    assert found.narrowed == pytest.approx(0.0, abs=0.06)
    assert found.predicted(moving(3)[:, 0].mean(axis=0)) == pytest.approx(5.0, abs=0.5)


def test_an_effect_that_never_differs_is_known_from_the_start() -> None:
    found = predict(moving(2), np.full(DRAWS, 3.0), (1,))[0]
    assert (found.low, found.high, found.width) == (0.0, 0.0, 0.0)
    assert found.narrowed == 0.0
    assert np.isnan(explained_by_year(moving(2), np.zeros(DRAWS)).share).all()


@pytest.mark.parametrize(
    ("moves", "effect", "says"),
    [
        (np.ones((7, 2, 1)), np.ones(7), "8 draws or more, found 7"),
        (np.ones((9, 2)), np.ones(9), "by draw, year and measure"),
        (np.ones((9, 2, 1)), np.ones(8), "one effect a draw"),
        (np.full((9, 2, 1), np.nan), np.ones(9), "finite"),
    ],
)
def test_bad_series_are_refused(moves: np.ndarray, effect: np.ndarray, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        explained_by_year(moves, effect)


def test_a_year_beyond_the_horizon_and_a_confidence_of_1_are_refused() -> None:
    with pytest.raises(ValueError, match="year from 1 to 6, found 7"):
        predict(moving(1), lots(DRAWS), (7,))
    with pytest.raises(ValueError, match="between 0 and 1"):
        predict(moving(1), lots(DRAWS), (1,), confidence=1.0)
