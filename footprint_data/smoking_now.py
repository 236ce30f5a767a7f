"""Who smokes, carried from the survey of 2016 to 2023/24, for the edition of 2026."""

from __future__ import annotations

from itertools import groupby

from tripleaim.place import columns_of, load

SMOKERS_2015, SMOKERS_2023 = 0.16195, 0.13269
"""Smokers among those who answered the GP Patient Survey of 2015/16 and of 2023/24, mean of the
systems of England (source gpps-smoking-2013-2023)."""
FALL = (SMOKERS_2023 / (1 - SMOKERS_2023)) / (SMOKERS_2015 / (1 - SMOKERS_2015))
"""What the odds of smoking in 2016 are multiplied by."""
LEVELS = ("never", "ex_over_10", "ex_under_10", "current")
_ABOUT = (
    "source: gpps-smoking-2013-2023",
    "status: calibrated",
    f"notes: England's shares of 2016, whose odds of smoking, and of smoking or having stopped "
    f"within ten years, are multiplied by {FALL:.3f}, as the odds of smoking in the GP Patient "
    f"Survey fell from 2015/16 to 2023/24 (16.2% to 13.3%); the odds of ever having smoked by its "
    "square root, as the trend of smoking has it. Uncalibrated: the shares of 2016",
)
_HEADER = ("sex", "age_from", "age_to", "level", "pct")


def smoking_lines() -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[object, ...]]]:
    """Comments, header and rows of `risk_factors/smoking.csv`."""
    name = "risk_factors/smoking.csv"
    was = load("england").own.rows(name, columns_of(name))
    rows: list[tuple[object, ...]] = []
    for (sex, first, last), levels in groupby(
        was, lambda row: (row["sex"], row["age_from"], row["age_to"])
    ):
        pct = {row["level"]: row["pct"] / 100 for row in levels}
        smokes = _times(pct["current"], FALL)
        lately = _times(pct["current"] + pct["ex_under_10"], FALL)
        ever = _times(1 - pct["never"], FALL**0.5)
        shares = (1 - ever, ever - lately, lately - smokes, smokes)
        rows += [
            (sex, first, last, level, f"{100 * share:.3f}")
            for level, share in zip(LEVELS, shares, strict=True)
        ]
    return _ABOUT, _HEADER, rows


def _times(share: float, factor: float) -> float:
    """The share whose odds are `factor` times those of `share`."""
    odds = factor * share / (1 - share)
    return odds / (1 + odds)
