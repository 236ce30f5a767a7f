"""The normal quantile and distribution of the compiled passes, against SciPy's to the last bit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from tripleaim.people.normal import LOWEST, below, quantile, quantiles, shares_below_each

MIDDLE_ENDS = math.sqrt(2)
"""Beyond this on either side the distribution is its tail."""

TAIL = math.exp(-2)


def neighbours(*values: float) -> list[float]:
    return [
        float(n) for v in values for n in (np.nextafter(v, -np.inf), v, np.nextafter(v, np.inf))
    ]


def same(found: np.ndarray, wanted: np.ndarray) -> bool:
    return found.dtype == wanted.dtype and found.tobytes() == wanted.tobytes()


def all_quantiles(shares: list[float]) -> np.ndarray:
    out = np.full(len(shares), np.nan)
    quantiles(np.array(shares, dtype=np.float64), out)
    return out


def all_belows(normals: list[float]) -> np.ndarray:
    out = np.full(len(normals), np.nan)
    shares_below_each(np.array(normals, dtype=np.float64), out)
    return out


# exp(-32): there the tail's second function begins.
SHARES = [
    *neighbours(TAIL, 1 - TAIL, 0.5, math.exp(-32), 0.25, 0.75),
    *(2.0**-33, 1 - 2.0**-33, LOWEST, 1 - LOWEST, 1e-4, 1 - 1e-4),
]
NORMALS = [
    *neighbours(MIDDLE_ENDS, -MIDDLE_ENDS, 8 * MIDDLE_ENDS, -8 * MIDDLE_ENDS, 1.0, -1.0),
    *neighbours(37.519379347, -37.519379347, 37.6769, -37.6769),
    *(0.0, -0.0, 5e-324, 1e300, -1e300, np.inf, -np.inf),
]


@pytest.mark.parametrize("share", SHARES)
def test_a_quantile_is_scipys_where_functions_meet(share: float) -> None:
    assert same(np.float64(quantile(share)), ndtri(share))


@pytest.mark.parametrize("normal", NORMALS)
def test_a_share_below_is_scipys_where_functions_meet(normal: float) -> None:
    assert same(np.float64(below(normal)), ndtr(normal))


def test_zero_is_taken_for_the_least_share_that_has_a_quantile() -> None:
    assert quantile(0.0) == ndtri(LOWEST) == all_quantiles([0.0])[0]
    assert -8.3 < quantile(0.0) < -8.2


@settings(deadline=None)  # the first one compiles
@given(st.lists(st.floats(LOWEST, 1 - LOWEST), max_size=40))
def test_quantiles_of_many_are_scipys_in_any_company(shares: list[float]) -> None:
    wanted = ndtri(np.array(shares, dtype=np.float64))
    assert same(all_quantiles(shares), wanted)
    assert same(np.array([quantile(s) for s in shares], dtype=np.float64), wanted)


@settings(deadline=None)  # the first one compiles
@given(st.lists(st.floats(-40, 40) | st.floats(allow_nan=False), max_size=40))
def test_shares_below_many_are_scipys_in_any_company(normals: list[float]) -> None:
    wanted = ndtr(np.array(normals, dtype=np.float64))
    assert same(all_belows(normals), wanted)
    assert same(np.array([below(z) for z in normals], dtype=np.float64), wanted)


def test_a_million_of_each_are_scipys() -> None:
    draw = np.random.default_rng(20)
    shares = (draw.integers(0, 2**32, 10**6) + 0.5) * 2.0**-32
    normals = np.concatenate([draw.normal(size=10**6), draw.uniform(-12, 12, 10**6)])
    found, out = np.empty_like(shares), np.empty_like(normals)
    quantiles(shares, found)
    shares_below_each(normals, out)
    assert same(found, ndtri(shares))
    assert same(out, ndtr(normals))


@pytest.mark.parametrize("of", [SHARES, [0.5] * 9, [1e-3] * 9, [1 - 1e-3] * 9, []])
def test_all_in_the_middle_all_in_a_tail_or_none(of: list[float]) -> None:
    assert same(all_quantiles(of), ndtri(np.array(of, dtype=np.float64)))
    normals = [float(z) for z in ndtri(np.array(of, dtype=np.float64))]
    assert same(all_belows(normals), ndtr(np.array(normals, dtype=np.float64)))
