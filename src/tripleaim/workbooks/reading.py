"""A place's workbook as a folder again, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tripleaim.core import made_folder, patiently, write_whole
from tripleaim.place import (
    Check,
    FolderFiles,
    InputError,
    check,
    place_id,
    read_outline,
    refuse_to_overwrite,
)
from tripleaim.tables import Flag
from tripleaim.workbooks.parts import Parts, files_of


@dataclass(frozen=True)
class Imported:
    """What `import_book` made: the folder (None if there are faults), faults and flags.

    A fault names sheet and cell. A flag is something accepted, with how it was read.
    """

    folder: Path | None
    place_id: str
    faults: tuple[InputError, ...]
    flags: tuple[Flag, ...]


def import_book(
    path: Path | str, folder: Path | str, checker: Callable[[str | Path], Check] = check
) -> Imported:
    """Make the footprint `folder` from the workbook at `path`.

    The files are written to a temporary folder and held to `checker`; only without a fault does
    the folder appear. Raises InputError for a book that cannot be read, or a folder in use.
    """
    path, folder = Path(path), Path(folder).absolute()
    refuse_to_overwrite(folder)
    parts = files_of(path)
    with ExitStack() as made:
        try:
            made.enter_context(made_folder(folder.parent))
            room = Path(tempfile.mkdtemp(prefix=".importing-", dir=folder.parent))
        except OSError as refusal:
            raise InputError(
                f"expected a folder that can be made ({refusal.strerror})", value=folder
            ) from None
        try:
            return _import(parts, room, folder, checker)
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _import(
    parts: Parts, room: Path, folder: Path, checker: Callable[[str | Path], Check]
) -> Imported:
    making = _write(parts, room / "place")
    try:
        own_id = read_outline(FolderFiles.read(making)).id
    except InputError as fault:
        return Imported(None, "", (parts.translated(fault, making),), tuple(parts.flags))
    # The folder is checked under the name that its place.toml asks for.
    making = patiently(lambda: making.replace(room / own_id)) if own_id != "place" else making
    check = checker(making)
    flags = list(parts.flags)
    if check.faults:
        faults = tuple(parts.translated(fault, making) for fault in check.faults)
        return Imported(None, own_id, faults, tuple(flags))
    if place_id(folder.name) != own_id:
        sheet = parts.sheets.get("place.toml", "")
        flags.append(
            Flag(
                sheet,
                "A1",
                (
                    f"the place is {own_id}: name the folder so, because place check requires that "
                    "name"
                ),
            )
        )
    if folder.exists():
        folder.rmdir()
    patiently(lambda: making.replace(folder))
    return Imported(folder, own_id, (), tuple(flags))


def _write(parts: Parts, folder: Path) -> Path:
    folder.mkdir()
    for name, text in parts.texts.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        write_whole(target, text.encode("utf-8", "surrogatepass"))
    return folder
