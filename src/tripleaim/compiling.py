"""How functions of arrays become machine code: without fast mathematics, so that every sum and
product is what NumPy's is, to the last bit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numba

_njit: Any = numba.njit
COMPILING = threading.Lock()
"""Held by who first calls a compiled function: two threads must not compile at once."""

OPTIONS = {"nogil": True, "boundscheck": False, "error_model": "numpy"}


def compiled(function: Callable[..., Any]) -> Any:
    """Compiled when first called, and kept on disk for the next process where a folder can be."""
    try:
        return _njit(function, cache=True, **OPTIONS)
    except RuntimeError:  # there is no folder to keep it in that can be written to
        return _njit(function, **OPTIONS)


def part(function: Callable[..., Any]) -> Any:
    """A part of compiled functions."""
    return _njit(function, **OPTIONS)


def inlined(function: Callable[..., Any]) -> Any:
    """A part that is written out where it is called."""
    return _njit(function, forceinline=True, **OPTIONS)
