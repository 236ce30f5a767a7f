"""What boards are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["official", "drawn", "asked for"]


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """A number that every board has, or that every board is asked for.

    official   counted from the official tables that come with the product
    drawn      projected from a sample of the board's people, in draws
    asked for  not public: not known until the board's people enter it

    `per_head` says that boards of different size can be compared by it; only such a measure with
    an interval has ranks. `covers` says what its interval covers; empty where it has none.
    """

    id: str
    title: str
    unit: str
    kind: Kind
    covers: str = ""
    per_head: bool = True
    source: str = ""

    @property
    def ranked(self) -> bool:
        """Whether boards have a rank by it, with the range that the interval leaves."""
        return bool(self.covers) and self.per_head


BY_PART = (
    "the least and the most of the four largest parts of the formula: general and acute, "
    "community, mental health, prescribing"
)
DRAWS = (
    "10% to 90% of draws: parameters of lives, programmes and growth of care, the luck of lives, "
    "and who is in the sample"
)

MEASURES = (
    ComparedMeasure(
        "registered", "People on the lists", "people", "official", "", False, "gp-lists-2026-07"
    ),
    ComparedMeasure(
        "need_index",
        "Need for care, England's mean person = 100",
        "index",
        "official",
        BY_PART,
        source="need-2025-26",
    ),
    ComparedMeasure(
        "most_deprived_pct",
        "People who live in England's most deprived fifth of small areas",
        "%",
        "official",
        source="imd-2025;area-people-2022",
    ),
    ComparedMeasure("people_growth_pct", "Growth of the people on the lists", "%", "drawn", DRAWS),
    ComparedMeasure("emergency_growth_pct", "Growth of emergency admissions", "%", "drawn", DRAWS),
    ComparedMeasure(
        "care_growth_pct", "What care costs more if nothing changes", "%", "drawn", DRAWS
    ),
    ComparedMeasure(
        "care_growth_gbp_m",
        "What care costs more if nothing changes, a year",
        "£m",
        "drawn",
        DRAWS,
        per_head=False,
    ),
    ComparedMeasure("gap_gbp_m", "Gap before savings", "£m", "asked for", per_head=False),
    ComparedMeasure(
        "prevention_qalys_per_1000",
        "Healthy years that ten prevention programmes gain in twenty years, for each 1,000 people",
        "QALYs",
        "drawn",
        DRAWS,
    ),
)
"""All of them, in the order of tables."""

DRAWN = tuple(measure.id for measure in MEASURES if measure.kind == "drawn")
