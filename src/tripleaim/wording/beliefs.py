"""What you would have to believe for a solution, alone, to save what is claimed: in plain words."""

from __future__ import annotations

import math
from typing import Protocol

from tripleaim.wording.numbers import money


class NeededEffect(Protocol):
    """What one effect of a solution would have to be. See `plan.Belief`."""

    @property
    def changes(self) -> str:
        """What kind of change it is, as solution files say it."""

    @property
    def counted(self) -> str:
        """What is changed: emergency admissions, new cases of COPD."""

    @property
    def instead(self) -> str:
        """What comes in its place; empty for nothing."""

    @property
    def contacts_each(self) -> float:
        """How many come in the place of each."""

    @property
    def year(self) -> str:
        """The year that asks for most."""

    @property
    def people(self) -> float:
        """How many take the solution up in that year."""

    @property
    def change(self) -> float:
        """The fall among them as a share; infinite where no size would do."""

    @property
    def possible(self) -> bool:
        """Whether there is enough to save."""

    @property
    def wanted_gbp_m(self) -> float:
        """What is claimed of that year, before investment."""

    @property
    def at_most_gbp_m(self) -> float:
        """What all there is would save."""


def belief(needed: NeededEffect) -> str:
    """What you would have to believe, in a sentence without its full stop."""
    if not math.isfinite(needed.change):
        what = "No size of effect would be enough"
        tail = "" if needed.possible else f", for {money(needed.wanted_gbp_m)}"
    else:
        what = _change(needed)
        tail = (
            ""
            if needed.possible
            else (
                ": impossible, because avoiding all of it would save "
                f"{money(needed.at_most_gbp_m)} of {money(needed.wanted_gbp_m)}"
            )
        )
    return f"{what} among {head_count(needed.people)} people by {needed.year}{tail}"


def _change(needed: NeededEffect) -> str:
    size, what = share_in_per_cent(needed.change), needed.counted
    if needed.changes == "place of contact":
        instead = needed.instead
        if needed.contacts_each == 1:
            instead = instead.removesuffix("s")
        return f"{size} of {what} replaced by {needed.contacts_each:g} {instead} each"
    if needed.changes == "length of stay":
        return f"{size} shorter stays in {what}"
    if needed.changes == "unit cost":
        return f"{size} lower cost of {what}"
    return f"{size} fewer {what}"


def share_in_per_cent(share: float) -> str:
    """A share as a percentage with two digits that count: 0.4%, 4.3%, 18%, 340%."""
    percent = 100 * share
    if abs(percent) >= 9.95:
        return f"{percent:,.0f}%"
    return f"{percent:.1f}%" if abs(percent) >= 0.095 else f"{percent:.2g}%"


def head_count(people: float) -> str:
    """People to two or three digits that count: 24,000, 3,400, 560."""
    step = 1000 if people >= 10_000 else 100 if people >= 1_000 else 10 if people >= 100 else 1
    return f"{step * round(people / step):,}"
