"""A property that is worked out once an object, without a lock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tripleaim.core import cached_property
from waiting import LATEST


class _Table:
    """Whose rows take as long as it is told."""

    def __init__(self, begun: threading.Event, go_on: threading.Event) -> None:
        self.begun, self.go_on, self.times = begun, go_on, 0

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows."""
        self.times += 1
        self.begun.set()
        assert self.go_on.wait(LATEST)
        return (self.times,)


def test_work_of_one_object_makes_no_other_wait() -> None:
    begun, go_on, at_once = threading.Event(), threading.Event(), threading.Event()
    at_once.set()
    slow, quick = _Table(begun, go_on), _Table(threading.Event(), at_once)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: slow.rows)
        assert begun.wait(LATEST)
        assert quick.rows == (1,)
        assert not waiting.done()
        go_on.set()
        assert waiting.result(LATEST) == (1,)


def test_a_value_is_computed_once_and_can_be_set_in_advance() -> None:
    at_once = threading.Event()
    at_once.set()
    table, given = _Table(threading.Event(), at_once), _Table(threading.Event(), at_once)
    given.__dict__["rows"] = (7, 8)
    assert table.rows is table.rows
    assert given.rows == (7, 8)
    assert (table.times, given.times) == (1, 0)
    assert isinstance(_Table.rows, cached_property)
