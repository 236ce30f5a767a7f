"""The part of prevention.json that says how deaths by risk factor are calibrated."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from tripleaim.core import Part
from tripleaim.place import Status
from tripleaim.projection import AllCauseFit


class AllCausePart(Part):
    """How much more often people of a sex and age at a level of a risk factor die, of any cause,
    than people at the lowest level: as published, and in these simulated lives.
    """

    risk: str
    name: str
    level: str
    level_name: str
    sex: str
    age_from: int
    age_to: int
    people: int = Field(description="at the level in the base year, of those simulated")
    published: float
    low: float | None = Field(description="of the 95% interval; None: no interval is known")
    high: float | None
    status: Status
    source: str
    where: str
    through_conditions: float = Field(description="the ratio through conditions of the model")
    direct: float = Field(description="solved: the ratio for other causes")
    uncalibrated_direct: float = Field(description="what was set by hand")
    uncalibrated: float = Field(description="all deaths, with the value set by hand")
    achieved: float | None = Field(
        description=(
            "all deaths as solved in the simulated lives, every fifth year from the fifth; "
            "adjusted for age, sex and deprivation; None: nobody is at the level, or at the "
            "lowest, by then"
        )
    )
    base_year: float | None = Field(
        default=None,
        description=(
            "the same among today's people; None: made by an older version, in which `achieved` "
            "had this value"
        ),
    )
    unadjusted: float = Field(description="as base_year, but as people are")


def all_cause_parts(rows: Sequence[AllCauseFit]) -> list[AllCausePart]:
    """The rows of `all_cause_fit`, ratios to four digits."""
    return [
        AllCausePart(
            risk=row.risk,
            name=row.name,
            level=row.level,
            level_name=row.level_name,
            sex=row.sex,
            age_from=row.age_from,
            age_to=row.age_to,
            people=row.people,
            published=_four(row.published),
            low=row.low,
            high=row.high,
            status=row.status,
            source=row.source,
            where=row.where,
            through_conditions=_four(row.through),
            direct=_four(row.direct),
            uncalibrated_direct=_four(row.uncalibrated_direct),
            uncalibrated=_four(row.uncalibrated),
            achieved=None if row.achieved is None else _four(row.achieved),
            base_year=_four(row.base_year),
            unadjusted=_four(row.unadjusted),
        )
        for row in rows
    ]


def _four(value: float) -> float:
    return float(f"{value:.4g}")
