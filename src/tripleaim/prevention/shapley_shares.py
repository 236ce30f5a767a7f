"""How much of a result each programme contributes: Shapley shares, which add up to the whole.

A programme's share is what it adds on average when programmes come one after the other in every
order (Shapley 1953). Where effects only multiply, Owen's multilinear extension (1972) gives it by
an integral of a polynomial, which Gauss-Legendre quadrature solves exactly. Where lives differ with
each set of programmes, every set is simulated if there are few enough, else orders are sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Value = Callable[[int], Floats]
"""Outcomes (V,) of a coalition, a bit mask of programmes."""


@dataclass(frozen=True)
class Shares:
    """Shares of each programme in each outcome, (programmes, outcomes).

    value        they add up, over programmes, to the outcomes of all less those of none
    error        standard error of sampling before the correction; 0 where exact
    way          "exact" or "sampled", for each programme
    corrected    (outcomes,) the correction spread over the sampled shares so that they add up
    permutations orders that were sampled; 0 where exact
    """

    value: Floats
    error: Floats
    way: tuple[str, ...]
    corrected: Floats
    permutations: int


def nodes(degree: int) -> tuple[Floats, Floats]:
    """Points and weights on 0..1 with which polynomials of that degree are integrated exactly."""
    at, weight = np.polynomial.legendre.leggauss(max(1, degree // 2 + 1))
    return (at + 1) / 2, weight / 2


def multilinear_shares(extension: Callable[[Floats], Any], players: int) -> Floats:
    """Shapley values from the multilinear extension, shape (players, ...).

    `extension` takes the chances (players,) that each takes part, independently, and gives the
    expected outcome. A player's share is the integral over q in 0..1 of what it adds when every
    other takes part with chance q (Owen 1972), a polynomial in q of degree players - 1: exact.
    """
    at, weight = nodes(max(0, players - 1))
    shares = []
    for player in range(players):
        total: Any = 0.0
        for q, w in zip(at, weight, strict=True):
            x = np.full(players, q)
            x[player] = 1.0
            with_it = np.asarray(extension(x), dtype=np.float64)
            x[player] = 0.0
            total = total + w * (with_it - np.asarray(extension(x), dtype=np.float64))
        shares.append(total)
    return np.array(shares)


def multiplying_shares(base: Floats, multiplier: Floats) -> Floats:
    """Shares (players,) in a sum of cells that players multiply.

    `base` (cells,) is what the cells hold without anybody, `multiplier` (cells, players) what each
    makes of it: the outcome of a set is the sum over cells of base times their product. Exact.
    """
    return multilinear_shares(
        lambda x: (base * np.prod(1 + x * (multiplier - 1), axis=1)).sum(), multiplier.shape[1]
    )


def enumerated_shares(value: Value, players: int) -> Floats:
    """Shapley values by every coalition, (players, outcomes): 2 ** players values are asked for."""
    values = np.array([np.asarray(value(s), dtype=np.float64) for s in range(1 << players)])
    size = np.bitwise_count(np.arange(1 << players))
    shares = np.zeros((players, *values.shape[1:]))
    for player in range(players):
        for coalition in range(1 << players):
            if not coalition >> player & 1:
                weight = 1 / (players * comb(players - 1, int(size[coalition])))
                shares[player] += weight * (values[coalition | 1 << player] - values[coalition])
    return shares


def sampled_shares(
    value: Value, players: int, pairs: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Shares from sampled orders: mean and standard error (players, outcomes), and the correction.

    Orders come in antithetic pairs (each with its reverse), and are stratified: in every block of
    as many pairs as there are players, each player comes first once in the forward order. Each
    order's parts add up to the whole by themselves, so their mean does too, but for rounding:
    that is spread evenly and given as the correction.
    """
    rng = np.random.default_rng(np.random.SeedSequence([seed, players]))
    none, everyone = np.asarray(value(0)), np.asarray(value((1 << players) - 1))
    per_pair = np.zeros((pairs, players, len(none)))
    first: list[int] = []
    for pair in range(pairs):
        if not first:
            first = rng.permutation(players).tolist()
        start = first.pop()
        rest = rng.permutation([p for p in range(players) if p != start]).tolist()
        for order in ([start, *rest], [*reversed(rest), start]):
            coalition, before = 0, none
            for player in order:
                coalition |= 1 << int(player)
                after = np.asarray(value(coalition))
                per_pair[pair, player] += (after - before) / 2
                before = after
    mean = per_pair.mean(axis=0)
    spread = per_pair.std(axis=0, ddof=1) if pairs > 1 else np.full_like(mean, np.inf)
    corrected = (everyone - none) - mean.sum(axis=0)
    return mean + corrected / players, spread / np.sqrt(pairs), corrected


def shares(
    value: Value,
    players: int,
    *,
    idle: Sequence[int] = (),
    most_coalitions: int = 128,
    pairs: int = 16,
    seed: int = 0,
) -> Shares:
    """Shares of all players; `idle` ones change nothing and so have a share of 0, exactly.

    Every coalition of the others is valued if there are at most `most_coalitions`, else `pairs`
    of orders are sampled. Each coalition is valued once.
    """
    active = [p for p in range(players) if p not in idle]
    valued: dict[int, Floats] = {}

    def of(packed: int) -> Floats:
        coalition = sum(1 << active[k] for k in range(len(active)) if packed >> k & 1)
        if coalition not in valued:
            valued[coalition] = np.asarray(value(coalition), dtype=np.float64)
        return valued[coalition]

    outcomes = len(of(0))
    values, error = np.zeros((players, outcomes)), np.zeros((players, outcomes))
    corrected, permutations = np.zeros(outcomes), 0
    way = ["exact"] * players
    if active and 1 << len(active) <= most_coalitions:
        values[active] = enumerated_shares(of, len(active))
    elif active:
        values[active], error[active], corrected = sampled_shares(of, len(active), pairs, seed)
        permutations = 2 * pairs
        for player in active:
            way[player] = "sampled"
    return Shares(values, error, tuple(way), corrected, permutations)
