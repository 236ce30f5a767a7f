"""How a place's own files were read: whatever was read otherwise than it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tripleaim.place.declared_files import declared
from tripleaim.place.model import Place
from tripleaim.place.outline import is_shipped
from tripleaim.place.population import POPULATION, people_with_faults
from tripleaim.tables import InputError, Note

READING_NOTE = "# Read so: "
"""How a comment begins that tells how the file was read which a place was made from."""


def reading_notes(place: Place) -> tuple[str, ...]:
    """Sentences on the place's own files, without the folders of this machine.

    Told are encodings, columns by other names, totals left out, bands spread, cells read as
    another text. What comes with the product is read as it is written: a test holds it to that.
    """
    if is_shipped(place.folder):
        return ()
    return place.files.once("reading notes", lambda: tuple(_notes(place)))


def kept_in_comments(notes: Sequence[Note]) -> list[str]:
    """Comment lines for a file that is written from another, saying how that one was read."""
    return [f"{READING_NOTE}{' '.join(note.in_public.split())}" for note in notes]


def _notes(place: Place) -> Iterator[str]:
    own = place.own
    if own.has(POPULATION):
        lines = own.text(POPULATION).splitlines()
        yield from (
            line.removeprefix(READING_NOTE) for line in lines if line.startswith(READING_NOTE)
        )
    for name in own.files:
        file = declared(name)
        if file is None or not file.columns:
            continue
        try:
            if name == POPULATION:
                notes = own.made_of(name, "people", people_with_faults)[0].notes
            else:
                notes = own.table(name).notes
        except InputError:  # a file that cannot be read is told by whoever needs it
            continue
        yield from (note.in_public for note in notes)
