"""Triple Aim: an accountable care system in software.

    >>> import tripleaim as ta
    >>> place = ta.load(village)                      # a shipped footprint's name, or a folder
    >>> people = ta.synthesise(place, seed=7)         # everybody registered, made up
    >>> activity = ta.project(place, people)          # their contacts if nothing is done
    >>> accounts = ta.account(place, activity)        # the money of those contacts
    >>> plan = ta.plan(place)                         # do nothing against do something

Whatever these give has `.to_arrow()`, so that pandas, polars and R's arrow can read it. Nothing
but this file is imported until a verb is named; `__init__.pyi` tells mypy and editors what verbs
take and give (docs/decisions/0017-verbs-that-are-rooms.md).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspect import Signature

__version__ = "0.4.0"

ROOMS = ("activity", "backtest", "plan", "prevention")
"""Verbs that are also the name of a room."""
VERBS = ("account", "futures", "load", "project", "synthesise", *ROOMS)

__all__ = ["__version__", *VERBS]  # noqa: PLE0604 - they are texts


class _Room(ModuleType):
    """A room that bears the name of a verb: calling it does what the verb does."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return _verb(self.__name__)(*arguments, **named)

    @property
    def __signature__(self) -> Signature:
        from inspect import signature  # noqa: PLC0415 - not until somebody asks

        return signature(_verb(self.__name__))


class _Package(ModuleType):
    """This package: a room with a verb's name can be called however it was imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ROOMS and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


def _verb(name: str) -> Any:
    return getattr(import_module("tripleaim.api"), name.rpartition(".")[2])


def __getattr__(name: str) -> Any:
    if name in ROOMS:
        return import_module(f"tripleaim.{name}")
    if name in VERBS:
        return _verb(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *VERBS})


sys.modules[__name__].__class__ = _Package
