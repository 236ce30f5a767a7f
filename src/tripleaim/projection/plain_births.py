"""The clear births: one step after the other, arrays of everybody born in it, nothing clever.

It is the oracle of `births`, which must agree to the last bit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from tripleaim.people import EPOCH_YEAR, HIGHEST, People, lane_draws
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import BORN, birth_keys, number_newcomers

Floats = npt.NDArray[np.float64]


def newborns(mothers: People, index: int, laws: Laws) -> tuple[People, npt.NDArray[np.bool_]]:
    """One child of each mother in step `index`, at her home and practice; who lives to 1 January.

    A child's ranks in the risk factors are its own, but for the gradient of its mother's quintile.
    """
    year = int(laws.years[index][:4])
    person = number_newcomers(mothers.person, index, BORN)
    conditions = np.flatnonzero(laws.at_birth.any(axis=1))
    draws = lane_draws(mothers.seed, person, year, birth_keys(laws, conditions))
    random = (draws.astype(np.float64) + 0.5) * 2.0**-32

    sex = np.where(random[:, 0] < laws.male_share, 0, 1).astype(np.int8)
    month = (random[:, 1] * 12).astype(np.int16)
    survived = random[:, 2] >= laws.newborn_death[index][sex]
    has = random[:, 3 : 3 + len(conditions)] < laws.at_birth[conditions].T[sex]
    bits = has @ (np.uint32(1) << conditions.astype(np.uint32))
    normal = ndtri(np.ascontiguousarray(random[:, 3 + len(conditions) :].T))
    children = replace(
        mothers,
        person=person,
        birth=((year + 1 - EPOCH_YEAR) * 12 + month).astype(np.int16),
        sex=sex,
        conditions=bits,
        frailty=normal[0].astype(np.float32),
        ranks=_ranks(normal[1:], mothers.quintile, laws),
    )
    return children, survived


def _ranks(normal: Floats, quintile: npt.NDArray[np.int8], laws: Laws) -> npt.NDArray[np.uint16]:
    """(R, people): uniform over all quintiles together, which lie apart by the gradient."""
    ranks = np.empty(normal.shape, dtype=np.uint16)
    for r in range(len(normal)):
        z = normal[r]
        if len(laws.rank_ties):
            z = np.zeros(len(quintile))
            for o in range(r + 1):
                z += laws.rank_ties[r, o] * normal[o]
        if len(laws.rank_gradient):
            pull = laws.rank_gradient[r]
            z = (z + pull[quintile - 1] - pull.mean()) / np.sqrt(1 + pull.var())
        ranks[r] = np.minimum(ndtr(z) * 65536, HIGHEST).astype(np.uint16)
    return ranks
