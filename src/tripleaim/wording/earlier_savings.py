"""Savings that come earlier, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.wording.numbers import position


def acceleration(place: str, years: Sequence[str], positions: Sequence[Mapping[str, float]]) -> str:
    """What bringing every saving forward does to the plan's second year.

    `positions` are £m by year as claimed, first as printed, then with savings one, two … years
    earlier.
    """
    year = years[min(1, len(years) - 1)]
    printed = position(positions[0][year])
    if len(positions) == 1:
        return (
            f"As claimed, the NHS of {place} is {printed} in {year}, and no saving of the plan can "
            "come earlier."
        )
    most = len(positions) - 1
    return (
        f"As claimed, the NHS of {place} is {printed} in {year}. If every saving came "
        f"{most} year{'s' if most > 1 else ''} earlier, as early as the plan allows, it would be "
        f"{position(positions[-1][year])}."
    )
