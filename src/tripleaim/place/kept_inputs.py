"""The files of a place in one archive: kept beside what was made from them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.loading import place_of
from tripleaim.place.model import Place
from tripleaim.place.outline import SHIPPED, read_outline
from tripleaim.tables import File

OWN = "own"
"""The folder of the archive with the place's own files; those of its defaults are beside it."""

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can say: the same files give the same bytes whenever kept."""


def write_inputs(place: Place, path: Path) -> None:
    """Keep every file that `place` was read from in an archive, each with the bytes it had.

    The same files give the same archive. What could not be read is left out.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name, file in _archived(place.files):
            if not file.refusal:
                about = zipfile.ZipInfo(name, _DATE)
                about.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(about, file.raw, compresslevel=1)


def read_inputs(path: Path, folder: Path) -> Place:
    """The place in an archive, as if it had just been read from its own `folder`.

    Raises InputError as `load` does, and what `zipfile` raises for what is no archive of ours.
    """
    with zipfile.ZipFile(path) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    own = _folder_files(raw, f"{OWN}/", folder)
    names = [name for name in dict.fromkeys(n.partition("/")[0] for n in raw) if name != OWN]
    defaults = [_folder_files(raw, f"{name}/", SHIPPED / name) for name in names]
    return place_of(read_outline(own, defaults))


def changed_files(before: Place, now: Place) -> tuple[str, ...]:
    """The files that differ between two readings of a place, or that only one has, by name."""
    one, other = dict(_archived(before.files)), dict(_archived(now.files))
    return tuple(
        name.removeprefix(f"{OWN}/")
        for name in sorted(one.keys() | other.keys())
        if name not in one or name not in other or one[name].sha256 != other[name].sha256
    )


def _archived(files: PlaceFiles) -> Iterator[tuple[str, File]]:
    """Each file of a place as it is written, with its name in the archive."""
    for i, folder in enumerate(files.folders):
        top = folder.path.name if i else OWN
        for name, file in folder.as_written.files.items():
            yield f"{top}/{name}", file


def _folder_files(raw: dict[str, bytes], top: str, folder: Path) -> FolderFiles:
    """The files of one folder of the archive, in the order in which a folder is read."""
    names = [name.removeprefix(top) for name in raw if name.startswith(top)]
    in_order = sorted(names, key=lambda name: name.split("/"))
    return FolderFiles(folder, {name: File.of(folder / name, raw[top + name]) for name in in_order})
