"""A place as plain files with its own numbers written in, which needs no file of own numbers."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tripleaim.core import patiently
from tripleaim.place.addresses import place_id
from tripleaim.place.loading import load
from tripleaim.place.model import Place
from tripleaim.place.own_numbers.entries import OWN_NUMBERS
from tripleaim.tables import InputError

HISTORY = "README-own-numbers.txt"
"""What the file of own numbers is called in the exported place: nothing reads it there."""


def export_place(place: Path | str, out: Path | str) -> tuple[Path, tuple[str, ...]]:
    """Write a place's files to a new folder, its own numbers in place of the official ones.

    The files are those that the place's readers have, so that its plan is the same. Gives the
    folder, and notes. Raises InputError for a place that cannot be loaded, or a folder in use.
    """
    loaded, out = load(place), Path(out).absolute()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("expected a new folder, or one that is empty", value=out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".exporting-", dir=out.parent) as room:
            making = Path(room) / "place"
            _write(loaded, making)
            if out.exists():
                out.rmdir()
            patiently(lambda: shutil.move(making, out))
    except OSError as fault:
        raise InputError(
            f"expected a folder that can be made ({fault.strerror})", value=out
        ) from None
    if place_id(out.name) == loaded.id:
        return out, ()
    name = f"the place is {loaded.id}: name the folder so, because place check requires that name"
    return out, (name,)


def _write(place: Place, folder: Path) -> None:
    for name, file in place.own.files.items():
        if file.refusal:
            raise InputError(file.refusal, file=file.path)
        target = folder / (HISTORY if name == OWN_NUMBERS else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.raw)
