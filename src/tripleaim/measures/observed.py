"""Events observed in each area, and expected from its ages, for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.measures.areas import Area, ages
from tripleaim.measures.catchments import HES_BANDS, Catchments, read_catchments
from tripleaim.measures.expected import condition_pattern, contact_pattern, expected
from tripleaim.people import read_illness
from tripleaim.place import Place, Row

_OLDEST = 120
_REGISTERS = "register_count"


@dataclass(frozen=True)
class Measure:
    """One measure in every area for which it is known; mappings are by area id.

    `observed` counts events (or beds: then not `counts`, and chance has no part in it), `people`
    are those it is a rate of, `expected` is in the unit of `observed`. A rate is per `per` people.
    `by_age` holds events and people by age group where the source has ages itself.
    """

    id: str
    name: str
    kind: str
    unit: str
    period: str
    per: float
    counts: bool
    status: str
    source: str
    cause: str
    observed: Mapping[str, float]
    people: Mapping[str, float]
    expected: Mapping[str, float]
    by_age: Mapping[str, tuple[Sequence[float], Sequence[float]]]


def measures(place: Place, areas: Sequence[Area]) -> list[Measure]:
    """Every measure of benchmark_measures.csv, in its order, for areas whose lists are available.

    The row whose column is register_count represents every register of peer_registers.csv.
    """
    catchments = read_catchments(place)
    rows: list[Measure] = []
    for row in place.rows("benchmark_measures.csv"):
        if row["column"] == _REGISTERS:
            rows.extend(_registers(place, areas, row))
        else:
            rows.append(_activity(place, areas, row, catchments))
    return rows


def _registers(place: Place, areas: Sequence[Area], kind: Row) -> Iterator[Measure]:
    """Disease registers, as per cent of the list of the age that the register is kept for."""
    rows = place.rows("peer_registers.csv")
    names = {disease.id: disease.name for disease in read_illness(place).conditions}
    bands = tuple(areas[0].lists)
    by_id = {area.id: area for area in areas}
    for condition in dict.fromkeys(row["condition"] for row in rows):
        own = {r["area"]: r for r in rows if r["condition"] == condition and r["area"] in by_id}
        first = next(iter(own.values()))
        if condition not in names:
            raise first.fault("condition", "expected the id of a condition", sorted(names))
        registered = [by_id[area] for area in own]
        observed = [float(r["register_count"]) for r in own.values()]
        pattern = condition_pattern(place, condition, first["minimum_age"], bands)
        aged = f" aged {first['minimum_age']}+" if first["minimum_age"] else ""
        yield Measure(
            id=f"{kind['id']}.{condition}",
            name=names[condition],
            kind="register",
            unit=f"{kind['unit']}{aged}",
            period=kind["period"],
            per=kind["per"],
            counts=kind["counts"],
            status=kind["status"],
            source=kind["source"],
            cause=kind["cause"],
            observed=dict(zip(own, observed, strict=True)),
            people={area: float(r["list_size"]) for area, r in own.items()},
            expected=dict(zip(own, expected(registered, observed, pattern), strict=True)),
            by_age={},
        )


def _activity(place: Place, areas: Sequence[Area], kind: Row, catchments: Catchments) -> Measure:
    """Activity or beds of trusts, attributed to areas by catchment."""
    column, shape = kind["column"], kind["age_pattern"]
    needed = column if shape else f"{column}_{HES_BANDS[0]}"
    if not any(needed in trust.amounts for trust in catchments.trusts.values()):
        raise kind.fault("column", "expected a column of peer_trusts.csv")
    # An area that leans on trusts without ages would look low: it is left out. A trust without
    # a major department has no attendances at one, which is no gap in the figures.
    least = 0.0 if shape else place.value("benchmarks.least-coverage") / 100
    known = [
        area
        for area in areas
        if catchments.shares.get(area.id) and catchments.coverage([area.id], needed) >= least
    ]
    by_age: Mapping[str, tuple[Sequence[float], Sequence[float]]] = {}
    if shape:
        observed = [catchments.amount([area.id], column) for area in known]
        pattern = contact_pattern(place, shape, tuple(areas[0].lists))
        expects = expected(known, observed, pattern)
    else:
        by_age = {area.id: _by_age(catchments, area, column) for area in known}
        observed = [sum(by_age[area.id][0]) for area in known]
        expects = _at_common_rates(by_age)
    ids = [area.id for area in known]
    return Measure(
        id=kind["id"],
        name=kind["name"],
        kind="activity",
        unit=kind["unit"],
        period=kind["period"],
        per=kind["per"],
        counts=kind["counts"],
        status=kind["status"],
        source=kind["source"],
        cause=kind["cause"],
        observed=dict(zip(ids, observed, strict=True)),
        people={area.id: float(area.size) for area in known},
        expected=dict(zip(ids, expects, strict=True)),
        by_age=by_age,
    )


def _by_age(
    catchments: Catchments, area: Area, column: str
) -> tuple[Sequence[float], Sequence[float]]:
    """Events and people by the source's age groups; the oldest are one, as on the lists.

    Where a band of the lists straddles two groups its people are split as if evenly aged.
    """
    oldest = max(ages(band)[0] for _, band in area.lists)
    events: dict[tuple[int, int], float] = {}
    for band in HES_BANDS:
        first, _, last = band.partition("_")
        group = (int(first), int(last) if last else _OLDEST)
        group = group if group[0] < oldest else (oldest, _OLDEST)
        amount = catchments.amount([area.id], f"{column}_{band}")
        events[group] = events.get(group, 0.0) + amount
    people = []
    for first_age, last_age in events:
        inside = 0.0
        for (_, band), count in area.lists.items():
            low, high = ages(band)
            shared = min(high, last_age) - max(low, first_age) + 1
            inside += count * max(0, shared) / (high - low + 1)
        people.append(inside)
    return list(events.values()), people


def _at_common_rates(
    by_age: Mapping[str, tuple[Sequence[float], Sequence[float]]],
) -> list[float]:
    """Events expected in each area at the rates by age of all of them together."""
    events = [sum(group) for group in zip(*(e for e, _ in by_age.values()), strict=True)]
    people = [sum(group) for group in zip(*(p for _, p in by_age.values()), strict=True)]
    rates = [e / p for e, p in zip(events, people, strict=True)]
    return [sum(r * n for r, n in zip(rates, p, strict=True)) for _, p in by_age.values()]
