"""Health of do nothing and do something, from kept results into the document."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES
from tripleaim.prevention.assemble_money import MILLION, Results, flows_of, share_pct
from tripleaim.prevention.document import (
    HealthPart,
    HealthRow,
    MeasurePart,
    OfficialRow,
    QuintileBenefit,
    Spread,
)
from tripleaim.prevention.scenarios import (
    AHEAD_AGES,
    GROUPED,
    NOTHING,
    TOGETHER,
    health_names,
)
from tripleaim.prevention.spreads import fan, number, spread

Floats = npt.NDArray[np.float64]
Kind = Literal["expectancy", "inequality", "events", "years"]

_AHEAD = {
    "life": "Life expectancy",
    "healthy": "Healthy life expectancy",
    "quality": "Quality-adjusted life expectancy",
}
_SLOPES = {
    "slope": "Slope index of inequality in life expectancy",
    "healthy_slope": "Slope index of inequality in healthy life expectancy",
    "relative": "Relative index of inequality in life expectancy",
}
_OUTCOMES = {
    "heart_attack": "Heart attacks",
    "amputation": "Amputations",
    "hip_fracture": "Hip fractures",
}


def outcome_names(outcomes: tuple[str, ...]) -> dict[str, str]:
    """Late outcomes by id, as people say them."""
    return {o: _OUTCOMES.get(o, o.replace("_", " ").capitalize()) for o in outcomes}


def health_part(
    results: Results, conditions: dict[str, str], outcomes: tuple[str, ...]
) -> HealthPart:
    """The health of the place: do nothing, all programmes together, and the difference.

    `conditions` are names by id in the order of the tallies, `outcomes` the late outcomes.
    """
    measures = [*_expectancies(), *_counted(conditions, outcomes)]
    rows = [*_health_rows(results), *_count_rows(results, tuple(conditions), outcomes)]
    totals = {
        measure.id: _total(results, measure.id, tuple(conditions), outcomes)
        for measure in measures
        if measure.kind in ("events", "years")
    }
    return HealthPart(measures=measures, rows=rows, totals=totals, beside_official=_beside(results))


def measure_id(name: str, age: int) -> str:
    """The id of a measure of years ahead, such as life-65."""
    return f"{name}-{AHEAD_AGES[age]}"


def quintile_benefits(results: Results) -> list[QuintileBenefit]:
    """What all programmes together gain in each deprivation quintile over the horizon."""
    arrays = results.arrays
    people = arrays["contacts"].shape[3]
    gained = arrays["qalys"][:, TOGETHER] - arrays["qalys"][:, NOTHING]
    averted = arrays["deaths"][:, NOTHING] - arrays["deaths"][:, TOGETHER]
    found = []
    for q in range(people):
        heads = arrays["quintiles"][:, q]
        qalys = gained[:, :, q].sum(axis=1)
        avoided = flows_of(results, TOGETHER, q).avoided.sum(axis=(1, 2))
        found.append(
            QuintileBenefit(
                quintile=q + 1,
                people=round(float(heads[0])),
                joined=spread(arrays["joined"][:, 0, 1:, q].sum(axis=(1, 2))),
                qalys=spread(qalys),
                qalys_per_1000=spread(share_pct(qalys, heads) * 10),
                deaths_averted=spread(averted[:, :, q].sum(axis=1)),
                avoided_gbp_m=spread(avoided / MILLION),
            )
        )
    return found


def averted(results: Results, name: str, at: int) -> Spread:
    """What all programmes together avert over the horizon: `onsets` or `outcomes` number `at`."""
    held = results.arrays[name]
    kept = held[..., at] if name == "onsets" else held[:, :, 1:, :, at].sum(axis=-1)
    return spread((kept[:, NOTHING] - kept[:, TOGETHER]).sum(axis=1))


def _expectancies() -> list[MeasurePart]:
    found = []
    for age, said in enumerate(("at birth", "at 65")):
        for name, words in _AHEAD.items():
            found.append(_measure(measure_id(name, age), f"{words} {said}", "years", "expectancy"))
        for name, words in _SLOPES.items():
            unit = "ratio" if name == "relative" else "years"
            made = _measure(measure_id(name, age), f"{words} {said}", unit, "inequality")
            found.append(made)
    return found


def _counted(conditions: dict[str, str], outcomes: tuple[str, ...]) -> list[MeasurePart]:
    return [
        _measure("deaths", "Deaths", "deaths a year", "events"),
        _measure("qalys", "Quality-adjusted years of life", "QALYs a year", "years"),
        *(
            _measure(f"new-{c}", f"New: {n}", "people a year", "events")
            for c, n in conditions.items()
        ),
        *(_measure(o, n, "a year", "events") for o, n in outcome_names(outcomes).items()),
    ]


def _measure(key: str, name: str, unit: str, kind: Kind) -> MeasurePart:
    better: Literal["higher", "lower"] = "higher" if kind in ("expectancy", "years") else "lower"
    return MeasurePart(id=key, name=name, unit=unit, kind=kind, better=better)


def _health_rows(results: Results) -> list[HealthRow]:
    held = results.arrays["health"]
    return [
        HealthRow(
            measure=measure_id(measure, age),
            sex="male" if SEXES[sex] == "male" else "female",
            quintile=group,
            nothing=fan(held[:, 0, h]),
            something=fan(held[:, 1, h]),
            difference=fan(held[:, 1, h] - held[:, 0, h]),
        )
        for h, (measure, age, sex, group) in enumerate(health_names())
    ]


def _count_rows(
    results: Results, conditions: tuple[str, ...], outcomes: tuple[str, ...]
) -> list[HealthRow]:
    rows = []
    for name in ("deaths", "qalys"):
        held = results.arrays[name]
        rows.append(_row(name, 0, held.sum(axis=-1)))
        rows += [_row(name, q + 1, held[..., q]) for q in range(held.shape[-1])]
    for k, condition in enumerate(conditions):
        rows.append(_row(f"new-{condition}", 0, results.arrays["onsets"][..., k]))
    for o, outcome in enumerate(outcomes):
        held = results.arrays["outcomes"][:, :, 1:, :, o]
        rows.append(_row(outcome, 0, held.sum(axis=-1)))
        rows += [_row(outcome, q + 1, held[..., q]) for q in range(held.shape[-1])]
    return rows


def _row(measure: str, quintile: int, held: Floats) -> HealthRow:
    return HealthRow(
        measure=measure,
        sex="persons",
        quintile=quintile,
        nothing=fan(held[:, NOTHING]),
        something=fan(held[:, TOGETHER]),
        difference=fan(held[:, TOGETHER] - held[:, NOTHING]),
    )


def _total(
    results: Results, measure: str, conditions: tuple[str, ...], outcomes: tuple[str, ...]
) -> Spread:
    arrays = results.arrays
    if measure in ("deaths", "qalys"):
        held = arrays[measure].sum(axis=-1)
    elif measure in outcomes:
        held = arrays["outcomes"][:, :, 1:, :, outcomes.index(measure)].sum(axis=-1)
    else:
        held = arrays["onsets"][..., conditions.index(measure.removeprefix("new-"))]
    return spread((held[:, TOGETHER] - held[:, NOTHING]).sum(axis=1))


def _beside(results: Results) -> list[OfficialRow]:
    """The first year's life expectancy at birth beside what the plan prints of it."""
    figures, rows = results.place.figures, []
    for h, (measure, age, sex, group) in enumerate(health_names()):
        figure = figures.get(f"life-expectancy.{SEXES[sex]}")
        value = number(float(results.arrays["health"][0, 0, h, 0]))
        if (measure, age, group) == (GROUPED[0], 0, 0) and figure and value is not None:
            rows.append(
                OfficialRow(
                    measure=measure_id(measure, age),
                    sex="male" if SEXES[sex] == "male" else "female",
                    computed=value,
                    computed_year=results.years[0],
                    published=figure.value,
                    published_year=figure.year,
                    figure=figure.id,
                )
            )
    return rows
