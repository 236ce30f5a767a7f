"""From a hazard to a chance by additions and multiplications alone, so that the clear step and the
fast kernel agree to the last bit on any machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

HIGHEST = 40.0
SQUARINGS = 8
_COEFFICIENTS = tuple(1.0 / float(np.prod(np.arange(1.0, n + 1))) for n in range(12))
C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11 = _COEFFICIENTS


def exponential(x: Any) -> Any:
    """exp(x) for |x| <= 40: Taylor's series at x / 256, squared eight times; float64.

    Written so that Numba compiles the same text for one number that NumPy runs on arrays.
    """
    z = x * 0.00390625
    y = C11
    y = y * z + C10
    y = y * z + C9
    y = y * z + C8
    y = y * z + C7
    y = y * z + C6
    y = y * z + C5
    y = y * z + C4
    y = y * z + C3
    y = y * z + C2
    y = y * z + C1
    y = y * z + C0
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    return y * y


def frailty_factor(frailty: npt.NDArray[np.float32], power: float) -> npt.NDArray[np.float32]:
    """What frailty multiplies a person's hazards by: exp(power x frailty)."""
    x = np.clip(frailty.astype(np.float64) * power, -HIGHEST, HIGHEST)
    return np.asarray(exponential(x), dtype=np.float32)
