"""Accounts: who is paid what by whom, line by line and year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

Side = Literal["commissioner", "providers"]
Kind = Literal["income", "cost"]
Driver = Literal["activity", "price", "efficiency", "funding"]
ByYear = Mapping[str, float]

SIDES: tuple[Side, ...] = ("commissioner", "providers")
DRIVERS: tuple[Driver, ...] = ("activity", "price", "efficiency", "funding")
OUTSIDE = "outside"
"""The counterparty that stands for everyone who is not one of the two sides."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one side's accounts, in £m: positive is income, negative is cost.

    `counterparty` is the other side where the money passes between the two, else "outside".
    `base` is the amount in the first year; the amount of a year is `base` times each driver's
    index in that year, and a driver that is not in `drivers` has index 1 throughout.
    """

    side: Side
    line: str
    name: str
    kind: Kind
    counterparty: str
    base: float
    drivers: Mapping[Driver, ByYear] = field(default_factory=dict)

    def amount(self, year: str) -> float:
        """The amount in £m in `year`, with its sign."""
        amount = self.base
        for index in self.drivers.values():
            amount *= index[year]
        return amount


@dataclass(frozen=True, slots=True)
class Merged:
    """A line as a page shows it: all counterparties of one line together, in £m by year."""

    side: Side
    line: str
    name: str
    kind: Kind
    amounts: ByYear


@dataclass(frozen=True)
class Accounts:
    """The money of one place under one activity: two sides, their lines, the years of the plan.

    Amounts are floats in £m. A position is income less cost: negative is a deficit.
    """

    years: tuple[str, ...]
    lines: tuple[Line, ...]

    def side(self, side: Side) -> dict[str, float]:
        """The position of one side by year, £m."""
        return {
            year: sum(line.amount(year) for line in self.lines if line.side == side)
            for year in self.years
        }

    @property
    def nhs(self) -> dict[str, float]:
        """The position of both sides together by year, £m."""
        sides = [self.side(side) for side in SIDES]
        return {year: sum(position[year] for position in sides) for year in self.years}

    @property
    def cumulative(self) -> float:
        """The sum of the NHS positions over the years of the plan, £m."""
        return sum(self.nhs.values())

    def gap(self) -> dict[str, float]:
        """The NHS position by year and under `cumulative`, £m, as plan.json has it."""
        return {**self.nhs, "cumulative": self.cumulative}

    def merged(self) -> tuple[Merged, ...]:
        """The lines by side, line and kind, counterparties added up, in the accounts' order."""
        groups: dict[tuple[Side, str, Kind], list[Line]] = {}
        for line in self.lines:
            groups.setdefault((line.side, line.line, line.kind), []).append(line)
        return tuple(
            Merged(
                side,
                name,
                group[0].name,
                kind,
                {year: sum(line.amount(year) for line in group) for year in self.years},
            )
            for (side, name, kind), group in groups.items()
        )

    def spend(self, line: str, year: str) -> float:
        """What the commissioner spends on one spend line in `year`, as a positive amount in £m."""
        return -sum(
            entry.amount(year)
            for entry in self.lines
            if entry.side == "commissioner" and entry.kind == "cost" and entry.line == line
        )

    def to_arrow(self) -> pa.Table:
        """One row a line, counterparty and year; `amount` in £m, income positive, cost negative."""
        rows = [(line, year) for line in self.lines for year in self.years]
        return pa.table(
            {
                "side": pa.array([line.side for line, _ in rows], pa.string()),
                "line": pa.array([line.line for line, _ in rows], pa.string()),
                "name": pa.array([line.name for line, _ in rows], pa.string()),
                "kind": pa.array([line.kind for line, _ in rows], pa.string()),
                "counterparty": pa.array([line.counterparty for line, _ in rows], pa.string()),
                "year": pa.array([year for _, year in rows], pa.string()),
                "amount": pa.array([line.amount(year) for line, year in rows], pa.float64()),
            }
        )
