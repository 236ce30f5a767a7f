"""The verbs for spreadsheets: a place out and in, an organisation's return."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.arguments import PlaceName
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.workbooks import Imported


def place_export(
    name: PlaceName,
    book: Annotated[Path | None, typer.Argument(help="The workbook to write (.xlsx).")] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--out", help="A new folder to write plain files to, own numbers included."),
    ] = None,
) -> None:
    """Write a footprint as one Excel workbook that can be imported, or with --out as plain files.

    The workbook has the files as they are. Plain files have own numbers written in.
    """
    from tripleaim.place import InputError

    if (book is None) == (folder is None):
        raise InputError("expected a workbook to write (BOOK.xlsx), or a new folder (--out DIR)")
    if folder is not None:
        _export_files(name, folder)
    elif book is not None:
        _export_book(name, book)


def _export_files(name: str, folder: Path) -> None:
    from tripleaim.place import export_place

    path, notes = export_place(name, folder)
    for note in notes:
        out.print(f"Note: {note}.", highlight=False, markup=False, soft_wrap=True)
    next_step = f"Wrote {path}. Next: tripleaim place check {path}"
    out.print(next_step, highlight=False, markup=False, soft_wrap=True)


def _export_book(name: str, book: Path) -> None:
    from tripleaim.workbooks import export_book

    path = export_book(name, book)
    out.print(f"Wrote {path}. To read it back: tripleaim place import {path} DIR", highlight=False)


def place_import(
    book: Annotated[Path, typer.Argument(help="A workbook that place export made.")],
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
) -> None:
    """Make a footprint folder from its Excel workbook; nothing is made if a cell is at fault."""
    from tripleaim.plan import check_footprint
    from tripleaim.workbooks import import_book

    _show(import_book(book, folder, check_footprint))


def _show(result: Imported) -> None:
    for flag in result.flags:
        out.print(f"Note: {flag}", highlight=False, markup=False, soft_wrap=True)
    for fault in result.faults:
        out.print(f"Error: {fault}", style="red", highlight=False, markup=False, soft_wrap=True)
    if result.faults:
        count = len(result.faults)
        out.print(f"{count} fault{'s' if count > 1 else ''}; no folder was made.")
        raise typer.Exit(2)
    out.print(f"Made {result.folder}. Next: tripleaim place check {result.folder}", highlight=False)
