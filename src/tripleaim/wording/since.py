"""Counts of two years in words."""

from __future__ import annotations

from tripleaim.measures import Since, SinceRow
from tripleaim.wording.numbers import MINUS, count, percent

SINCE_NOTE = (
    "Counts of two years also differ because of recording, definitions and boundaries. Nothing "
    "here says why a count changed."
)
_PERCENT = "%"


def since_value(row: SinceRow, value: float | None) -> str:
    """A count of the row, or a percentage; empty where nobody expected or counted anything."""
    if value is None:
        return ""
    return percent(value) if row.unit == _PERCENT else count(value)


def since_change(row: SinceRow) -> str:
    """How much it changed: "+7.5%", and for a percentage "+2.5 points"."""
    if row.change is None:
        return "not known"
    if row.unit == _PERCENT:
        shown = f"{abs(row.change):.1f}"
        sign = MINUS if row.change < 0 else "+"
        return f"{'' if float(shown) == 0 else sign}{shown} points"
    return percent(row.change) if row.change < 0 else f"+{percent(row.change)}"


def since_answer(result: Since) -> str:
    """What changed most in the counts of people, in one or two sentences."""
    people = {row.what: row for row in result.rows if row.part == "People"}
    whole = people.get("People registered")
    if whole is None or whole.now is None:
        return "The two footprints have no lists that can be compared."
    told = (
        f"{count(whole.now)} people are registered, {since_change(whole)} since "
        f"{whole.before_period}."
    )
    oldest = [row for name, row in people.items() if name.endswith("and over")]
    if oldest:
        ages = oldest[-1].what.removeprefix("Registered, aged ")
        told += f" Those aged {ages}: {since_change(oldest[-1])}."
    return told
