"""Those who are born: whose child, when, with what frailty and ranks, and whether they live."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from tripleaim.people import People
from tripleaim.people.luck import lane_draws
from tripleaim.people.model import EPOCH_YEAR
from tripleaim.people.ranks import HIGHEST
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import BORN, number_newcomers

Floats = npt.NDArray[np.float64]


def newborns(mothers: People, index: int, laws: Laws) -> tuple[People, npt.NDArray[np.bool_]]:
    """One child of each mother in step `index`, at her home and practice; who lives to 1 January.

    A child's ranks in the risk factors are its own, but for the gradient of its mother's quintile.
    """
    luck = int(laws.years[index][:4])
    person = number_newcomers(mothers.person, index, BORN)
    risks = [name for name, _ in laws.risk_levels]
    conditions = [k for k in range(len(laws.lanes.conditions)) if laws.at_birth[k].any()]
    events = ["sex", "month of birth", "death as newborn", "frailty"]
    events += [f"born with {laws.lanes.conditions[k]}" for k in conditions]
    events += [f"rank of {name}" for name in risks]
    lots = iter(_lots(mothers.seed, person, luck, events).T)

    sex = np.where(next(lots) < laws.male_share, 0, 1).astype(np.int8)
    month = (next(lots) * 12).astype(np.int16)
    survived = next(lots) >= laws.newborn_death[index][sex]
    frailty = ndtri(next(lots)).astype(np.float32)
    bits = np.zeros(len(person), dtype=np.uint32)
    for k in conditions:
        bits |= (next(lots) < laws.at_birth[k][sex]).astype(np.uint32) << np.uint32(k)
    children = replace(
        mothers,
        person=person,
        birth=((luck + 1 - EPOCH_YEAR) * 12 + month).astype(np.int16),
        sex=sex,
        conditions=bits,
        frailty=frailty,
        ranks=_ranks([next(lots) for _ in risks], mothers.quintile, laws),
    )
    return children, survived


def _lots(seed: int, person: npt.NDArray[np.uint64], year: int, events: list[str]) -> Floats:
    """(people, events) uniform numbers between 0 and 1, neither of them included."""
    keys = [hashlib.blake2b(f"newborn: {e}".encode(), digest_size=4).digest() for e in events]
    lanes = np.array([int.from_bytes(key, "little") for key in keys], dtype=np.uint32)
    draws = lane_draws(seed, person, year, lanes).astype(np.float64)
    return np.asarray((draws + 0.5) * 2.0**-32)


def _ranks(
    lots: list[Floats], quintile: npt.NDArray[np.int8], laws: Laws
) -> npt.NDArray[np.uint16]:
    """(R, people): uniform over all quintiles together, which lie apart by the gradient."""
    ranks = np.empty((len(lots), len(quintile)), dtype=np.uint16)
    normal = [ndtri(lot) for lot in lots]
    for r in range(len(lots)):
        z = normal[r]
        if len(laws.rank_ties):
            z = np.sum([laws.rank_ties[r, o] * normal[o] for o in range(r + 1)], axis=0)
        if len(laws.rank_gradient):
            pull = laws.rank_gradient[r]
            z = (z + pull[quintile - 1] - pull.mean()) / np.sqrt(1 + pull.var())
        ranks[r] = np.minimum(ndtr(z) * 65536, HIGHEST).astype(np.uint16)
    return ranks
