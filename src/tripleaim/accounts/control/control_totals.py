"""What each organisation and the system are held to, and who makes up for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import split
from tripleaim.accounts.words import in_pounds, listed, money
from tripleaim.place import STATUSES, Column, InputError, Place, Row, read_csv

FILE = "control_totals.csv"
NOTHING = Decimal(0)

_COLUMNS = (
    Column("organisation"),
    Column("year"),
    Column("control_total"),
    Column("stf", may_be_empty=True),
    Column("status", choices=STATUSES),
    Column("source"),
    Column("cause", may_be_empty=True),
)


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """The position, in pounds, that an organisation is held to for a year.

    `amount` holds `stf`, its part of the Sustainability and Transformation Fund, as a position
    after the fund does; `before_stf` is what it must reach by itself.
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
class Held:
    """One organisation against its control total, in pounds, both before the fund.

    `variance` is position less control total. Of what it is over, it `gives` a part to the system;
    of what it is short, the system covers what it `receives`. `stf_at_risk` is its part of the
    fund where it misses its own total: that others make up for it does not bring the fund back.
    """

    organisation: str
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
    organisations: tuple[Held, ...]
    control_total: Decimal
    position: Decimal
    variance: Decimal
    offset: Decimal
    stf_at_risk: Decimal
    sentence: str

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
    found: dict[tuple[str, str], ControlTotal] = {}
    for row in read_csv(place.path(FILE), _COLUMNS):
        key = (row["organisation"], row["year"])
        if key[0] not in names:
            raise row.fault("organisation", "expected an id from organisations.csv", names)
        if key[1] not in place.years:
            raise row.fault("year", "expected a year of the plan", place.years)
        if key in found:
            raise row.fault("organisation", "the control total of this year stands twice")
        found[key] = ControlTotal(
            *key,
            _amount(place, row, "control_total"),
            _amount(place, row, "stf") if row["stf"] else NOTHING,
            row["status"],
            row["source"],
            row["cause"],
        )
    return tuple(found.values())


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

    What some are over their totals makes up for what others are short, in proportion, up to the
    smaller of the two sums. Raises InputError where an organisation has a control total for the
    year and no position, or a position and no control total.
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
    over = {o: v for o, v in variance.items() if v > 0}
    under = {o: -v for o, v in variance.items() if v < 0}
    offset = min(sum(over.values(), NOTHING), sum(under.values(), NOTHING))
    gives, receives = _shared(offset, over), _shared(offset, under)
    held = tuple(
        Held(
            organisation,
            total.before_stf,
            positions[organisation],
            variance[organisation],
            gives.get(organisation, NOTHING),
            receives.get(organisation, NOTHING),
            total.stf if organisation in under else NOTHING,
        )
        for organisation, total in totals.items()
    )
    return Turnaround(
        year=year,
        organisations=held,
        control_total=sum((h.control_total for h in held), NOTHING),
        position=sum((h.position for h in held), NOTHING),
        variance=sum((h.variance for h in held), NOTHING),
        offset=offset,
        stf_at_risk=sum((h.stf_at_risk for h in held), NOTHING),
        sentence=_sentence(place, held, offset, year),
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


def _sentence(place: Place, held: Sequence[Held], offset: Decimal, year: str) -> str:
    names = {o.id: o.short_name for o in place.organisations}
    if not held:
        return f"No organisation has a control total for {year}."
    variance = sum((h.variance for h in held), NOTHING)
    if variance < 0:
        said = f"The system misses its control total of {year} by {money(variance)}"
    else:
        said = f"The system meets its control total of {year}" + (
            f" with {money(variance)} to spare" if variance else ""
        )
    if offset:
        givers = listed([names[h.organisation] for h in held if h.gives])
        said += f", after {money(offset)} more than was asked of {givers} made up for others"
    missed = [h for h in held if h.variance < 0]
    risk = sum((h.stf_at_risk for h in missed), NOTHING)
    if risk:
        losers = listed([names[h.organisation] for h in missed if h.stf_at_risk])
        said += (
            f"; {money(risk)} of the transformation fund is at risk, because {losers} "
            f"{'misses its' if sum(bool(h.stf_at_risk) for h in missed) == 1 else 'miss their'} "
            "own and the fund is earned by each organisation alone"
        )
    return said + "."
