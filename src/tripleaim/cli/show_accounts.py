"""Accounts by organisation as tables in the terminal, £m; and as data, £."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console

from tripleaim import wording
from tripleaim.accounts import OUTSIDE, OrganisationAccount, account_json
from tripleaim.cli.tables import headed
from tripleaim.place import InputError, Place

if TYPE_CHECKING:
    from tripleaim.plan import OrganisationBooks

_MILLION = 1_000_000


def system(
    out: Console, place: Place, books: OrganisationBooks, year: str, line: str | None = None
) -> None:
    """Positions by organisation, the system as one, the flows of a year, what differs.

    Flows are those of one line or point of delivery if `line` says so. Raises InputError for a
    point of delivery in a year without contacts.
    """
    out.print(wording.sentence(books.finding), highlight=False)
    table = headed(f"{place.name}: position by organisation, £m", "Organisation", *books.years)
    for account in books.organisations:
        if account.whole:
            for name, amounts in (
                ("do nothing", account.position),
                ("with savings claimed", account.planned),
                ("underlying", account.underlying),
            ):
                table.add_row(
                    f"{account.short_name}, {name}", *(_millions(amounts[y]) for y in books.years)
                )
    out.print(table)
    together = headed("The system: its organisations as one, £m", "", *books.years)
    for name in ("income", "cost", "unmatched", "position", "eliminated_income"):
        together.add_row(
            name.replace("_", " ").capitalize(),
            *(_millions(getattr(books.consolidations[y], name)) for y in books.years),
        )
    out.print(together)
    _flows(out, place, books, year, line)
    if books.mismatches:
        names = {o.id: o.short_name for o in place.organisations}
        differ = headed(
            "What payers plan to pay and payees plan to receive, £m",
            "Line",
            *("Payer", "Payee", "Paid", "Received", "Counted twice"),
        )
        for mismatch in books.mismatches:
            differ.add_row(
                mismatch.line,
                names[mismatch.payer],
                names[mismatch.payee],
                _millions(mismatch.paid, 2),
                _millions(mismatch.received, 2),
                _millions(mismatch.difference, 2),
            )
        out.print(differ)


def organisation(out: Console, account: OrganisationAccount, year: str | None) -> None:
    """One organisation: lines, position, savings, bridge. All years, or one."""
    years = (year,) if year else account.years
    out.print(wording.sentence(account), highlight=False)
    table = headed(f"{account.name}: income and expenditure, £m", "Line", *years)
    for line in account.lines:
        table.add_row(line.name, *(_millions(line.amounts[y]) for y in years))
    if account.whole:
        table.add_section()
        table.add_row("Position, do nothing", *(_millions(account.position[y]) for y in years))
        for release, amounts in account.savings.items():
            table.add_row(f"Savings, {release}", *(_millions(amounts[y]) for y in years))
        table.add_row("Position as planned", *(_millions(account.planned[y]) for y in years))
        table.add_row("  in cash", *(_millions(account.planned_cash[y]) for y in years))
        table.add_row("Underlying", *(_millions(account.underlying[y]) for y in years))
        table.add_row("Exit run-rate", *(_millions(account.exit_run_rate[y]) for y in years))
    out.print(table)
    if account.bridge:
        bridge = headed("Why the position moves, £m", "Step", "Amount")
        for name, amount in account.bridge.positions.items():
            for step in account.bridge.steps:
                if step.to == name:
                    bridge.add_row(f"  {step.label}", _millions(step.amount, 2))
            bridge.add_row(f"Position of {name}", _millions(amount, 2))
        out.print(bridge)


def as_data(books: OrganisationBooks, organisation: str | None, year: str | None) -> dict[str, Any]:
    """The books as plain data, amounts in pounds; of one organisation or year if asked."""
    accounts = [
        account_json(account) | {"sentence": wording.sentence(account)}
        for account in books.organisations
        if organisation in (None, account.id)
    ]
    years = (year,) if year else books.years
    flows = [
        {
            "year": y,
            "line": flow.line,
            "payer": flow.payer,
            "payee": flow.payee,
            "amount": float(flow.amount),
        }
        for y in years
        for flow in books.flows[y].flows
        if organisation in (None, flow.payer, flow.payee)
    ]
    points = [
        {"year": y, "point": point, "payer": payer, "payee": payee, "amount": float(amount)}
        for y in years
        for point, cells in books.points.get(y, {}).items()
        for (payer, payee), amount in cells.items()
        if organisation in (None, payer, payee)
    ]
    mismatches = [
        {
            "period": mismatch.period,
            "line": mismatch.line,
            "payer": mismatch.payer,
            "payee": mismatch.payee,
            "paid": float(mismatch.paid),
            "received": float(mismatch.received),
            "difference": float(mismatch.difference),
        }
        for mismatch in books.mismatches
        if organisation in (None, mismatch.payer, mismatch.payee)
    ]
    return {
        "place": books.place,
        "sentence": wording.sentence(books.finding),
        "years": list(books.years),
        "organisations": accounts,
        "flows": flows,
        "points_of_delivery": points,
        "mismatches": mismatches,
    }


def _flows(
    out: Console, place: Place, books: OrganisationBooks, year: str, line: str | None
) -> None:
    matrix = books.flows[year]
    cells = matrix.amounts(line)
    if line is None:
        out.print(wording.sentence(matrix.finding), highlight=False)
    elif line not in matrix.lines:
        if year not in books.points:
            raise InputError(
                "contacts are not known in this year", value=year, valid=list(books.points)
            )
        cells = dict(books.points[year][line])
    names = {o.id: o.short_name for o in place.organisations} | {OUTSIDE: "Staff and others"}
    payers = [p for p in matrix.payers if any(payer == p for payer, _ in cells)]
    # A narrow table would break its own title.
    out.print(f"Who pays whom, {year}, {line or 'all lines'}, £m", style="bold", highlight=False)
    table = headed(None, "Paid to", *(names.get(p, p) for p in payers))
    for payee in matrix.payees:
        if any(paid == payee for _, paid in cells):
            table.add_row(
                names.get(payee, payee),
                *(_millions(cells.get((payer, payee), Decimal(0))) for payer in payers),
            )
    out.print(table)


def _millions(amount: Decimal, places: int = 1) -> str:
    return f"{amount / _MILLION:,.{places}f}" if amount else "–"
