from __future__ import annotations

import numpy as np
import pytest

from tripleaim.uncertainty import fan, split


def test_a_fan_is_the_published_quantiles_of_type_8() -> None:
    """Hyndman and Fan's type 8 of 1..9: at share p, the value at p (n + 1/3) + 1/3."""
    found = fan(np.arange(1.0, 10.0)[:, None])
    at = [p * (9 + 1 / 3) + 1 / 3 for p in (0.1, 0.5, 0.9)]
    assert [found.p10[0], found.p50[0], found.p90[0]] == pytest.approx(at, rel=1e-12)


def test_a_fan_keeps_the_shape_of_its_quantities() -> None:
    values = np.arange(2 * 3 * 64.0).reshape(64, 2, 3)
    found = fan(values)
    assert found.p10.shape == found.p50.shape == found.p90.shape == (2, 3)
    assert (found.p10 < found.p50).all()
    assert (found.p50 < found.p90).all()


def layout(by_draw: list[float], by_seed: list[float], both: float = 0.0) -> np.ndarray:
    rows, columns = np.array(by_draw)[:, None], np.array(by_seed)[None]
    return 5.0 + rows + columns + both * rows * columns


def test_variances_of_a_constructed_layout_are_found_exactly() -> None:
    """Parameters -3, 0, 3 (variance 9); seeds -1, 1 (variance 2); nothing of both."""
    found = split(layout([-3, 0, 3], [-1, 1]))
    assert float(found.parameters) == pytest.approx(9.0, rel=1e-12)
    assert float(found.chance) == pytest.approx(2.0, rel=1e-12)
    assert float(found.total) == pytest.approx(11.0, rel=1e-12)
    assert float(found.chance_share) == pytest.approx(2 / 11, rel=1e-12)


def test_the_parts_are_those_of_the_sums_of_squares_by_hand() -> None:
    """Draws -3, 0, 3 by seeds -1, 1 with a product of 1/2: mean squares 18, 6 and 4.5."""
    found = split(layout([-3, 0, 3], [-1, 1], both=0.5))
    of_both = 2 * 2 * (1.5**2) / 2
    assert float(found.parameters) == pytest.approx((2 * 9 * 2 / 2 - of_both) / 2)
    assert float(found.chance) == pytest.approx((3 * 2 - of_both) / 3 + of_both)


def test_without_parameters_everything_is_chance_and_without_chance_everything_is_parameters() -> (
    None
):
    luck = split(layout([0, 0, 0, 0], [-1, 0.5, 0.5]))
    assert (float(luck.parameters), float(luck.chance)) == (0.0, 0.75)
    known = split(layout([1, 2, 3, 4], [0, 0, 0]))
    assert float(known.chance) == 0.0
    assert float(known.parameters) == pytest.approx(5 / 3)
    assert float(known.chance_share) == 0.0


def test_what_does_not_vary_has_no_share_of_chance() -> None:
    assert float(split(np.ones((4, 3))).chance_share) == 0.0


def test_the_split_is_right_on_average_over_many_constructed_layouts() -> None:
    rng = np.random.default_rng(1)
    parameters = rng.normal(0, 3, (16, 1, 4000))
    chance = rng.normal(0, 1, (1, 4, 4000)) + rng.normal(0, 2, (16, 4, 4000))
    found = split(parameters + chance)
    assert found.parameters.mean() == pytest.approx(9.0, rel=0.03)
    assert found.chance.mean() == pytest.approx(5.0, rel=0.03)


@pytest.mark.parametrize("shape", [(1, 4), (4, 1)])
def test_one_draw_or_one_seed_cannot_be_split(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="two draws and two seeds"):
        split(np.ones(shape))
