"""What a solution does to lives, as plain arrays that any kernel can follow."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import InputError
from tripleaim.projection.tally import UNIT

Floats = npt.NDArray[np.float32]

ALL_SEXES, ALL_QUINTILES, ALL_LEVELS = 0b11, 0b11111, 0xFFFF


@dataclass(frozen=True, slots=True)
class Clause:
    """People for whom all of this holds on 1 January; bit masks say which values are meant.

    has, lacks   condition bits that must all be set, or all be clear
    levels       for each risk factor, the levels meant, as bits; () means any
    """

    age_from: int = 0
    age_to: int = 200
    sexes: int = ALL_SEXES
    quintiles: int = ALL_QUINTILES
    has: int = 0
    lacks: int = 0
    count_from: int = 0
    count_to: int = 32
    levels: tuple[int, ...] = ()


@dataclass(frozen=True)
class Programme:
    """Whom a solution reaches over the years and what it then changes.

    A person whose random number for this programme (fixed, uniform) lies below `coverage` of the
    year and their quintile joins in the first year in which any of `clauses` holds; they stay in.

    coverage  (steps, 5) share of eligible people reached so far, by quintile; never falls, but to
              zero, from when on nobody joins
    hazard    (2, BANDS, T, lanes) what it multiplies a member's hazards by, by sex, age band now
              and whole years since joining (0 in the year of joining); T = steps + 1
    expected  (2, BANDS, T, E) likewise for expected contacts and outcomes
    strength  (T,) how much of its effect is left, for leading measures
    """

    id: str
    clauses: tuple[Clause, ...]
    coverage: npt.NDArray[np.float64]
    hazard: Floats
    expected: Floats
    strength: Floats


def random_keys(programmes: Sequence[Programme]) -> npt.NDArray[np.uint32]:
    """(J,) what sets random numbers for one programme apart from those for another: its id."""
    return np.array(
        [
            int.from_bytes(
                hashlib.blake2b(f"programme {p.id}".encode(), digest_size=4).digest(), "little"
            )
            for p in programmes
        ],
        dtype=np.uint32,
    )


def check_coverage(programmes: Sequence[Programme]) -> None:
    """Raises InputError where a programme's coverage falls, but to zero: who has joined stays."""
    for programme in programmes:
        falls = np.argwhere(
            (np.diff(programme.coverage, axis=0) < 0) & (programme.coverage[1:] > 0)
        )
        if len(falls):
            year, quintile = falls[0].tolist()
            raise InputError(
                f"expected the coverage of {programme.id} not to fall "
                f"(step {year + 1}, quintile {quintile + 1})",
                value=float(programme.coverage[year + 1, quintile]),
            )


def strengths(programme: Programme) -> npt.NDArray[np.int64]:
    """How much of the effect is left by years since joining, in parts of UNIT."""
    return np.asarray(np.rint(programme.strength.astype(np.float64) * UNIT), dtype=np.int64)
