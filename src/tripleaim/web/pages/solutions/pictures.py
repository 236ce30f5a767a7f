"""One bar a solution: as claimed, after overlap and on evidence, one inside the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripleaim import wording as words
from tripleaim.plan import SolutionPart
from tripleaim.web.ui.charts.lines import line_picture
from tripleaim.web.ui.charts.picture import (
    COLOURS,
    INK,
    MUTED,
    NARROW,
    WIDE,
    Picture,
    Spec,
    layered,
    marks,
    picture,
    rows_named,
)
from tripleaim.web.ui.charts.readings import READING
from tripleaim.web.ui.charts.vega_lite import Axis, Scale, channel, fixed

NESTED = (("as_claimed", 20), ("after_overlap", 13), ("on_evidence", 7))
LONGEST = 34


def bars(solutions: Sequence[SolutionPart], year: str, description: str, tag: str) -> Picture:
    """The three savings of each solution in one year; narrow bars have strong evidence."""
    title = words.tagged(f"Saving in {year}, £m a year", tag)

    def draw(narrow: bool) -> Spec:
        return _bars(title, solutions, year, narrow)

    means = f" {words.SPLIT_MEANS}" if tag == words.SPLIT_ASSUMED else ""
    return picture(title, description, draw).called(
        "solutions",
        "Numbers beside a bar: as claimed · after overlap · on evidence, with "
        "untested savings at zero. Solutions that affect the same people share the effect. What "
        "controlled studies found for a whole population limits the total; these bars do not "
        f"show that limit.{means}",
        (
            ("claimed", "As claimed"),
            ("overlap", "After overlap"),
            ("evidence", "On evidence (untested savings at zero)"),
        ),
    )


def _bars(title: str, solutions: Sequence[SolutionPart], year: str, narrow: bool) -> Spec:
    size = 13 if narrow else 15
    names = [s.name for s in solutions]
    saved = {
        "as_claimed": [s.as_claimed_gbp_m.get(year, 0.0) for s in solutions],
        "after_overlap": [s.after_overlap_gbp_m.get(year, 0.0) for s in solutions],
        "on_evidence": [s.on_evidence_gbp_m.get(year, 0.0) for s in solutions],
    }
    every = [v for values in saved.values() for v in values]
    low, high = min([*every, 0.0]), max([*every, 0.1])
    step = 50 if narrow else 32
    measure: dict[str, Any] = {
        "scale": Scale(domain=[low, high * (1.32 if narrow else 1.22)], nice=False),
        "axis": Axis(title=None, tickCount=4 if narrow else 6, orient="top"),
    }
    y = rows_named(names, narrow, 340)
    layers: list[Any] = []
    for kind, thickness in NESTED:
        rows = [
            {"name": n, "value": v, "from": 0, READING: f"{n}: {words.signed(v)}"}
            for n, v in zip(names, saved[kind], strict=True)
        ]
        layers.append(
            marks(rows, words.position_name(kind))
            .mark_bar(color=COLOURS[kind][0], size=thickness, yOffset=8 if narrow else 0)
            .encode(x=channel("value:Q", **measure), x2="from:Q", y=y)
        )
    labels = [
        {
            "name": n,
            "value": max(0.0, *(saved[k][i] for k in saved)),
            "text": " · ".join(words.tenths(saved[k][i]) for k in saved),
        }
        for i, n in enumerate(names)
    ]
    layers.append(
        marks(labels)
        .mark_text(align="left", dx=8, dy=8 if narrow else 0, fontSize=size - 1, color=MUTED)
        .encode(x=channel("value:Q", **measure), y=y, text="text:N")
    )
    if narrow:
        layers.append(
            marks([{"name": n, "text": _short(n)} for n in names])
            .mark_text(align="left", baseline="bottom", dy=-6, dx=1, fontSize=13, color=INK)
            .encode(x=fixed(0), y=y, text="text:N")
        )
    width = (NARROW - 12) if narrow else WIDE - 370
    return layered(layers, size=size, width=width, height={"step": step}, title=title)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def effect_by_year(solution: SolutionPart, years: Sequence[str], description: str) -> Picture:
    """What one solution saves by year on each basis, with the interval of the evidence."""
    series = {
        "as_claimed": solution.as_claimed_gbp_m,
        "after_overlap": solution.after_overlap_gbp_m,
        "on_evidence": solution.on_evidence_gbp_m,
    }
    band = {
        year: (solution.on_evidence_low_gbp_m[year], solution.on_evidence_high_gbp_m[year])
        for year in years
        if year in solution.on_evidence_low_gbp_m and year in solution.on_evidence_high_gbp_m
    }
    title = words.tagged("Savings, £m a year", solution.claim_tag)
    return line_picture(title, description, series, years, band).called(
        "effect",
        "The band is the interval that studies leave open. Where no study measured the solution, "
        "there is no band: we do not know what it saves. It may save nothing or its whole claim, "
        "and the line “on evidence” counts it at zero.",
    )
