"""A hash of data classes, arrays and plain values, that no memory address or version enters."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def digest(value: Any) -> str:
    """SHA-256 of `value` and everything in it. Raises TypeError for what it does not know."""
    found = hashlib.sha256()
    _feed(found, value)
    return found.hexdigest()


def _feed(found: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        found.update(f"array {value.dtype.str} {value.shape} ".encode())
        found.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        found.update(f"{type(value).__name__}(".encode())
        for field in fields(value):
            found.update(f"{field.name}=".encode())
            _feed(found, getattr(value, field.name))
    elif isinstance(value, Mapping):
        found.update(f"mapping {len(value)} ".encode())
        for key in sorted(value):
            _feed(found, key)
            _feed(found, value[key])
    elif isinstance(value, (tuple, list)):
        found.update(f"{len(value)} of ".encode())
        for one in value:
            _feed(found, one)
    elif value is None or isinstance(value, (str, int, float, bytes, np.generic)):
        found.update(f"{type(value).__name__} {value!r} ".encode())
    else:
        raise TypeError(f"no hash for {type(value).__name__}")
