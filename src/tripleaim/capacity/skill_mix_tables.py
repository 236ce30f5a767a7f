"""The primary care tables of a printed plan, reproduced from staff, hours and minutes.

A whole-time equivalent has a number of hours a week with patients, and a contact takes a slot of
that time: contacts = wte x hours x 60 / slot, and contact hours = contacts x printed minutes / 60.
Every printed cell is compared with the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tripleaim.capacity.staff import StaffGroup, check_known, staff_groups
from tripleaim.place import Place, year_in_id

_At = tuple[str, str, str, str]
"""The position of a cell: table, row, year, and the figure that holds the printed value."""

Verdict = Literal["reproduced", "within rounding", "not reproduced"]

HOURS_A_WTE = "contact-hours-a-wte"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number of a table, and its value when worked out from the others.

    `low` and `high` allow for the rounding of the numbers it is worked out from.
    """

    table: str
    row: str
    year: str
    figure: str
    printed: float
    computed: float
    low: float
    high: float
    rule: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SkillMixRow:
    """One staff group of the tables. Years are the keys; contacts and hours are a week's.

    `wte` counts those who return; `contacts_a_wte` is 0 where no contacts are printed.
    `already_there` says that the plan takes these staff to be employed in the place already.
    `taken_over` are wte whom somebody else paid for at first and the partners pay for by that year.
    """

    group: str
    name: str
    point_of_delivery: str
    minutes: float
    slot: float
    contacts_a_wte: float
    wte: dict[str, float]
    returning: dict[str, float]
    contacts: dict[str, float]
    hours: dict[str, float]
    already_there: bool
    taken_over: dict[str, float]


@dataclass(frozen=True, slots=True)
class SkillMix:
    """The reproduced tables: a row for each staff group, totals, and every printed cell."""

    years: tuple[str, ...]
    hours_a_wte: float
    rows: tuple[SkillMixRow, ...]
    total_wte: dict[str, float]
    total_contacts: dict[str, float]
    total_hours: dict[str, float]
    cells: tuple[Cell, ...]

    @property
    def cannot(self) -> tuple[Cell, ...]:
        """The printed cells that cannot be reproduced."""
        return tuple(cell for cell in self.cells if cell.verdict == "not reproduced")

    def row(self, group: str) -> SkillMixRow:
        """The row of a staff group. Raises KeyError if the tables have none."""
        return {row.group: row for row in self.rows}[group]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What `skill_mix.csv` says of one staff group: names of figures, without their year."""

    point_of_delivery: str
    group: str
    wte: str
    returning: str
    unrounded: str
    minutes: str
    slot: str
    contacts: str
    hours: str
    already_there: str
    paid_by_others: str
    partners_pay_from: str


def has_skill_mix(place: Place) -> bool:
    """Whether the place prints a skill mix."""
    return place.has("skill_mix.csv")


def skill_mix(place: Place) -> SkillMix:
    """The primary care tables worked out from staff, compared with the printed ones.

    Raises InputError if the place has no `skill_mix.csv` or lacks a figure that it names.
    """
    groups = staff_groups(place)
    plans = _plans(place, groups)
    hours_a_wte = place.value(HOURS_A_WTE)
    rows = tuple(_row(place, plan, groups[plan.group], hours_a_wte) for plan in plans)
    others = {y: _printed(place, f"contacts-week.{OTHER}", y) for y in place.years}
    wte = {y: sum(r.wte[y] for r in rows) for y in place.years}
    contacts = {y: sum(r.contacts[y] for r in rows) + others[y] for y in place.years}
    hours = {y: sum(r.hours[y] for r in rows) for y in place.years}
    cells = [c for plan, row in zip(plans, rows, strict=True) for c in _row_cells(place, plan, row)]
    cells += _totals(place, rows, wte, contacts, hours)
    cells += _heads(place)
    return SkillMix(place.years, hours_a_wte, rows, wte, contacts, hours, tuple(cells))


def _plans(place: Place, groups: dict[str, StaffGroup]) -> list[_Plan]:
    plans = []
    for row in place.rows("skill_mix.csv"):
        check_known(row, "point_of_delivery", [p.id for p in place.points_of_delivery])
        check_known(row, "group", list(groups))
        for column in ("slot", "hours"):
            if bool(row[column]) != bool(row["contacts"]):
                raise row.fault(column, "expected this together with contacts, or neither")
        if row["paid_by_others"] and row["partners_pay_from"] not in place.years:
            raise row.fault("partners_pay_from", "expected a year of the plan", place.years)
        plans.append(_Plan(**row.values))
    return plans


def _row(place: Place, plan: _Plan, group: StaffGroup, hours_a_wte: float) -> SkillMixRow:
    years = place.years
    returning = {y: _printed(place, plan.returning, y) if plan.returning else 0.0 for y in years}
    wte = {y: _printed(place, plan.unrounded or plan.wte, y) + returning[y] for y in years}
    minutes = place.value(plan.minutes) if plan.minutes else 0.0
    slot = place.value(plan.slot) if plan.slot else 0.0
    each = hours_a_wte * 60 / slot if slot else 0.0
    contacts = {y: wte[y] * each for y in years}
    return SkillMixRow(
        group=plan.group,
        name=group.name,
        point_of_delivery=plan.point_of_delivery,
        minutes=minutes,
        slot=slot,
        contacts_a_wte=each,
        wte=wte,
        returning=returning,
        contacts=contacts,
        hours={y: contacts[y] * minutes / 60 for y in years},
        already_there=plan.already_there == "yes",
        taken_over=_taken_over(place, plan),
    )


def _taken_over(place: Place, plan: _Plan) -> dict[str, float]:
    paid = place.value(plan.paid_by_others) if plan.paid_by_others else 0.0
    return {y: paid if y >= plan.partners_pay_from else 0.0 for y in place.years}


def _row_cells(place: Place, plan: _Plan, row: SkillMixRow) -> list[Cell]:
    cells = []
    for y in place.years:
        if plan.unrounded:
            figure = f"{plan.wte}.{year_in_id(y)}"
            rule = "the wte before rounding that contacts and totals need"
            cells.append(_cell(place, ("wte", row.name, y, figure), row.wte[y], rule))
        if not plan.contacts:
            continue
        # What the printed wte may be off by, and with it the contacts.
        off = 0.5 * row.contacts_a_wte * (1 + bool(plan.returning))
        rule = f"wte x {row.contacts_a_wte:.2f} contacts a week"
        at = ("contacts a week", row.name, y, f"{plan.contacts}.{year_in_id(y)}")
        contacts = _cell(place, at, row.contacts[y], rule, off)
        rule = f"contacts x {row.minutes:g} minutes"
        at = ("contact hours a week", row.name, y, f"{plan.hours}.{year_in_id(y)}")
        hours = _cell(place, at, row.hours[y], rule, off * row.minutes / 60)
        cells += [contacts, hours]
    return cells


def _totals(
    place: Place,
    rows: tuple[SkillMixRow, ...],
    wte: dict[str, float],
    contacts: dict[str, float],
    hours: dict[str, float],
) -> list[Cell]:
    seeing = sum(r.contacts_a_wte > 0 for r in rows)
    tables = (
        ("wte", "skill-mix.total", "", wte, len(rows)),
        ("contacts a week", "contacts-week.total", "contacts-week.growth", contacts, seeing + 1),
        ("contact hours a week", "contact-hours.total", "contact-hours.growth", hours, seeing),
    )
    cells = []
    for table, total, growth, sums, parts in tables:
        off = 0.5 * parts
        for before, y in zip(("", *place.years), place.years, strict=False):
            rule = f"its {parts} rows added"
            at = (table, "total", y, f"{total}.{year_in_id(y)}")
            cells.append(_cell(place, at, sums[y], rule, off))
            if before and growth:
                pct = 100 * (sums[y] / sums[before] - 1)
                wide = 100 * off * (1 / sums[before] + sums[y] / sums[before] ** 2)
                at = (table, "growth", y, f"{growth}.{year_in_id(y)}")
                cells.append(_cell(place, at, pct, "the total on the year before, %", wide))
    return cells


def _heads(place: Place) -> list[Cell]:
    """The headcount of doctors, if it changed by the same step every year."""
    name = "skill-mix.gp-headcount"
    if f"{name}.{year_in_id(place.years[0])}" not in place.figures:
        return []
    printed = [_printed(place, name, y) for y in place.years]
    first, step = printed[0], (printed[-1] - printed[0]) / (len(printed) - 1)
    rule = f"{first:g} in {place.years[0]} and {step:g} a year since"
    return [
        _cell(place, ("heads", "doctors", y, f"{name}.{year_in_id(y)}"), first + i * step, rule)
        for i, y in enumerate(place.years)
    ]


def _cell(place: Place, at: _At, computed: float, rule: str, off: float = 0.0) -> Cell:
    table, row, year, figure = at
    printed = place.value(figure)
    half = 0.5 if printed == round(printed) and "growth" not in figure else 0.05
    low, high = computed - off, computed + off
    if abs(computed - printed) <= half + 1e-9:
        verdict: Verdict = "reproduced"
    elif low - half <= printed <= high + half:
        verdict = "within rounding"
    else:
        verdict = "not reproduced"
    return Cell(table, row, year, figure, printed, computed, low, high, rule, verdict)


def _printed(place: Place, prefix: str, year: str) -> float:
    return place.value(f"{prefix}.{year_in_id(year)}")
