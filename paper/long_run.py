"""Checks of the people, and their lives over twenty years if nothing is done.

The stationary check: incidence, prevalence and survival agree if shares of conditions, at the ages
of the base year, stay where they were but for the stated trends of the plan's years, and if as many
die as the official rates have die. Beside the lives stands what is expected exactly, everybody
counted and no disease with a trend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim import wording
from tripleaim.core import UNWATCHED, RunContext
from tripleaim.people import People, check_people, read_diseases
from tripleaim.place import Place
from tripleaim.prevention.health import health_outcomes
from tripleaim.prevention.official import compare_with_official
from tripleaim.prevention.scenarios import sampled
from tripleaim.projection import Tally, fit_laws, read_vitals, simulate
from tripleaim.projection.stationary import courses, without_trends

STEPS = 20
PLAN_STEPS = 5


def run(
    place: Place, people: People, size: int, *, context: RunContext = UNWATCHED
) -> Mapping[str, Any]:
    """Check everybody; lead `size` of them for twenty years, by laws fitted to them."""
    few = sampled(people, size)
    laws = fit_laws(place, few, steps=STEPS, context=context)
    lives = simulate(few, laws, lives=True, context=context)
    health = health_outcomes(lives.tally)
    return {
        "people": size,
        "years": list(laws.years),
        "checks": [asdict(check) for check in check_people(people, place)],
        "conditions": _conditions(place, lives.tally),
        "courses": _courses(place, people, context),
        "deaths": _deaths(place, lives.tally, lives.trajectory),
        "official": [_beside(row) for row in compare_with_official(place, health)],
        "registered": lives.tally.people.sum(axis=(1, 2, 3)).tolist(),
    }


def _conditions(place: Place, tally: Tally) -> Sequence[Mapping[str, Any]]:
    """Share of people with each condition, ages and sexes weighing as in the base year, %."""
    heads = tally.people.sum(axis=2).astype(np.float64)
    weights = heads[0] / heads[0].sum()
    having = tally.with_condition.sum(axis=2)
    found = []
    for k, disease in enumerate(read_diseases(place)):
        share = np.divide(having[..., k], heads, out=np.zeros_like(heads), where=heads > 0)
        by_year = 100 * (share * weights).sum(axis=(1, 2))
        found.append(
            {
                "name": disease.name,
                "trend_pct_a_year": 100 * disease.trend,
                "share_pct": by_year.tolist(),
                "stated_pct": float(by_year[0] * (1 + disease.trend) ** PLAN_STEPS),
                "with_it": int(having[0, ..., k].sum()),
            }
        )
    return found


def _courses(place: Place, people: People, context: RunContext) -> Sequence[Mapping[str, Any]]:
    """By how much the share with each condition drifts without trends, % in 5 and 20 years."""
    diseases = read_diseases(place)
    laws = fit_laws(place, people, steps=STEPS, draw=without_trends(diseases), context=context)

    def drifts(share: npt.NDArray[np.float64]) -> list[float]:
        return [100 * float(share[y] / share[0] - 1) for y in (PLAN_STEPS, STEPS)]

    return [
        {
            "name": disease.name,
            "drift_pct": drifts(course.share),
            "uncalibrated_pct": drifts(course.uncalibrated),
            "leaving_pct": 100 * course.leaving,
            "status": course.status,
        }
        for disease, course in zip(diseases, courses(people, laws, diseases), strict=True)
    ]


def _deaths(place: Place, tally: Tally, trajectory: Any) -> Sequence[Mapping[str, Any]]:
    """Deaths by year, drawn, and as official rates by single year of age and sex expect them."""
    vitals = read_vitals(place, STEPS)
    found = []
    for y in range(STEPS):
        there = trajectory.people.take(np.flatnonzero(trajectory.present[y]))
        age = np.clip(there.age_in(tally.years[y]), 0, vitals.death.shape[-1] - 1)
        heads = _counted(there.sex, age, vitals.death.shape[1:])
        newborn = tally.births[y] * float(vitals.newborn_death[y].mean())
        found.append(
            {
                "year": tally.years[y + 1],
                "drawn": int(tally.deaths[y].sum()),
                "expected": float((heads * vitals.death[y]).sum() + newborn),
            }
        )
    return found


def _counted(
    sex: npt.NDArray[Any], age: npt.NDArray[Any], shape: tuple[int, ...]
) -> npt.NDArray[np.float64]:
    heads = np.zeros(shape)
    np.add.at(heads, (sex.astype(np.intp), age.astype(np.intp)), 1)
    return heads


def _beside(row: Any) -> Mapping[str, Any]:
    return {
        "measure": row.measure,
        "sex": row.sex,
        "age": row.age,
        "modelled": None if np.isnan(row.modelled) else row.modelled,
        "year": row.year,
        "printed": row.printed.value if row.printed else None,
        "place": row.place.value if row.place else None,
        "place_period": row.place.period if row.place else None,
        "england": row.england.value if row.england else None,
        "england_period": row.england.period if row.england else None,
        "differs": wording.why_official_differs(row),
    }
