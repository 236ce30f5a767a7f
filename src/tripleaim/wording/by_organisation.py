"""What a plan means by organisation, in sentences.

Books and staff of solutions belong to the plan, which stands above this room, so their findings are
types of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.wording.numbers import listed, millions, position
from tripleaim.wording.sentences import sentence

HALF = 0.5
"""Whole-time staff: less than half of one is not worth a word."""


@dataclass(frozen=True, slots=True)
class BooksFinding:
    """How many organisations would be short in a year if nothing is done and by how much, pounds;
    and what partners plan to receive from one another beyond what they plan to pay in another.

    `nhs` is the position of the NHS alone; `others` that of whoever else has a book, by name.
    """

    organisations: int
    short: int
    year: str
    shortfall: Decimal
    nhs: Decimal
    others: Mapping[str, Decimal]
    counted_twice_in: str
    counted_twice: Decimal


@dataclass(frozen=True, slots=True)
class StaffSum:
    """Whole-time staff of several organisations, and of the one that has most of them."""

    total: float
    organisations: int
    most: str
    of_most: float


@dataclass(frozen=True, slots=True)
class SolutionStaffFinding:
    """Staff whose hours a solution frees, staff whose hours it needs, posts it invests in."""

    solution: str
    freed: StaffSum | None
    needed: StaffSum | None
    posts: float


@dataclass(frozen=True, slots=True)
class StaffMovedFinding:
    """Whole-time staff whose hours all solutions free and need in a year, on one basis."""

    year: str
    basis: str
    freed: float
    needed: float


@sentence.register
def _(finding: BooksFinding) -> str:
    twice = (
        f" In {finding.counted_twice_in} partners plan to receive "
        f"{millions(finding.counted_twice)} more from one another than they plan to pay."
        if finding.counted_twice_in
        else ""
    )
    sides = [
        f"{name} {position(float(amount) / 1e6)}"
        for name, amount in {"the NHS": finding.nhs, **finding.others}.items()
    ]
    who = f" ({listed(sides)})" if finding.others else ""
    return (
        f"If nothing is done, {finding.short} of {finding.organisations} organisations would be "
        f"short in {finding.year}, by {millions(finding.shortfall)} together{who}.{twice}"
    )


@sentence.register
def _(finding: SolutionStaffFinding) -> str:
    parts = []
    if finding.freed and finding.freed.total >= HALF:
        parts.append(f"frees the hours of {_staff(finding.freed)}")
    if finding.needed and finding.needed.total >= HALF:
        parts.append(f"needs the hours of {_staff(finding.needed)}")
    if finding.posts >= HALF:
        parts.append(f"invests enough for {finding.posts:,.0f} posts")
    if not parts:
        return f"{finding.solution} has no effect on staff through contacts or days in bed."
    return f"{finding.solution} {' and '.join(parts)}."


def _staff(staff: StaffSum) -> str:
    where = f", the most at {staff.most}" if staff.organisations > 1 else f" at {staff.most}"
    return f"{staff.total:,.0f} whole-time staff{where} ({staff.of_most:,.0f})"


@sentence.register
def _(finding: StaffMovedFinding) -> str:
    return (
        f"In {finding.year} the solutions, {finding.basis.lower()}, free the hours of "
        f"{finding.freed:,.0f} whole-time staff and need those of {finding.needed:,.0f} elsewhere "
        "for the contacts they move."
    )
