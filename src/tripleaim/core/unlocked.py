"""Properties that are worked out once an object, without a lock.

Until Python 3.12 `functools.cached_property` holds one lock for all objects of a class while it
works something out, so that a page of one place waits for the table of another. Two threads that
ask an object at the same time may work it out twice, to equal results.
"""

from __future__ import annotations

import functools
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
_MISSING = object()


class cached_property(functools.cached_property[T], Generic[T]):  # noqa: N801 - Python's own name
    """As `functools.cached_property` is from Python 3.12 on."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> cached_property[T]: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...

    def __get__(
        self, instance: object, owner: type[Any] | None = None
    ) -> cached_property[T] | T | Any:
        """What was worked out of an object, or what is worked out now; of a class, itself."""
        if instance is None:
            return self
        name, kept = self.attrname or self.func.__name__, instance.__dict__
        found = kept.get(name, _MISSING)
        if found is _MISSING:
            found = kept[name] = self.func(instance)
        return found
