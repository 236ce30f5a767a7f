"""A hash of data classes, arrays and plain values, that no memory address or version enters."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def sha256_of(value: Any) -> str:
    """SHA-256 of `value` and everything in it. Raises TypeError for what it does not know."""
    hasher = hashlib.sha256()
    _feed(hasher, value)
    return hasher.hexdigest()


def _feed(hasher: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        hasher.update(f"array {value.dtype.str} {value.shape} ".encode())
        hasher.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        hasher.update(f"{type(value).__name__}(".encode())
        for field in fields(value):
            hasher.update(f"{field.name}=".encode())
            _feed(hasher, getattr(value, field.name))
    elif isinstance(value, Mapping):
        hasher.update(f"mapping {len(value)} ".encode())
        for key in sorted(value):
            _feed(hasher, key)
            _feed(hasher, value[key])
    elif isinstance(value, (tuple, list)):
        hasher.update(f"{len(value)} of ".encode())
        for item in value:
            _feed(hasher, item)
    elif value is None or isinstance(value, (str, int, float, bytes, np.generic)):
        hasher.update(f"{type(value).__name__} {value!r} ".encode())
    else:
        raise TypeError(f"cannot hash a value of type {type(value).__name__}")
