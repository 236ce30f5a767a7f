"""Control totals of organisations and the system, and how surpluses offset shortfalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import split
from tripleaim.accounts.control.amounts import in_pounds
from tripleaim.place import InputError, Place, Row

FILE = "control_totals.csv"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """The position, in pounds, that an organisation must reach in a year.

    `amount` includes `stf`, its share of the Sustainability and Transformation Fund; `before_stf`
    is what it must reach without the fund.
    """

    organisation: str
    year: str
    amount: Decimal
    stf: Decimal
    status: str
    source: str
    cause: str

    @property
    def before_stf(self) -> Decimal:
        """What must be reached before any of the fund."""
        return self.amount - self.stf


@dataclass(frozen=True, slots=True)
class OrganisationResult:
    """One organisation against its control total, in pounds, both before the fund.

    `variance` is position less control total. A part of a surplus over the total is given to the
    system (`gives`); a part of a shortfall is covered by it (`receives`). `stf_at_risk` is its
    share of the fund if it misses its own total: an offset by others does not restore it.
    """

    organisation: str
    name: str
    control_total: Decimal
    position: Decimal
    variance: Decimal
    gives: Decimal
    receives: Decimal
    stf_at_risk: Decimal


@dataclass(frozen=True, slots=True)
class Turnaround:
    """A system against the sum of its control totals for a year, in pounds, before the fund."""

    year: str
    organisations: tuple[OrganisationResult, ...]
    control_total: Decimal
    position: Decimal
    variance: Decimal
    offset: Decimal
    stf_at_risk: Decimal

    @property
    def met(self) -> bool:
        """Whether the system meets its control total."""
        return self.variance >= 0


def read_control_totals(place: Place) -> tuple[ControlTotal, ...]:
    """The control totals of `control_totals.csv`, in its order; none if the place has no such file.

    Raises InputError for an organisation, year or figure that the place lacks, and for two totals
    of one organisation and year.
    """
    if not place.has(FILE):
        return ()
    names = [organisation.id for organisation in place.organisations]
    totals: dict[tuple[str, str], ControlTotal] = {}
    for row in place.rows(FILE):
        key = (row["organisation"], row["year"])
        if key[0] not in names:
            raise row.fault("organisation", "expected an id from organisations.csv", names)
        if key[1] not in place.years:
            raise row.fault("year", "expected a year of the plan", place.years)
        if key in totals:
            raise row.fault("organisation", "the control total of this year is listed twice")
        totals[key] = ControlTotal(
            *key,
            _amount(place, row, "control_total"),
            _amount(place, row, "stf") if row["stf"] else NOTHING,
            row["status"],
            row["source"],
            row["cause"],
        )
    return tuple(totals.values())


def control_total(place: Place, organisation: str, year: str) -> ControlTotal:
    """One organisation's control total. Raises InputError where the place has none."""
    for total in read_control_totals(place):
        if (total.organisation, total.year) == (organisation, year):
            return total
    raise InputError(
        f"expected a control total of {organisation} for {year}", file=place.path(FILE)
    )


def system_control_total(totals: Sequence[ControlTotal], year: str) -> Decimal:
    """The sum of the organisations' control totals of a year, after the fund, in pounds."""
    return sum((total.amount for total in totals if total.year == year), NOTHING)


def turnaround(place: Place, positions: Mapping[str, Decimal], year: str) -> Turnaround:
    """The organisations' positions (pounds, before the fund) against the system's control total.

    Surpluses over the totals offset shortfalls, in proportion, up to the smaller of the two sums.
    Raises InputError where an organisation has a control total for the year and no position, or a
    position and no control total.
    """
    totals = {t.organisation: t for t in read_control_totals(place) if t.year == year}
    for organisation in positions:
        if organisation not in totals:
            raise InputError(
                f"expected an organisation with a control total for {year}",
                file=place.path(FILE),
                value=organisation,
                valid=totals,
            )
    for organisation in totals:
        if organisation not in positions:
            raise InputError(f"expected the position of {organisation} for {year}")
    variance = {o: positions[o] - total.before_stf for o, total in totals.items()}
    above = {o: v for o, v in variance.items() if v > 0}
    below = {o: -v for o, v in variance.items() if v < 0}
    offset = min(sum(above.values(), NOTHING), sum(below.values(), NOTHING))
    gives, receives = _shared(offset, above), _shared(offset, below)
    names = {o.id: o.short_name for o in place.organisations}
    results = tuple(
        OrganisationResult(
            organisation,
            names[organisation],
            total.before_stf,
            positions[organisation],
            variance[organisation],
            gives.get(organisation, NOTHING),
            receives.get(organisation, NOTHING),
            total.stf if organisation in below else NOTHING,
        )
        for organisation, total in totals.items()
    )
    return Turnaround(
        year=year,
        organisations=results,
        control_total=sum((result.control_total for result in results), NOTHING),
        position=sum((result.position for result in results), NOTHING),
        variance=sum((result.variance for result in results), NOTHING),
        offset=offset,
        stf_at_risk=sum((result.stf_at_risk for result in results), NOTHING),
    )


def _amount(place: Place, row: Row, column: str) -> Decimal:
    if row[column] not in place.figures:
        raise row.fault(column, "expected the id of a figure", list(place.figures))
    return in_pounds(place.figure(row[column]))


def _shared(amount: Decimal, among: Mapping[str, Decimal]) -> dict[str, Decimal]:
    if not amount:
        return {}
    parts = split(amount, [float(part) for part in among.values()])
    return dict(zip(among, parts, strict=True))
