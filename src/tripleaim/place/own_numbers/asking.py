"""A cell that somebody asks for, before there is an own number for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.own_numbers.addressing import Addresses, OfficialCell
from tripleaim.place.own_numbers.entries import OWN_NUMBERS, OwnNumber, read_entries, written
from tripleaim.tables import File, InputError


def official_cell(files: PlaceFiles, file: str, row: str, column: str) -> OfficialCell:
    """The cell in a column of a row of a table, as the files are written.

    Raises InputError that names what was asked for, where there is no such cell that may have an
    own number.
    """
    own, *defaults = files.folders
    own = own.as_written
    asked = OwnNumber(
        number=1,
        file=file,
        row=row,
        column=column,
        value="0",
        replaces="",
        status="",
        source="-",
        who="-",
        when="2000-01-01",
        why="-",
    )
    with as_asked(own):
        ((entry, line),) = read_entries(File.of(own.path / OWN_NUMBERS, written([asked])))
        return Addresses(own, defaults).cell(entry, line)


def file_of_figure(files: PlaceFiles, figure_id: str) -> str:
    """The file of figures to name for a figure: the one that has it, else the first of them."""
    own, *defaults = files.folders
    addresses = Addresses(own.as_written, defaults)
    for folder in (own.as_written, *defaults):
        holder = addresses.part_with(folder, figure_id)
        if holder:
            return holder
    return "figures.csv"


@contextmanager
def as_asked(own: FolderFiles) -> Iterator[None]:
    """Faults of a file of own numbers that is not written yet name what was asked for, no line."""
    try:
        yield
    except InputError as fault:
        if fault.file != str(own.path / OWN_NUMBERS):
            raise
        raise InputError(
            fault.expected,
            column=fault.column,
            value=fault.value,
            valid=[fault.nearest] if fault.nearest else (),
        ) from None
