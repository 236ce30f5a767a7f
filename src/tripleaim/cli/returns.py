"""The verbs for monthly reporting: an organisation's return, and the open book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.terminal import out

return_app = typer.Typer(
    help="Check, import or start an organisation's monthly return.", no_args_is_help=True
)

ReturnFile = Annotated[Path, typer.Argument(help="A return: a workbook (.xlsx) or a CSV file.")]
Replacing = Annotated[
    bool, typer.Option("--replace", help="Replace an earlier return of the same month.")
]


@return_app.command("check")
def check(
    file: ReturnFile,
    place: Annotated[str, typer.Option(help="A shipped footprint or a folder.")],
    replace: Replacing = False,
) -> None:
    """Check a return: units, signs, months, and whether counterparties' returns agree."""
    from tripleaim.accounts import check_return
    from tripleaim.cli import show_open_book
    from tripleaim.place import load

    checked = check_return(file, load(place), replacing=replace)
    show_open_book.checked(out, checked)
    if checked.refused:
        raise typer.Exit(2)


@return_app.command("import")
def import_(
    file: ReturnFile,
    place: Annotated[Path, typer.Option(help="A footprint folder of your own.")],
    replace: Replacing = False,
    refused: Annotated[
        Path | None, typer.Option(help="Where rejected rows go (by default, next to the return).")
    ] = None,
) -> None:
    """Import a return into a place's folder; rejected rows go to a separate file."""
    from tripleaim.accounts import import_return
    from tripleaim.cli import show_open_book

    done = import_return(file, place, replacing=replace, refused_file=refused)
    show_open_book.checked(out, done.checked)
    for path in done.written:
        out.print(f"Wrote {path}.", highlight=False, soft_wrap=True)
    if done.refused_file is not None:
        out.print(
            f"Rejected rows are in {done.refused_file}: correct them and import that file.",
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(2)


@return_app.command("template")
def template(
    place: PlaceName,
    organisation: Annotated[str, typer.Argument(help="The organisation's id, such as RBA.")],
    file: Annotated[Path, typer.Argument(help="The workbook to write (.xlsx).")],
    period: Annotated[str | None, typer.Option(help="The month, such as 2016/17-M07.")] = None,
) -> None:
    """Write the workbook that an organisation fills in for its next month."""
    from tripleaim.accounts import write_template
    from tripleaim.place import load

    workbook = write_template(load(place), organisation, file, period)
    out.print(f"Wrote {workbook}.", highlight=False, soft_wrap=True)


def openbook(
    name: PlaceName,
    year: Annotated[str | None, typer.Option(help="The year, such as 2016/17.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show each partner's months against plan and control total, and a forecast outturn."""
    from tripleaim.accounts import open_book
    from tripleaim.cli import show_open_book
    from tripleaim.place import load
    from tripleaim.wording import OUTTURN_METHOD, open_book_notes, with_sentences

    book = open_book(load(name), year=year)
    if as_json:
        notes = {"method": OUTTURN_METHOD, "notes": open_book_notes(book)}
        document = with_sentences(book) | notes
        print_json(document)
    else:
        show_open_book.open_book(out, book)
