"""A made place in, the same place at the board boundaries of another year out."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.boards import (
    Board,
    BoundaryChange,
    BoundaryPiece,
    Counted,
    MadePlace,
    OfficialTables,
    boards_of,
    boards_that_share,
    boundary_change,
    extent_of,
    make_extent,
    pieces_of_england,
)
from tripleaim.official_files.kept_rows import keep_what_was_written
from tripleaim.place import check, find, is_shipped
from tripleaim.tables import InputError

YEARS_OF_BOARDS = (2024, 2026)
_PART = "commissioner of a part"
_BOARD = "integrated care board"


@dataclass(frozen=True, slots=True)
class Recut:
    """A place that was cut to another year's boards: what that changes, and what was kept."""

    made: MadePlace
    change: BoundaryChange
    kept: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """What it changes, line by line, in words."""
        change = self.change
        yield f"{_named(change.before)}: {_counted(change.had)}"
        for board, lost in change.lost:
            yield f"  less, to {_named(board)}: {_counted(lost)}"
        for board, gained in change.gained:
            yield f"  and, from {_named(board)}: {_counted(gained)}"
        yield f"{_named(change.after)}: {_counted(change.has)}"


def recut_place(place: Path | str, to: int, out: Path | str, board: str | None = None) -> Recut:
    """Make the place in the folder `place` anew in `out`, at the boundaries of the boards of `to`.

    `board` names the one to make where the place's board is divided between several of that year.
    What people wrote by hand is kept. Raises InputError for a place that is no board, one that is
    cut to that year, a board that has none of it, and where the new place would not pass its check:
    then nothing is left in `out`.
    """
    folder = find(place)
    if is_shipped(folder):
        raise InputError("expected the folder of a place of your own", value=place)
    if to not in YEARS_OF_BOARDS:
        raise InputError("expected a year whose boards are known: 2024 or 2026", value=to)
    with OfficialTables() as tables:
        before = _board_in(folder, tables)
        pieces = pieces_of_england(tables)
        after = _target(before, to, board, pieces, tables)
        change = boundary_change(before, after, pieces, tables)
    made = make_extent(out, lambda tables: extent_of(after, tables))
    try:
        kept = _keep(folder, before, made.folder)
        _add_to_readme(made.folder, change)
        faults = check(made.folder).faults
    except BaseException:
        shutil.rmtree(made.folder)
        raise
    if faults and not check(folder).faults:
        shutil.rmtree(made.folder)
        raise InputError(
            "expected rows of your own that hold in the new place too; nothing was made. With "
            f"them: {faults[0].in_public}",
            value=place,
        )
    return Recut(made, change, tuple(kept))


def _keep(folder: Path, before: Board, new: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as above:
        fresh = make_extent(Path(above) / folder.name, lambda tables: extent_of(before, tables))
        return keep_what_was_written(folder, fresh.folder, new, before.short_name)


def _board_in(folder: Path, tables: OfficialTables) -> Board:
    """The board that a made place was cut to, of now or of 2024."""
    organisations = _rows(folder / "organisations.csv")
    if any(row.get("kind") == _PART for row in organisations):
        raise InputError(
            "expected the place of a board; this one is a council, or a list of practices or "
            "areas: its boundary is the same in every year",
            value=folder.name,
        )
    codes = [row["id"] for row in organisations if row.get("kind") == _BOARD]
    found = [
        board
        for year in YEARS_OF_BOARDS
        for board in boards_of(year, tables)
        if board.code in codes
    ]
    if not found:
        raise InputError(
            "expected a place that `tripleaim place make --board` made: organisations.csv has no "
            "integrated care board",
            file=folder / "organisations.csv",
        )
    areas = {row["lsoa"] for row in _rows(folder / "lsoas.csv")}
    return min(found, key=lambda one: (len(areas ^ set(extent_of(one, tables).areas)), -one.year))


def _target(
    before: Board,
    to: int,
    asked: str | None,
    pieces: Sequence[BoundaryPiece],
    tables: OfficialTables,
) -> Board:
    sharing = boards_that_share(before, to, pieces, tables)
    if before.year == to:
        raise InputError(f"expected a place of another year: it is cut to {to}", value=before.code)
    same = len(sharing) == 1 and boards_that_share(sharing[0], before.year, pieces, tables) == (
        before,
    )
    if same:
        raise InputError(
            f"{before.name} has the same boundary in 2024 and 2026: nothing changes",
            value=before.code,
        )
    listed = ", ".join(_named(one) for one in sharing)
    if asked is None:
        if len(sharing) == 1:
            return sharing[0]
        raise InputError(
            f"expected which board to make: in {to} the place is divided between {listed}; name "
            "one with --board",
            value=before.code,
        )
    for one in sharing:
        if asked.strip().upper() in (one.code, one.ons):
            return one
    raise InputError(f"expected a board of {to} that has a part of it: {listed}", value=asked)


def _rows(file: Path) -> Sequence[dict[str, str]]:
    if not file.is_file():
        return ()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _add_to_readme(folder: Path, change: BoundaryChange) -> None:
    """Put a table of what changed under the first words of the place."""
    parts = [
        (f"{change.before.short_name}, {change.before.year}", 1, change.had),
        *((f"to {board.short_name}", -1, lost) for board, lost in change.lost),
        *((f"from {board.short_name}", 1, gained) for board, gained in change.gained),
        (f"{change.after.short_name}, {change.after.year}", 1, change.has),
    ]
    rows = "\n".join(
        f"| {name} | {sign * one.practices:,} | {sign * one.registered:,} | {sign * one.areas:,} "
        f"| {sign * one.residents:,} | {sign * one.pounds / 1e6:,.1f} |"
        for name, sign, one in parts
    )
    with (folder / "README.md").open("a", encoding="utf-8", newline="\n") as file:
        file.write(
            f"\n## What the boundaries of {change.after.year} change\n\n"
            "Registered: 1 July 2026. Residents of the small areas: mid-2022. Allocation: 2025/26, "
            "recurrent, all\nstreams; a board that was split is shared by need.\n\n"
            "| | practices | registered | small areas | residents | allocation, £m |\n"
            f"|---|---|---|---|---|---|\n{rows}\n"
        )


def _named(board: Board) -> str:
    return f"{board.short_name} ({board.code}, {board.year})"


def _counted(one: Counted) -> str:
    return (
        f"{one.practices:,} practices, {one.registered:,} registered, {one.areas:,} small areas "
        f"with {one.residents:,} residents, £{one.pounds / 1e6:,.1f}m allocated"
    )
