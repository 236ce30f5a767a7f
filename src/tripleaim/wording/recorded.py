"""Growth that was recorded before the plan, beside what the plan and the model expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tripleaim.wording.numbers import listed, percent


class Recorded(Protocol):
    """Growth of one kind of care before the plan. See `backtest.RecordedGrowth`."""

    @property
    def who(self) -> str:
        """A country, or "" for the place's own trusts."""

    @property
    def first_year(self) -> str:
        """The first year known."""

    @property
    def last_year(self) -> str:
        """The last before the plan."""

    @property
    def pct_a_year(self) -> float:
        """Growth a year, %."""


def recorded_growth_sentence(
    name: str,
    recorded: Sequence[Recorded],
    *,
    calibrated: float,
    uncalibrated: float,
    printed: bool,
) -> str:
    """A kind of care as recorded before the plan, and as plan and model expect it, % a year."""
    if not recorded:
        return ""
    before = listed(
        [
            f"{percent(one.pct_a_year)} a year "
            + (f"in {one.who}" if one.who else "at the trusts here")
            for one in recorded
        ]
    )
    years = f"{recorded[0].first_year} to {recorded[0].last_year}"
    expected = (
        f"The plan prints {percent(calibrated)} a year, and the calibrated forecast matches it. "
        f"Before calibration it is {percent(uncalibrated)}."
        if printed
        else f"The forecast has {percent(uncalibrated)} a year."
    )
    highest = max(one.pct_a_year for one in recorded)
    judged = ""
    if printed and calibrated > highest:
        judged = " The plan prints more growth than was recorded over these years."
    return f"{name}, {years}: {before}, recorded. {expected}{judged}"
