"""The log takes a few lines of a kind a minute: whoever asks causes them, as often as they like."""

from __future__ import annotations

import logging
import threading
import time

MOST = 30
"""Lines of one logger in a minute."""

MINUTE = 60.0
LONGEST = 2_000
"""Characters of a line, without the traceback below it."""

TRACEBACKS = 3
"""Lines of one logger in a minute that have their traceback below them."""


class FewLines(logging.Filter):
    """Lets the first lines of each logger pass, a minute; then one that says that others follow."""

    def __init__(self, name: str = "", most: int = MOST, minute: float = MINUTE) -> None:
        super().__init__(name)
        self.most, self.minute = most, minute
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written; a long one is cut off."""
        with self._lock:
            began, number = self._seen.get(record.name, (0.0, 0))
            now = time.monotonic()
            if not began or now - began > self.minute:
                began, number = now, 0
            self._seen[record.name] = began, number + 1
        if number == self.most:
            record.msg, record.args = "more lines like these are left out for a minute", ()
            record.exc_info = record.exc_text = None
        elif number < self.most:
            message = record.getMessage()
            if len(message) > LONGEST:
                record.msg, record.args = f"{message[:LONGEST]}…", ()
            if number >= TRACEBACKS and record.exc_info:
                record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]!r})", ()
                record.exc_info = record.exc_text = None
        return number <= self.most
