"""Progress bars in the terminal, plain lines where there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from tripleaim.core import Progress as Report


@contextmanager
def progress_bars(console: Console) -> Iterator[Report]:
    """A reporter that draws one bar for each thing being done, on the console's terminal.

    Away from a terminal (a log, a pipe) it prints one line as each thing ends, with its seconds.
    """
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: float) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what[:1].upper() + what[1:], total=1.0)
            bars.update(tasks[what], completed=done)

        yield report


class _Lines:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.began: dict[str, float] = {}

    def __call__(self, what: str, done: float) -> None:
        now = time.monotonic()
        began = self.began.setdefault(what, now)
        if done >= 1 and began >= 0:
            self.console.print(f"{what[:1].upper() + what[1:]}: done in {now - began:.1f} s")
            self.began[what] = -1.0
