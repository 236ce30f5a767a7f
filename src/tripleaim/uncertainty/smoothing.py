"""What is expected of a result given one parameter: a smooth curve through the draws.

A penalised cubic spline (P-splines, Eilers and Marx, Statistical Science 1996;11:89), how smooth
being chosen by generalised cross-validation (Craven and Wahba, Numerische Mathematik 1979;31:377).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PIECES = 12
"""Pieces of the spline, of equal length."""

STIFFNESS: Sequence[float] = tuple(10.0 ** (k / 2) for k in range(-8, 13))
"""Weights of the penalty that are tried; the largest leaves a straight line."""


LEAST_LEFT = 0.5
"""Degrees of freedom that a curve must leave: without any, nothing tells how far draws lie off it,
and it passes through them all."""


@dataclass(frozen=True)
class Smooth:
    """Curves through n draws of r results, given one parameter.

    fitted    (n, r) what is expected of each result given the parameter
    residual  (r,) variance of a result about its curve
    freedom   (r,) effective degrees of freedom: 2 for a straight line
    factor    (n, k) with which k independent standard normal numbers, times the root of the
              residual variance, vary the curve as its estimate does; that of the first result
    """

    fitted: Floats
    residual: Floats
    freedom: Floats
    factor: Floats


@dataclass(frozen=True)
class _Basis:
    """The spline of one parameter in a form in which every penalty is diagonal.

    columns  (n, k) orthonormal; bent  (k,) the penalty on each, 0 for the straight line
    """

    columns: Floats
    bent: Floats

    @cached_property
    def shrinkage(self) -> Floats:
        """(STIFFNESS, k) what each penalty leaves of each column."""
        return 1.0 / (1.0 + np.outer(STIFFNESS, self.bent))


def smooth(x: Floats, results: Floats) -> Smooth:
    """Curves through `results`, (n, r), along the parameter `x`, (n,); of two draws their mean."""
    basis = _basis(x)
    n = len(x)
    onto = basis.columns.T @ results
    chosen = np.zeros((len(basis.bent), results.shape[1]))
    best = np.full(results.shape[1], np.inf)
    whole = (results**2).sum(axis=0)
    for shrinkage in basis.shrinkage:
        freedom = shrinkage.sum()
        if freedom > 1 and n - freedom < LEAST_LEFT:
            continue
        left = whole - ((2 * shrinkage - shrinkage**2)[:, None] * onto**2).sum(axis=0)
        score = left / max(n - freedom, LEAST_LEFT) ** 2
        better = score < best
        best = np.where(better, score, best)
        chosen[:, better] = shrinkage[:, None]
    fitted = basis.columns @ (chosen * onto)
    freedom = chosen.sum(axis=0)
    residual = ((results - fitted) ** 2).sum(axis=0) / np.maximum(n - freedom, LEAST_LEFT)
    return Smooth(fitted, residual, freedom, basis.columns * np.sqrt(chosen[:, 0]))


def _basis(x: Floats) -> _Basis:
    """The cubic spline over the range of `x`; a constant where that is zero, or of two draws."""
    low, high = float(x.min()), float(x.max())
    if high <= low or len(x) < 3:
        return _Basis(np.full((len(x), 1), len(x) ** -0.5), np.zeros(1))
    design = _cubics(np.clip((x - low) / (high - low), 0.0, 1.0) * PIECES)
    # A piece without a draw leaves a column that nothing decides: a hair of penalty does.
    rough = np.diff(np.eye(design.shape[1]), n=2, axis=0)
    gram = design.T @ design + 1e-9 * len(x) * np.eye(design.shape[1])
    root = np.linalg.cholesky(gram)
    half = np.linalg.solve(root, (rough.T @ rough))
    bent, turn = np.linalg.eigh(np.linalg.solve(root, half.T))
    columns = design @ np.linalg.solve(root.T, turn)
    # Two directions, the straight lines, are free of penalty but for rounding.
    bent = np.where(np.arange(len(bent)) < 2, 0.0, np.maximum(bent, 0.0)) * len(x)
    return _Basis(columns, bent)


def _cubics(at: Floats) -> Floats:
    """(n, PIECES + 3) cubic B-splines on whole-numbered knots at places from 0 to PIECES."""
    piece = np.minimum(at.astype(np.intp), PIECES - 1)
    t = at - piece
    parts = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, 3 * (t + t**2 - t**3) + 1, t**3)
    design = np.zeros((len(at), PIECES + 3))
    for k, part in enumerate(parts):
        design[np.arange(len(at)), piece + k] = part / 6
    return design
