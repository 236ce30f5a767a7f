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
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType, NoneType
from typing import Any, TypeVar

T = TypeVar("T")


_OF_THE_PROGRAM = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
_PLAIN = (str, bytes, int, float, bool, NoneType)
"""Types, most of what a result is made of, that refer to nothing."""


def size_of(value: object, shared: Iterable[object] = ()) -> int:
    """About how many bytes `value` takes in memory, with all that it refers to.

    Each object counts once, by `sys.getsizeof`, or by its `nbytes` where those are more (arrays and
    Arrow tables that look into a buffer). Code and types are not counted, nor is what is in
    `shared` or only reached through it. It counts too much where two results share a part, and
    too little where a library keeps memory that Python cannot see.
    """
    seen = {id(one) for one in shared}
    size = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, _OF_THE_PROGRAM):
            continue
        seen.add(id(one))
        if type(one) in _PLAIN:
            size += sys.getsizeof(one)
            continue
        bytes_seen = getattr(one, "nbytes", 0)
        own = sys.getsizeof(one, 0)
        size += max(own, bytes_seen) if isinstance(bytes_seen, int) else own
        waiting.extend(gc.get_referents(one))
    return size


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

    @property
    def size(self) -> int:
        """Bytes of all results that are kept."""
        with self._lock:
            return self._size()

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
            for key in [k for k, e in self._entries.items() if e.size is not None and belongs(k)]:
                del self._entries[key]

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
            self._make_room()

    def _make_room(self) -> None:
        """Drop the least recently used until the rest fit. Results in progress stay."""
        size = self._size()
        for key, entry in list(self._entries.items()):
            if size <= self.most_bytes:
                return
            if entry.size is not None:
                del self._entries[key]
                size -= entry.size

    def _size(self) -> int:
        return sum(entry.size or 0 for entry in self._entries.values())
