"""Whose turn it is to take the next reader."""

from __future__ import annotations

import time

from tripleaim.web.turns import MOST_STEPS, SOON, STEP, Turns


def _told(*readers: int) -> list[Turns]:
    """The turns of processes that have so many readers."""
    every = Turns.of(len(readers))
    for turns, count in zip(every, readers, strict=True):
        turns.tell(count)
    return every


def test_it_is_the_turn_of_who_has_fewest() -> None:
    assert [turns.is_mine() for turns in _told(2, 0, 1)] == [False, True, False]
    assert [turns.is_mine() for turns in _told(1, 1)] == [True, True]


def test_a_quarter_more_is_no_difference() -> None:
    assert [turns.is_mine() for turns in _told(5, 6, 4)] == [True, False, True]


def test_one_that_has_ended_or_is_starting_is_not_waited_for() -> None:
    one, other = _told(3, 0)
    other.leave()
    assert one.is_mine()
    [alone] = _told(7)
    assert alone.is_mine()


def test_others_are_let_first_for_a_while_and_no_longer() -> None:
    busy, idle = _told(1, 0)
    assert not idle.let_others_first()
    began = time.monotonic()
    let = [busy.let_others_first() for _ in range(MOST_STEPS + 1)]
    assert time.monotonic() - began >= MOST_STEPS * STEP
    assert let == [True] * MOST_STEPS + [False]
    assert busy.let_others_first()


def test_the_next_reader_is_let_to_others_anew() -> None:
    busy, _ = _told(1, 0)
    for _ in range(MOST_STEPS - 1):
        assert busy.let_others_first()
    time.sleep(2 * SOON)
    assert [busy.let_others_first() for _ in range(3)] == [True, True, True]
