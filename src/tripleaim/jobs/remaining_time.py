"""How far a job is as a whole, and about how long the rest will take."""

from __future__ import annotations

from collections.abc import Mapping

ENOUGH = 0.03
"""The share of the whole that must have been done before its speed says anything."""
NO_TIME = 0.02
"""Seconds; a step taken faster was kept from an earlier time and says nothing of the speed."""


class WholeProgress:
    """Turns "this step is so far" into how far the whole is, and the seconds to go.

    `parts` are the steps in order with their shares of the time. A step that is not among them
    leaves the whole where it was.
    """

    def __init__(self, parts: Mapping[str, float]) -> None:
        self.parts, self.sum = parts, sum(parts.values()) or 1.0
        self.done, self.what, self.last = 0.0, "", 0.0
        # Where the speed is measured from.
        self.began: tuple[float, float] | None = None

    def at(self, what: str, done: float, now: float) -> tuple[float, float | None]:
        """The share of the whole that is done, and the seconds to go; None while unknown."""
        if what in self.parts:
            before = 0.0
            for name, share in self.parts.items():
                if name == what:
                    break
                before += share
            whole = (before + self.parts[what] * min(max(done, 0.0), 1.0)) / self.sum
            if what != self.what or (whole > self.done and now - self.last < NO_TIME):
                self.what, self.began = what, (now, whole)
            self.done, self.last = max(self.done, whole), now
        return self.done, self._left(now)

    def _left(self, now: float) -> float | None:
        if self.began is None:
            return None
        since, from_where = self.began
        progress = self.done - from_where
        if progress < ENOUGH or now <= since:
            return None
        return (now - since) / progress * (1.0 - self.done)
