"""People drawn column by column with NumPy: what the compiled drawing must equal, to the bit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from tripleaim.country.drawing import PARTS, Drawing, Floats, Numbers, people_of
from tripleaim.country.fast import Columns
from tripleaim.people import People, draw_frailty, uniform

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """Everything about the people called `numbers` but their conditions; `levels` is (R, n)."""

    numbers: Numbers
    sex: Indices
    age: Indices
    quintile: Indices
    frailty: npt.NDArray[np.float32]
    ranks: npt.NDArray[np.uint16]
    levels: Indices


def draw_plainly(drawing: Drawing, numbers: Numbers) -> People:
    """The people called `numbers`, as `drawing.draw` draws them."""
    drawn = without_conditions(drawing, numbers)
    bits = np.zeros(len(numbers), dtype=np.uint32)
    for k in drawing.order:
        bits |= has(drawing, drawn, int(k), bits).astype(np.uint32) << np.uint32(k)
    lot = uniform(drawing.seed, numbers, drawing.year, "month of birth")
    columns = Columns(
        birth=(drawing.first_month - 12 * drawn.age - (12 * lot).astype(int)).astype(np.int16),
        sex=drawn.sex.astype(np.int8),
        lsoa=drawn.quintile.astype(np.int16),
        frailty=drawn.frailty,
        conditions=bits,
        ranks=drawn.ranks,
    )
    return people_of(drawing, numbers, columns)


def without_conditions(drawing: Drawing, numbers: Numbers) -> Drawn:
    """Who the people called `numbers` are, before anybody is ill."""
    ages = drawing.odds.shape[2]
    cell = np.searchsorted(drawing.ends, numbers, side="right")
    sex, age, quintile = np.unravel_index(cell, (2, ages, 5))
    ranks = _ranks(drawing, numbers, quintile)
    levels = np.zeros(ranks.shape, dtype=np.int64)
    for r, rank in enumerate(ranks):
        levels[r] = (rank[:, None] >= drawing.thresholds[r, sex, age]).sum(axis=1)
    frailty = draw_frailty(numbers.astype(np.uint64), drawing.seed, drawing.year)
    return Drawn(numbers, sex, age, quintile, frailty, ranks, levels)


def odds_of(drawing: Drawing, drawn: Drawn, k: int, bits: npt.NDArray[np.uint32]) -> Floats:
    """Each person's odds of condition k, given the conditions that were drawn before it."""
    x: Floats = drawing.odds[k, drawn.sex, drawn.age, drawn.quintile]
    x = x * np.exp(drawing.loading * drawn.frailty.astype(np.float64))
    for r, level in enumerate(drawn.levels):
        x = x * drawing.levels[r, level, drawn.sex, drawn.age, k]
    for cause in np.flatnonzero(drawing.links[k] != 1):
        x = np.where(bits >> np.uint32(cause) & np.uint32(1), x * drawing.links[k, cause], x)
    return x


def has(
    drawing: Drawing, drawn: Drawn, k: int, bits: npt.NDArray[np.uint32]
) -> npt.NDArray[np.bool_]:
    """Who has condition k: those whose lot is below their share, odds / (1 + odds)."""
    event = f"has {drawing.condition_ids[k]}"
    lot = uniform(drawing.seed, drawn.numbers, drawing.year, event)
    return np.asarray(lot < odds_of(drawing, drawn, k, bits) * (1 - lot))


def _ranks(drawing: Drawing, numbers: Numbers, quintile: Indices) -> npt.NDArray[np.uint16]:
    ranks = np.zeros((len(drawing.risk_ids), len(numbers)), dtype=np.uint16)
    normal = [_normal(drawing, numbers, f"rank in {name}") for name in drawing.risk_ids]
    for r in range(len(ranks)):
        x = np.zeros(len(numbers))
        for o in range(r + 1):
            x += drawing.ties[r, o] * normal[o]
        x = (x + drawing.pull[r, quintile]) / drawing.scale[r]
        ranks[r] = np.minimum(ndtr(x) * 65536, 65535).astype(np.uint16)
    return ranks


def _normal(drawing: Drawing, numbers: Numbers, event: str) -> Floats:
    """A standard normal number each (Box and Muller 1958)."""
    size, direction = (
        uniform(drawing.seed, numbers, drawing.year, f"{event}, {part}") for part in PARTS
    )
    return np.asarray(np.sqrt(-2 * np.log1p(-size)) * np.cos(2 * np.pi * direction))
