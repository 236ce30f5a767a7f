"""A place and a folder of official files in; the place's tables renewed, all of them or none."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tripleaim.boards import OfficialTables
from tripleaim.core import whole_file, write_whole
from tripleaim.official_files.dates import in_words
from tripleaim.official_files.draft import KEYS, Draft, SumChange
from tripleaim.official_files.into_allocations import put_allocations
from tripleaim.official_files.into_care import put_waiting
from tripleaim.official_files.into_hospitals import put_beds, put_months, put_staff
from tripleaim.official_files.into_people import put_lists, put_map
from tripleaim.official_files.into_registers import put_registers
from tripleaim.official_files.into_residents import put_projections
from tripleaim.official_files.merged_trusts import (
    OF_TRUSTS,
    TrustChanges,
    trust_changes,
    under_successors,
)
from tripleaim.official_files.opened import Unread
from tripleaim.official_files.own_file import CellChange, OwnFile, is_official
from tripleaim.official_files.publication import Publication, RefusedLine
from tripleaim.official_files.reading import publications
from tripleaim.place import (
    FolderFiles,
    check,
    find,
    is_shipped,
    officials_changed,
    read_outline,
)
from tripleaim.tables import InputError

_NOT_USED: Mapping[str, str] = {
    "lists": "totals alone: registered.csv needs ages, so they are compared and not used",
    "lists-above": "it has no practices: take the file by practice, sex and age",
    "lists-by-area": "no table of the place has practices by small area: read and not used",
    "practice-file": "no table of the place has it: closed practices are compared",
    "beds-by-day": "no table of the place has beds of the day: read and not used",
    "ae-other": "these attendances are not those of the place's tables: read and not used",
    "ae-england": "England alone: take the file or the workbook by provider",
    "ambulance": "no table of the place has ambulances: read and not used",
    "sites": "no table of the place has sites: read and not used",
    "emergency-care": "no table of the place has these measures: read and not used",
}


@dataclass(frozen=True, slots=True)
class FileSaid:
    """One file of the folder: what it is, its edition in words, what it does to the place."""

    file: str
    title: str
    edition: str
    counted: int
    refused: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a refresh did, or would do: files, changes, sums, what is kept, what is refused.

    `under_own_numbers` says which official values changed that an own number is in place of.
    """

    folder: Path
    files: tuple[FileSaid, ...]
    unread: tuple[Unread, ...]
    changes: tuple[CellChange, ...]
    sums: tuple[SumChange, ...]
    kept: tuple[str, ...]
    refused: tuple[RefusedLine, ...]
    written: tuple[str, ...]
    refused_file: Path | None
    under_own_numbers: tuple[str, ...] = ()


def refresh_place(
    place: Path | str, data: Path | str, *, dry_run: bool = False, refused_file: Path | None = None
) -> Refresh:
    """Read the official files in the folder `data` as they are published, into the place's tables.

    `place` is the folder of a place (not one that comes with the product). Rows whose source is
    not an official one stay. With `dry_run` nothing is written. Lines that were refused go to
    `refused_file`, by default beside the place.

    Raises InputError where the place is none, where no file is a known publication, and where the
    place would no longer pass its check: then nothing is changed.
    """
    folder = _folder_of(place)
    with OfficialTables() as official:
        draft = Draft(folder, official)
        found, unread = _read(Path(data))
        if not found:
            raise InputError(_nothing_known(unread), value=data)
        by_kind: dict[str, list[Publication]] = defaultdict(list)
        for one in found:
            by_kind[one.kind].append(one)
        _apply(draft, by_kind)
    _drop_unused_sources(draft)
    texts = draft.changed()
    refused = tuple(row for one in found for row in one.refused)
    _refuse_what_fails(folder, texts)
    under_own_numbers = officials_changed(FolderFiles.read(folder), texts) if texts else ()
    target = refused_file or folder.with_name(f"{folder.name}-refused-rows.csv")
    if not dry_run:
        _write(folder, texts)
        if refused:
            write_whole(target, _as_csv(refused))
    return Refresh(
        folder,
        tuple(_files_said(draft, found)),
        tuple(unread),
        tuple(change for name in texts for change in _changes(draft, name)),
        tuple(one for one in draft.sums if one.before != one.after),
        tuple(draft.kept),
        refused,
        tuple(sorted(texts)),
        target if refused and not dry_run else None,
        under_own_numbers,
    )


def _folder_of(place: Path | str) -> Path:
    folder = find(place)
    if is_shipped(folder):
        raise InputError(
            "expected the folder of a place of your own; this one comes with the product: make "
            "one with `tripleaim place make`",
            value=place,
        )
    return folder


def _read(data: Path) -> tuple[list[Publication], list[Unread]]:
    found: list[Publication] = []
    unread: list[Unread] = []
    for one in publications(data):
        if isinstance(one, Unread):
            unread.append(one)
        else:
            found.append(one)
    return found, unread


def _nothing_known(unread: Sequence[Unread]) -> str:
    told = "; ".join(f"{one.file}: {one.message}" for one in unread[:3])
    return f"expected a folder with official files as they are published; {told}"


def _apply(draft: Draft, by_kind: Mapping[str, list[Publication]]) -> None:
    maps = by_kind.get("practice-map", [])
    put_map(draft, maps)
    put_lists(draft, by_kind.get("lists-by-age", []), maps)
    into: dict[str, Callable[[Draft, Sequence[Publication]], None]] = {
        "registers": put_registers,
        "waiting": put_waiting,
        "ae": put_months,
        "beds": put_beds,
        "sickness": put_staff,
        "allocations": put_allocations,
        "projections": put_projections,
    }
    changes = _trust_changes(draft, by_kind)
    for kind, put in into.items():
        if by_kind.get(kind):
            put(draft, under_successors(draft, by_kind[kind], changes))
    for kind, why in _NOT_USED.items():
        for one in by_kind.get(kind, []):
            draft.say(one, why)
    _compare_totals(draft, by_kind.get("lists", []))
    _name_closed(draft, by_kind.get("practice-file", []))


def _trust_changes(draft: Draft, kinds: Iterable[str]) -> TrustChanges:
    """What became of the codes of trusts, where a file has trusts."""
    if not OF_TRUSTS & set(kinds):
        return TrustChanges({}, {})
    return trust_changes(read_outline(FolderFiles.read(draft.folder)).files, draft.official)


def _compare_totals(draft: Draft, found: Sequence[Publication]) -> None:
    """Totals beside the place's lists."""
    table = draft.table("registered.csv")
    sizes: Counter[str] = Counter()
    for row in table.rows() if table else ():
        sizes[row["practice"]] += int(float(row["patients"] or 0))
    for one in found:
        both = [(code, int(str(n))) for code, n, _ in one.tables["totals"] if code in sizes]
        if not both:
            draft.say(one, f"none of the place's {len(sizes)} practices is in it")
            continue
        there, here = sum(n for _, n in both), sum(sizes[str(code)] for code, _ in both)
        draft.say(
            one, f"{len(both)} practices of the place: {there:,} people, {here:,} in the place"
        )


def _name_closed(draft: Draft, found: Sequence[Publication]) -> None:
    """Practices of the place that the practice file says have closed."""
    table = draft.table("practices.csv")
    ours = {row["practice"] for row in table.rows()} if table else set()
    for one in found:
        rows = [row for row in one.tables["practices"] if row[0] in ours]
        closed = [f"{row[0]} on {in_words(str(row[5]))}" for row in rows if row[4] == "closed"]
        draft.say(one, f"{len(rows)} practices of the place are in it")
        if closed:
            draft.say(one, f"closed, and still in the place: {', '.join(closed)}")


def _drop_unused_sources(draft: Draft) -> None:
    """Take out official sources that no file of the place names any more."""
    changed = draft.changed()
    table = draft.table("sources.csv")
    if not changed or table is None:
        return
    text = "".join(changed.values())
    for path in sorted(draft.folder.rglob("*.csv")) + sorted(draft.folder.rglob("*.toml")):
        if path.name not in changed and path.name != "sources.csv":
            text += path.read_text(encoding="utf-8", errors="replace")
    replaced = {
        source
        for name in changed
        if name != "sources.csv"
        for source in _sources_before(draft, name)
    }
    unbroken = text.replace("-\n# ", "-")
    unused = {source for source in replaced if source not in unbroken}
    table.remove(lambda row: row["id"] in unused)


def _sources_before(draft: Draft, name: str) -> set[str]:
    table = OwnFile.read(draft.folder / name, KEYS[name])
    return {source for source in table.sources() if is_official(source)} if table else set()


def _refuse_what_fails(folder: Path, texts: Mapping[str, str]) -> None:
    """Raise InputError where the place passes its check now and would not with the new texts."""
    if not texts or check(folder).faults:
        return
    with tempfile.TemporaryDirectory() as above:
        copy = Path(above) / folder.name
        shutil.copytree(folder, copy)
        for name, text in texts.items():
            write_whole(copy / name, text)
        faults = check(copy).faults
    if faults:
        raise InputError(
            "expected official files that leave a place that can be used; nothing was changed. "
            f"With them: {faults[0].in_public.removesuffix('.')}"
        )


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write all files, then put them in place together; what was is put back if one cannot be."""
    before = {name: (folder / name).read_bytes() for name in texts}
    try:
        with ExitStack() as files:
            for name, text in texts.items():
                files.enter_context(whole_file(folder / name)).write_bytes(text.encode())
    except OSError as fault:
        for name, raw in before.items():
            if (folder / name).read_bytes() != raw:
                write_whole(folder / name, raw)
        raise InputError(
            f"expected a folder that can be written to ({fault.strerror}); nothing was changed",
            file=folder,
        ) from None


def _as_csv(refused: Sequence[RefusedLine]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(("file", "line", "column", "value", "expected", "row"))
    for one in refused:
        writer.writerow((one.file, one.line, one.column, one.value, one.expected, one.row))
    return written.getvalue()


def _files_said(draft: Draft, found: Sequence[Publication]) -> Iterator[FileSaid]:
    """Each file; the sheets of a workbook that none of the place's tables uses are one."""
    for (file, kind, _), same in groupby(
        found, key=lambda one: (one.file.split(": ", maxsplit=1)[0], one.kind, one.edition)
    ):
        sheets = list(same)
        if len(sheets) == 1 or kind not in _NOT_USED:
            yield from (_said(draft, one) for one in sheets)
            continue
        names = ", ".join(one.file.removeprefix(f"{file}: ") for one in sheets)
        notes = list(dict.fromkeys(note for one in sheets for note in one.notes))
        yield FileSaid(
            file,
            sheets[0].title,
            in_words(sheets[0].edition) or "edition not known",
            sum(one.counted for one in sheets),
            sum(len(one.refused) for one in sheets),
            (f"sheets or parts: {names}", _NOT_USED[kind], *notes),
        )


def _said(draft: Draft, one: Publication) -> FileSaid:
    said = draft.said.get(one.file, ["read together with the other files of its edition"])
    lines = (*said, *one.notes)
    return FileSaid(
        one.file,
        one.title,
        in_words(one.edition) or "edition not known",
        one.counted,
        len(one.refused),
        lines,
    )


def _changes(draft: Draft, name: str) -> Sequence[CellChange]:
    table = draft.table(name)
    return table.changes if table else ()
