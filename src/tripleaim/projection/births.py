"""Those who are born: whose child, when, with what frailty and ranks, and whether they live."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from tripleaim.people import People, draw_frailty, uniform
from tripleaim.people.model import EPOCH_YEAR
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import BORN, number_newcomers


def newborns(mothers: People, index: int, laws: Laws) -> tuple[People, npt.NDArray[np.bool_]]:
    """One child of each mother in step `index`, at her home and practice; who lives to 1 January.

    A child's ranks in the risk factors are its own, but for the gradient of its mother's quintile.
    """
    luck, seed = int(laws.years[index][:4]), mothers.seed
    person = number_newcomers(mothers.person, index, BORN)
    male = uniform(seed, person, luck, "sex") < laws.male_share
    sex = np.where(male, 0, 1).astype(np.int8)
    month = (uniform(seed, person, luck, "month of birth") * 12).astype(np.int16)
    bits = np.zeros(len(person), dtype=np.uint32)
    for k, name in enumerate(laws.lanes.conditions):
        if laws.at_birth[k].any():
            has = uniform(seed, person, luck, f"born with {name}") < laws.at_birth[k][sex]
            bits |= has.astype(np.uint32) << np.uint32(k)
    survived = uniform(seed, person, luck, "death") >= laws.newborn_death[index][sex]
    children = replace(
        mothers,
        person=person,
        birth=((luck + 1 - EPOCH_YEAR) * 12 + month).astype(np.int16),
        sex=sex,
        conditions=bits,
        frailty=draw_frailty(person, seed, luck),
        ranks=_ranks(person, mothers.quintile, luck, seed, laws),
    )
    return children, survived


def _ranks(
    person: npt.NDArray[np.uint64],
    quintile: npt.NDArray[np.int8],
    luck: int,
    seed: int,
    laws: Laws,
) -> npt.NDArray[np.uint16]:
    names = [name for name, _ in laws.risk_levels]
    normal = [_normal(seed, person, luck, f"rank in {name}") for name in names]
    ranks = np.empty((len(names), len(person)), dtype=np.uint16)
    for r in range(len(names)):
        z = normal[r]
        if len(laws.rank_ties):
            z = np.sum([laws.rank_ties[r, o] * normal[o] for o in range(r + 1)], axis=0)
        if len(laws.rank_gradient):
            pull = laws.rank_gradient[r]
            z = (z + pull[quintile - 1] - pull.mean()) / np.sqrt(1 + pull.var())
        ranks[r] = np.minimum(ndtr(z) * 65536, 65534).astype(np.uint16)
    return ranks


def _normal(
    seed: int, person: npt.NDArray[np.uint64], year: int, event: str
) -> npt.NDArray[np.float64]:
    radius = np.sqrt(-2 * np.log1p(-uniform(seed, person, year, f"{event}, size")))
    angle = 2 * np.pi * uniform(seed, person, year, f"{event}, direction")
    return np.asarray(radius * np.cos(angle))
