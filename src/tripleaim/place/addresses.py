"""Which names of places and of plans' folders an address of a page can carry."""

from __future__ import annotations

import re
from pathlib import Path

from tripleaim.tables import InputError

PLACE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = (
    "accessibility",
    "boards",
    "building",
    "download",
    "footprints",
    "glossary",
    "new",
    "places",
)
"""Names that addresses of the site itself begin with, and the folder of footprints beside plans."""


def place_id(text: str) -> str:
    """The id that a name or a folder gives: lower case, hyphens for everything else."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def refuse_id(own_id: str, called: str) -> None:
    """Raise InputError for an id that the address of a page cannot carry; it is `called` so."""
    if not own_id:
        raise InputError("expected a folder whose name has letters or digits", value=called)
    if not own_id[0].isalpha():
        raise InputError(
            "expected a folder whose name starts with a letter, because the name is part of page "
            "addresses",
            value=called,
        )
    if own_id in RESERVED:
        raise InputError(
            "expected another name: a page outside the places already uses this address",
            value=called,
        )


def refuse_folder(folder: Path) -> None:
    """Raise InputError unless the name of a folder can be part of an address as it stands."""
    name = folder.name
    own_id = place_id(name)
    refuse_id(own_id, name)
    if name != own_id:
        raise InputError(
            "expected a folder named in lower-case letters, digits and single hyphens, because "
            f"the name is part of page addresses: call it {own_id}",
            value=name,
        )


def refuse_out_folder(out: Path, place_folder: Path) -> None:
    """Raise InputError for a folder that no plan of the place in `place_folder` can be kept in.

    Its name is part of the plan's address. Inside the place it would be one of the place's own
    files, and the place another than the one that was planned.
    """
    whole = out.absolute()
    refuse_folder(whole)
    if whole.resolve().is_relative_to(place_folder.resolve()):
        raise InputError(
            f"expected a folder outside {place_folder}, which is the place itself: every file "
            "there is read as an input of the place",
            value=out,
        )
