"""Everything that is wrong with a footprint folder at once, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from tripleaim.place.addresses import place_id, refuse_folder
from tripleaim.place.changed_codes import code_hint
from tripleaim.place.declared_files import DECLARED_FILES, declared
from tripleaim.place.editions import EDITIONS, needless_lines, unnamed_old_defaults
from tripleaim.place.figures import (
    Figure,
    Source,
    read_figures_with_faults,
    read_sources_with_faults,
)
from tripleaim.place.files import FolderFiles, PlaceFiles
from tripleaim.place.folder_tables import (
    Table,
    counted,
    dated,
    falling,
    from_somewhere,
    fuller_than_full,
    named,
    sourced,
    summed,
    twice,
)
from tripleaim.place.known_figures import known_figure
from tripleaim.place.loading import (
    place_of,
    read_conditions,
    read_organisations,
    read_points_of_delivery,
    solutions_may_name,
)
from tripleaim.place.model import Place
from tripleaim.place.outline import Outline, find, is_shipped, read_outline
from tripleaim.place.own_numbers.entries import LOCK, OWN_NUMBERS
from tripleaim.place.own_numbers.listing import in_words, numbers_in_use
from tripleaim.place.people_shape import (
    LISTS,
    RESIDENTS,
    Bands,
    bands_of,
    beside_counts,
    listed,
    residents,
    unlike_any_place,
)
from tripleaim.place.population import POPULATION, people_with_faults
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.place.solutions import check_unique, read_solution, solution_files
from tripleaim.place.summary import summarise
from tripleaim.tables import InputError, Note, TableRead, is_year, refuse

_T = TypeVar("_T")
_MOST_ALIKE = 10


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` found: every fault, and notes that say what the folder holds.

    `place` is None if there are faults; then `notes` is empty.
    """

    folder: Path
    place: Place | None
    faults: tuple[InputError, ...]
    notes: tuple[str, ...]


def check(place: Place | FolderFiles | str | Path) -> Check:
    """Validate a footprint folder (a Place, its files, its folder or its shipped name), all of it.

    Faults are collected, not raised; only a name that stands for no folder raises InputError.
    Tables that other rooms own are held to what holds for any table: encoding, shape, status and
    source, counts of people, years, shares that add up, names that exist. Rooms check the rest.
    """
    own = place if isinstance(place, FolderFiles) else FolderFiles.read(_folder_of(place))
    folder = own.path
    checking = _Checking(folder, own)
    checking.run()
    if checking.place is None or checking.faults:
        return Check(folder, None, tuple(checking.faults.values()), ())
    notes = (*map(str, checking.read_so), *summarise(checking.place))
    return Check(folder, checking.place, (), notes)


def _folder_of(place: Place | str | Path) -> Path:
    return place.folder if isinstance(place, Place) else find(place)


def refuse_faults(place: Place) -> None:
    """Raise InputError with everything that `check` finds wrong with a place that was loaded.

    What comes with the product is not looked through again: a test holds it to `check`.
    """
    if is_shipped(place.folder):
        return
    checking = _Checking(place.folder, place.own)
    checking.run(load_too=False)
    refuse(checking.faults.values())


class _Checking:
    def __init__(self, folder: Path, own: FolderFiles) -> None:
        self.folder, self.own = folder, own
        self.place: Place | None = None
        self.faults: dict[str, InputError] = {}
        self.read_so: list[Note] = []

    def add(self, *faults: InputError) -> None:
        for fault in faults:
            for one in fault.all_faults:
                self.faults.setdefault(str(one), one)

    def attempt(self, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except InputError as fault:
            self.add(fault)
            return None

    def run(self, *, load_too: bool = True) -> None:
        self.unknown_files()
        outline = self.attempt(lambda: read_outline(self.own))
        if outline is None:
            return
        self.right_place(outline)
        files = outline.files
        self.own = files.own
        self.own_numbers(files)
        self.old_defaults(outline)
        sources = self.sources(files)
        figures = self.figures(files, sources)
        self.tables(outline, sources, figures)
        points = self.attempt(lambda: read_points_of_delivery(files, figures))
        conditions = self.attempt(lambda: read_conditions(files))
        organisations = self.attempt(lambda: read_organisations(files, sources))
        self.population(figures)
        if organisations is not None:
            self.incomes_of_nobody({organisation.id for organisation in organisations})
        if points is not None and conditions is not None and organisations is not None:
            known = solutions_may_name(outline, organisations, points, conditions, sources)
            read = [
                self.attempt(partial(read_solution, file, known))
                for file in solution_files(self.own)
            ]
            self.attempt(lambda: check_unique([s for s in read if s is not None]))
        if load_too and not self.faults:
            self.place = self.attempt(lambda: place_of(outline))

    def right_place(self, outline: Outline) -> None:
        folder = self.folder.resolve()
        self.attempt(lambda: refuse_folder(folder))
        expected = place_id(folder.name)
        if outline.id != expected:
            self.add(
                self.own.toml("place.toml").fault(
                    f"expected {expected}, the name of the folder; this may be the file of "
                    "another place",
                    "id",
                    value=outline.id,
                )
            )

    def own_numbers(self, files: PlaceFiles) -> None:
        """Say which numbers are the place's own, and where the official one has changed since."""
        for one in numbers_in_use(files):
            note = Note(self.folder / OWN_NUMBERS, in_words(one), one.line)
            self.read_so.append(note)

    def old_defaults(self, outline: Outline) -> None:
        """Defaults that are too old for the place, unless it names them or is an edition itself."""
        if is_shipped(self.folder.resolve()) and self.own.has(EDITIONS):
            return
        self.attempt(lambda: self.add(*unnamed_old_defaults(outline.files, outline.base_year)))
        notes = self.attempt(lambda: [*needless_lines(outline.files, outline.base_year)])
        self.read_so += notes or []

    def unknown_files(self) -> None:
        valid = [file.name for file in DECLARED_FILES]
        hidden = [path.name for path in sorted(self.folder.glob(".*")) if path.is_file()]
        hidden = [name for name in hidden if name != LOCK]
        self.read_so += [
            Note(self.folder / name, "a file whose name starts with a dot is not read")
            for name in hidden
        ]
        for name in self.own.files:
            if declared(name) or _is_free(name):
                continue
            self.add(
                InputError(
                    "no part of the program reads a file of this name",
                    file=self.folder,
                    value=name,
                    valid=valid,
                )
            )

    def sources(self, files: PlaceFiles) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        for folder in reversed(files.folders):
            for file in map(folder.file, folder.parts("sources")):
                with_faults = self.attempt(partial(read_sources_with_faults, file))
                if with_faults:
                    sources |= with_faults[0]
                    self.add(*with_faults[1])
        return sources

    def figures(self, files: PlaceFiles, sources: dict[str, Source]) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        for folder in reversed(files.folders):
            own: dict[str, Path] = {}
            for file in map(folder.file, folder.parts("figures")):
                with_faults = self.attempt(partial(read_figures_with_faults, file, sources))
                if with_faults is None:
                    continue
                self.add(*with_faults[1])
                for name in with_faults[0]:
                    if name in own:
                        self.add(
                            InputError(
                                f"the figure is also in {own[name].name}; delete one of the two",
                                file=file.path,
                                column="id",
                                value=name,
                            )
                        )
                    own[name] = file.path
                figures |= with_faults[0]
        return figures

    def tables(self, outline: Outline, sources: Collection[str], figures: Collection[str]) -> None:
        names = _Names(outline, figures)
        for name in self.own.files:
            file = declared(name)
            if name == OWN_NUMBERS:  # read with the outline
                continue
            if not name.endswith(".csv") or file is None or file.columns == POPULATION_COLUMNS:
                continue
            read = self.attempt(partial(self.own.table, name))
            if read is None:
                continue
            self.add(*read.faults)
            self.read_so += (*read.notes, *fuller_than_full(read))
            if file.is_kept:
                kept = "checked and kept; no page and no result uses it yet"
                self.read_so.append(Note(self.folder / name, kept))
            if name.startswith(("figures", "sources")):  # their readers say more
                self.add(*_later_than(read, outline.years[-1]) if name[0] == "f" else ())
                continue
            whole = (*twice(read, file.key), *falling(read, file.ordered), *summed(read, file.sums))
            if "/" in name:
                self.add(*_shortened([*whole]))
                continue
            table = Table(read)
            self.add(
                *_shortened(
                    [
                        *whole,
                        *sourced(table, sources),
                        *([] if read.faults else from_somewhere(table, sources, figures)),
                        *counted(table, _COUNTS),
                        *dated(table, outline.years[-1]),
                        *(
                            named(read, file.columns, names, partial(code_hint, outline.files))
                            if name not in _WITH_READERS
                            else ()
                        ),
                    ]
                )
            )

    def incomes_of_nobody(self, organisations: Collection[str]) -> None:
        """A fault for each income of a trust that is no organisation of the place."""
        for name in self.own.parts("figures"):
            read = self.attempt(partial(self.own.table, name))
            for row in read.rows if read else ():
                stem, _, rest = row["id"].partition(".")
                trust = rest.partition(".")[0]
                if stem == "trust-income" and trust not in organisations:
                    expected = f"expected an organisation of the place; {trust} is not one"
                    valid = [
                        f"trust-income.{one}.{rest[len(trust) + 1 :]}" for one in organisations
                    ]
                    self.add(row.fault("id", expected, valid))

    def population(self, figures: dict[str, Figure]) -> None:
        """People by age and sex: as the file has them, beside England's, beside other counts."""
        counted: list[tuple[str, str, Bands | None]] = []
        if self.own.has(POPULATION):
            read = self.attempt(lambda: self.own.made_of(POPULATION, "people", people_with_faults))
            if read is not None:
                population, faults = read
                self.add(*faults)
                self.read_so += population.notes
                people = bands_of(population.people) if population.people else None
                counted.append((POPULATION, "population", people))
        for name, column, of in ((LISTS, "patients", listed), (RESIDENTS, "residents", residents)):
            if self.own.has(name):
                counted.append((name, column, self.attempt(partial(of, self.own))))
        for name, column, people in counted:
            file = self.folder / name
            if people:
                self.add(*unlike_any_place(people, file, column))
            if people and name != RESIDENTS:
                for finding in beside_counts(people, file, self.own, figures):
                    if isinstance(finding, InputError):
                        self.add(finding)
                    else:
                        self.read_so.append(finding)


_COUNTS = {
    column.name for file in DECLARED_FILES for column in file.columns if column.unit == "people"
}
"""What columns that count people are called."""
_WITH_READERS = ("organisations.csv", "points_of_delivery.csv")
"""Tables whose own readers, which are asked too, say what they name and do not find."""


class _Names:
    """The names that a column may refer to, by what it is declared to name."""

    def __init__(self, outline: Outline, figures: Collection[str]) -> None:
        self.files = outline.files
        self.known: dict[str, Collection[str] | None] = {"figure": figures}

    def __call__(self, refers_to: str) -> Collection[str] | None:
        """The names; None where they are not known, or are looked for elsewhere."""
        if refers_to not in self.known:
            try:
                self.known[refers_to] = self._read(refers_to)
            except InputError:  # told where that file is read
                self.known[refers_to] = None
        return self.known[refers_to]

    def _read(self, refers_to: str) -> Collection[str] | None:
        if refers_to == "condition":
            return read_conditions(self.files) or None
        file, _, column = refers_to.partition(":")
        if not column or not self.files.has(file):
            return None
        return {text for _, text in Table(self.files.table(file)).column(column)}


def _later_than(figures: TableRead, last: str) -> Iterator[InputError]:
    """Figures that rooms look for, of a year that the plan does not reach."""
    for row in figures.rows:
        if known_figure(row["id"]) and is_year(row["year"]) and row["year"] > last:
            yield row.fault("year", f"expected a year up to {last}")


def _shortened(faults: list[InputError]) -> Iterator[InputError]:
    """The faults of one table, the first few of each kind: a wrong column is told once or twice."""
    seen: dict[tuple[str | None, str], list[InputError]] = {}
    for fault in faults:
        seen.setdefault((fault.column, fault.expected.partition(";")[0]), []).append(fault)
    for alike in seen.values():
        yield from alike[:_MOST_ALIKE]
        if len(alike) > _MOST_ALIKE:
            last = alike[-1]
            more = len(alike) - _MOST_ALIKE
            yield InputError(
                f"{more} more lines like this, up to here",
                file=last.file,
                line=last.line,
                column=last.column,
                value=last.value,
            )


def _is_free(name: str) -> bool:
    """Files that no room reads and that may be there: notes, and examples to copy."""
    return name.rpartition("/")[2].startswith("README") or name.endswith(".example")
