"""Savings still to be found, recovery plans, and grants that are being cut."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.control.amounts import in_pounds
from tripleaim.accounts.control.control_totals import read_control_totals
from tripleaim.place import Place, Row

FILE = "turnaround.csv"
GRANTS = "grants.csv"
KINDS = ("deficit", "relied on", "recovery plan", "shortfall")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class SavingsToFind:
    """The savings that an organisation, or the system (no organisation), still has to find, in £.

    `deficit` is its forecast, `relied_on` the money in that forecast that it has not received yet,
    `recovery_plan` the value of its planned actions. `short` is how far the forecast is from the
    control total, or the printed shortfall; `at_worst` is the shortfall without the money relied
    on; `left` is what remains after the recovery plan, which the forecast may already include.
    `name` is empty for the system; `at_least` says that the shortfall is printed as a minimum.
    """

    organisation: str
    name: str
    from_year: str
    to_year: str
    control_total: Decimal | None
    deficit: Decimal
    relied_on: Decimal
    recovery_plan: Decimal
    short: Decimal
    at_worst: Decimal
    left: Decimal
    at_least: bool
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """One year of a grant, in pounds: `fall` is from the year before, None for the first year."""

    organisation: str
    year: str
    name: str
    amount: Decimal
    cut: Decimal
    fall: Decimal | None
    figure: str


def savings_to_find(place: Place) -> tuple[SavingsToFind, ...]:
    """Savings still to be found by organisation and for the system; empty if the place states none.

    Raises InputError for an organisation, a year or a figure that the place lacks.
    """
    if not place.has(FILE):
        return ()
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in place.rows(FILE):
        _check(place, row, ("from_year", "to_year"))
        key = (row["organisation"], row["from_year"], row["to_year"])
        groups.setdefault(key, []).append(row)
    return tuple(_to_find(place, *key, rows) for key, rows in groups.items())


def grants(place: Place) -> tuple[Grant, ...]:
    """The grants of `grants.csv` by year; none if the place has no such file.

    Raises InputError for an organisation, a year or a figure that the place lacks.
    """
    if not place.has(GRANTS):
        return ()
    years: list[Grant] = []
    for row in place.rows(GRANTS):
        _check(place, row, ("year",))
        amount = _amount(place, row, "amount")
        before = [
            g for g in years if (g.organisation, g.name) == (row["organisation"], row["grant"])
        ]
        years.append(
            Grant(
                row["organisation"],
                row["year"],
                row["grant"],
                amount,
                _amount(place, row, "cut") if row["cut"] else NOTHING,
                before[-1].amount - amount if before else None,
                row["amount"],
            )
        )
    return tuple(years)


def _to_find(
    place: Place, organisation: str, from_year: str, to_year: str, rows: list[Row]
) -> SavingsToFind:
    sums = dict.fromkeys(KINDS, NOTHING)
    for row in rows:
        sums[row["kind"]] += _amount(place, row, "figure")
    totals = [
        t.amount
        for t in read_control_totals(place)
        if t.organisation == organisation and t.year == from_year == to_year
    ]
    control_total = totals[0] if totals else None
    deficit, relied_on, plan = sums["deficit"], sums["relied on"], sums["recovery plan"]
    short = sums["shortfall"] + deficit + (control_total or NOTHING)
    at_worst = short + relied_on
    left = max(NOTHING, at_worst - plan)
    name = {o.id: o.short_name for o in place.organisations}.get(organisation, "")
    figures = tuple(row["figure"] for row in rows)
    return SavingsToFind(
        organisation,
        name,
        from_year,
        to_year,
        control_total,
        deficit,
        relied_on,
        plan,
        short,
        at_worst,
        left,
        bool(sums["shortfall"]),
        figures,
    )


def _check(place: Place, row: Row, years: tuple[str, ...]) -> None:
    names = [organisation.id for organisation in place.organisations]
    if row["organisation"] and row["organisation"] not in names:
        raise row.fault("organisation", "expected an id from organisations.csv", names)
    for column in years:
        if row[column] not in place.years:
            raise row.fault(column, "expected a year of the plan", place.years)


def _amount(place: Place, row: Row, column: str) -> Decimal:
    if row[column] not in place.figures:
        raise row.fault(column, "expected the id of a figure", list(place.figures))
    return in_pounds(place.figure(row[column]))
