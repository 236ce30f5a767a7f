"""Every file that a footprint may have, declared once: columns, purpose, and what changes with it.

Readers, the checks of a folder, the hash of a result and `docs/reference/footprint.md` follow it.
"""

from functools import cache

from tripleaim.place.declared_files import (
    base,
    history,
    measured,
    money,
    peers,
    people,
    prevention,
    staff,
    unknown,
    years_to_come,
)
from tripleaim.place.declared_files.declaration import (
    RESULTS,
    DeclaredFile,
    KeyRange,
    Result,
    Sum,
)
from tripleaim.tables import Column, InputError

DECLARED_FILES: tuple[DeclaredFile, ...] = (
    *base.FILES,
    *people.FILES,
    *years_to_come.FILES,
    *prevention.FILES,
    *history.FILES,
    *money.FILES,
    *staff.FILES,
    *peers.FILES,
    *measured.FILES,
    *unknown.FILES,
)
_BY_NAME = {file.name: file for file in DECLARED_FILES}


@cache
def declared(name: str) -> DeclaredFile | None:
    """The declaration of the file called `name`; None for one that nothing reads."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((file for file in DECLARED_FILES if file.covers(name)), None)


def used_by(name: str) -> tuple[Result, ...]:
    """The results that change with the file called `name`; none for one that nothing reads."""
    file = declared(name)
    return file.used_by if file else ()


def columns_of(name: str) -> tuple[Column, ...]:
    """The columns of the table called `name`. Raises InputError for a name that nothing reads."""
    file = declared(name)
    if file is None:
        valid = [file.name for file in DECLARED_FILES]
        raise InputError(
            "no part of the program reads a file of this name", value=name, valid=valid
        )
    return file.columns


__all__ = [
    "DECLARED_FILES",
    "RESULTS",
    "DeclaredFile",
    "KeyRange",
    "Result",
    "Sum",
    "columns_of",
    "declared",
    "used_by",
]
