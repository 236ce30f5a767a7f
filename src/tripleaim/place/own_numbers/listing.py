"""Own numbers beside the official ones: all that a place has, in use and undone, and in words."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.outline import read_outline
from tripleaim.place.own_numbers.addressing import is_same
from tripleaim.place.own_numbers.applying import InPlace, in_place
from tripleaim.place.own_numbers.entries import OWN_NUMBERS, OwnNumber, read_entries
from tripleaim.tables import File


def numbers_in_use(files: PlaceFiles) -> tuple[InPlace, ...]:
    """The own numbers that a place uses, each with its cell."""
    own, *defaults = files.folders
    return files.once("own numbers", lambda: in_place(own.as_written, defaults))


def entries_of(files: PlaceFiles) -> tuple[OwnNumber, ...]:
    """Every entry of a place's file of own numbers, undone ones too."""
    file = files.own.as_written.files.get(OWN_NUMBERS)
    return tuple(entry for entry, _ in read_entries(file)) if file else ()


def officials_changed(folder: FolderFiles, texts: Mapping[str, str]) -> tuple[str, ...]:
    """What happens to official values under own numbers where files of a place get other texts.

    Raises InputError where an own number would have no cell any more.
    """
    if OWN_NUMBERS not in folder.files:
        return ()
    files = {name: File.of(folder.path / name, text.encode()) for name, text in texts.items()}
    after = FolderFiles(folder.path, {**folder.files, **files})
    before = {one.entry.number: one.official for one in _alone(folder)}
    return tuple(
        f"{in_words(one)} (before: {before[one.entry.number] or 'empty'})"
        for one in _alone(after)
        if not is_same(one.official, before[one.entry.number])
    )


def _alone(own: FolderFiles) -> tuple[InPlace, ...]:
    """The own numbers in use of a folder that may have other texts than on disk."""
    return numbers_in_use(read_outline(own).files)


def in_words(one: InPlace) -> str:
    """What an own number replaces, in a sentence; more where the official value has changed."""
    entry = one.entry
    where = f"{entry.file}, {entry.row}, {entry.column}"
    if one.official_changed:
        against = entry.replaces or "no value"
        return (
            f"{where}: the official value is now {one.official or 'empty'}; yours, "
            f"{entry.value}, was written against {against}; set it again to keep it, or undo it"
        )
    official = one.official or "no value"
    return (
        f"{where}: {entry.value} in place of {official} ({entry.source}; {entry.who}, {entry.when})"
    )
