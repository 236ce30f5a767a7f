"""Results that are worked out once and kept."""

import gc
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tripleaim.web.plans.kept import KeptResults, size_of
from waiting import LATEST as LONG

PLENTY = 1 << 30


def test_a_slow_result_delays_no_other() -> None:
    kept = KeptResults(PLENTY)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(LONG)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(kept.once, "slow", slow)
        assert begun.wait(LONG)
        assert kept.once("quick", lambda: "quick") == "quick"
        assert not waiting.done()
        go_on.set()
        assert waiting.result(LONG) == "slow"


def test_what_many_ask_for_at_once_is_worked_out_once() -> None:
    kept = KeptResults(PLENTY)
    together, times = threading.Barrier(8), []

    def ask() -> object:
        together.wait(LONG)
        return kept.once("table", lambda: times.append(1) or object())

    with ThreadPoolExecutor(8) as pool:
        results = {id(r) for r in pool.map(lambda _: ask(), range(8))}
    assert len(times) == len(results) == 1


def test_those_who_wait_get_the_fault_and_the_next_request_tries_again() -> None:
    kept = KeptResults(PLENTY)
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        assert go_on.wait(LONG)
        raise ValueError("no such year")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.once, "year", fail)
        assert begun.wait(LONG)
        second = pool.submit(kept.once, "year", fail)
        go_on.set()
        for waiting in (first, second):
            with pytest.raises(ValueError, match="no such year"):
                waiting.result(LONG)
    assert kept.once("year", lambda: "2020/21") == "2020/21"


def test_a_result_that_needs_itself_is_refused_and_does_not_wait_for_ever() -> None:
    kept = KeptResults(PLENTY)

    def ask() -> str:
        return kept.once("round", ask)

    with pytest.raises(RuntimeError, match="asks for itself"):
        ask()


def test_what_is_kept_never_takes_more_bytes_than_it_may() -> None:
    kept = KeptResults(100_000)
    for i in range(50):
        kept.once(i, lambda: bytes(30_000))
        assert kept.size <= 100_000
    assert kept.size > 60_000


def test_the_longest_unused_is_removed_first() -> None:
    kept = KeptResults(100_000)
    for name in "abc":
        kept.once(name, lambda: bytes(30_000))
    kept.once("a", bytes)
    kept.once("d", lambda: bytes(30_000))
    assert [kept.once(name, lambda: "again") == "again" for name in "acdb"] == [
        False, False, False, True,
    ]  # fmt: skip


def test_one_too_large_to_keep_is_handed_out_all_the_same() -> None:
    kept = KeptResults(10_000)
    assert len(kept.once("large", lambda: bytes(20_000))) == 20_000
    assert kept.size == 0


def test_a_size_counts_arrays_texts_and_what_is_inside() -> None:
    array = np.zeros(100_000)
    assert 800_000 <= size_of(array) < 801_000
    assert size_of({"a": array, "b": array}) < 801_000
    assert size_of(array[:50_000]) >= 400_000
    assert size_of([["x" * 1000], ["y" * 1000]]) > 2_000
    assert size_of({"place": array, "name": "n"}, shared=[array]) < 1_000


def _one_after_the_other(value: object, shared: Iterable[object] = ()) -> int:
    """`size_of`, written as its description says it."""
    program = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)
    seen = {id(one) for one in shared}
    size = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, program):
            continue
        seen.add(id(one))
        size += max(sys.getsizeof(one, 0), getattr(one, "nbytes", 0))
        waiting.extend(gc.get_referents(one))
    return size


def test_a_size_is_that_of_objects_counted_one_after_the_other() -> None:
    rng = np.random.default_rng(7)
    parts: list[Any] = [1.5, "text", b"bytes", None, True, np.zeros(50), pa.array(range(99)), len]

    def made(depth: int) -> Any:
        if depth == 0:
            return parts[rng.integers(len(parts))]
        inside = [made(depth - 1) for _ in range(rng.integers(4))]
        return (list, tuple, lambda some: dict(enumerate(some)))[rng.integers(3)](inside)

    for _ in range(200):
        one, other = made(4), made(2)
        assert size_of(one, [other]) == _one_after_the_other(one, [other])
        assert size_of([one, other, one]) == _one_after_the_other([one, other, one])


def test_the_size_of_all_is_that_of_those_that_are_left() -> None:
    kept = KeptResults(100, measure=lambda value, _: len(str(value)))
    for name in ("a", "b", "c", "d"):
        kept.once(name, lambda: "x" * 40)
    assert kept.size == 80
    kept.forget(lambda name: name == "d")
    assert kept.size == 40
    kept.forget(lambda _: True)
    assert kept.size == 0
