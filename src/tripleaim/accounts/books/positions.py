"""Positions that organisations state themselves, and payments that two state differently."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tripleaim.accounts.books.ledger import (
    MILLION,
    Entry,
    Ledger,
    ledger_of,
    payment,
    pounds,
    split,
)
from tripleaim.place import Place, Row

if TYPE_CHECKING:
    from tripleaim.accounts.books.flows import FlowMatrix

FILE = "positions.csv"
CONTRACT = "contract outturn"
"""The line of a mismatch that concerns the payer's whole contract with the payee."""


def stated_positions(place: Place) -> dict[tuple[str, str], Decimal]:
    """The surplus or deficit (£) that organisations state, by period and organisation.

    Empty for a place without `positions.csv`. Raises InputError for an unknown name.
    """
    return {
        (row["period"], row["organisation"]): _pounds(place, row)
        for row in read_positions(place)
        if row["kind"] == "position"
    }


def differing_books(place: Place, matrix: FlowMatrix) -> Ledger:
    """What payers plan to pay and payees plan to receive in the matrix's year, where they differ.

    The printed difference of a line (one sum for all partners) is split between pairs by the stated
    shares, to the penny. The line "contract outturn" holds everything the payer plans to pay the
    payee; other lines hold only the difference. `Ledger.mismatches` of the result lists every pair;
    its `difference` is what the system would count twice.
    """
    by_line: dict[str, list[Row]] = {}
    for row in read_positions(place):
        if row["kind"] == "mismatch" and row["period"] == matrix.year:
            by_line.setdefault(row["line"], []).append(row)
    ledger = Ledger(())
    for line, rows in by_line.items():
        shares = [row["share"] or 0.0 for row in rows]
        parts = split(abs(_pounds(place, rows[0])), shares)
        for row, difference in zip(rows, parts, strict=True):
            payer, payee = row["organisation"], row["counterparty"]
            planned = Decimal(0)
            if line == CONTRACT:
                planned = matrix.total(payer=payer, payee=payee)
            ledger += ledger_of([payment(matrix.year, payer, payee, line, planned)])
            ledger += Ledger((Entry(matrix.year, payee, payer, line, difference),))
    return ledger


def read_positions(place: Place) -> Sequence[Row]:
    """The rows of `positions.csv`, checked; none for a place without it.

    Raises InputError for a period, organisation or figure that the place does not have, a figure
    that is not in £m, and shares of a line that do not add up to 100.
    """
    if not place.has(FILE):
        return []
    known = [o.id for o in place.organisations]
    rows = place.rows(FILE)
    periods = (place.base_year, *place.years)
    for row in rows:
        if row["period"] not in periods:
            raise row.fault("period", "expected the base year or a year of the plan", periods)
        if row["figure"] not in place.figures:
            raise row.fault("figure", "expected the id of a figure", list(place.figures))
        needed = (
            ("organisation", "counterparty") if row["kind"] == "mismatch" else ("organisation",)
        )
        for column in needed:
            if row[column] not in known:
                raise row.fault(column, "expected an organisation of the place", known)
        if row["kind"] == "mismatch" and not row["line"]:
            raise row.fault("line", "expected the amount on which the two differ")
        if place.figure(row["figure"]).unit != "£m":
            raise row.fault("figure", "expected a figure in £m")
    _check_shares(rows)
    return rows


def _check_shares(rows: Sequence[Row]) -> None:
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["kind"] == "mismatch":
            line = (row["period"], row["line"])
            sums[line] = sums.get(line, 0.0) + (row["share"] or 0.0)
    for (period, name), total in sums.items():
        if abs(total - 100) > 1e-6:
            raise rows[-1].fault(
                "share", f"expected the shares of {name} in {period} to add up to 100"
            )


def _pounds(place: Place, row: Row) -> Decimal:
    return pounds(Decimal(str(place.value(row["figure"]))) * MILLION)
