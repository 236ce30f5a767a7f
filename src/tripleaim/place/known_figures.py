"""Figures that rooms look for by name: what each is called, and the one unit that it is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

_MILLIONS: Mapping[str, float] = {
    "£m": 1,
    "£ m": 1,
    "£ million": 1,
    "£million": 1,
    "£": 1e-6,
    "£000": 1e-3,
    "£000s": 1e-3,
    "£k": 1e-3,
    "£ thousand": 1e-3,
    "£bn": 1e3,
    "£ billion": 1e3,
}
_POUNDS = {unit: factor * 1e6 for unit, factor in _MILLIONS.items()}
_A_HEAD = {
    f"{money}{each}": factor
    for money, factor in (("£", 1), ("£000", 1e3), ("£k", 1e3))
    for each in ("/head", " a head", " per head", "/person", " a person", " per person")
}
_PER_CENT: Mapping[str, float] = {
    "%": 1,
    "% a year": 1,
    "per cent": 1,
    "percent": 1,
    "share": 100,
    "fraction": 100,
}
_SHARE = {unit: factor / 100 for unit, factor in _PER_CENT.items()}
_PEOPLE: Mapping[str, float] = {"people": 1, "thousand people": 1e3, "million people": 1e6}


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """Figures whose ids `pattern` covers (a * stands for anything), and their unit.

    `multiples` are units that they may be written in, with what one of them is in `unit`. No
    figure is below `least` or above `most`, in `unit`.
    """

    pattern: str
    unit: str
    multiples: Mapping[str, float]
    least: float
    most: float


_UNITS: Mapping[str, Mapping[str, float]] = {
    "£m": _MILLIONS,
    "£": _POUNDS,
    "£/head": _A_HEAD,
    "%": _PER_CENT,
    "share": _SHARE,
    "people": _PEOPLE,
}
_RANGES: Mapping[str, tuple[float, float]] = {
    # All of the NHS in England spends under £200,000m a year, £3,500 a head.
    "£m": (-1e6, 1e6),
    "£": (-1e12, 1e12),
    "£/head": (0, 100_000),
    # A rise may be steep from a small base, and a fall is at most all there is.
    "%": (-100, 1_000),
    "share": (0, 1_000),
    "people": (0, 1e8),
}
_BY_UNIT: Mapping[str, tuple[str, ...]] = {
    "£m": (
        "allocation.commissioner",
        "opening.commissioner",
        "opening.providers",
        "trust-income.*",
        "council-spend.*",
        "stf.[0-9]*",
        "gap.[0-9]*.commissioner",
        "gap.[0-9]*.providers",
        "gap.cumulative",
        "savings.cumulative",
    ),
    "£": ("specialised.total", "*.grant.[0-9]*"),
    "£/head": ("spend-per-head.*",),
    "%": (
        "own-trusts-share.*",
        "catchment.*",
        "council-growth.*",
        "council-funding-growth",
        "opening-share.*",
        "elsewhere-share.*",
        "growth.allocation*",
        "growth.specialised-*",
        "inflation.*",
        "efficiency.*",
        "stf.carried-share",
    ),
    "share": ("scheme-weight.*",),
    "people": ("people.registered", "people.residents", "population.total"),
}
KNOWN_FIGURES = tuple(
    KnownFigure(pattern, unit, _UNITS[unit], *_RANGES[unit])
    for unit, patterns in _BY_UNIT.items()
    for pattern in patterns
)
READ_TOO = (
    "unit-cost.*",
    "stf.*",
    "population-cap.*.year-*",
    "solutions.*",
    "births.male-share",
    "mortality.improvement-kept",
    "onset.clustering",
    "people.*",
    "uncertainty.*",
    "health.discount-rate*",
    "prevention.qaly-value",
    "life-expectancy.*",
    "deaths.*",
    "backtest.*",
    "contact-hours*",
    "contact-minutes.*",
    "contacts-week*",
    "skill-mix*",
)
"""Ids that rooms look for whose unit is not one of several."""


def known_figure(figure_id: str) -> KnownFigure | None:
    """What is known of a figure of this id; None where no unit is asked for."""
    return next((k for k in KNOWN_FIGURES if fnmatchcase(figure_id, k.pattern)), None)


def in_known_unit(figure_id: str, unit: str) -> tuple[str, float]:
    """The unit that a figure of this id is kept in, and by how much its numbers are multiplied.

    Raises ValueError with what was expected for a unit that is no multiple of it.
    """
    known = known_figure(figure_id)
    if known is None or unit == known.unit:
        return unit, 1.0
    bare = re.sub(r"\s+", " ", unit.strip().casefold())
    if bare not in known.multiples:
        other = ", ".join([name for name in known.multiples if name != known.unit][:4])
        raise ValueError(f"expected {known.unit}, the unit of this figure (or {other})")
    factor = known.multiples[bare]
    return (unit if factor == 1 else known.unit), factor


def is_looked_for(figure_id: str) -> bool:
    """Whether a room looks for a figure of this id by name."""
    patterns = (*(known.pattern for known in KNOWN_FIGURES), *READ_TOO)
    return any(fnmatchcase(figure_id, pattern) for pattern in patterns)
