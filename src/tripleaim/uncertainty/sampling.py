"""Joint draws of parameters: quasi-random in each, correlated where parameters share a cause.

Each parameter has a sequence of its own: the first dimension of Sobol's sequence (bit reversal of
the draw's number), its order shuffled and its digits scrambled by Owen's nested scrambling with
keys made of seed and parameter id (padding, as in Burley, J Computer Graphics Techniques
2020;9(4):1). So the first 2^k draws fall one in each 2^k-th of every parameter's distribution;
draw i depends neither on how many draws are made nor on which other parameters there are.

Dimensions of one joint Sobol sequence would be the usual choice. With hundreds of parameters and a
few hundred draws it is a bad one: some pairs of high dimensions then correlate by 0.8 and more
(largest of 300 dimensions at 256 draws: 0.87; here 0.3, near what chance has), and what one
parameter does would be attributed to another.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from tripleaim.people import GOLDEN, mix
from tripleaim.place import Draw, InputError, Parameter, Place

Floats = npt.NDArray[np.float64]
Digits = npt.NDArray[np.uint64]

SHARED_CAUSE = "uncertainty.shared-cause"
"""The figure that says how far parameters with a common cause are correlated."""

BITS = 32
MOST_DRAWS = 1 << 20


def draws(
    parameters: Sequence[Parameter], count: int, seed: int, *, correlation: float
) -> tuple[Draw, ...]:
    """Draws 1 to n, n being `count` rounded up to a power of two (see `rounded_up`).

    Each parameter is standard normal; two with the same `shares` correlate by `correlation`
    (0 to 1; see `shared_cause`), by a common factor: z = sqrt(c) z_cause + sqrt(1 - c) z_own.
    Equal arguments give equal draws. More draws, or other parameters beside it, change nothing
    of a parameter's values in the draws there were.

    Raises InputError for a count, seed or correlation that cannot be, and for a parameter that is
    listed twice.
    """
    parameters = in_one_order(parameters)
    ids = [parameter.id for parameter in parameters]
    if not 0 <= correlation <= 1:
        raise InputError("expected a correlation from 0 to 1", value=correlation)
    if seed < 0:
        raise InputError("expected a seed of 0 or more", value=seed)
    n = rounded_up(count)
    causes = sorted({parameter.shares for parameter in parameters if parameter.shares})
    named = [f"parameter {key}" for key in ids] + [f"cause {cause}" for cause in causes]
    z = _normal(named, n, seed)
    for k, parameter in enumerate(parameters):
        if parameter.shares:
            cause = z[:, len(ids) + causes.index(parameter.shares)]
            z[:, k] = math.sqrt(correlation) * cause + math.sqrt(1 - correlation) * z[:, k]
    rows = z[:, : len(ids)].tolist()
    return tuple(Draw(i, dict(zip(ids, row, strict=True))) for i, row in enumerate(rows, 1))


def rounded_up(count: int) -> int:
    """The power of two from `count` on, in which every part of a distribution has its draw.

    Raises InputError unless `count` is from 1 to MOST_DRAWS.
    """
    if not 1 <= count <= MOST_DRAWS:
        raise InputError(f"expected a number of draws from 1 to {MOST_DRAWS:,}", value=count)
    return 1 << (count - 1).bit_length()


def shared_cause(place: Place) -> float:
    """The correlation of parameters that share a cause, from the place's figures."""
    return place.value(SHARED_CAUSE)


def in_one_order(*lists: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """The parameters of several rooms as one list, in order of id.

    Raises InputError for an id that stands twice: two rooms would move one thing apart.
    """
    by_id: dict[str, Parameter] = {}
    for parameter in (parameter for part in lists for parameter in part):
        if parameter.id in by_id:
            raise InputError("this parameter is listed twice", value=parameter.id)
        by_id[parameter.id] = parameter
    return tuple(by_id[key] for key in sorted(by_id))


def as_matrix(drawn: Sequence[Draw], ids: Sequence[str]) -> Floats:
    """(draws, ids) the standard normal numbers; 0 for a parameter that a draw does not move."""
    table = np.array([[draw.of(key) for key in ids] for draw in drawn], dtype=np.float64)
    return table.reshape(len(drawn), len(ids))


def _normal(names: Sequence[str], n: int, seed: int) -> Floats:
    """(n, names) standard normal numbers, the first n of the sequence of each name."""
    index = np.arange(n, dtype=np.uint64)[:, None]
    # Each aligned run of 2^k numbers becomes a run of 2^k in another order.
    shuffled = _scrambled(index, _keys(names, seed, "order"))
    digits = _scrambled(_bits_reversed(shuffled), _keys(names, seed, "digits"))
    # The middle of each of 2^32 cells: never 0 or 1, whose normal numbers are infinite.
    return np.asarray(ndtri((digits + 0.5) * 2.0**-BITS), dtype=np.float64)


def _keys(names: Sequence[str], seed: int, use: str) -> Digits:
    streams = [f"{seed}|{use}|{name}".encode() for name in names]
    hashed = [hashlib.blake2b(one, digest_size=8).digest() for one in streams]
    return np.array([int.from_bytes(one, "little") for one in hashed], dtype=np.uint64)


def _scrambled(digits: Digits, keys: Digits) -> Digits:
    """Owen's nested scrambling: each binary digit flips, or not, by those that stand before it."""
    result = np.zeros(np.broadcast_shapes(digits.shape, keys.shape), dtype=np.uint64)
    for place in range(BITS):
        at = np.uint64(BITS - 1 - place)
        before = (digits >> (at + np.uint64(1))) | np.uint64(1 << place)
        with np.errstate(over="ignore"):
            flip = mix(mix(before * GOLDEN + keys)) & np.uint64(1)
        result |= (((digits >> at) & np.uint64(1)) ^ flip) << at
    return result


def _bits_reversed(digits: Digits) -> Digits:
    result = np.zeros_like(digits)
    for place in range(BITS):
        bit = (digits >> np.uint64(place)) & np.uint64(1)
        result |= bit << np.uint64(BITS - 1 - place)
    return result
