"""Health of do nothing and do something, from stored results into the document."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES
from tripleaim.place import Figure
from tripleaim.prevention.assemble_money import MILLION, Results, flows_of, share_pct
from tripleaim.prevention.consequences import QALYS
from tripleaim.prevention.document import (
    HealthPart,
    HealthRow,
    MeasurePart,
    OfficialRow,
    QuintileBenefit,
)
from tripleaim.prevention.document_numbers import fan, interval, number
from tripleaim.prevention.document_value import LuckyInterval
from tripleaim.prevention.health import lost_name, outcome_names
from tripleaim.prevention.official import Measure, closest, official_life_expectancy
from tripleaim.prevention.scenarios import (
    AHEAD_AGES,
    GROUPED,
    NOTHING,
    TOGETHER,
    health_names,
)

Floats = npt.NDArray[np.float64]
Kind = Literal["expectancy", "inequality", "events", "years"]
Better = Literal["higher", "lower"]

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


def health_part(
    results: Results,
    conditions: dict[str, str],
    outcomes: tuple[str, ...],
    counted: tuple[str, ...],
) -> HealthPart:
    """The health of the place: do nothing, all programmes together, and the difference.

    `conditions` are names by id in the order of the tallies, `outcomes` the late outcomes,
    `counted` those of them after which years are lost that no condition carries.
    """
    counts = counts_held(results, tuple(conditions), outcomes, counted)
    measures = [*_expectancies(), *_counted(conditions, outcomes, counted)]
    rows = _health_rows(results)
    for measure, values in counts.items():
        rows.append(_row(measure, 0, values if values.ndim == 3 else values.sum(axis=-1)))
        if values.ndim > 3:
            rows += [_row(measure, q + 1, values[..., q]) for q in range(values.shape[-1])]
    totals = {
        measure: interval(
            (values[:, TOGETHER] - values[:, NOTHING]).reshape(len(values), -1).sum(1)
        )
        for measure, values in counts.items()
    }
    return HealthPart(measures=measures, rows=rows, totals=totals, beside_official=beside(results))


def counts_held(
    results: Results,
    conditions: tuple[str, ...],
    outcomes: tuple[str, ...],
    counted: tuple[str, ...],
) -> dict[str, Floats]:
    """What is counted each year by measure: (draws, scenarios, years), with quintiles last where
    they are known."""
    arrays = results.arrays
    lost = arrays["lost"][:, QALYS]
    return {
        "deaths": arrays["deaths"],
        "qalys": arrays["qalys"],
        **{lost_id(o): lost[..., c] for c, o in enumerate(counted)},
        **{f"new-{c}": arrays["onsets"][..., k] for k, c in enumerate(conditions)},
        **{o: arrays["outcomes"][:, :, 1:, :, k] for k, o in enumerate(outcomes)},
    }


def lost_id(outcome: str) -> str:
    """The id of the measure of years lost after a late outcome."""
    return f"qalys-{outcome}"


def measure_id(name: str, age: int) -> str:
    """The id of a measure of years ahead, such as life-65."""
    return f"{name}-{AHEAD_AGES[age]}"


def quintile_benefits(results: Results) -> list[QuintileBenefit]:
    """What all programmes together gain in each deprivation quintile over the horizon."""
    arrays = results.arrays
    people = arrays["contacts"].shape[3]
    gained = arrays["qalys"][:, TOGETHER] - arrays["qalys"][:, NOTHING]
    averted = arrays["deaths"][:, NOTHING] - arrays["deaths"][:, TOGETHER]
    benefits = []
    for q in range(people):
        heads = arrays["quintiles"][:, q]
        qalys = gained[:, :, q].sum(axis=1)
        avoided = flows_of(results, TOGETHER, q).avoided.sum(axis=(1, 2))
        benefits.append(
            QuintileBenefit(
                quintile=q + 1,
                people=round(float(heads[0])),
                joined=interval(arrays["joined"][:, 0, 1:, q].sum(axis=(1, 2))),
                qalys=interval(qalys),
                qalys_per_1000=interval(share_pct(qalys, heads) * 10),
                deaths_averted=interval(averted[:, :, q].sum(axis=1)),
                avoided_gbp_m=interval(avoided / MILLION),
            )
        )
    return benefits


def averted(results: Results, name: str, at: int) -> LuckyInterval:
    """What all programmes together avert over the horizon: `onsets` or `outcomes` number `at`."""
    counts = results.arrays[name]
    by_year = counts[..., at] if name == "onsets" else counts[:, :, 1:, :, at].sum(axis=-1)
    return interval((by_year[:, NOTHING] - by_year[:, TOGETHER]).sum(axis=1))


def _expectancies() -> list[MeasurePart]:
    measures = []
    for age, from_when in enumerate(("at birth", "at 65")):
        for name, label in _AHEAD.items():
            title = f"{label} {from_when}"
            measures.append(_measure(measure_id(name, age), title, "years", "expectancy"))
        for name, label in _SLOPES.items():
            unit = "ratio" if name == "relative" else "years"
            title = f"{label} {from_when}"
            measures.append(_measure(measure_id(name, age), title, unit, "inequality"))
    return measures


def _counted(
    conditions: dict[str, str], outcomes: tuple[str, ...], counted: tuple[str, ...]
) -> list[MeasurePart]:
    return [
        _measure("deaths", "Deaths", "deaths a year", "events"),
        _measure("qalys", "Quality-adjusted years of life", "QALYs a year", "years"),
        *(
            _measure(lost_id(o), lost_name(n), "QALYs a year", "years", "lower")
            for o, n in outcome_names(counted).items()
        ),
        *(
            _measure(f"new-{c}", f"New: {n}", "people a year", "events")
            for c, n in conditions.items()
        ),
        *(_measure(o, n, "a year", "events") for o, n in outcome_names(outcomes).items()),
    ]


def _measure(
    key: str, name: str, unit: str, kind: Kind, better: Better | None = None
) -> MeasurePart:
    usual: Better = "higher" if kind in ("expectancy", "years") else "lower"
    return MeasurePart(id=key, name=name, unit=unit, kind=kind, better=better or usual)


def _health_rows(results: Results) -> list[HealthRow]:
    health = results.arrays["health"]
    return [
        HealthRow(
            measure=measure_id(measure, age),
            sex="male" if SEXES[sex] == "male" else "female",
            quintile=group,
            nothing=fan(health[:, 0, h]),
            something=fan(health[:, 1, h]),
            difference=fan(health[:, 1, h] - health[:, 0, h]),
        )
        for h, (measure, age, sex, group) in enumerate(health_names())
    ]


def _row(measure: str, quintile: int, counts: Floats) -> HealthRow:
    return HealthRow(
        measure=measure,
        sex="persons",
        quintile=quintile,
        nothing=fan(counts[:, NOTHING]),
        something=fan(counts[:, TOGETHER]),
        difference=fan(counts[:, TOGETHER] - counts[:, NOTHING]),
    )


def beside(results: Results) -> list[OfficialRow]:
    """The first year without programmes beside what is printed and what official statistics say.

    Printed life expectancy; life and healthy life expectancy and their slopes of the closest
    period, of the place and of England; deaths of residents, from the figures deaths.male and
    deaths.female.
    """
    return [*_printed(results), *_official(results), *_died(results)]


def _printed(results: Results) -> list[OfficialRow]:
    rows = []
    for sex in SEXES:
        figure = results.place.figures.get(f"life-expectancy.{sex}")
        computed = _first_year(results, GROUPED[0], 0, sex)
        if figure is not None and computed is not None:
            rows.append(_of_figure(results, figure, measure_id(GROUPED[0], 0), sex, computed))
    return rows


def _died(results: Results) -> list[OfficialRow]:
    rows = []
    for s, sex in enumerate(SEXES):
        figure = results.place.figures.get(f"deaths.{sex}")
        if figure is not None:
            died = number(float(results.arrays["died"][0, NOTHING, 0, s]))
            rows.append(_of_figure(results, figure, "deaths", sex, died or 0.0))
    return rows


def _of_figure(
    results: Results, figure: Figure, measure: str, sex: str, computed: float
) -> OfficialRow:
    return OfficialRow(
        measure=measure,
        name=_NAMES[measure],
        sex="male" if sex == "male" else "female",
        unit="deaths" if measure == "deaths" else "years",
        computed=computed,
        computed_year=results.years[0],
        published=figure.value,
        published_year=figure.year,
        area=results.place.name,
        basis=figure.basis,
        status=figure.status,
        source=figure.source,
        figure=figure.id,
    )


def _official(results: Results) -> list[OfficialRow]:
    values = official_life_expectancy(results.place)
    rows = []
    for measure, name in _OFFICIAL.items():
        for sex in SEXES:
            for age, years in enumerate(AHEAD_AGES):
                computed = _first_year(results, name, age, sex)
                known = [o for o in values if (o.measure, o.sex, o.age) == (measure, sex, years)]
                for own in (False, True):
                    of_area = [o for o in known if o.area.startswith("England") is not own]
                    nearest = closest(of_area, results.years[0])
                    if nearest is None or computed is None:
                        continue
                    rows.append(
                        OfficialRow(
                            measure=measure_id(name, age),
                            name=_NAMES[measure_id(name, age)],
                            sex="male" if sex == "male" else "female",
                            unit="years",
                            computed=computed,
                            computed_year=results.years[0],
                            published=nearest.value,
                            published_year=nearest.period,
                            area=nearest.area,
                            basis=nearest.basis,
                            status=nearest.status,
                            source=nearest.source,
                            figure="",
                        )
                    )
    return rows


def _first_year(results: Results, measure: str, age: int, sex: str) -> float | None:
    """A measure of years ahead in the first year without programmes, on the central draw."""
    at = health_names().index((measure, age, SEXES.index(sex), 0))
    return number(float(results.arrays["health"][0, 0, at, 0]))


_OFFICIAL: dict[Measure, str] = {
    "life": "life",
    "healthy": "healthy",
    "slope-life": "slope",
    "slope-healthy": "healthy_slope",
}
"""Official measures of life, and what the model calls them."""

_NAMES = {m.id: m.name for m in (*_expectancies(), *_counted({}, (), ()))}
