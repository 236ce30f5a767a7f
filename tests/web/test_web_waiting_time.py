"""When a reader who finds the server busy is told to come again."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tripleaim.web.connections import Busy
from tripleaim.web.waiting_time import LATELY, WorkTimes


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def worked(times: WorkTimes, clock: Clock, seconds: float) -> None:
    with times.measured():
        clock.now += seconds


def test_a_reader_comes_again_once_those_who_wait_have_had_their_turn(clock: Clock) -> None:
    times = WorkTimes(clock)
    for seconds in (1.0, 3.0):
        worked(times, clock, seconds)
    assert times.come_again(waiting=100, threads=16) == 13  # 2 s each, 100 / 16 turns: 12.5 s
    assert times.come_again(waiting=8, threads=16) == 1
    assert times.come_again(waiting=9, threads=16) == 2


def test_nobody_is_told_less_than_a_second_or_more_than_a_minute(clock: Clock) -> None:
    times = WorkTimes(clock)
    assert times.come_again(waiting=100, threads=16) == 1
    worked(times, clock, 0.001)
    assert times.come_again(waiting=100, threads=16) == 1
    worked(times, clock, 10_000)
    assert times.come_again(waiting=100, threads=16) == 60


def test_work_that_does_not_end_counts_with_the_time_that_it_has_taken(clock: Clock) -> None:
    times = WorkTimes(clock)
    with times.measured():
        clock.now += 4.0
        assert times.come_again(waiting=10, threads=2) == 20
        clock.now += 2.0
        assert times.come_again(waiting=10, threads=2) == 30
    assert times.come_again(waiting=10, threads=2) == 30


def test_what_was_slow_long_ago_is_forgotten(clock: Clock) -> None:
    times = WorkTimes(clock)
    worked(times, clock, 1_000)
    for _ in range(LATELY):
        worked(times, clock, 1.0)
    assert times.come_again(waiting=10, threads=1) == 10


def test_work_that_fails_has_taken_its_time_too(clock: Clock) -> None:
    times = WorkTimes(clock)
    with suppress(ZeroDivisionError), times.measured():
        clock.now += 7.0
        raise ZeroDivisionError
    assert times.come_again(waiting=1, threads=1) == 7


@pytest.mark.parametrize(("again", "words"), [(1, "in 1 second."), (12, "in 12 seconds.")])
def test_the_page_says_what_the_header_says(again: int, words: str) -> None:
    status, headers, body = Busy(again).to_response()
    assert status == "503 Service Unavailable"
    assert ("Retry-After", str(again)) in headers
    assert words in body.decode()
