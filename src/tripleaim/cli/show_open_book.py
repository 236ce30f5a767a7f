"""Returns and the open book as tables in the terminal."""

from __future__ import annotations

from collections.abc import Container, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tripleaim import wording

if TYPE_CHECKING:
    from tripleaim.accounts import CheckedReturn, OpenBook, Position, Schemes


def checked(out: Console, checked_return: CheckedReturn) -> None:
    """What a return is worth: refused rows, flags, mismatches."""
    for row in checked_return.refused:
        out.print(f"Error: {row.fault}", style="red", highlight=False, markup=False, soft_wrap=True)
    for flag in checked_return.flags:
        out.print(f"Note: {flag}", highlight=False, markup=False, soft_wrap=True)
    if checked_return.mismatches:
        _table(
            out,
            "Payments that two returns record differently, £",
            ("Period", "Payer", "Payee", "Line", "Paid", "Received", "Difference"),
            [
                (
                    m.period,
                    m.payer,
                    m.payee,
                    m.line,
                    *map(_pounds, (m.paid, m.received, m.difference)),
                )
                for m in checked_return.mismatches
            ],
            numbers=range(4, 7),
        )
    out.print(wording.sentence(checked_return), highlight=False, soft_wrap=True)


def open_book(out: Console, book: OpenBook) -> None:
    """The open book: positions, lines that moved most, schemes."""
    everyone = [*book.organisations, *([book.system] if book.system else [])]
    if everyone:
        _table(
            out,
            f"{book.name}, {book.year}: months so far and the year at this rate, £m",
            ("Organisation", "Months", "Plan", "Actual", "Variance", "Control total", "Outturn",
             "95%", "Own forecast", "£m a month needed"),
            [_row(position) for position in everyone],
            numbers=range(1, 10),
        )  # fmt: skip
        _table(
            out,
            "What moved the last month, £m",
            ("Organisation", "Month", "Change", "Largest part"),
            [_movement(position) for position in everyone if len(position.months) > 1],
            numbers=(2,),
        )
    _schemes(out, book.schemes)
    for note in wording.open_book_notes(book):
        out.print(f"Note: {note}", highlight=False, soft_wrap=True)
    out.print(wording.OUTTURN_METHOD, highlight=False, soft_wrap=True)
    out.print(wording.sentence(book.schemes), highlight=False, soft_wrap=True)
    if book.system:
        out.print(wording.sentence(book), highlight=False, soft_wrap=True)


def _row(position: Position) -> tuple[str, ...]:
    low, high = position.outturn_low, position.outturn_high
    return (
        position.name,
        str(len(position.months)),
        _millions(position.plan_to_date),
        _millions(position.actual_to_date),
        _millions(position.variance),
        _millions(position.target),
        _millions(position.outturn),
        "" if low is None else f"{_millions(low)} to {_millions(high)}",
        _millions(position.own_forecast),
        _millions(position.needed_a_month),
    )


def _movement(position: Position) -> tuple[str, ...]:
    before, last = position.months[-2:]
    most = ", ".join(f"{m.line} {_millions(m.amount)}" for m in last.movement[:3])
    return position.name, last.period, _millions(last.actual - before.actual), most


def _schemes(out: Console, schemes: Schemes) -> None:
    if not schemes.schemes:
        return
    programme = [s for s in schemes.schemes if s.kind != "recovery plan"]
    rows = [
        (maturity, str(sum(s.maturity == maturity for s in programme)), _millions(value))
        for maturity, value in schemes.by_maturity.items()
    ]
    title = f"Savings schemes of {schemes.year} by maturity, £m"
    _table(out, title, ("Maturity", "Schemes", "Value"), rows, numbers=(1, 2))
    if schemes.recovery_plan:
        out.print(f"In addition there is a recovery plan of £{_millions(schemes.recovery_plan)}m.")


def _table(
    out: Console,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Container[int],
) -> None:
    table = Table(title=title, title_justify="left")
    for at, name in enumerate(head):
        table.add_column(name, justify="right" if at in numbers else "left")
    for row in rows:
        table.add_row(*row)
    out.print(table)


def _pounds(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _millions(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount / 1_000_000:,.2f}"
