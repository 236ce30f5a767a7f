"""Draws of `people.luck`, one at a time, for compiled functions."""
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Any

import numpy as np

from tripleaim.compiling import inlined
from tripleaim.people import GOLDEN, STIR_1, STIR_2, mix

WORD = np.uint64(0xFFFFFFFF)
_mix = inlined(mix)


@inlined
def luck_of(person: Any, stream: Any) -> Any:
    """Somebody's luck of a year, as two words from which all lanes draw."""
    key = _mix(person * GOLDEN + stream)
    return np.uint32(key & WORD), np.uint32(key >> np.uint64(32))


@inlined
def draw(low: Any, high: Any, key: Any) -> Any:
    """What `luck.lane_draws` gives on one lane, a whole number of 32 bits."""
    x = np.uint32((low ^ key) * STIR_1)
    x = np.uint32(x ^ (x >> np.uint32(15)))
    x = np.uint32((x + high) * STIR_2)
    return np.uint32(x ^ (x >> np.uint32(16)))
