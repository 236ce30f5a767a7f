"""A place beside what it was: what was counted then and now, and what its plan expected.

Counts of two years differ for many reasons: people, recording, definitions, boundaries. Nothing
here says why a count changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.people import read_illness
from tripleaim.place import Place, Row, later_codes

_MONTHS = 12
_PER_CENT, _PEOPLE = "%", "people"
_BANDS = (0, 15, 45, 65, 75, 85)
"""First ages of the bands that people are shown by, where both lists can be cut there."""
_MEASURED_PODS: Mapping[str, tuple[str, str]] = {
    "acute-ae": ("A&E attendances", "attendances"),
    "acute-non-elective": ("Emergency admissions", "emergency_admissions"),
}
"""Points of delivery that are counted today: the name, and the column of `ae_months.csv`."""


@dataclass(frozen=True, slots=True)
class SinceRow:
    """One count then and now; `expected` is what the plan then expected, `None` is not known."""

    part: str
    what: str
    unit: str
    before: float | None
    before_period: str
    now: float | None
    now_period: str
    expected: float | None = None
    expected_period: str = ""
    note: str = ""

    @property
    def change(self) -> float | None:
        """How much it changed: points where the unit is a percentage, else % of what it was."""
        if self.before is None or self.now is None:
            return None
        if self.unit == _PER_CENT:
            return self.now - self.before
        return 100 * (self.now / self.before - 1) if self.before else None


@dataclass(frozen=True, slots=True)
class Since:
    """What two footprints of one place count: the earlier one, the later one, and the rows."""

    before: str
    now: str
    before_year: str
    now_year: str
    rows: Sequence[SinceRow]


def since(before: Place, now: Place) -> Since:
    """What was counted of a place then and now: people, practices, registers, deprivation, care.

    A count that one of the two does not have is `None`, never 0.
    """
    years = before.base_year, now.base_year
    rows = [
        *_registered(before, now, years),
        *_registers(before, now, years),
        *_deprivation(before, now, years),
        *_care(before, now),
    ]
    return Since(before.name, now.name, *years, rows)


def is_same_place(before: Place, now: Place) -> bool:
    """Whether every group that commissioned `before` came to a commissioner of `now`."""
    after = later_codes(now.files)
    own = {o.id for o in now.organisations if o.side == "commissioner"}
    codes = [o.id for o in before.organisations if o.kind == "clinical commissioning group"]
    return bool(codes) and all(after.get(code) in own for code in codes)


def _registered(before: Place, now: Place, years: tuple[str, str]) -> Iterator[SinceRow]:
    then, today = _lists(before), _lists(now)
    if not then or not today:
        return
    whole = sum(then.values()), sum(today.values())
    yield _row("People", "People registered", _PEOPLE, whole, years)
    cuts = [age for age in _BANDS if age in then.keys() & today.keys()]
    for first, end in zip(cuts, [*cuts[1:], None], strict=True):
        name = f"{first} and over" if end is None else f"{first} to {end - 1}"
        counts = _within(then, first, end), _within(today, first, end)
        yield _row("People", f"Registered, aged {name}", _PEOPLE, counts, years)
    practices = _practices(before), _practices(now)
    yield _row("People", "Practices with patients", "practices", practices, years)


def _practices(place: Place) -> int:
    return len({row["practice"] for row in place.rows("registered.csv")})


def _lists(place: Place) -> dict[int, int]:
    """People on the lists by the first age of their band; empty where the place has no lists."""
    people: dict[int, int] = {}
    if place.own.has("registered.csv"):
        for row in place.rows("registered.csv"):
            first = _first_age(row["age_band"])
            people[first] = people.get(first, 0) + int(row["patients"])
    return people


def _first_age(band: str) -> int:
    """5 for 5-9, 85 for 85+."""
    return int(band.partition("-")[0].rstrip("+"))


def _within(people: Mapping[int, int], first: int, end: int | None) -> int:
    return sum(n for age, n in people.items() if first <= age and (end is None or age < end))


def _registers(before: Place, now: Place, years: tuple[str, str]) -> Iterator[SinceRow]:
    """Conditions on both places' registers, with England's change as the note."""
    then, today = (
        {row["condition"]: row for row in _own(place, "registers.csv")} for place in (before, now)
    )
    names = {condition.id: condition.name for condition in read_illness(now).conditions}
    for condition in (c for c in then if c in today):
        old, new = then[condition], today[condition]
        ages = old["minimum_age"] == new["minimum_age"]
        note = (
            f"England: {float(old['england_pct']):.1f}% and {float(new['england_pct']):.1f}%"
            if ages
            else f"counted from age {old['minimum_age']} then and {new['minimum_age']} now"
        )
        what = f"{names.get(condition, condition)}, on a register"
        yield _row("Registers", what, _PER_CENT, (_share(old), _share(new)), years, note)


def _share(row: Row) -> float:
    return 100 * int(row["register_count"]) / int(row["list_size"])


def _deprivation(before: Place, now: Place, years: tuple[str, str]) -> Iterator[SinceRow]:
    shares = _most_deprived(before), _most_deprived(now)
    if None not in shares:
        what = "Residents in England’s most deprived fifth"
        note = "fifths of England by the indices of each time"
        yield _row("Deprivation", what, _PER_CENT, shares, years, note)


def _most_deprived(place: Place) -> float | None:
    rows = _own(place, "lsoas.csv")
    whole = sum(int(row["population"]) for row in rows)
    most = sum(int(row["population"]) for row in rows if int(row["quintile"]) == 1)
    return 100 * most / whole if whole else None


def _care(before: Place, now: Place) -> Iterator[SinceRow]:
    """Care that the earlier plan printed and that is counted today."""
    for pod, (name, column) in _MEASURED_PODS.items():
        first, last = before.years[0], before.years[-1]
        then, expected = (_printed(before, pod, year) for year in (first, last))
        counted, period = _last_year(now, column)
        if then is not None and counted is not None:
            note = "the plan’s unit is not said; today’s count is of the whole board"
            yield SinceRow(
                "Care", name, "a year", then, first, counted, period, expected, last, note
            )


def _printed(place: Place, pod: str, year: str) -> float | None:
    name = f"activity.{pod}.{year.replace('/', '_')}"
    return place.value(name) if name in place.figures else None


def _last_year(place: Place, column: str) -> tuple[float | None, str]:
    """The last twelve months that the commissioner's own rows have in full, and which they are."""
    own = {o.id for o in place.organisations if o.side == "commissioner"}
    rows = [r for r in _own(place, "ae_months.csv") if r["organisation"] in own and r[column]]
    months = {row["month"]: float(row[column]) for row in rows}
    ordered = sorted(months)[-_MONTHS:]
    if len(ordered) < _MONTHS or _months_between(ordered[0], ordered[-1]) != _MONTHS - 1:
        return None, ""
    return sum(months[month] for month in ordered), f"{ordered[0]} to {ordered[-1]}"


def _months_between(first: str, last: str) -> int:
    years, months = (int(last[k]) - int(first[k]) for k in (slice(0, 4), slice(5, 7)))
    return 12 * years + months


def _own(place: Place, name: str) -> Sequence[Row]:
    return place.rows(name) if place.own.has(name) else ()


def _row(  # noqa: PLR0917 - the columns of a row in their order
    part: str,
    what: str,
    unit: str,
    values: tuple[float | None, float | None],
    years: tuple[str, str],
    note: str = "",
) -> SinceRow:
    before, now = values
    return SinceRow(part, what, unit, before, years[0], now, years[1], note=note)
