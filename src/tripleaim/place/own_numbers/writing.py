"""Own numbers set and undone in a place's folder: checked first, written whole, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tripleaim.core import write_whole
from tripleaim.data_folder import Locked, locked
from tripleaim.place.checking import check
from tripleaim.place.files import FolderFiles
from tripleaim.place.outline import find, is_shipped, read_outline
from tripleaim.place.own_numbers.applying import InPlace, in_place
from tripleaim.place.own_numbers.asking import as_asked
from tripleaim.place.own_numbers.entries import (
    LOCK,
    OWN_NUMBERS,
    OwnNumber,
    key_of,
    read_entries,
    row_of,
    undo,
    written,
)
from tripleaim.tables import File, InputError

TO_COPY = "make a copy of its folder under another name, and change that"
_LONGEST_WAIT = 30.0
"""Seconds for which somebody else's change is waited for: a check takes a few."""


def set_own_number(
    place: Path | str,
    file: str,
    row: str,
    column: str,
    value: str,
    *,
    source: str,
    who: str,
    why: str,
    status: str = "",
    today: date | None = None,
) -> InPlace:
    """Put an own number in place of the official one in a cell, and write that down.

    One that stands for the cell already is undone. Raises InputError where the place comes with
    the product, where there is no such cell, where it refuses the value, and where the place
    would no longer pass its check: then nothing is changed.
    """
    folder = folder_to_change(place)
    when = (today or _today()).isoformat()
    with _alone(folder):
        own = FolderFiles.read(folder)
        before = _entries(own)
        number = max((entry.number for entry in before), default=0) + 1
        new = OwnNumber(
            number=number,
            file=file.strip(),
            row=_row(row),
            column=column.strip(),
            value=value.strip(),
            replaces="",
            status=status,
            source=_said("source", source),
            who=_said("who", who),
            when=when,
            why=_said("why", why),
        )
        added = _added(own, before, new)
        _refuse_what_fails(own, added)
        _write(folder, written(added))
    return _found(_with_entries(own, added), number)


def undo_own_number(place: Path | str, number: int, *, today: date | None = None) -> OwnNumber:
    """Use an own number no more, from today on; its entry stays. Gives the entry.

    Raises InputError as `set_own_number`, and where no own number in use has this number.
    """
    folder = folder_to_change(place)
    with _alone(folder):
        own = FolderFiles.read(folder)
        after = undo(_entries(own), number, today or _today())
        _refuse_what_fails(own, after)
        _write(folder, written(after))
    return next(entry for entry in after if entry.number == number)


def folder_to_change(place: Path | str) -> Path:
    """The folder of a place whose files people may change.

    Raises InputError for a place that comes with the product.
    """
    folder = find(place)
    if is_shipped(folder):
        raise InputError(
            "expected the folder of a place of your own; this one comes with the product: "
            f"{TO_COPY}",
            value=place,
        )
    return folder


def _added(own: FolderFiles, before: Sequence[OwnNumber], new: OwnNumber) -> list[OwnNumber]:
    """The entries with a new one, written against the official value, in place of an earlier."""
    defaults = _defaults(own)
    alone = _alone_in(own, defaults, new)
    in_use = in_place(own, defaults)
    where = _where(alone)
    earlier = {one.entry.number for one in in_use if _where(one) == where}
    stays = [replace(e, undone=new.when) if e.number in earlier else e for e in before]
    return [*stays, replace(new, replaces=alone.official)]


def _alone_in(own: FolderFiles, defaults: Sequence[FolderFiles], new: OwnNumber) -> InPlace:
    """The new entry beside its cell. Raises InputError that names what was asked for, no line."""
    with as_asked(own):
        return _found_in(_with_entries(own, [new]), defaults, new.number)


def _today() -> date:
    return datetime.now().astimezone().date()


def _where(one: InPlace) -> tuple[str, int | None, str, str]:
    cell = one.cell
    return cell.name, cell.line, cell.texts.get("id", ""), cell.column.name


def _entries(own: FolderFiles) -> list[OwnNumber]:
    file = own.files.get(OWN_NUMBERS)
    return [entry for entry, _ in read_entries(file)] if file else []


def _with_entries(own: FolderFiles, entries: Sequence[OwnNumber]) -> FolderFiles:
    file = File.of(own.path / OWN_NUMBERS, written(entries))
    return FolderFiles(own.path, {**own.files, OWN_NUMBERS: file})


def _defaults(own: FolderFiles) -> tuple[FolderFiles, ...]:
    """The defaults that the place builds on."""
    without = {name: file for name, file in own.files.items() if name != OWN_NUMBERS}
    return read_outline(FolderFiles(own.path, without)).files.folders[1:]


def _found(own: FolderFiles, number: int) -> InPlace:
    return _found_in(own, _defaults(own), number)


def _found_in(own: FolderFiles, defaults: Sequence[FolderFiles], number: int) -> InPlace:
    return next(one for one in in_place(own, defaults) if one.entry.number == number)


def _refuse_what_fails(own: FolderFiles, entries: Sequence[OwnNumber]) -> None:
    """Raise InputError where the place would fail its check for a reason it does not have now."""
    faults = check(_with_entries(own, entries)).faults
    if not faults:
        return
    before = {str(fault) for fault in check(own).faults}
    new = [fault for fault in faults if str(fault) not in before]
    if new:
        raise InputError(
            "expected a change after which the place can be used; nothing was changed. With it: "
            f"{new[0].in_public.removesuffix('.')}"
        )


def _row(row: str) -> str:
    try:
        return row_of(key_of(row))
    except ValueError as refusal:
        raise InputError(str(refusal), value=row) from None


def _said(what: str, text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise InputError(f"expected {_WANTED[what]}", column=what, value=text)
    return said


_WANTED = {
    "source": "where the number comes from, in words",
    "who": "the name of the person who enters it",
    "why": "why it is better than the official one",
}


def _write(folder: Path, raw: bytes) -> None:
    try:
        write_whole(folder / OWN_NUMBERS, raw)
    except OSError as fault:
        raise _cannot_write(folder, fault) from None


def _cannot_write(folder: Path, fault: OSError) -> InputError:
    return InputError(
        f"expected a folder that can be written to ({fault.strerror}); nothing was changed",
        file=folder,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else changes own numbers of the place meanwhile."""
    with _held(folder):
        if (folder / OWN_NUMBERS).is_symlink():
            raise InputError(
                "this is a link, and the program does not write through links; put the file there",
                file=folder / OWN_NUMBERS,
            )
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    lock = locked(folder / LOCK, wait=_LONGEST_WAIT)
    try:
        lock.__enter__()
    except Locked:
        raise InputError(
            "somebody else is changing own numbers of this place; try again", file=folder
        ) from None
    except OSError as fault:
        raise _cannot_write(folder, fault) from None
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
