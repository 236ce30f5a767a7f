"""Of what year England's defaults are, and which of them are old for the place that uses them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tripleaim.core import write_whole
from tripleaim.place.declared_files import used_by
from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.outline import read_outline
from tripleaim.tables import InputError, Note, Row

EDITIONS = "editions.csv"
OLD_DEFAULTS = "old_defaults.csv"
MOST_YEARS = 3
"""Years by which a default may be older than the place's base year without being named."""
_HEAD = """\
# England's defaults that are more than three years older than the base year, and that this place
# uses all the same. A line goes when the place has its own file. Source: editions.csv of England's
# defaults (source tripleaim).
file,edition,why,replaced_by
"""
WHY = "no later table of England comes with the product"


@dataclass(frozen=True, slots=True)
class Edition:
    """Of what year a default file is, or the files of a pattern such as "diseases/*.toml".

    `year` is the calendar year in which the last year of the data begins; None for what does not
    go out of date, and then `lasting` says why. `replaced_by` is what would replace it in a place.
    `where` is the id of the defaults that have it, `source` its main source.
    """

    file: str
    what: str
    edition: str
    year: int | None
    lasting: str
    source: str
    replaced_by: str
    where: str


def editions_of(folder: FolderFiles) -> tuple[Edition, ...]:
    """What the `editions.csv` of a folder of defaults says; empty without one.

    Raises InputError at a row with both a year and a reason to last, or with neither.
    """
    rows = folder.rows(EDITIONS) if folder.has(EDITIONS) else ()
    for row in rows:
        if (row["year"] is None) != bool(row["lasting"]):
            raise row.fault(
                "year", "expected a year, or in `lasting` why it does not go out of date"
            )
    return tuple(Edition(**row.values, where=folder.path.name) for row in rows)


def edition_of(folder: FolderFiles, name: str) -> Edition | None:
    """Of what year the file called `name` is, by the first row that covers it."""
    return next((one for one in editions_of(folder) if _covers(one.file, name)), None)


def defaults_used(files: PlaceFiles) -> tuple[Edition, ...]:
    """The editions of the defaults that a place uses, since it has no file of its own, by name.

    A file of figures is used unless the place has every one of its figures.
    """
    used: dict[tuple[str, str], Edition] = {}
    for at, folder in enumerate(files.folders[1:], start=1):
        for name in folder.files:
            edition = edition_of(folder, name)
            if edition and _of_the_place(name) and _counts(files.folders[:at], folder, name):
                used[edition.where, edition.file] = edition
    return tuple(sorted(used.values(), key=lambda one: (one.file, one.where)))


def old_defaults_of(files: PlaceFiles, base_year: str) -> tuple[Edition, ...]:
    """The defaults that a place uses although they are more than three years older than its base.

    `base_year` is a financial year such as "2025/26".
    """
    start = int(base_year[:4])
    used = defaults_used(files)
    return tuple(one for one in used if one.year is not None and start - one.year > MOST_YEARS)


def unnamed_old_defaults(files: PlaceFiles, base_year: str) -> Iterator[InputError]:
    """A fault for each old default that the place's `old_defaults.csv` does not name as it is."""
    old = {one.file: one for one in old_defaults_of(files, base_year)}
    folder = files.own.path
    named = _named(files)
    for file, one in old.items():
        row = named.get(file)
        if row is None:
            yield InputError(
                f"England's {file} ({one.what}: {one.edition}) is more than {MOST_YEARS} years "
                f"older than the base year {base_year}; put a file of the place here "
                f"({one.replaced_by}), or name it in {OLD_DEFAULTS} (tripleaim place defaults "
                "--accept does)",
                file=folder / OLD_DEFAULTS,
                column="file",
                value=file,
            )
        elif row["edition"] != one.edition:
            expected = f"expected {one.edition}, which is the edition that is used now"
            yield row.fault("edition", expected)
    known = {one.file for folder_ in files.folders[1:] for one in editions_of(folder_)}
    for file, row in named.items():
        if file not in known:
            yield row.fault("file", "expected a file of England's editions.csv", sorted(known))


def needless_lines(files: PlaceFiles, base_year: str) -> Iterator[Note]:
    """A note on each line of `old_defaults.csv` that is no longer needed."""
    old = {one.file for one in old_defaults_of(files, base_year)}
    for file, row in _named(files).items():
        if file not in old:
            text = f"{file} is not an old default of this place any more: the line can go"
            yield Note(row.file, text, row.line)


def name_old_defaults(folder: Path) -> int:
    """Name each old default of the place in `folder` in its `old_defaults.csv`; return how many.

    Lines that are there stay as they are. Raises InputError for a folder without a `place.toml`.
    """
    outline = read_outline(FolderFiles.read(folder))
    named = _named(outline.files)
    old = [
        one for one in old_defaults_of(outline.files, outline.base_year) if one.file not in named
    ]
    if old:
        own = outline.files.own
        kept = own.text(OLD_DEFAULTS) if own.has(OLD_DEFAULTS) else _HEAD
        ended = kept if kept.endswith("\n") else f"{kept}\n"
        rows = [(one.file, one.edition, WHY, one.replaced_by) for one in old]
        write_whole(folder / OLD_DEFAULTS, ended + _lines(rows))
    return len(old)


def _lines(rows: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _named(files: PlaceFiles) -> dict[str, Row]:
    rows = files.own.table(OLD_DEFAULTS).rows if files.own.has(OLD_DEFAULTS) else ()
    return {row["file"]: row for row in rows}


def _of_the_place(name: str) -> bool:
    """Whether a result of the place itself changes with a file; a back-test has earlier years."""
    return bool(set(used_by(name)) - {"country", "backtest"})


def _counts(before: Sequence[FolderFiles], folder: FolderFiles, name: str) -> bool:
    """Whether a file of a folder of defaults still says something beside those before it."""
    if "/" not in name and name.startswith("figures"):
        mine = {
            row["id"] for one in before for part in one.parts("figures") for row in _ids(one, part)
        }
        return any(row["id"] not in mine for row in _ids(folder, name))
    return not any(name in one.files for one in before)


def _ids(folder: FolderFiles, name: str) -> Sequence[Row]:
    """The rows of figures that can be read; what cannot is told by the reader of figures."""
    try:
        return folder.table(name).rows
    except InputError:
        return ()


def _covers(pattern: str, name: str) -> bool:
    return fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")
