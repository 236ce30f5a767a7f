"""The files of a footprint, read once: after `load` nothing opens a file of a place."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tripleaim.place.declared_files import columns_of, declared, used_by
from tripleaim.place.toml import Toml
from tripleaim.tables import Column, File, InputError, Row, TableRead, missing, read_table, refuse

ASKED = "tripleaim.place.asked"
"""The audit event (`sys.addaudithook`) of each file of a place that is asked for, by name."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class FolderFiles:
    """One folder of a footprint: `files` by name, such as "diseases/gout.toml", sorted.

    What is parsed is kept, so that a table is read once however often it is asked for. Own numbers
    are written into `files` when a place is loaded; `as_written` is the folder without them.
    """

    path: Path
    files: Mapping[str, File] = field(default_factory=dict)
    before_own_numbers: FolderFiles | None = None
    _parsed: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def read(cls, folder: Path) -> FolderFiles:
        """Every file under `folder`, hidden ones left out."""
        # By parts, whose case counts on Windows too: the hash of a place is the same everywhere.
        in_order = sorted(folder.rglob("*"), key=lambda path: path.parts)
        paths = ((path, path.relative_to(folder)) for path in in_order)
        return cls(
            folder,
            {
                relative.as_posix(): File.read(path)
                for path, relative in paths
                if path.is_file() and not any(part[0] == "." for part in relative.parts)
            },
        )

    @property
    def as_written(self) -> FolderFiles:
        """The folder as it is on disk, without own numbers in its tables."""
        return self.before_own_numbers or self

    def has(self, name: str) -> bool:
        """Whether the folder holds a file called `name`."""
        sys.audit(ASKED, name)
        return name in self.files

    def file(self, name: str) -> File:
        """The file called `name`. Raises InputError with the nearest name if there is none."""
        sys.audit(ASKED, name)
        try:
            return self.files[name]
        except KeyError:
            raise missing(self.path / name, self._beside(name)) from None

    def table(self, name: str, columns: Sequence[Column] | None = None) -> TableRead:
        """A table read as declared, or by these `columns`: rows, faults, what was understood.

        Raises InputError where no row can be read.
        """
        wanted = columns_of(name) if columns is None else tuple(columns)
        return self.made_of(name, wanted, lambda file: read_table(file, wanted))

    def rows(self, name: str, columns: Sequence[Column] | None = None) -> tuple[Row, ...]:
        """The rows of a table, each cell read and checked as declared, or by these `columns`.

        Raises InputError with every fault at once.
        """
        table = self.table(name, columns)
        refuse(table.faults)
        return table.rows

    def toml(self, name: str) -> Toml:
        """A TOML file of the folder.

        Raises InputError when it is missing or not TOML, and for numbers outside their range.
        """
        toml = self.made_of(name, Toml, Toml)
        self.made_of(name, "ranges", lambda _: refuse(_out_of_range(name, toml)))
        return toml

    def text(self, name: str) -> str:
        """The text of a file of the folder. Raises InputError if it is missing or not UTF-8."""
        return self.file(name).text()

    def names(self, folder: str, suffix: str) -> dict[str, str]:
        """The files ending in `suffix` directly in `folder` ("" for the top), by stem, sorted."""
        inside = f"{folder}/" if folder else ""
        return {
            name.removeprefix(inside).removesuffix(suffix): name
            for name in self.files
            if name.startswith(inside) and name.endswith(suffix) and "/" not in name[len(inside) :]
        }

    def parts(self, stem: str) -> list[str]:
        """The files that a table may come in: "figures.csv", "figures_staff.csv", by name."""
        return [name for s, name in self.names("", ".csv").items() if s.startswith(stem)]

    def made_of(self, name: str, how: Hashable, read: Callable[[File], _T]) -> _T:
        """What `read` makes of the file called `name`, made once for each `how`."""
        file = self.file(name)
        if (name, how) not in self._parsed:
            self._parsed[name, how] = read(file)
        parsed: _T = self._parsed[name, how]
        return parsed

    def _beside(self, name: str) -> Iterator[str]:
        """The names of files and folders beside the one called `name`."""
        depth = name.count("/")
        inside = name.split("/")[:depth]
        for other in self.files:
            parts = other.split("/")
            if parts[:depth] == inside and len(parts) > depth:
                yield parts[depth]

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: it parses again what it needs."""
        return self.__dict__ | {"_parsed": {}}


def _out_of_range(name: str, toml: Toml) -> Iterator[InputError]:
    """A fault for each number of a TOML file that lies outside what is declared for its key."""
    file = declared(name)
    ranges = file.key_ranges if file else ()
    for keys, value in toml.numbers() if ranges else ():
        of = next((one for one in ranges if one.covers(keys)), None)
        if of and not of.least <= value <= of.most:
            expected = f"expected {of.least:,.15g} to {of.most:,.15g} ({of.unit})"
            yield toml.fault(expected, *keys, value=value)


@dataclass(frozen=True)
class PlaceFiles:
    """The files of a place: its own folder's, and for what that lacks those of its defaults."""

    folders: tuple[FolderFiles, ...]
    _made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def own(self) -> FolderFiles:
        """The place's own files."""
        return self.folders[0]

    def holding(self, name: str) -> list[FolderFiles]:
        """The folders that have a file called `name`, the place's own first."""
        return [folder for folder in self.folders if folder.has(name)]

    def of_defaults(self, name: str) -> FolderFiles:
        """The first of the defaults that has a file called `name`, the place's own without any."""
        return next((one for one in self.folders[1:] if name in one.files), self.own)

    def has(self, name: str) -> bool:
        """Whether the place, or the defaults it builds on, holds a file called `name`."""
        return any(folder.has(name) for folder in self.folders)

    def path(self, name: str) -> Path:
        """Where the file called `name` is, for messages: the place's own, else the default's."""
        return self._holder(name).path / name

    def table(self, name: str) -> TableRead:
        """A table read as declared: rows, faults, what was understood."""
        return self._holder(name).table(name)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table, each cell read and checked as declared; else InputError."""
        return self._holder(name).rows(name)

    def file(self, name: str) -> File:
        """The file called `name`. Raises InputError with the nearest name if there is none."""
        return self._holder(name).file(name)

    def toml(self, name: str) -> Toml:
        """A TOML file. Raises InputError when it is missing or not TOML."""
        return self._holder(name).toml(name)

    def text(self, name: str) -> str:
        """The text of a file. Raises InputError if it is missing or not UTF-8."""
        return self._holder(name).text(name)

    def names(self, folder: str, suffix: str) -> dict[str, str]:
        """The files ending in `suffix` directly in `folder`, by stem, sorted.

        The place's own stands before a default of the same name.
        """
        names: dict[str, str] = {}
        for files in reversed(self.folders):
            names |= files.names(folder, suffix)
        return dict(sorted(names.items()))

    def sha256_of(self, result: str) -> str:
        """The hash of the files that change with a result as declared; "" for all there are."""
        return self.once(("sha256", result), lambda: self._hash(result))

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What is made of the files alone, made when it is first asked for and kept.

        Whatever else it depended on, figures say, would be that of the first who asked: places that
        differ in figures share their files.
        """
        if key not in self._made:
            self._made[key] = make()
        kept: _T = self._made[key]
        return kept

    def _hash(self, result: str) -> str:
        digest = hashlib.sha256()
        for folder in self.folders:
            for name, file in folder.files.items():
                if not result or result in used_by(name):
                    digest.update(name.encode() + b"\0" + file.sha256)
            digest.update(b"\0")
        return digest.hexdigest()

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: it makes again what it needs."""
        return self.__dict__ | {"_made": {}}

    def _holder(self, name: str) -> FolderFiles:
        return next((folder for folder in self.folders if name in folder.files), self.own)
