"""The pound by setting in the terminal."""

from __future__ import annotations

from rich.console import Console

from tripleaim import wording
from tripleaim.cli.tables import headed
from tripleaim.place import Place
from tripleaim.plan import PoundBySetting


def first_and_last(out: Console, place: Place, pound: PoundBySetting) -> None:
    """Pence of a pound by setting and basis in the first and the last year, then the aims."""
    first, last = pound.years[0], pound.years[-1]
    table = headed(
        f"{place.name}: pence of each pound by setting, {first} and {last}",
        "Setting",
        *(f"{wording.position_name(basis)} {y}" for basis in pound.bases for y in (first, last)),
    )
    for setting in pound.settings:
        table.add_row(
            setting.name,
            *(
                wording.tenths(pound.amount(basis, year, setting.id).pence.value)
                for basis in pound.bases
                for year in (first, last)
            ),
        )
    table.add_row(
        "Pounds, £m",
        *(
            f"{pound.total_gbp_m[basis][year]:,.0f}"
            for basis in pound.bases
            for year in (first, last)
        ),
    )
    out.print(table)
    _aims(out, pound)


def one_year(out: Console, place: Place, pound: PoundBySetting, year: str) -> None:
    """£m by setting and basis in one year, each with the range that assumed shares leave."""
    table = headed(
        f"{place.name}: £m by setting, {year}",
        "Setting",
        *(wording.position_name(basis) for basis in pound.bases),
    )
    for setting in pound.settings:
        amounts = [pound.amount(basis, year, setting.id).gbp_m for basis in pound.bases]
        table.add_row(
            setting.name,
            *(
                wording.tenths(a.value)
                if a.high - a.low < wording.NOTHING
                else f"{wording.tenths(a.value)} ({wording.tenths(a.low)} to "
                f"{wording.tenths(a.high)})"
                for a in amounts
            ),
        )
    table.add_row("All", *(f"{pound.total_gbp_m[basis][year]:,.1f}" for basis in pound.bases))
    out.print(table)
    _aims(out, pound)


def _aims(out: Console, pound: PoundBySetting) -> None:
    for aim in pound.aims:
        printed = f"printed as {aim.figure}" if aim.figure else "no number is printed"
        out.print(f"{aim.sentence} ({aim.status}; {printed}.)", highlight=False)
    for start_to_end, beside in pound.directions:
        out.print(wording.money_move(start_to_end, beside), highlight=False)
    for note in wording.pound_notes(pound.left_out, prevention=pound.holds("prevention")):
        out.print(note, highlight=False)
