"""What a place that a page makes may be called."""

from __future__ import annotations

from pathlib import Path

from tripleaim.data_folder import FOOTPRINTS
from tripleaim.place import InputError, place_id, refuse_id, shipped_places
from tripleaim.web.plans import open_plans

LONGEST_NAME = 60


def fault_of_name(data: Path, name: str) -> str:
    """Why a place cannot be called so, in words; empty if it can."""
    if not name:
        return "Type the name of your place"
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"Type a name of at most {LONGEST_NAME} letters, on one line"
    own_id = place_id(name)
    if own_id in (*open_plans().places(), *shipped_places(), FOOTPRINTS):
        return f"There is already a place with the address “{own_id}”: choose another name"
    try:
        refuse_id(own_id, name)
    except InputError:
        return _without_address(name, own_id)
    if (data / FOOTPRINTS / own_id).exists() or (data / own_id).exists():
        return (
            f"The files of “{own_id}” are already here, but its plan is not built: build it at "
            f"/building/{own_id}/, or choose another name"
        )
    return ""


def _without_address(name: str, own_id: str) -> str:
    if own_id[:1].isalpha():
        return f"A page of this site has the address “{own_id}”: choose another name"
    return (
        f"“{name}” cannot be part of an address: begin the name with a letter from A to Z, "
        "such as “Area 7” for “7”"
    )
