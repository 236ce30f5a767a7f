"""Results worked out once and kept, as many as fit in a number of bytes.

No lock is held while a result is worked out. The first thread that asks for a key does the work;
others that ask for the same key wait for its result; nobody else waits.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import repeat
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType, NoneType
from typing import Any, TypeVar

T = TypeVar("T")


_OF_THE_PROGRAM = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
_PLAIN = frozenset({str, bytes, int, float, bool, NoneType})
"""Types, most of what a result is made of, that refer to nothing."""


def size_of(value: object, shared: Iterable[object] = ()) -> int:
    """About how many bytes `value` takes in memory, with all that it refers to.

    Each object counts once, by `sys.getsizeof`, or by its `nbytes` where those are more (arrays and
    Arrow tables that look into a buffer). Code and types are not counted, nor is what is in
    `shared` or only reached through it. It counts too much where two results share a part, and
    too little where a library keeps memory that Python cannot see.
    """
    seen = set(map(id, shared))
    size = 0
    waiting = [value]
    # All that is one step further away at a time: twice as fast as one object after the other.
    while waiting:
        new = dict(zip(map(id, waiting), waiting, strict=True))
        for key in seen.intersection(new):
            del new[key]
        seen.update(new)
        by_way: dict[_Way, list[Any]] = {way: [] for way in _Way}
        for one in new.values():
            kind: Any = type(one)
            by_way[_way_of(kind)].append(one)
        plain, holding, viewing = (by_way[way] for way in (_Way.PLAIN, _Way.HOLDING, _Way.VIEWING))
        size += sum(map(sys.getsizeof, plain))
        size += sum(map(sys.getsizeof, (*holding, *viewing), repeat(0)))
        size += sum(max(one.nbytes - sys.getsizeof(one, 0), 0) for one in viewing)
        waiting = gc.get_referents(*holding, *viewing)
    return size


class _Way(Enum):
    """How objects of a type are counted: not, by themselves, with what they refer to, as views."""

    NOT = auto()
    PLAIN = auto()
    HOLDING = auto()
    VIEWING = auto()


@lru_cache(maxsize=4096)
def _way_of(kind: type) -> _Way:
    if issubclass(kind, _OF_THE_PROGRAM):
        return _Way.NOT
    if kind in _PLAIN:
        return _Way.PLAIN
    return _Way.VIEWING if hasattr(kind, "nbytes") else _Way.HOLDING


Measure = Callable[[object, Iterable[object]], int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One result, in progress or done: the thread that works it out, and its size once done."""

    result: Future[Any]
    thread: int
    size: int | None = None


class KeptResults:
    """Results by key, each worked out once however many ask; the least recently used go first.

    `most_bytes` is the most that all results together may take, as `measure` counts it. A result
    that is larger than that on its own is given to those who wait for it and is not kept.
    """

    def __init__(self, most_bytes: int, measure: Measure = size_of) -> None:
        self.most_bytes = most_bytes
        self._measure = measure
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        # Held only while entries are looked up, added or dropped; never while one is worked out.
        self._lock = threading.Lock()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes of all results that are kept."""
        return self._size

    def once(self, key: Hashable, work_out: Callable[[], T], *, shared: Iterable[object] = ()) -> T:
        """What `work_out` gives, kept under `key`; `shared` is not counted as part of it.

        If it raises, all who wait get what it raised, and the next who asks has it tried again.
        """
        me = threading.get_ident()
        with self._lock:
            entry = self._entries.get(key)
            ours = entry is None
            if entry is None:
                entry = self._entries[key] = _Entry(Future(), me)
            self._entries.move_to_end(key)
        if ours:
            self._work_out(key, entry, work_out, shared)
        elif entry.thread == me and not entry.result.done():
            raise RuntimeError(f"{key!r} asks for itself while it is worked out")
        result: T = entry.result.result()
        return result

    def forget(self, belongs: Callable[[Any], bool]) -> None:
        """Drop the results whose keys `belongs` accepts."""
        with self._lock:
            for key, entry in list(self._entries.items()):
                if entry.size is not None and belongs(key):
                    self._drop(key, entry.size)

    def _work_out(
        self, key: Hashable, entry: _Entry, work_out: Callable[[], T], shared: Iterable[object]
    ) -> None:
        try:
            result = work_out()
        except BaseException as fault:
            with self._lock:
                del self._entries[key]
            entry.result.set_exception(fault)
            return
        # Those who wait get the result before its size is measured.
        entry.result.set_result(result)
        size = self._measure(result, shared)
        with self._lock:
            if size > self.most_bytes:
                del self._entries[key]
                return
            self._entries[key] = _Entry(entry.result, entry.thread, size)
            self._size += size
            self._make_room()

    def _make_room(self) -> None:
        """Drop the least recently used until the rest fit. Results in progress stay."""
        if self._size <= self.most_bytes:
            return
        for key, entry in list(self._entries.items()):
            if self._size <= self.most_bytes:
                return
            if entry.size is not None:
                self._drop(key, entry.size)

    def _drop(self, key: Hashable, size: int) -> None:
        del self._entries[key]
        self._size -= size
