"""A long list in pages that are asked for by address: `?page=2`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

T = TypeVar("T")
_DIGITS = 5
"""Digits of a page's number that are read; no list is longer."""


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """The items of one page of a list, its number from 1 on, and the last page's number."""

    items: Sequence[T]
    now: int
    last: int


def list_page(items: Sequence[T], asked: str, size: int) -> ListPage[T]:
    """The page that is `asked` for, `size` items each; the nearest one for any other text.

    >>> list_page("abcde", "2", 2)
    ListPage(items='cd', now=2, last=3)
    >>> list_page("abcde", "99", 2).items, list_page("", "nonsense", 2)
    ('e', ListPage(items='', now=1, last=1))
    """
    last = max(1, ceil(len(items) / size))
    wanted = int(asked[:_DIGITS]) if asked[:_DIGITS].isdecimal() else 1
    now = min(max(wanted, 1), last)
    return ListPage(items[(now - 1) * size : now * size], now, last)
