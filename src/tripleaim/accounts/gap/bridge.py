"""Why a position changes from one year to another, in parts that add up exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.accounts.gap.model import DRIVERS, SIDES, Accounts, Driver, Line
from tripleaim.place import InputError


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the position of one year to that of another, £m, by side and for the NHS (`nhs`).

    `start` + the sum of `steps` over the drivers = `end`, for each side. A negative step deepens
    a deficit.
    """

    from_year: str
    to_year: str
    start: Mapping[str, float]
    steps: Mapping[Driver, Mapping[str, float]]
    end: Mapping[str, float]


def bridge(accounts: Accounts, from_year: str, to_year: str) -> Bridge:
    """The change of each side's position split into activity, price, efficiency and funding.

    A line is a product of its drivers, so its change is shared by the logarithms of their changes
    (the logarithmic mean Divisia index, Ang 2004): exact, without a remainder, and the same
    whichever driver is taken first. Raises InputError for a year that the accounts do not have.
    """
    for year in (from_year, to_year):
        if year not in accounts.years:
            raise InputError("expected a year of the plan", value=year, valid=accounts.years)
    steps: dict[Driver, dict[str, float]] = {
        driver: dict.fromkeys((*SIDES, "nhs"), 0.0) for driver in DRIVERS
    }
    for line in accounts.lines:
        for driver, change in line_parts(line, from_year, to_year).items():
            steps[driver][line.side] += change
            steps[driver]["nhs"] += change
    return Bridge(
        from_year, to_year, _positions(accounts, from_year), steps, _positions(accounts, to_year)
    )


def _positions(accounts: Accounts, year: str) -> dict[str, float]:
    return {**{side: accounts.side(side)[year] for side in SIDES}, "nhs": accounts.nhs[year]}


def line_parts(line: Line, from_year: str, to_year: str) -> dict[Driver, float]:
    """The change of one line in £m by driver; the parts add up to it."""
    before, after = line.amount(from_year), line.amount(to_year)
    if before == after == 0:
        return {}
    if before * after <= 0:
        # A line that starts or ends has no logarithm: the driver that is zero explains it all.
        cause = next(d for d, i in line.drivers.items() if not i[from_year] or not i[to_year])
        return {cause: after - before}
    ratio = math.log(after / before)
    mean = (after - before) / ratio if abs(ratio) > 1e-9 else (after + before) / 2
    return {
        driver: mean * math.log(index[to_year] / index[from_year])
        for driver, index in line.drivers.items()
    }
