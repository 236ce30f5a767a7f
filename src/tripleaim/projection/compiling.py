"""How functions of arrays become machine code: without fast mathematics, so that every sum and
product is what NumPy's is, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

_njit: Any = numba.njit
_intrinsic: Any = intrinsic
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


@_intrinsic  # type: ignore[untyped-decorator]
def lowest(_context: Any, _bits: Any) -> Any:
    """The number of the lowest bit set, of 32."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint32(types.uint32), generate


@_intrinsic  # type: ignore[untyped-decorator]
def bit_count(_context: Any, _bits: Any) -> Any:
    """How many of 32 bits are set."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint32(types.uint32), generate
