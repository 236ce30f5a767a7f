"""Places of English integrated care boards, made from official statistics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.official_files import Refresh

_MOST_SHOWN = 5
"""Changes of a file that are shown; all are in the file."""


def place_make(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    board: Annotated[
        str | None,
        typer.Option(help="The board by code (Q.., E54..) or name: `tripleaim place boards`."),
    ] = None,
    council: Annotated[
        str | None,
        typer.Option(help="Instead: a council or district by ONS code (E06 to E10) or name."),
    ] = None,
    practices: Annotated[
        Path | None, typer.Option(help="Instead: a CSV file of practices by code.")
    ] = None,
    areas: Annotated[
        Path | None,
        typer.Option(help="Instead: a CSV file of small areas (LSOA of 2021 or 2011) by code."),
    ] = None,
) -> None:
    """Make the place of a board, a council, practices or areas from official statistics."""
    from tripleaim.boards import make_place

    made = make_place(folder, board, council=council, practices=practices, areas=areas)
    told = (
        f"{made.extent.name} ({made.extent.code}): {made.registered:,} people on the lists of "
        f"{made.practices} practices in {made.neighbourhoods} neighbourhoods, "
        f"{made.residents:,} residents; trusts: {', '.join(made.trusts)}.",
        *(f"{note.removesuffix('.')}." for note in made.notes),
        f"{made.completeness} What would replace each part: completeness.csv.",
        "Not public, so asked for: where the board starts, and what it is allocated after 2025/26 "
        "(asked_for.csv).",
        f"Made {made.folder}. Next: tripleaim place check {made.folder}, then tripleaim plan "
        f"{made.folder} --out DIR",
    )
    for line in told:
        out.print(line, highlight=False, markup=False, soft_wrap=True)


def place_boards() -> None:
    """Name the integrated care boards of England, by code."""
    from tripleaim.boards import OfficialTables, boards, clusters

    with OfficialTables() as tables:
        found = boards(tables)
        shared = clusters(tables)
    for board in found:
        others = [code for code in shared.get(board.code, ()) if code != board.code]
        beside = f" (shares staff with {' and '.join(others)})" if others else ""
        print(f"{board.code:6} {board.ons}  {board.short_name}{beside}")


def place_recut(
    folder: Annotated[Path, typer.Argument(help="The folder of the place.")],
    to: Annotated[int, typer.Option(help="The year whose boards it is cut to: 2024 or 2026.")],
    out_folder: Annotated[Path, typer.Option("--out", help="The folder to make.")],
    board: Annotated[
        str | None,
        typer.Option(help="Which board to make, where the place is divided between several."),
    ] = None,
) -> None:
    """Make a place anew at the board boundaries of another year, and say what that changes."""
    from tripleaim.official_files import recut_place

    recut = recut_place(folder, to, out_folder, board)
    told = [*(f"{line}." for line in recut.lines())]
    if recut.kept:
        told += ["Written by hand:", *(f"  {line}." for line in recut.kept)]
    told.append(f"Made {recut.made.folder}. Next: tripleaim place check {recut.made.folder}")
    for line in told:
        out.print(line, highlight=False, markup=False, soft_wrap=True)


def place_refresh(
    folder: Annotated[Path, typer.Argument(help="The folder of the place.")],
    data: Annotated[Path, typer.Option(help="The folder with the official files as published.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
    refused: Annotated[
        Path | None,
        typer.Option(help="Where lines that were refused go; by default beside the place."),
    ] = None,
) -> None:
    """Renew a place from official files as they are published; what was written by hand stays."""
    from tripleaim.official_files import refresh_place

    result = refresh_place(folder, data, dry_run=dry_run, refused_file=refused)
    for line in _told(result, dry_run=dry_run):
        out.print(line, highlight=False, markup=False, soft_wrap=True)


def _told(result: Refresh, *, dry_run: bool) -> Iterator[str]:
    for file in result.files:
        refused = f", {file.refused:,} refused" if file.refused else ""
        yield f"{file.file}: {file.title}, {file.edition} ({file.counted:,} lines{refused})"
        yield from (f"  {line}{'' if line.endswith('?') else '.'}" for line in file.lines)
    yield from (f"{unread.file}: not read: {unread.message}." for unread in result.unread)
    yield from _told_changes(result)
    if result.refused_file:
        yield f"Lines that were refused: {result.refused_file}"
    if not result.written:
        yield "Nothing changes."
    elif dry_run:
        yield f"Would be written: {', '.join(result.written)}. Nothing was (--dry-run)."
    else:
        yield f"Written: {', '.join(result.written)}. Next: tripleaim place check {result.folder}"


def _told_changes(result: Refresh) -> Iterator[str]:
    """Sums, what is kept, and the first changes of each file."""
    if result.sums:
        yield "Sums:"
    for one in result.sums:
        by = one.after - one.before
        share = f" ({100 * by / one.before:+.2f}%)" if one.before else ""
        values = f"{one.before:,.0f} -> {one.after:,.0f}"
        yield f"  {one.file}, {one.column}: {values}, {by:+,.0f}{share}"
    if result.kept:
        yield "Kept as it was written:"
        yield from (f"  {line}." for line in result.kept)
    if result.under_own_numbers:
        yield "Own numbers stay in place; these official values under them changed:"
        yield from (f"  {line}." for line in result.under_own_numbers)
    if result.changes:
        yield f"{len(result.changes):,} cells or rows change:"
    for name in dict.fromkeys(change.file for change in result.changes):
        mine = [change for change in result.changes if change.file == name]
        for change in mine[:_MOST_SHOWN]:
            before, after = change.before or "nothing", change.after or "nothing"
            yield f"  {name}, {change.key}, {change.column}: {before} -> {after}"
        if len(mine) > _MOST_SHOWN:
            yield f"  {name}: and {len(mine) - _MOST_SHOWN:,} more"
