"""The library of solutions that come with the program, ready to choose for any place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.core import write_whole
from tripleaim.place.loading import load
from tripleaim.place.model import Organisation, Place
from tripleaim.place.outline import SHIPPED, is_shipped
from tripleaim.place.toml import Toml
from tripleaim.tables import InputError

LIBRARY = SHIPPED / "library"
SOURCES_FILE = "sources_library.csv"
"""Where a place has the sources of solutions that it took from the library."""
SHIFTS: Mapping[int, str] = {
    1: "Hospital to community",
    2: "Analogue to digital",
    3: "Sickness to prevention",
}
"""The three shifts, by the numbers that the library's files give them as priorities."""

_NOT_CHOSEN = re.compile(r"^chosen = false\n", re.MULTILINE)
_PRIORITY = re.compile(r"^priority = \d+$", re.MULTILINE)
_ORGANISATIONS = re.compile(r"^organisations = .*$", re.MULTILINE)
_HEAD = re.compile(r"\A(?:#.*\n)+")

_ROLES: Mapping[str, Callable[[Organisation], bool]] = {
    "trust": lambda one: one.side == "provider" and "trust" in one.kind,
    "general-practice": lambda one: one.side == "provider" and "practice" in one.kind,
    "council": lambda one: one.side == "council",
    "commissioner": lambda one: one.side == "commissioner",
}
"""What the library calls partners, since it knows no place's own."""


@dataclass(frozen=True, slots=True)
class LibrarySolution:
    """A solution of the library: its id, name and summary, and which of the three shifts it is."""

    id: str
    name: str
    summary: str
    shift: str
    file: Path


def library_solutions() -> tuple[LibrarySolution, ...]:
    """Every solution of the library, in order of id."""
    return tuple(
        LibrarySolution(
            toml.path.stem,
            toml.take(str, "name"),
            toml.take(str, "summary"),
            SHIFTS[toml.take(int, "priority")],
            toml.path,
        )
        for toml in map(Toml, sorted((LIBRARY / "solutions").glob("*.toml")))
    )


def add_solution(folder: Path | str, solution_id: str, *, priority: int | None = None) -> Path:
    """Put a solution of the library into the plan of the place in `folder`, and return its file.

    A place that has it ready to choose has it chosen. `priority` is the number of one of the
    place's priorities; without it, the priority that has the name of the solution's shift.
    Raises InputError for an unknown solution or priority, a solution that is in the plan already,
    and a place that comes with the program.
    """
    place = load(folder)
    if is_shipped(place.folder.absolute()):
        raise InputError(
            "this place comes with the program: copy its folder, and add the solution to the copy",
            file=place.folder,
        )
    entry = _entry(solution_id)
    file = place.folder / "solutions" / entry.file.name
    if file.is_file():
        text = file.read_text(encoding="utf-8")
        if not _NOT_CHOSEN.search(text):
            raise InputError("the plan already has this solution", file=file, value=solution_id)
        write_whole(file, _NOT_CHOSEN.sub("", text))
        return file
    number = _priority(place.priorities, entry, priority)
    texts = library_files(place.organisations, {entry.shift: number}, set(place.sources), (entry,))
    for name, text in texts.items():
        path = place.folder / name
        path.parent.mkdir(exist_ok=True)
        write_whole(path, _added(path, text) if name == SOURCES_FILE else _in_the_plan(text))
    return file


def _added(path: Path, sources: str) -> str:
    """The sources of a place that has a file of them already with these, or these alone."""
    return path.read_text(encoding="utf-8") + _rows_only(sources) if path.is_file() else sources


def _in_the_plan(text: str) -> str:
    head = "# From the library of solutions of today.\n"
    return _NOT_CHOSEN.sub("", _HEAD.sub(head, text))


def library_files(
    organisations: Sequence[Organisation],
    priorities: Mapping[str, int],
    known_sources: set[str],
    entries: Sequence[LibrarySolution] | None = None,
) -> dict[str, str]:
    """The files of a place that has `entries` (all of the library) ready to choose, by name.

    `organisations` are the place's, `priorities` the numbers of its priorities by shift,
    `known_sources` the ids of sources that it has already. Only the sources that the entries name
    and the place lacks are written.
    """
    texts: dict[str, str] = {}
    for entry in library_solutions() if entries is None else entries:
        text = entry.file.read_text(encoding="utf-8")
        roles = Toml(entry.file).take(list, "organisations")
        named = [o.id for role in roles for o in organisations if _ROLES[role](o)]
        quoted = ", ".join(f'"{one}"' for one in dict.fromkeys(named))
        text = _ORGANISATIONS.sub(f"organisations = [{quoted}]", text)
        text = _PRIORITY.sub(f"priority = {priorities[entry.shift]}", text)
        texts[f"solutions/{entry.file.name}"] = text
    sources = _sources("\n".join(texts.values()), known_sources)
    return texts | ({SOURCES_FILE: sources} if sources else {})


def _entry(solution_id: str) -> LibrarySolution:
    entries = {entry.id: entry for entry in library_solutions()}
    if solution_id not in entries:
        raise InputError(
            "the library has no solution of this name", value=solution_id, valid=list(entries)
        )
    return entries[solution_id]


def _priority(priorities: Mapping[int, str], entry: LibrarySolution, wanted: int | None) -> int:
    listed = ", ".join(f"{number} {name}" for number, name in priorities.items())
    if wanted is not None:
        if wanted not in priorities:
            raise InputError(f"expected the number of a priority: {listed}", value=wanted)
        return wanted
    same = [n for n, name in priorities.items() if name.lower() == entry.shift.lower()]
    if not same:
        raise InputError(
            f"the place has no priority called {entry.shift}: say which it belongs to with "
            f"--priority ({listed})",
            value=entry.id,
        )
    return same[0]


def _sources(text: str, known: set[str]) -> str:
    """The library's sources that `text` names and nobody knows yet, as a file; "" for none."""
    lines = (LIBRARY / "sources.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    named = set(re.findall(r"[\w-]+", text))
    kept = [row for row in rows[1:] if row[0] in named and row[0] not in known]
    if not kept:
        return ""
    written = io.StringIO()
    written.write("# Studies that solutions of the library rest on.\n")
    csv.writer(written, lineterminator="\n").writerows([rows[0], *kept])
    return written.getvalue()


def _rows_only(text: str) -> str:
    """A file of sources without its comment and header."""
    return "".join(text.splitlines(keepends=True)[2:])


def library_of(place: Place) -> tuple[LibrarySolution, ...]:
    """The solutions of the library that a place has no file of."""
    own = {solution.id for solution in place.solutions}
    return tuple(entry for entry in library_solutions() if entry.id not in own)
