"""Numbers of a sample of prevention: years, names, spreads and fans that rise as real ones do."""

from __future__ import annotations

import math
from collections.abc import Callable

from tripleaim.prevention.document import BreakEven
from tripleaim.prevention.document_value import LuckyInterval
from tripleaim.uncertainty import FanPart

YEARS = [f"{y}/{(y + 1) % 100:02d}" for y in range(2016, 2036)]
PLAN = YEARS[:5]
# Cost and care avoided in a settled year, £m, and QALYs over the horizon; none without evidence.
PROGRAMMES = {
    "alcohol-advice": ("Alcohol: identification and brief advice", 0.4, 0.5, 160),
    "blood-pressure-and-atrial-fibrillation": (
        "Blood pressure and atrial fibrillation found and treated", 1.6, 1.9, 1450,
    ),
    "diabetes-prevention": ("Diabetes prevention", 0.9, 0.5, 420),
    "early-diagnosis-of-cancer": ("Early diagnosis of cancer", 1.2, 0.0, 0),
    "falls-prevention": ("Falls prevention", 0.7, 0.9, 140),
    "mental-health-and-dementia": ("Mental health and dementia", 0.8, 0.0, 0),
    "physical-activity": ("Physical activity", 0.6, 0.2, 310),
    "smoking-cessation": ("Stop-smoking support", 0.8, 1.1, 1720),
    "stronger-communities": ("Stronger communities and social prescribing", 0.5, 0.2, 90),
    "weight-management": ("Weight management", 0.7, 0.3, 260),
}  # fmt: skip
CONDITIONS = {"stroke": "Stroke", "chd": "Coronary heart disease", "diabetes": "Diabetes",
              "dementia": "Dementia"}  # fmt: skip
LATE = {"heart_attack": "Heart attacks", "amputation": "Amputations",
        "hip_fracture": "Hip fractures"}  # fmt: skip
PAYERS = {"11X": "NHS Somerset CCG", "council": "Somerset County Council"}


def spread(value: float, width: float = 0.25) -> LuckyInterval:
    """A number with an interval of so much of it to each side."""
    reach = abs(value) * width
    return LuckyInterval(
        central=value, p10=value - reach, p50=value, p90=value + reach, luck=reach / 20
    )


def fan(curve: Callable[[int], float], width: float = 0.25) -> FanPart:
    """A number a year, likewise."""
    line = [round(curve(k), 6) for k in range(len(YEARS))]
    return FanPart(
        central=list(line),
        p10=[v - abs(v) * width for v in line],
        p50=list(line),
        p90=[v + abs(v) * width for v in line],
    )


def ramp(full: float, years: float = 6.0) -> Callable[[int], float]:
    """A curve that comes to `full`."""
    return lambda k: full * (1 - math.exp(-k / years))


def break_even(year: str | None, pct: float) -> BreakEven:
    """Half way from never to at once."""
    early = "2026/27" if pct > 10 else None
    return BreakEven(
        central=year, p10=early, p50=year, p90=year if pct >= 90 else None, ever_pct=pct
    )
