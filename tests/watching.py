"""What is opened, and what is asked of a place, while something is made."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tripleaim.place import ASKED, Result, used_by


@dataclass
class Watched:
    """How often each file under a folder was opened, and each file of a place was asked for."""

    opened: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)


_watching: list[tuple[str, Watched]] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _watching or event not in ("open", ASKED):
        return
    for under, watched in _watching:
        if event == ASKED:
            watched.asked[str(args[0])] += 1
        elif isinstance(args[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(args[0]))
            if path.startswith(under):
                watched.opened[os.path.relpath(path, under)] += 1


@contextmanager
def watch(under: Path) -> Iterator[Watched]:
    """Watch the files under a folder, in this process."""
    if not hasattr(_hook, "is_there"):  # an audit hook cannot be taken away again
        sys.addaudithook(_hook)
        _hook.is_there = True
    watched = Watched()
    _watching.append((os.path.realpath(under) + os.sep, watched))
    try:
        yield watched
    finally:
        _watching.pop()


def undeclared(watched: Watched, result: Result) -> set[str]:
    """The files asked for that are not declared to change `result`."""
    return {name for name in watched.asked if result not in used_by(name)}
